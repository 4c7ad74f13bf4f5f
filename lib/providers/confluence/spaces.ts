import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { siteUrl } from '#lib/providers/atlassian-site.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api, Query } from '#lib/providers/define-api.ts'
import { keyIn, nameOfSpace, SpaceId } from './ids.ts'
import { spaceLink } from './links.ts'
import { readPage, V2 } from './paging.ts'

const ENOUGH = 20
const MAX_PAGES = 4

/** What is read of a space (developer.atlassian.com/cloud/confluence/rest/v2/api-group-space). */
const Space = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string().nullish(),
  status: z.string().nullish(),
  description: z
    .object({ plain: z.object({ value: z.string().nullish() }).nullish() })
    .nullish()
    .catch(null),
  _links: z.object({ webui: z.string().nullish() }).nullish(),
})
export type Space = z.infer<typeof Space>

const types: Record<string, string> = {
  global: 'Space',
  collaboration: 'Collaboration space',
  knowledge_base: 'Knowledge base',
  personal: 'Personal space',
}

/** An address of Confluence's, which its answers give without the site. */
export const wikiUrl = (api: Api, path: string): string => `${siteUrl(api.config)}/wiki${path}`

function toResource(api: Api, { key, name, type, status, description, _links }: Space): Resource {
  const about = description?.plain?.value?.trim() ?? ''
  return {
    kind: 'space',
    id: SpaceId.write(api, nameOfSpace(key)),
    title: name,
    url: wikiUrl(api, _links?.webui ?? `/spaces/${encodeURIComponent(key)}`),
    excerpt: about || key,
    body: { key, description: about, type: types[type ?? ''] ?? 'Space', state: status ?? '' },
  }
}

const page = (api: Api, query: Query, cursor?: string) =>
  readPage(api, `${V2}/spaces`, { item: Space, query: { 'description-format': 'plain', ...query }, cursor })

/** One space by its key. Throws ProviderFailure `not_found` where none is seen by it. */
export async function findSpace(api: Api, key: string): Promise<Space> {
  const { results } = await page(api, { keys: key })
  const found = results.find((space) => space.key.toLowerCase() === key.toLowerCase())
  if (!found) throw new ProviderFailure('not_found')
  return found
}

const listed = { status: 'current', sort: 'name' }

/** Spaces by name or key: there is no search of their names, and a site has few of them. */
async function search(api: Api, typed: string, cursor?: string): Promise<Page> {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const isMeant = ({ key, name }: Space) => words.every((word) => `${name} ${key}`.toLowerCase().includes(word))
  const items: Resource[] = []
  let next = cursor
  for (let pages = 0; pages < MAX_PAGES && items.length < ENOUGH; pages++) {
    const { results, nextCursor } = await page(api, { ...listed, limit: 250 }, next)
    items.push(...results.filter(isMeant).map((space) => toResource(api, space)))
    next = nextCursor
    if (!next) break
  }
  return { items, ...(next ? { nextCursor: next } : {}) }
}

async function list(api: Api, cursor?: string): Promise<Page> {
  const { results, nextCursor } = await page(api, listed, cursor)
  return { items: results.map((space) => toResource(api, space)), ...(nextCursor ? { nextCursor } : {}) }
}

export const spaces: Reader = {
  kind: 'space',
  name: 'Space',
  children: ['page'],
  list: (api, { cursor }) => list(api, cursor),
  search: (api, typed, { cursor }) => search(api, typed, cursor),
  read: async (api, id) => toResource(api, await findSpace(api, keyIn(SpaceId.read(api, id)) ?? '')),
  match: spaceLink,
}
