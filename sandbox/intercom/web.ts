import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { type Route, router } from '#sandbox/route.ts'
import { uninstall } from './ending.ts'
import { plainText } from './shape-parts.ts'
import { type Contact, intercomApp, type Part, type State, type Workspace, workspaceOf } from './state.ts'

type Page = Route<State, null>['handler']

const at = (method: string, pattern: string, handler: Page): Route<State, null> => ({
  method,
  pattern,
  handler,
  about: null,
})

const APPS = '/intercom-web/a/apps'

const find = router([
  at('GET', '/avatars/{id}', (_call, { id = '' }, state) => avatar(state, id)),
  at('GET', '/a/apps', (_call, _params, state) => installedApps(state)),
  at('POST', '/a/apps', (call, _params, state) => removeInstalled(call, state)),
  at('GET', '/a/inbox/{code}/inbox/conversation/{id}', (_call, params, state) => conversation(state, params)),
  at('GET', '/a/apps/{code}/users/{id}', (_call, params, state) => contact(state, params)),
])

const findHelp = router([
  at('GET', '/{center}/en/articles/{slug}', (_call, params, state) => article(state, params)),
  at('GET', '/{center}/en/collections/{slug}', (_call, params, state) => collection(state, params)),
])

/** The pages of app.intercom.com that people are led to. Signing in is not simulated. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

/** The pages of help centers, which anybody may read. */
export function showHelp(call: Call, state: State): Answer | Promise<Answer> {
  const found = findHelp(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'Page not found', body: '<h1>404</h1><p>There is no such page here.</p>' })

function conversation(state: State, { code = '', id }: Record<string, string>): Answer {
  const workspace = workspaceOf(state, code)
  const found = workspace?.conversations.find((one) => one.id === id)
  if (!workspace || !found) return missing()
  const first = `<li>${escapeHtml(plainText(found.body))}</li>`
  const said = found.parts
    .filter(({ body }) => body !== null)
    .map(({ type, body, author }) => {
      const who = `<strong>${escapeHtml(nameOf(workspace, author))}</strong>`
      return `<li>${who}${type === 'note' ? ' <span class="soft">note</span>' : ''}<br>${escapeHtml(plainText(body ?? ''))}</li>`
    })
  const about = `<p class="soft">${escapeHtml(workspace.name)} · ${found.state}</p>`
  return page(200, {
    title: found.title ?? 'Conversation',
    isWide: true,
    body: `<h1>${escapeHtml(found.title ?? 'Conversation')}</h1>${about}<div class="card"><ul>${first}${said.join('')}</ul></div>`,
  })
}

function nameOf({ admins, contacts }: Workspace, { kind, id }: Part['author']): string {
  if (kind === 'bot') return 'Fin'
  return (kind === 'admin' ? admins : contacts).find((one) => one.id === id)?.name ?? 'A visitor'
}

function contact(state: State, { code = '', id }: Record<string, string>): Answer {
  const found = workspaceOf(state, code)?.contacts.find((one) => one.id === id)
  if (!found) return missing()
  const { name, email, role }: Contact = found
  const body = `<h1>${escapeHtml(name ?? 'A visitor')}</h1><p>${escapeHtml(email ?? 'no e-mail address')} · ${role}</p>`
  return page(200, { title: name ?? 'Contact', body })
}

const centerOf = (state: State, center: string): Workspace | undefined =>
  state.workspaces.find(({ helpCenter }) => helpCenter?.identifier === center)

function article(state: State, { center = '', slug = '' }: Record<string, string>): Answer {
  const [id] = slug.split('-')
  const found = centerOf(state, center)?.articles.find((one) => one.id === id)
  if (found?.state !== 'published') return missing()
  return page(200, {
    title: found.title,
    isWide: true,
    body: `<h1>${escapeHtml(found.title)}</h1><p class="soft">${escapeHtml(found.description)}</p><div class="card"><p>${escapeHtml(plainText(found.body)).replaceAll('\n\n', '</p><p>')}</p></div>`,
  })
}

function collection(state: State, { center = '', slug = '' }: Record<string, string>): Answer {
  const [id] = slug.split('-')
  const workspace = centerOf(state, center)
  const found = workspace?.collections.find((one) => one.id === id)
  if (!workspace || !found) return missing()
  const inside = workspace.articles.filter((one) => one.collectionId === id && one.state === 'published')
  const list = inside.map(({ title }) => `<li>${escapeHtml(title)}</li>`).join('')
  return page(200, { title: found.name, body: `<h1>${escapeHtml(found.name)}</h1><ul>${list}</ul>` })
}

function installedApps(state: State): Answer {
  const { name } = intercomApp(state.world)
  const rows = state.workspaces
    .filter(({ code }) => state.installed.has(code))
    .map(
      (workspace) =>
        `<form class="card" method="post" action="${APPS}"><input type="hidden" name="workspace" value="${workspace.code}"><p><strong>${name}</strong> in ${escapeHtml(workspace.name)}</p><div class="actions"><button>Uninstall ${name} from ${escapeHtml(workspace.name)}</button></div></form>`,
    )
  return page(200, {
    title: 'Installed apps',
    body: `<h1>Installed apps</h1>${rows.join('') || '<p>No apps are installed.</p>'}`,
  })
}

function removeInstalled(call: Call, state: State): Answer {
  const workspace = workspaceOf(state, fields(call)?.workspace ?? '')
  if (!workspace || !state.installed.has(workspace.code)) return missing()
  uninstall(state, workspace)
  return redirect(303, APPS)
}

function avatar({ workspaces }: State, id: string): Answer {
  const named = workspaces.flatMap(({ admins, contacts }) => [...admins, ...contacts]).find((one) => one.id === id)
  const hue = [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 360
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 40%)"/><text x="20" y="27" font-family="sans-serif" font-size="18" fill="#fff" text-anchor="middle">${escapeHtml((named?.name ?? '?').slice(0, 1).toUpperCase())}</text></svg>`
  return {
    status: named ? 200 : 404,
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" },
    body,
  }
}
