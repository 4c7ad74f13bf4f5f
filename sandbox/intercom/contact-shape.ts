import type { Contact, State, Workspace } from './state.ts'

const nothing = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]))
const app = (name: string): string[] =>
  ['app_name', 'app_version', 'device', 'os_version', 'sdk_version', 'last_seen_at'].map((field) => `${name}_${field}`)

/** What nobody here has told Intercom of themselves. */
const UNKNOWN = nothing([
  'last_replied_at',
  'last_contacted_at',
  'last_email_opened_at',
  'last_email_clicked_at',
  'language_override',
  'browser',
  'browser_version',
  'browser_language',
  'os',
  ...app('android'),
  ...app('ios'),
  'utm_campaign',
  'utm_content',
  'utm_medium',
  'utm_source',
  'utm_term',
  'referrer',
  'enabled_push_messaging',
])
const UNSENT = { has_hard_bounced: false, marked_email_as_spam: false, unsubscribed_from_emails: false }

/** A contact, with every field that contacts have. */
export function contactShape({ world }: State, workspace: Workspace, contact: Contact): object {
  const { id, email, ownerId, city, country } = contact
  return {
    type: 'contact',
    id,
    workspace_id: workspace.code,
    external_id: contact.externalId,
    role: contact.role,
    email,
    name: contact.name,
    phone: contact.phone,
    avatar: email === null ? null : `${world.url}/intercom-web/avatars/${id}`,
    owner_id: ownerId === null ? null : Number(ownerId),
    social_profiles: { type: 'list', data: [] },
    ...UNSENT,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    signed_up_at: contact.role === 'user' ? contact.createdAt : null,
    last_seen_at: contact.lastSeenAt,
    ...UNKNOWN,
    location: { type: 'location', country, region: null, city, country_code: null, continent_code: null },
    custom_attributes: {},
    ...listsOf(id),
  }
}

function listsOf(id: string): object {
  const list = (name: string) => ({
    type: 'list',
    data: [],
    url: `/contacts/${id}/${name}`,
    total_count: 0,
    has_more: false,
  })
  return {
    tags: list('tags'),
    notes: list('notes'),
    companies: list('companies'),
    opted_out_subscription_types: list('subscriptions'),
    opted_in_subscription_types: list('subscriptions'),
  }
}
