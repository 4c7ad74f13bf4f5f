import { accountOf } from '#sandbox/atlassian/state.ts'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { type Found, runCql } from './cql.ts'
import { marked, wordsIn } from './highlight.ts'
import { baseOf, cursorAt, offsetOf } from './paging.ts'
import { failureOfFirst } from './refusal.ts'
import { pageLinks } from './shapes.ts'
import type { WikiContext } from './state.ts'
import { userShape } from './users.ts'

const USUAL = 25
const LARGEST = 100
const EXCERPT = 300

function wholeNumber(call: Call, name: string, otherwise: number): number {
  const text = call.query.get(name)
  if (text === null) return otherwise
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw failureOfFirst(400, `Invalid value for ${name}: ${text}`)
}

/** GET /wiki/rest/api/search: counted pages, or by the cursor that the next one's address has. */
export function search(call: Call, _params: Params, context: WikiContext): Answer {
  const { cql, found, page } = run(call, context, 'search')
  const words = (call.query.get('excerpt') ?? 'highlight') === 'highlight' ? wordsIn(cql) : []
  const expand = (call.query.get('expand') ?? '').split(',')
  return json(200, {
    ...page,
    results: found.map((one) => resultShape(context, one, { words, expand })),
    cqlQuery: cql,
    searchDuration: 31,
  })
}

/** GET /wiki/rest/api/content/search: the same query, and of each page only the page. */
export function searchContent(call: Call, _params: Params, context: WikiContext): Answer {
  const { found, page } = run(call, context, 'content/search')
  const results = found.flatMap((one) => (one.type === 'page' ? [contentShape(context, one)] : []))
  return json(200, { ...page, results })
}

/** One page of what a query finds, with everything that says where it is. */
function run(call: Call, context: WikiContext, path: string) {
  const cql = call.query.get('cql')
  if (!cql) throw failureOfFirst(400, 'cql is a required parameter')
  const limit = Math.max(1, Math.min(wholeNumber(call, 'limit', USUAL), LARGEST))
  const cursor = call.query.get('cursor')
  const start = cursor === null ? wholeNumber(call, 'start', 0) : offsetOf(cursor)
  if (start === null) throw failureOfFirst(400, 'Invalid cursor')
  const all = runCql(cql, context)
  const found = all.slice(start, start + limit)
  context.spend(found.length)
  const after = { cursor: cursorAt(start + limit), limit: String(limit), start: String(start + limit) }
  const links = {
    base: baseOf(context),
    context: '/wiki',
    // Without the prefix, which is the context.
    ...(start + limit < all.length && {
      next: `/rest/api/${path}?${new URLSearchParams({ next: 'true', ...after, cql })}`,
    }),
    self: `${context.caller.self}/wiki/rest/api/${path}?${new URLSearchParams({ cql })}`,
  }
  return { cql, found, page: { start, limit, size: found.length, totalSize: all.length, _links: links } }
}

// Without the signs of headings, lists and code.
const plain = (text: string): string =>
  text.replace(/^(## |- )/gm, '').replace(/[`\s]+/g, (gap) => (gap.startsWith('`') ? '' : ' '))

type Shown = { words: readonly string[]; expand: readonly string[] }

function resultShape(context: WikiContext, found: Found, { words, expand }: Shown) {
  const { space } = found
  const isPage = found.type === 'page'
  const updatedAt = isPage ? found.page.updatedAt : Date.parse(space.createdAt)
  const title = isPage ? found.page.title : space.name
  const day = new Intl.DateTimeFormat('en-US', { month: 'short', day: '2-digit', year: 'numeric', timeZone: 'UTC' })
  return {
    ...(isPage
      ? {
          content: {
            ...contentShape(context, found),
            ...(expand.includes('content.version') && { version: versionShape(context, found) }),
          },
        }
      : {
          space: {
            key: space.key,
            name: space.name,
            type: space.type,
            status: space.status,
            _links: { webui: `/spaces/${space.key}` },
          },
        }),
    title: marked(title, words),
    excerpt: marked(plain(isPage ? found.page.body : space.description).slice(0, EXCERPT), words),
    url: isPage ? pageLinks(found.page).webui : `/spaces/${space.key}`,
    ...(isPage && { resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` } }),
    breadcrumbs: [],
    entityType: isPage ? 'content' : 'space',
    iconCssClass: isPage ? 'aui-icon content-type-page' : 'aui-icon content-type-space',
    lastModified: new Date(updatedAt).toISOString(),
    friendlyLastModified: day.format(updatedAt),
    score: 0,
  }
}

/** What `expand=content.version` adds: who changed a page last, as the first version of the API shows people. */
function versionShape(context: WikiContext, { page }: Found & { type: 'page' }) {
  const by = accountOf(context.state, page.updatedBy)
  return {
    ...(by && { by: userShape(context, by) }),
    when: new Date(page.updatedAt).toISOString(),
    friendlyWhen: new Date(page.updatedAt).toDateString(),
    message: page.message,
    number: page.version,
    minorEdit: false,
  }
}

function contentShape({ caller }: WikiContext, { page }: Found & { type: 'page' }) {
  const { webui, tinyui } = pageLinks(page)
  return {
    id: page.id,
    type: 'page',
    status: page.status,
    title: page.title,
    childTypes: {},
    macroRenderedOutput: {},
    restrictions: {},
    _expandable: {
      container: `/rest/api/space/${page.space}`,
      body: '',
      version: '',
      space: `/rest/api/space/${page.space}`,
      history: `/rest/api/content/${page.id}/history`,
    },
    _links: { webui, self: `${caller.self}/wiki/rest/api/content/${page.id}`, tinyui },
  }
}
