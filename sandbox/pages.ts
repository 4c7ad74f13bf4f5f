import type { Answer, Call } from './http.ts'
import { escapeHtml, page } from './page.ts'
import { type Handler, router } from './route.ts'

/** The pages at an address, by routes such as `GET /a/{b}`; `missing` is what anything else gets. */
export function pages<Context>(routes: Readonly<Record<string, Handler<Context>>>, missing: () => Answer) {
  const find = router(
    Object.entries(routes).map(([line, handler]) => {
      const [method = '', pattern = ''] = line.split(' ')
      return { method, pattern, handler, about: null }
    }),
  )
  return (call: Call, context: Context): Answer | Promise<Answer> => {
    const found = find(call.method, call.rest)
    return found ? found.handler(call, found.params, context) : missing()
  }
}

/** That there is no such page, in a provider's own words for it. */
export const noPage = (title: string): Answer =>
  page(404, { title, body: '<h1>404</h1><p>There is no such page here.</p>' })

/** A picture of somebody: the first letter of their name on a colour of their own. */
export function avatar(id: string, name: string | undefined): Answer {
  const hue = [...id].reduce((sum, character) => sum + character.charCodeAt(0) * 7, 0) % 360
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 40%)"/><text x="20" y="27" font-family="sans-serif" font-size="18" fill="#fff" text-anchor="middle">${escapeHtml((name ?? '?').slice(0, 1).toUpperCase())}</text></svg>`
  return {
    status: name === undefined ? 404 : 200,
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" },
    body,
  }
}

type Installed = {
  app: string
  /** Where the form goes, and the field that names a place. */
  action: string
  field: string
  /** What is done there: `Remove`. */
  verb: string
  places: readonly { id: string; name: string }[]
}

/** The page on which people see where an app is installed, and end that. */
export function installedPage({ app, action, field, verb, places }: Installed): Answer {
  const rows = places.map(
    ({ id, name }) =>
      `<form class="card" method="post" action="${action}"><input type="hidden" name="${field}" value="${id}"><p><strong>${app}</strong> in ${escapeHtml(name)}</p><div class="actions"><button>${verb} ${app} from ${escapeHtml(name)}</button></div></form>`,
  )
  return page(200, {
    title: 'Installed apps',
    body: `<h1>Installed apps</h1>${rows.join('') || '<p>No apps are installed.</p>'}`,
  })
}
