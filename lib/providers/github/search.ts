import { z } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'
import { placeOf } from './ids.ts'
import { readPage } from './paging.ts'
import { ownRepositories } from './repositories.ts'

const MAX_OWNERS = 10

async function ownersOf(api: Api): Promise<string[]> {
  const { value } = await ownRepositories(api)
  const found = value.map(({ owner }) => `${owner.type === 'Organization' ? 'org' : 'user'}:${owner.login}`)
  return [...new Set(found)].slice(0, MAX_OWNERS)
}

const known = new WeakMap<Api, Promise<string[]>>()

/** Where a search looks when nobody says: what the account works on, not all of GitHub. Searches side by side ask once. */
function owners(api: Api): Promise<string[]> {
  const asked = known.get(api) ?? ownersOf(api)
  known.set(api, asked)
  return asked
}

/** A query with the qualifiers that narrow it (docs.github.com/search-github); one that names its own place keeps it. */
export async function narrowed(api: Api, query: string, within: string, alsoPath: boolean): Promise<string> {
  if (within !== '') {
    const { owner, name, path } = placeOf(within)
    return [query, `repo:${owner}/${name}`, ...(alsoPath && path ? [`path:${path}`] : [])].join(' ')
  }
  if (/(?:^|\s)(?:repo|user|org):/.test(query)) return query
  return [query, ...(await owners(api))].join(' ')
}

// GitHub answers 422 to a query it cannot read, or that names only places the account cannot search: nothing is found.
const Nothing = z.object({ message: z.string() }).transform(() => ({ total_count: 0, items: [] }))

export type SearchAsk<Item> = {
  q: string
  item: z.ZodType<Item>
  perPage: number
  cursor?: string | undefined
  accept?: string
}

/** One page of a search. `accept` asks for a media type other than the usual. */
export async function searchPage<Item>(api: Api, path: string, { q, item, perPage, cursor, accept }: SearchAsk<Item>) {
  const { value, nextCursor } = await readPage(api, path, {
    schema: z.union([z.object({ total_count: z.number(), items: z.array(item) }), Nothing]),
    query: { q, per_page: perPage },
    cursor,
    accept: [422],
    ...(accept ? { headers: { accept } } : {}),
  })
  return { total: value.total_count, items: value.items, nextCursor }
}
