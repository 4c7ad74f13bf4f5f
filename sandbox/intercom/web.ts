import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { avatar, installedPage, noPage, pages } from '#sandbox/pages.ts'
import { uninstall } from './ending.ts'
import { plainText } from './shape-parts.ts'
import { type Contact, intercomApp, type Part, type State, type Workspace, workspaceOf } from './state.ts'

const APPS = '/intercom-web/a/apps'
const missing = (): Answer => noPage('Page not found')

/** The pages of app.intercom.com that people are led to. Signing in is not simulated. */
export const showPage = pages<State>(
  {
    'GET /avatars/{id}': (_call, { id = '' }, { workspaces }) => {
      const found = workspaces.flatMap(({ admins, contacts }) => [...admins, ...contacts]).find((one) => one.id === id)
      return avatar(id, found && (found.name ?? '?'))
    },
    'GET /a/apps': (_call, _params, state) => installedApps(state),
    'POST /a/apps': (call, _params, state) => removeInstalled(call, state),
    'GET /a/inbox/{code}/inbox/conversation/{id}': (_call, params, state) => conversation(state, params),
    'GET /a/apps/{code}/users/{id}': (_call, params, state) => contact(state, params),
  },
  missing,
)

/** The pages of help centers, which anybody may read. */
export const showHelp = pages<State>(
  {
    'GET /{center}/en/articles/{slug}': (_call, params, state) => article(state, params),
    'GET /{center}/en/collections/{slug}': (_call, params, state) => collection(state, params),
  },
  missing,
)

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

function installedApps({ world, workspaces, installed }: State): Answer {
  const places = workspaces.filter(({ code }) => installed.has(code)).map(({ code, name }) => ({ id: code, name }))
  return installedPage({ app: intercomApp(world).name, action: APPS, field: 'workspace', verb: 'Uninstall', places })
}

function removeInstalled(call: Call, state: State): Answer {
  const workspace = workspaceOf(state, fields(call)?.workspace ?? '')
  if (!workspace || !state.installed.has(workspace.code)) return missing()
  uninstall(state, workspace)
  return redirect(303, APPS)
}
