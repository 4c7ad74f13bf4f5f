import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readContactId, workspaceOf } from './ids.ts'
import { contactLink, contactUrl } from './links.ts'
import { inSection, isOf } from './section-ids.ts'
import { forAdmins, Instant, listOf, mayName, nameOf, nextOf, Pages } from './shapes.ts'

const LISTED = 50
const FOUND = 20
const MOST_MERGES = 3

/** What is read of a contact (developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts): who it is, never where or on what. */
const Contact = z.object({
  id: z.string(),
  role: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish().catch(null),
  created_at: Instant,
  updated_at: Instant,
  last_seen_at: Instant,
})
type Contact = z.infer<typeof Contact>

function toResource(api: Api, contact: Contact): Resource {
  const { id, role, created_at, updated_at, last_seen_at } = contact
  return {
    kind: 'contact',
    id: `${workspaceOf(api)}.${id}`,
    title: nameOf(contact) || (role === 'lead' ? 'A lead without a name' : 'A user without a name'),
    url: contactUrl(api.web, workspaceOf(api), id),
    ...inSection(api, 'contacts'),
    updatedAt: updated_at,
    body: { role: role ?? '', lastSeen: last_seen_at ?? '', since: created_at ?? '' },
    ...forAdmins(contact),
  }
}

const List = z.object({ data: listOf(Contact), pages: Pages })

function toPage(api: Api, { data, pages }: z.infer<typeof List>): Page {
  const nextCursor = nextOf(pages, 'starting_after')
  return { items: data.map((one) => toResource(api, one)), ...(nextCursor ? { nextCursor } : {}) }
}

/** A page of the workspace's contacts. */
export async function listContacts(
  api: Api,
  { cursor, count = LISTED }: { cursor?: string; count?: number },
): Promise<Page> {
  return toPage(api, await api('/contacts', { query: { per_page: count, starting_after: cursor }, schema: List }))
}

/** By the names that are shown: a search by address, or by one that stands for a name, would tell whose it is. */
async function search(
  api: Api,
  typed: string,
  { parent, cursor }: { parent?: string; cursor?: string },
): Promise<Page> {
  if (!isOf(api, parent, 'contacts') || !mayName(typed)) return { items: [] }
  const query = { field: 'name', operator: '~', value: typed.trim() }
  const pagination = { per_page: FOUND, ...(cursor === undefined ? {} : { starting_after: cursor }) }
  const found = await api('/contacts/search', { method: 'POST', body: { query, pagination }, schema: List })
  return toPage(api, { ...found, data: found.data.filter((contact) => nameOf(contact) !== '') })
}

const Merged = z.object({ errors: z.array(z.unknown()) })

/** A contact by Intercom's own id. One that was merged into another is that one, which a 410 names in its Link header. */
export async function findContact(api: Api, id: string): Promise<Contact> {
  let at = id
  for (let merges = 0; merges <= MOST_MERGES; merges++) {
    const { value, headers } = await api.whole(`/contacts/${encodeURIComponent(at)}`, {
      schema: z.union([Contact, Merged]),
      accept: [410],
    })
    if ('id' in value) return value
    const [, into] = /<[^>]*\/contacts\/(\w+)>\s*;\s*rel="?canonical"?/.exec(headers.get('link') ?? '') ?? []
    if (!into) break
    at = into
  }
  throw new ProviderFailure('not_found', { status: 410 })
}

export const contacts: Reader = {
  kind: 'contact',
  name: 'Contact',
  list: async (api, { parent, cursor }) =>
    isOf(api, parent, 'contacts') ? listContacts(api, cursor === undefined ? {} : { cursor }) : { items: [] },
  search,
  read: async (api, id) => ({ ...toResource(api, await findContact(api, readContactId(api, id))), id }),
  match: contactLink,
}
