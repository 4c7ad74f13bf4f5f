import type { Call } from '#sandbox/http.ts'
import { type Context, requirePermission } from './access.ts'
import { articleShape, collectionShape, highlightShape, words } from './article-shapes.ts'
import { numberedPage } from './paging.ts'
import { badParameter, notFound } from './refusal.ts'
import type { Article } from './state.ts'

type Params = Record<string, string>
const STATES = ['published', 'draft', 'all']

const newestFirst = (articles: readonly Article[]): Article[] =>
  articles.toSorted((a, b) => b.updatedAt - a.updatedAt || Number(b.id) - Number(a.id))

const addressOf = ({ state }: Context, path: string): string => `${state.world.url}/intercom-api${path}`

/** GET /articles, drafts among them, the last changed first. */
export function listArticles({ query }: Call, _params: Params, context: Context): object {
  requirePermission(context, 'articles')
  const articles = newestFirst(context.caller.workspace.articles)
  const { shown, ...page } = numberedPage(articles, query, { perPage: 25, address: addressOf(context, '/articles') })
  return {
    type: 'list',
    ...page,
    data: shown.map((article) => articleShape(context.state, context.caller.workspace, article)),
  }
}

/** GET /articles/search; the page's size cannot be chosen. */
export function searchArticles({ query }: Call, _params: Params, context: Context): object {
  requirePermission(context, 'articles')
  const wantedState = query.get('state') ?? 'all'
  if (!STATES.includes(wantedState)) throw badParameter('state must be one of: published, draft, all')
  const helpCenter = query.get('help_center_id')
  const { workspace } = context.caller
  const isOurs = helpCenter === null || helpCenter === String(workspace.helpCenter?.id)
  const wanted = words(query.get('phrase') ?? '')
  const found = newestFirst(workspace.articles).filter((article) => {
    const said = words(`${article.title} ${article.description} ${article.body}`)
    const isOfState = wantedState === 'all' || article.state === wantedState
    return isOurs && isOfState && wanted.every((word) => said.some((one) => one.startsWith(word)))
  })
  const fixed = new URLSearchParams(query)
  fixed.delete('per_page')
  const { shown, pages, total_count } = numberedPage(found, fixed, {
    perPage: 10,
    address: addressOf(context, '/articles/search'),
  })
  const isMarked = query.get('highlight') === 'true'
  const highlights = isMarked ? shown.map((article) => highlightShape(article, wanted)) : []
  const articles = shown.map((article) => articleShape(context.state, context.caller.workspace, article))
  return { type: 'list', total_count, data: { articles, highlights }, pages }
}

/** GET /articles/{id}. */
export function showArticle(_call: Call, { id = '' }: Params, context: Context): object {
  requirePermission(context, 'articles')
  const article = context.caller.workspace.articles.find((one) => one.id === id)
  if (!article) throw notFound()
  const statistics = {
    type: 'article_statistics',
    views: 12 * article.title.length,
    conversations: article.title.length % 7,
    reactions: 0,
    happy_reaction_percentage: 0,
    neutral_reaction_percentage: 0,
    sad_reaction_percentage: 0,
  }
  return { ...articleShape(context.state, context.caller.workspace, article), statistics }
}

/** GET /help_center/collections. */
export function listCollections({ query }: Call, _params: Params, context: Context): object {
  requirePermission(context, 'articles')
  const { collections } = context.caller.workspace
  const address = addressOf(context, '/help_center/collections')
  const { shown, pages, total_count } = numberedPage(collections, query, { perPage: 20, address })
  return { type: 'list', data: shown.map((one) => collectionShape(context, one)), total_count, pages }
}

/** GET /help_center/collections/{id}. */
export function showCollection(_call: Call, { id = '' }: Params, context: Context): object {
  requirePermission(context, 'articles')
  const collection = context.caller.workspace.collections.find((one) => one.id === id)
  if (!collection) throw notFound()
  return collectionShape(context, collection)
}

/** GET /help_center/help_centers; the list has no pages. */
export function listHelpCenters(_call: Call, _params: Params, context: Context): object {
  requirePermission(context, 'articles')
  const { helpCenter, code, createdAt } = context.caller.workspace
  const shape = helpCenter && {
    id: String(helpCenter.id),
    workspace_id: code,
    created_at: createdAt,
    updated_at: createdAt,
    identifier: helpCenter.identifier,
    website_turned_on: true,
    display_name: helpCenter.name,
  }
  return { type: 'list', data: shape ? [shape] : [] }
}
