import { z } from 'zod'
import { unlessRefused } from '#lib/providers/api.ts'
import { plainText } from '#lib/providers/atlassian-document.ts'
import { within } from '#lib/providers/atlassian-query.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { belowPage, byTitle, itself, ofSpace } from './cql.ts'
import { editorOf, findPages, toPage } from './find-pages.ts'
import { keyIn, nameOfSpace, PageId, PlaceId, SpaceId } from './ids.ts'
import { pageLink } from './links.ts'
import { readPage, V2 } from './paging.ts'
import { findSpace, type Space, wikiUrl } from './spaces.ts'

const MAX_EXCERPT = 400

/** What is read of a page (developer.atlassian.com/cloud/confluence/rest/v2/api-group-page): no name of its space, and of people their ids only. */
const Content = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string().nullish(),
  spaceId: z.string().nullish(),
  version: z.object({ createdAt: z.string().nullish() }).nullish().catch(null),
  createdAt: z.string().nullish(),
  body: z
    .object({ atlas_doc_format: z.object({ value: z.string().nullish() }).nullish() })
    .nullish()
    .catch(null),
  _links: z.object({ webui: z.string().nullish() }).nullish(),
})
type Content = z.infer<typeof Content>

/** The document comes as a text that holds JSON. */
function textOf({ body }: Content): string {
  const value = body?.atlas_doc_format?.value ?? ''
  try {
    return plainText(JSON.parse(value || 'null')).slice(0, MAX_EXCERPT)
  } catch {
    return ''
  }
}

type Known = { space?: { key: string; name: string } | undefined; editor?: string }

function toResource(api: Api, content: Content, { space, editor = '' }: Known): Resource {
  const { id, title, status, version, createdAt, _links } = content
  const [excerpt, updatedAt] = [textOf(content), version?.createdAt ?? createdAt]
  return {
    kind: 'page',
    id: PageId.write(api, id),
    title,
    url: wikiUrl(api, _links?.webui ?? `/pages/viewpage.action?pageId=${id}`),
    ...(space ? { parent: SpaceId.write(api, nameOfSpace(space.key)), container: space.name } : {}),
    ...(updatedAt ? { updatedAt } : {}),
    ...(excerpt ? { excerpt } : {}),
    body: { editor, state: status ?? '' },
  }
}

type At = { parent?: string; cursor?: string }

/** The pages of a space, those last changed first; of a page what lies below it. */
async function list(api: Api, { parent, cursor }: At): Promise<Page> {
  if (parent === undefined) return { items: [] }
  const place = PlaceId.read(api, parent)
  const key = keyIn(place)
  const space = key === null ? undefined : await findSpace(api, key)
  const { results, nextCursor } = space
    ? await readPage(api, `${V2}/spaces/${space.id}/pages`, {
        item: Content,
        query: { depth: 'all', sort: '-modified-date' },
        cursor,
      })
    : await readPage(api, `${V2}/pages/${place}/children`, { item: Content, cursor })
  return {
    items: results.map((content) => toResource(api, content, { space })),
    ...(nextCursor ? { nextCursor } : {}),
  }
}

/** The clause that keeps a query inside of where somebody is. */
export function clauseOf(api: Api, parent: string): string {
  const place = PlaceId.read(api, parent)
  const key = keyIn(place)
  return key === null ? belowPage(place) : ofSpace(key)
}

async function search(api: Api, typed: string, { parent, cursor }: At): Promise<Page> {
  const query = byTitle(typed)
  if (query === null) return { items: [] }
  const { hits, nextCursor } = await findPages(
    api,
    parent === undefined ? query : within(clauseOf(api, parent), query),
    { cursor },
  )
  return { items: hits.flatMap((hit) => toPage(api, hit) ?? []), ...(nextCursor ? { nextCursor } : {}) }
}

async function spaceOf(api: Api, { spaceId }: Content): Promise<Space | undefined> {
  if (!spaceId || !/^\d+$/.test(spaceId)) return undefined
  const schema = z.object({ id: z.string(), key: z.string(), name: z.string() })
  return unlessRefused(api(`${V2}/spaces/${spaceId}`, { schema }))
}

/** Who changed it last: the newer API knows people by their ids, a search by their names. */
const lastEditor = async (api: Api, number: string): Promise<string> =>
  editorOf((await unlessRefused(findPages(api, itself(number), { count: 1 })))?.hits[0])

async function read(api: Api, id: string): Promise<Resource> {
  const number = PageId.read(api, id)
  const content = await api(`${V2}/pages/${number}`, { schema: Content, query: { 'body-format': 'atlas_doc_format' } })
  const [space, editor] = await Promise.all([spaceOf(api, content), lastEditor(api, number)])
  return toResource(api, content, { space, editor })
}

export const pages: Reader = { kind: 'page', name: 'Page', children: ['page'], list, search, read, match: pageLink }
