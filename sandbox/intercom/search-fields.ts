import { words } from './article-shapes.ts'
import type { Field, Fields, FieldType, Placed } from './search-query.ts'
import { tagId } from './shape-parts.ts'
import { waitingSince } from './shapes.ts'
import type { Admin, Contact, Conversation } from './state.ts'

const field = <Item>(type: FieldType, read: Field<Item>['read']): Field<Item> => ({ type, read })
const number = (id: string | null): number | null => (id === null ? null : Number(id))

type Talk = Placed<Conversation>
const authorOf = ({ workspace, item }: Talk): Contact | undefined =>
  workspace.contacts.find(({ id }) => id === item.contactId)
const teammates = ({ item }: Talk): Admin['id'][] =>
  item.parts.flatMap(({ author }) => (author.kind === 'admin' ? [author.id] : []))

/** What conversations can be searched by. */
export const CONVERSATION_FIELDS: Fields<Conversation> = {
  id: field('string', ({ item }) => item.id),
  created_at: field('date', ({ item }) => item.createdAt),
  updated_at: field('date', ({ item }) => item.updatedAt),
  waiting_since: field('date', ({ item }) => waitingSince(item)),
  'source.type': field('string', ({ item }) => item.channel),
  'source.delivered_as': field('string', () => 'customer_initiated'),
  'source.subject': field('string', ({ item }) => item.subject),
  'source.body': field('words', ({ item }) => words(item.body)),
  'source.author.id': field('string', ({ item }) => item.contactId),
  'source.author.type': field('string', (talk) => authorOf(talk)?.role ?? null),
  'source.author.name': field('string', (talk) => authorOf(talk)?.name ?? null),
  'source.author.email': field('string', (talk) => authorOf(talk)?.email ?? null),
  contact_ids: field('list', ({ item }) => [item.contactId]),
  teammate_ids: field('list', teammates),
  admin_assignee_id: field('integer', ({ item }) => number(item.adminId)),
  team_assignee_id: field('integer', ({ item }) => item.teamId),
  open: field('boolean', ({ item }) => item.state === 'open'),
  read: field('boolean', ({ item }) => item.isRead),
  state: field('string', ({ item }) => item.state),
  tag_ids: field('list', ({ item }) => item.tags.map(tagId)),
  priority: field('string', ({ item }) => item.priority),
  ai_agent_participated: field('boolean', ({ item }) => item.hasAgent),
}

/** What contacts can be searched by. */
export const CONTACT_FIELDS: Fields<Contact> = {
  id: field('string', ({ item }) => item.id),
  role: field('string', ({ item }) => item.role),
  name: field('string', ({ item }) => item.name),
  email: field('string', ({ item }) => item.email),
  phone: field('string', ({ item }) => item.phone),
  external_id: field('string', ({ item }) => item.externalId),
  owner_id: field('integer', ({ item }) => number(item.ownerId)),
  created_at: field('date', ({ item }) => item.createdAt),
  signed_up_at: field('date', ({ item }) => (item.role === 'user' ? item.createdAt : null)),
  updated_at: field('date', ({ item }) => item.updatedAt),
  last_seen_at: field('date', ({ item }) => item.lastSeenAt),
  'location.country': field('string', ({ item }) => item.country),
  'location.city': field('string', ({ item }) => item.city),
}
