import { z } from 'zod'
import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { PageId } from './ids.ts'
import { cursorIn } from './paging.ts'
import { wikiUrl } from './spaces.ts'

/** What a search says of a hit (developer.atlassian.com/cloud/confluence/rest/v1/api-group-search): not all of them are content. */
const Hit = z.object({
  content: z
    .object({
      id: z.string(),
      type: z.string(),
      title: z.string().nullish(),
      version: z
        .object({ by: z.object({ displayName: z.string().nullish() }).nullish().catch(null) })
        .nullish()
        .catch(null),
      _links: z.object({ webui: z.string().nullish() }).nullish(),
    })
    .nullish()
    .catch(null),
  title: z.string(),
  excerpt: z.string().nullish(),
  url: z.string().nullish(),
  resultGlobalContainer: z.object({ title: z.string() }).nullish().catch(null),
  lastModified: z.string().nullish(),
})
type Hit = z.infer<typeof Hit>

const Found = z.object({
  results: z.array(Hit),
  totalSize: z.number().nullish(),
  _links: z.object({ next: z.string().nullish() }).nullish(),
})
const Refused = z.object({ message: z.string() })

/** `refused`: what Confluence says is wrong with the query, in its own words. */
export type Found = { hits: Hit[]; total?: number; nextCursor?: string; refused?: string }

const MAX_WORDS = 500
/** Before the words are the names of Java's exceptions, which help nobody. */
const saidBy = (message: string): string => message.replace(/^(?:[\w.$]+Exception:\s*)+/, '').slice(0, MAX_WORDS)

/** Content that a query finds, and how much of it. */
export async function findPages(
  api: Api,
  cql: string,
  { count = 25, cursor }: { count?: number; cursor?: string | undefined } = {},
): Promise<Found> {
  const answer = await api('/wiki/rest/api/search', {
    schema: z.union([Found, Refused]),
    query: { cql, limit: count, expand: 'content.version', cursor },
    accept: [400],
  })
  if (!('results' in answer)) return { hits: [], refused: saidBy(answer.message) || 'The query was refused.' }
  const { results, totalSize, _links } = answer
  const nextCursor = cursorIn(_links?.next)
  return {
    hits: results,
    ...(totalSize == null ? {} : { total: totalSize }),
    ...(nextCursor ? { nextCursor } : {}),
  }
}

/** The text of a hit without the marks around what was looked for, and without markup. */
export const bare = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/@@@(?:end)?hl@@@/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:nbsp|amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

const urlOf = (api: Api, { content, url }: Hit): string => wikiUrl(api, content?._links?.webui ?? url ?? '')

/** Who changed a page last; empty where that is not told. */
export const editorOf = (hit: Hit | undefined): string => hit?.content?.version?.by?.displayName ?? ''

/** A hit as a line of a list. */
export const toHit = (api: Api, hit: Hit) => ({
  title: bare(hit.title),
  url: urlOf(api, hit),
  detail: hit.resultGlobalContainer?.title ?? '',
})

/** A hit as the page it is; null for a space, a person, a file, a comment. */
export function toPage(api: Api, hit: Hit): Resource | null {
  const { content, lastModified, resultGlobalContainer: space } = hit
  if (content?.type !== 'page') return null
  const excerpt = bare(hit.excerpt)
  const at = new Date(lastModified ?? '')
  return {
    kind: 'page',
    id: PageId.write(api, content.id),
    title: bare(hit.title) || (content.title ?? ''),
    url: urlOf(api, hit),
    ...(space ? { container: bare(space.title) } : {}),
    ...(Number.isNaN(at.getTime()) ? {} : { updatedAt: at.toISOString() }),
    ...(excerpt ? { excerpt } : {}),
    body: { editor: editorOf(hit) },
  }
}
