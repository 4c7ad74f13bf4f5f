import type { Option, Provider } from '#lib/providers/define.ts'
import { articles } from './articles.ts'
import { contacts } from './contacts.ts'
import { conversations } from './conversations.ts'
import { failure, limit, remedies } from './failure.ts'
import { endpoints, hosts, origins } from './hosts.ts'
import { identify } from './identify.ts'
import { revoke } from './leave.ts'
import { oauth, VERSION } from './oauth.ts'
import { readSection, sections } from './sections.ts'

const inRegion = (region: string, where: string): Option => ({
  id: `region_${region.toLowerCase()}`,
  label: `The workspace is hosted in ${where}`,
  hint: `Intercom knows it only there. Which it is stands in the address that teammates open: app.${region.toLowerCase()}.intercom.com. Without it, the workspace is looked for in the United States.`,
  config: { region },
})

export const intercom: Provider = {
  id: 'intercom',
  name: 'Intercom',
  category: 'Customer support',
  slots: ['organization'],
  before: [
    'A teammate of the Intercom workspace who may install apps there.',
    'For a workspace that is hosted in Europe or Australia: an admin says so first, under Config.',
  ],
  provides: [
    { what: 'Conversations: customer, state, last message', lane: 'live' },
    { what: 'Contacts, by name; addresses for owners and admins', lane: 'live' },
    { what: 'Help center articles', lane: 'live' },
  ],
  origins,
  hosts,
  endpoints,
  auth: [oauth],
  options: [inRegion('EU', 'Europe'), inRegion('AU', 'Australia')],
  headers: VERSION,
  sharing: {
    kind: 'section',
    audience: (name) => `read ${name.toLowerCase()} of the Intercom workspace, even if they have no seat there.`,
    none: 'Intercom shows nothing that could be switched.',
    // what Plugboard's app may not read there would be on and show nothing
    turnedOn: async (api, id) => void (await readSection(api, id)),
  },
  remedies,
  identify,
  readers: [sections, conversations, contacts, articles],
  failure,
  limit,
  leave: {
    revoke,
    by: 'https://app.intercom.com/',
    steps: [
      'Open Intercom, then Settings and App Store.',
      'Find Plugboard among the installed apps.',
      'Choose Uninstall. That ends it for the whole workspace.',
    ],
  },
  guide: {
    connect: [
      'Sign in at Intercom if it asks you to, and choose the workspace of your team.',
      'Intercom lists what Plugboard’s app may read: conversations, users and companies, articles, admins. Choose Authorize access.',
    ],
    more: {
      title: 'What stands on boards',
      lines: [
        'Published articles may stand on boards at once.',
        'Conversations, contacts and drafts stay off until an admin turns them on: Integrations, Intercom, Resources.',
        'Everybody sees names. E-mail addresses of customers are shown to owners and admins alone.',
        'Intercom finds a conversation by whole words of its first message or by its subject. A pasted link always works.',
      ],
    },
  },
}
