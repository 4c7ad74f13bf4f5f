import { locate } from '#sandbox/atlassian/access.ts'
import { documentOf, markupOf } from '#sandbox/atlassian/documents.ts'
import { accountOf, type Site, type State, siteUrl } from '#sandbox/atlassian/state.ts'
import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { type Params, type Route, router } from '#sandbox/route.ts'
import { pageLinks } from './shapes.ts'
import type { Data, Page, Space } from './state.ts'

type Place = { state: State; data: Data; site: Site }
type Shown = Route<Place, null>['handler']

const shows = (pattern: string, handler: Shown): Route<Place, null> => ({
  method: 'GET',
  pattern,
  handler,
  about: null,
})

const find = router([
  shows('/wiki', (_call, _params, place) => spaceList(place)),
  shows('/wiki/spaces', (_call, _params, place) => spaceList(place)),
  shows('/wiki/spaces/{key}', (_call, params, place) => spacePage(place, params)),
  shows('/wiki/spaces/{key}/overview', (_call, params, place) => spacePage(place, params)),
  shows('/wiki/spaces/{key}/pages/{id}', (_call, params, place) => pagePage(place, params)),
  shows('/wiki/spaces/{key}/pages/{id}/{title}', (_call, params, place) => pagePage(place, params)),
  shows('/wiki/x/{short}', (_call, { short = '' }, place) => {
    const found = place.data.pages.find(
      (one) => pageLinks(one).tinyui === `/x/${short}` && one.site === place.site.name,
    )
    return found ? pagePage(place, { id: found.id }) : missing()
  }),
])

/** The wiki's pages that answers link to, as somebody who may see everything sees them. */
export function showWiki(call: Call, { state, data }: { state: State; data: Data }): Answer | Promise<Answer> {
  const { site, path } = locate(call, state)
  const found = site && site.confluence !== 'off' ? find(call.method, path.replace(/(?<=.)\/$/, '')) : null
  return site && found ? found.handler(call, found.params, { state, data, site }) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'Page unavailable', body: '<h1>404</h1><p>Your Atlassian Cloud site has no such page.</p>' })

const link = ({ state, site }: Place, path: string, text: string): string =>
  `<a href="${escapeHtml(`${siteUrl(state.world, site)}/wiki${path}`)}">${escapeHtml(text)}</a>`

const framed = ({ site }: Place, title: string, body: string): Answer =>
  page(200, {
    title: `${title} - Confluence`,
    isWide: true,
    body: `<p class="soft">${site.name}.atlassian.net/wiki</p>${body}`,
  })

const list = (place: Place, pages: readonly Page[]): string =>
  `<ul>${pages.map((one) => `<li>${link(place, pageLinks(one).webui, one.title)}</li>`).join('')}</ul>`

function spaceList(place: Place): Answer {
  const rows = place.data.spaces
    .filter(({ site }) => site === place.site.name)
    .map(({ key, name }) => `<li>${link(place, `/spaces/${key}`, name)}</li>`)
  return framed(place, 'Spaces', `<h1>Spaces</h1><div class="card"><ul>${rows.join('')}</ul></div>`)
}

const isIn = ({ site }: Place, thing: Space | Page): boolean => thing.site === site.name

function spacePage(place: Place, { key = '' }: Params): Answer {
  const space = place.data.spaces.find((one) => isIn(place, one) && one.key === key)
  if (!space) return missing()
  const pages = place.data.pages.filter((one) => isIn(place, one) && one.space === key && one.status === 'current')
  return framed(
    place,
    space.name,
    `<h1>${escapeHtml(space.name)}</h1><p>${escapeHtml(space.description)}</p><div class="card">${list(place, pages)}</div>`,
  )
}

function pagePage(place: Place, { id = '' }: Params): Answer {
  const found = place.data.pages.find((one) => isIn(place, one) && one.id === id)
  if (!found) return missing()
  const editor = accountOf(place.state, found.updatedBy)?.name ?? found.updatedBy
  const children = place.data.pages.filter((one) => isIn(place, one) && one.parentId === id)
  const document = documentOf(found.body)
  return framed(
    place,
    found.title,
    `<p>${link(place, `/spaces/${found.space}`, found.space)}</p><h1>${escapeHtml(found.title)}</h1><p class="soft">${escapeHtml(editor)}, ${new Date(found.updatedAt).toISOString().slice(0, 16).replace('T', ' ')}</p><div class="card">${document ? markupOf(document) : ''}</div>${children.length === 0 ? '' : list(place, children)}`,
  )
}
