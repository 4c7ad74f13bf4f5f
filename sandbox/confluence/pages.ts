import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { baseOf, idsIn, listed, listIn, oneOf } from './paging.ts'
import { invalidParameter, notFound } from './refusal.ts'
import { type BodyFormat, pageShape, spaceKeyed } from './shapes.ts'
import { spaceIn } from './spaces.ts'
import { type Page, pageOf, visiblePages, type WikiContext } from './state.ts'

const FORMATS = ['storage', 'atlas_doc_format', 'view'] satisfies BodyFormat[]
const LIST_FORMATS = ['storage', 'atlas_doc_format'] satisfies BodyFormat[]
const SORTS = ['id', 'created-date', 'modified-date', 'title'] as const
const STATUSES = ['current', 'archived', 'deleted', 'trashed', 'draft']

function sortIn(call: Call): (a: Page, b: Page) => number {
  const text = call.query.get('sort') ?? 'id'
  const name = SORTS.find((one) => one === text.replace(/^-/, ''))
  if (name === undefined) throw invalidParameter(`Provided value {${text}} for 'sort' is not the correct type.`)
  const by = (page: Page): number | string =>
    ({ id: Number(page.id), 'created-date': page.createdAt, 'modified-date': page.updatedAt, title: page.title })[name]
  const sign = text.startsWith('-') ? -1 : 1
  return (a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : 0)
}

function pagesAsked(call: Call, context: WikiContext): Page[] {
  const statuses = listIn(call, 'status')
  const wrong = statuses.find((one) => !STATUSES.includes(one))
  if (wrong !== undefined) throw invalidParameter(`Provided value {${wrong}} for 'status' is not the correct type.`)
  const wanted = statuses.length === 0 ? ['current', 'archived'] : statuses
  const [ids, title] = [idsIn(call, 'id'), call.query.get('title')]
  return visiblePages(context)
    .filter(
      (page) =>
        wanted.includes(page.status) &&
        (ids.length === 0 || ids.includes(page.id)) &&
        (title === null || page.title === title),
    )
    .toSorted(sortIn(call))
}

const listedPages = (call: Call, context: WikiContext, pages: readonly Page[]): Answer => {
  const format = oneOf(call, 'body-format', LIST_FORMATS)
  return listed(call, context, pages, (page) => pageShape(context, page, format))
}

/** GET /wiki/api/v2/pages */
export function listPages(call: Call, _params: Params, context: WikiContext): Answer {
  const spaces = idsIn(call, 'space-id')
  const pages = pagesAsked(call, context).filter(
    ({ space }) => spaces.length === 0 || spaces.includes(spaceKeyed(context, space).id),
  )
  return listedPages(call, context, pages)
}

/** GET /wiki/api/v2/spaces/{id}/pages */
export function listPagesOfSpace(call: Call, params: Params, context: WikiContext): Answer {
  const { key } = spaceIn(context, params)
  const isRoot = oneOf(call, 'depth', ['all', 'root']) === 'root'
  const pages = pagesAsked(call, context).filter(
    ({ space, parentId }) => space === key && !(isRoot && parentId !== null),
  )
  return listedPages(call, context, pages)
}

function pageIn(context: WikiContext, { page: id = '' }: Params): Page {
  if (!/^\d+$/.test(id))
    throw invalidParameter(`Provided value {${id}} for 'id' is not the correct type. Expected type is long`)
  const page = pageOf(context, id)
  if (page) return page
  throw notFound()
}

/** GET /wiki/api/v2/pages/{id} */
export function showPage(call: Call, params: Params, context: WikiContext): Answer {
  const page = pageIn(context, params)
  if (page.status === 'draft' && call.query.get('get-draft') !== 'true') throw notFound()
  const shape = pageShape(context, page, oneOf(call, 'body-format', FORMATS))
  context.spend(1)
  return json(200, { ...shape, _links: { ...shape._links, base: baseOf(context) } })
}

/** GET /wiki/api/v2/pages/{id}/children: no more of each than it takes to name it. */
export function listChildren(call: Call, params: Params, context: WikiContext): Answer {
  const { id } = pageIn(context, params)
  const children = visiblePages(context).filter(({ parentId, status }) => parentId === id && status === 'current')
  return listed(call, context, children, (page) => ({
    id: page.id,
    status: page.status,
    title: page.title,
    spaceId: spaceKeyed(context, page.space).id,
    childPosition: Number(page.id) % 1000,
  }))
}

/** GET /wiki/api/v2/pages/{id}/ancestors: from the top. */
export function listAncestors(call: Call, params: Params, context: WikiContext): Answer {
  const chain: { id: string; type: 'page' }[] = []
  for (let { parentId } = pageIn(context, params); parentId !== null; ) {
    chain.unshift({ id: parentId, type: 'page' })
    parentId = pageOf(context, parentId)?.parentId ?? null
  }
  return listed(call, context, chain, (one) => one)
}
