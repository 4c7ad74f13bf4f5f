import { type Answer, type Call, fields, header } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { router, shows } from '#sandbox/route.ts'
import { endKeys, keepKey } from './keys.ts'
import { type App, appIdOf, appOf, PAGES, type State, sessionsOf } from './state.ts'

const find = router<State, null>([
  shows('GET /', front),
  shows('POST /keys/create', createKey),
  shows('POST /keys/delete', deleteKey),
  shows('GET /{org}/{app}', sessionsPage),
  shows('GET /{org}/{app}/sessions', sessionsPage),
  shows('GET /{org}/{app}/settings/{section}', keysPage),
  shows('GET /{org}/{app}/s/{recording}/{number}', replayPage),
])

/** The pages of app.logrocket.com, as an admin of every organization sees them. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest === '/' ? '/' : call.rest.replace(/\/$/, ''))
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer => page(404, { title: 'Not found', body: '<h1>Page not found</h1>' })
const link = (path: string, text: string): string => `<a href="${PAGES}${escapeHtml(path)}">${escapeHtml(text)}</a>`
const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`

function front(_call: Call, _params: Record<string, string>, { apps }: State): Answer {
  const rows = apps.map((app) => {
    const id = appIdOf(app)
    return `<li>${link(`/${id}`, id)} · ${link(`/${id}/settings/api-keys`, 'API Keys')}</li>`
  })
  return page(200, { title: 'LogRocket', body: `<h1>Projects</h1><div class="card"><ul>${rows.join('')}</ul></div>` })
}

const at = (state: State, { org, app }: Record<string, string>): App | undefined => appOf(state, `${org}/${app}`)

function sessionsPage(_call: Call, params: Record<string, string>, state: State): Answer {
  const app = at(state, params)
  if (!app) return missing()
  const id = appIdOf(app)
  const rows = sessionsOf(state, id).map(
    ({ recording, number, name, at: time }) =>
      `<li>${link(`/${id}/s/${recording}/${number}`, name)} <span class="soft">${new Date(time).toISOString()}</span></li>`,
  )
  const body = `<h1>Sessions of ${escapeHtml(id)}</h1><div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`
  return page(200, { title: `Sessions · ${id}`, isWide: true, body })
}

function replayPage(_call: Call, params: Record<string, string>, state: State): Answer {
  const app = at(state, params)
  const session =
    app &&
    sessionsOf(state, appIdOf(app)).find(
      (one) => one.recording === params.recording && String(one.number) === params.number,
    )
  if (!session) return missing()
  const about = `${session.email} · ${new Date(session.at).toISOString()}`
  const body = `<h1>${escapeHtml(session.name)}</h1><p class="soft">${escapeHtml(about)}</p><div class="card"><p>${escapeHtml(session.summary)}</p></div>`
  return page(200, { title: `Session of ${session.name}`, isWide: true, body })
}

function keysPage(_call: Call, params: Record<string, string>, state: State): Answer {
  const app = at(state, params)
  if (!app || !['api-keys', 'general'].includes(params.section ?? '')) return missing()
  const id = appIdOf(app)
  const rows = [...state.keys.values()]
    .filter((key) => key.app === id)
    .map(
      ({ name, value }) =>
        `<li><strong>${escapeHtml(name)}</strong> <code>…${escapeHtml(value.slice(-4))}</code><form method="post" action="${PAGES}/keys/delete">${hidden('app', id)}${hidden('end', value.slice(-10))}<button aria-label="Delete ${escapeHtml(name)}">Delete</button></form></li>`,
    )
  const form = `<form method="post" action="${PAGES}/keys/create">${hidden('app', id)}<label>Name <input name="name" value="Plugboard" required></label><div class="actions"><button class="go">Create API key</button></div></form>`
  const body = `<h1>API Keys</h1><p>App ID <code>${escapeHtml(id)}</code></p>${form}<div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`
  return page(200, { title: 'API Keys', body })
}

const forbidden = (): Answer => page(403, { title: 'Forbidden', body: '<h1>Forbidden</h1>' })

function createKey(call: Call, _params: Record<string, string>, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent) return forbidden()
  const app = appOf(state, sent.app ?? '')
  if (!app) return missing()
  const { value, name } = keepKey(state, app, { name: sent.name || 'Plugboard' })
  const body = `<h1>${escapeHtml(name)}</h1><div class="card"><h2>API key</h2><pre id="token">${escapeHtml(value)}</pre></div>`
  return page(200, { title: 'New API key', isWide: true, body })
}

function deleteKey(call: Call, _params: Record<string, string>, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent) return forbidden()
  const end = sent.end ?? ''
  const ended = endKeys(state, ({ value, app }) => end.length === 10 && app === sent.app && value.endsWith(end))
  const text = ended === 0 ? 'There is no such key.' : 'Deleted. It stopped working at once.'
  return page(ended === 0 ? 404 : 200, { title: 'Delete', body: `<h1>${text}</h1>` })
}

const isForeign = (call: Call, state: State): boolean => {
  const origin = header(call, 'origin')
  return origin !== undefined && origin !== state.world.url
}
