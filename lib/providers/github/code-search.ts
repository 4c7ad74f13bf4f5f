import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { CodeSearchId, FileId, placeOf, RepositoryId } from './ids.ts'
import { codeSearchLink } from './links.ts'
import { Mentioned, WebUrl } from './repositories.ts'
import { narrowed, searchPage } from './search.ts'

const SHOWN = 5
const MAX_FRAGMENT = 400

const Hit = z.object({
  name: z.string(),
  path: z.string(),
  html_url: WebUrl,
  repository: Mentioned,
  text_matches: z.array(z.object({ fragment: z.string().optional() })).optional(),
})
type Hit = z.infer<typeof Hit>
type Found = { total: number; items: Hit[]; nextCursor: string | undefined }

async function find(api: Api, query: string, within: string, perPage: number, cursor?: string): Promise<Found> {
  return searchPage(api, '/search/code', {
    q: await narrowed(api, query, within, true),
    item: Hit,
    perPage,
    cursor,
    accept: 'application/vnd.github.text-match+json',
  })
}

const fragmentOf = ({ text_matches }: Hit): string => (text_matches?.[0]?.fragment ?? '').slice(0, MAX_FRAGMENT)

/** Only the default branch is searched, so the file is named without a ref. */
const toFile = (hit: Hit): Resource => ({
  kind: 'file',
  id: FileId.write(hit.repository.owner.login, hit.repository.name, '', hit.path, 0, 0),
  title: hit.name,
  url: hit.html_url,
  parent: RepositoryId.write(hit.repository.owner.login, hit.repository.name),
  container: hit.repository.full_name,
  isPrivate: hit.repository.private,
  excerpt: hit.path,
  body: { path: hit.path, fragment: fragmentOf(hit) },
})

/** The site that a hit stands on; an answer without a hit does not tell. */
function siteOf([hit]: readonly Hit[]): string {
  const { html_url = 'https://github.com', full_name = '' } = hit?.repository ?? {}
  return html_url.endsWith(`/${full_name}`) ? html_url.slice(0, -full_name.length - 1) : html_url
}

function containerOf(within: string): string | undefined {
  if (within === '') return undefined
  const { owner, name } = placeOf(within)
  return `${owner}/${name}`
}

function toResource(query: string, within: string, { total, items }: Found): Resource {
  const container = containerOf(within)
  const q = container ? `repo:${container} ${query}` : query
  return {
    kind: 'code_search',
    id: CodeSearchId.write(query, within),
    title: query,
    url: `${siteOf(items)}/search?${new URLSearchParams({ q, type: 'code' })}`,
    ...(within ? { parent: within, container } : {}),
    body: {
      query,
      repository: container ?? '',
      total,
      hits: items.slice(0, SHOWN).map((hit) => ({
        path: hit.path,
        repository: hit.repository.full_name,
        url: hit.html_url,
        fragment: fragmentOf(hit),
      })),
    },
  }
}

/** The search itself, which can stand on a board, then the files it finds. */
async function search(api: Api, query: string, at: { parent?: string; cursor?: string }): Promise<Page> {
  const found = await find(api, query, at.parent ?? '', 20, at.cursor)
  const itself = at.cursor ? [] : [toResource(query, at.parent ?? '', found)]
  return { items: [...itself, ...found.items.map(toFile)], nextCursor: found.nextCursor }
}

export const codeSearch: Reader = {
  kind: 'code_search',
  name: 'Code search',
  search,
  searchOnDemand: true, // 10 requests a minute
  read: async (api, id) => {
    const [query, within] = CodeSearchId.read(id)
    return toResource(query, within, await find(api, query, within, SHOWN))
  },
  match: codeSearchLink,
}
