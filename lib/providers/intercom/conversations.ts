import { z } from 'zod'
import { unlessRefused } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { withoutAddresses } from '#lib/providers/without-addresses.ts'
import { findContact } from './contacts.ts'
import { searchQuery } from './conversation-query.ts'
import { readConversationId, workspaceOf } from './ids.ts'
import { conversationLink, conversationUrl } from './links.ts'
import { inSection, isOf } from './section-ids.ts'
import { forAdmins, Id, Instant, listOf, mayName, nameOf, nextOf, Pages, Person } from './shapes.ts'
import { plainText, tidy, titleOf } from './text.ts'

const LISTED = 50
const FOUND = 20
const EXCERPT_LENGTH = 400

/** What is read of a conversation (developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations). */
const Conversation = z.object({
  id: Id,
  title: z.string().nullish(),
  state: z.string().nullish(),
  priority: z.string().nullish().catch(null),
  updated_at: Instant,
  source: z
    .object({
      subject: z.string().nullish(),
      body: z.string().nullish(),
      author: Person.nullish().catch(null),
      redacted: z.boolean().nullish(),
    })
    .nullish()
    .catch(null),
  contacts: z
    .object({ contacts: z.array(z.object({ id: z.string() })) })
    .nullish()
    .catch(null),
})
type Conversation = z.infer<typeof Conversation>

const Part = z.object({
  part_type: z.string().nullish(),
  body: z.string().nullish(),
  created_at: Instant,
  author: Person.nullish().catch(null),
  redacted: z.boolean().nullish(),
})
type Part = z.infer<typeof Part>
const Whole = Conversation.extend({ conversation_parts: z.object({ conversation_parts: listOf(Part) }).nullish() })
type Whole = z.infer<typeof Whole>

type Told = { text: (body: string) => string; customer?: Person | undefined }

/** Customers write as users or leads; what a teammate began names its customer by an id alone. */
const customerIn = ({ source }: Conversation): Person | undefined =>
  source?.author && /^(?:user|lead|contact)$/.test(source.author.type ?? '') ? source.author : undefined

const subjectOf = ({ source }: Conversation): string => plainText(source?.subject ?? '')

function toResource(
  api: Api,
  conversation: Conversation,
  { text, customer = customerIn(conversation) }: Told,
): Resource {
  const { id, title, state, priority, updated_at, source } = conversation
  const opening = withoutAddresses(source?.redacted ? '' : text(source?.body ?? ''))
  const known = withoutAddresses(title?.trim() || subjectOf(conversation)) || titleOf(opening)
  return {
    kind: 'conversation',
    id: `${workspaceOf(api)}.${id}`,
    title: known || 'A conversation without words',
    url: conversationUrl(api.web, workspaceOf(api), id),
    ...inSection(api, 'conversations'),
    updatedAt: updated_at,
    ...(opening && opening !== known ? { excerpt: opening.slice(0, EXCERPT_LENGTH) } : {}),
    body: {
      customer: customer ? nameOf(customer) : '',
      state: state ?? '',
      priority: priority && /^(?:low|medium|high|urgent)$/.test(priority) ? priority : '',
    },
    ...forAdmins(customer),
  }
}

const List = z.object({ conversations: listOf(Conversation), pages: Pages })

function toPage(api: Api, { conversations: found, pages }: z.infer<typeof List>): Page {
  const nextCursor = nextOf(pages, 'starting_after')
  const items = found.map((one) => toResource(api, one, { text: plainText }))
  return { items, ...(nextCursor ? { nextCursor } : {}) }
}

/** A page of the workspace's conversations, those that changed last first. */
export async function listConversations(
  api: Api,
  { cursor, count = LISTED }: { cursor?: string; count?: number },
): Promise<Page> {
  const query = { per_page: count, starting_after: cursor }
  return toPage(api, await api('/conversations', { query, schema: List }))
}

async function search(
  api: Api,
  typed: string,
  { parent, cursor }: { parent?: string; cursor?: string },
): Promise<Page> {
  const query = mayName(typed) ? searchQuery(typed) : null
  if (!query || !isOf(api, parent, 'conversations')) return { items: [] }
  const pagination = { per_page: FOUND, ...(cursor === undefined ? {} : { starting_after: cursor }) }
  return toPage(api, await api('/conversations/search', { method: 'POST', body: { query, pagination }, schema: List }))
}

/** The parts that the customer reads too: notes of any sort, and what workflows write down, are between teammates. */
const said: readonly string[] = ['comment', 'open', 'close', 'quick_reply']

/** What was taken back is nobody's. */
const isSaid = ({ part_type, body, redacted }: Part): boolean =>
  said.includes(part_type ?? '') && !redacted && Boolean(body?.trim())

function lastMessage({ conversation_parts: parts }: Whole): { author: string; text: string; sentAt: string } | null {
  const readable = (parts?.conversation_parts ?? []).filter(isSaid)
  const last = readable.toSorted((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? '')).at(-1)
  if (!last) return null
  const text = withoutAddresses(tidy(last.body ?? ''))
  return { author: last.author ? nameOf(last.author) : '', text, sentAt: last.created_at ?? '' }
}

async function read(api: Api, id: string): Promise<Resource> {
  const path = `/conversations/${readConversationId(api, id)}`
  const conversation = await api(path, { query: { display_as: 'plaintext' }, schema: Whole })
  const other = conversation.contacts?.contacts[0]?.id
  const customer =
    customerIn(conversation) ?? (other === undefined ? undefined : await unlessRefused(findContact(api, other)))
  const resource = toResource(api, conversation, { text: tidy, customer })
  const last = lastMessage(conversation)
  return last ? { ...resource, body: { ...resource.body, lastMessage: last } } : resource
}

export const conversations: Reader = {
  kind: 'conversation',
  name: 'Conversation',
  list: async (api, { parent, cursor }) =>
    isOf(api, parent, 'conversations') ? listConversations(api, cursor === undefined ? {} : { cursor }) : { items: [] },
  search,
  searchOnDemand: true, // inside of what was written
  read,
  match: conversationLink,
}
