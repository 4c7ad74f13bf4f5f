import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { articleId, readArticleId, workspaceOf } from './ids.ts'
import { articleLink, helpCenterIn } from './links.ts'
import { inSection, sectionId } from './section-ids.ts'
import { Id, Instant, listOf, nextOf, Pages } from './shapes.ts'
import { plainText } from './text.ts'

const LISTED = 50
const FOUND = 20
/** How far drafts are looked for at a time; whoever goes on comes back with the cursor. */
const MOST_PAGES = 6
const ENOUGH_DRAFTS = 5
const MAX_LINES = 3
const EXCERPT_LENGTH = 400

/** What is read of an article (developers.intercom.com/docs/references/rest-api/api.intercom.io/articles); a draft has no address. */
const Article = z.object({
  id: Id,
  title: z.string().nullish(),
  description: z.string().nullish(),
  body: z.string().nullish(),
  state: z.string().nullish(),
  updated_at: Instant,
  url: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .catch(null),
})
type Article = z.infer<typeof Article>

const isDraft = ({ state }: Article): boolean => state !== 'published'

function excerptOf({ description, body }: Article): string {
  const lines = [description?.trim() ?? '', ...plainText(body ?? '').split('\n')].filter(Boolean)
  return lines.slice(0, MAX_LINES).join('\n').slice(0, EXCERPT_LENGTH)
}

function toResource(api: Api, article: Article): Resource {
  const { id, title, url, updated_at } = article
  const known = url && articleId(helpCenterIn(url) ?? '', id) // on a host of its own something else may stand there
  const excerpt = excerptOf(article)
  return {
    kind: 'article',
    id: known || `~${workspaceOf(api)}.${id}`,
    title: title?.trim() || 'Untitled',
    url: url ?? '',
    ...(isDraft(article) ? inSection(api, 'drafts') : {}),
    updatedAt: updated_at,
    ...(excerpt ? { excerpt } : {}),
    body: { state: isDraft(article) ? 'draft' : '' },
  }
}

type At = { parent?: string; cursor?: string }
type Found = { found: readonly Article[]; pages: z.infer<typeof Pages> }

/** Of drafts the others on a page are left out; a page may be empty and not the last. */
function toPage(api: Api, { found, pages }: Found, { parent }: At): Page {
  const nextCursor = nextOf(pages, 'page')
  const shown = parent === undefined ? found : found.filter(isDraft)
  return { items: shown.map((one) => toResource(api, one)), ...(nextCursor ? { nextCursor } : {}) }
}

/** There are articles in the section of drafts, and anywhere. */
const hasArticles = (api: Api, { parent }: At): boolean => parent === undefined || parent === sectionId(api, 'drafts')

const List = z.object({ data: listOf(Article), pages: Pages })

async function listPage(api: Api, at: At): Promise<Page> {
  const { data, pages } = await api('/articles', { query: { per_page: LISTED, page: at.cursor }, schema: List })
  return toPage(api, { found: data, pages }, at)
}

/** A page of articles; of drafts, which stand among the others, what several pages have, until there are some. */
async function list(api: Api, at: At): Promise<Page> {
  if (!hasArticles(api, at)) return { items: [] }
  let page = await listPage(api, at)
  for (let pages = 1; at.parent !== undefined && page.nextCursor !== undefined && pages < MOST_PAGES; pages++) {
    if (page.items.length >= ENOUGH_DRAFTS) break
    const next = await listPage(api, { ...at, cursor: page.nextCursor })
    page = { ...next, items: [...page.items, ...next.items] }
  }
  return page
}

/** As list, of drafts alone. */
export const listDrafts = (api: Api, { cursor }: At): Promise<Page> =>
  list(api, { parent: sectionId(api, 'drafts'), ...(cursor === undefined ? {} : { cursor }) })

/** What is found is a level deeper than what is listed. */
const FoundArticles = z.object({ data: z.object({ articles: listOf(Article) }), pages: Pages })

async function search(api: Api, phrase: string, at: At): Promise<Page> {
  if (!hasArticles(api, at)) return { items: [] }
  const query = { phrase, state: at.parent === undefined ? 'all' : 'draft', per_page: FOUND, page: at.cursor }
  const { data, pages } = await api('/articles/search', { query, schema: FoundArticles })
  return toPage(api, { found: data.articles, pages }, at)
}

const HelpCenters = z.object({ data: listOf(z.object({ identifier: z.string() })) })

/** Whether a help center is of this workspace (developers.intercom.com/docs/references/rest-api/api.intercom.io/help-center). */
async function isOwn(api: Api, helpCenter: string): Promise<boolean> {
  const { data } = await api('/help_center/help_centers', { schema: HelpCenters })
  return data.some(({ identifier }) => identifier === helpCenter)
}

/**
 * An article by its number. One in another help center than the id names is another one; where its address does not say, since
 * it has none or is on a host of its own, it is the one that is meant if the help center is of this workspace.
 */
async function read(api: Api, id: string): Promise<Resource> {
  const { number, helpCenter } = readArticleId(api, id)
  const article = await api(`/articles/${number}`, { schema: Article })
  const actual = article.url && helpCenterIn(article.url)
  const isMeant = !helpCenter || (actual ? actual === helpCenter : await isOwn(api, helpCenter))
  if (!isMeant) throw new ProviderFailure('not_found')
  return { ...toResource(api, article), id }
}

export const articles: Reader = {
  kind: 'article',
  name: 'Article',
  looks: 'page',
  list,
  search,
  read,
  match: articleLink,
}
