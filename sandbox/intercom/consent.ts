import { randomBytes } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import {
  accountName,
  accountOf,
  type ConsentRequest,
  intercomApp,
  isOnHost,
  type Permission,
  type State,
  type Workspace,
} from './state.ts'

const CODE_SECONDS = 600

const MEANINGS: Readonly<Record<Permission, string>> = {
  conversations: 'Read conversations',
  contacts: 'Read and list users and companies',
  articles: 'Read and list articles',
  admins: 'Read admins',
  app: 'Gather app data',
}

/** GET /oauth: the page that asks a teammate, or a page of Intercom's own about what is wrong. */
export function showConsent({ query }: Call, state: State): Answer {
  const app = intercomApp(state.world)
  if (query.get('client_id') !== app.clientId) return failed('There is no app with this client_id.')
  const sent = query.get('redirect_uri')
  if (sent !== null && sent !== app.redirectUri) return failed('This redirect_uri is not registered for the app.')
  const id = randomBytes(24).toString('base64url')
  const redirectUri = sent ?? app.redirectUri
  state.requests.set(id, { redirectUri, state: query.get('state') })
  const abilities = state.settings.permissions.map((one) => `<li>${MEANINGS[one]}</li>`)
  const workspaces = state.workspaces.filter((workspace) => isOnHost(state, workspace))
  return page(200, {
    title: `Connect ${app.name} to Intercom`,
    formTargets: [new URL(redirectUri).origin],
    body: `<h1>${escapeHtml(app.name)} wants to access your Intercom workspace</h1>
<form method="post" action="/intercom-web/oauth">
<input type="hidden" name="request" value="${id}">
<div class="card"><h2>It will be able to</h2><ul>${abilities.join('')}</ul></div>
<div class="card">${workspaces.map((workspace, index) => people(workspace, index === 0)).join('')}
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Authorize access</button></div></div>
<p class="soft">Authorizing returns to <code>${escapeHtml(redirectUri)}</code></p>
</form>`,
  })
}

function people(workspace: Workspace, isFirst: boolean): string {
  const labels = workspace.admins
    .filter(({ hasGone }) => !hasGone)
    .map((admin, index) => {
      const account = escapeHtml(accountName(workspace, admin))
      const isChosen = isFirst && index === 0
      return `<label><input type="radio" name="account" value="${account}"${isChosen ? ' checked' : ''} required> <strong>${escapeHtml(admin.name)}</strong> <span class="soft">${account}</span></label>`
    })
  return `<fieldset><legend>Workspace ${escapeHtml(workspace.name)} <span class="soft">${workspace.region}</span></legend>${labels.join('')}</fieldset>`
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) return notice(422, 'This page was already answered', 'Start again from the application.')
  if (sent.decision !== 'allow') return denied(state, request)
  const chosen = accountOf(state, sent.account ?? '')
  if (!chosen || !isOnHost(state, chosen.workspace))
    return notice(422, 'Choose a workspace', 'You have no workspace of this name in this region.')
  const { workspace, admin } = chosen
  call.note.account = accountName(workspace, admin)
  const app = intercomApp(state.world)
  if (!state.settings.reviewed && workspace.domain !== app.developmentWorkspace)
    return notice(403, 'This app is not available yet', `Intercom has not reviewed ${app.name}. Nothing was installed.`)
  // The form that codes have: base64 that ends in an equals sign, which the address carries as it is.
  const code = `${randomBytes(32).toString('base64url')}=`
  state.codes.set(code, {
    code: workspace.code,
    adminId: admin.id,
    expiresAt: state.world.clock.now() + CODE_SECONDS * 1000,
  })
  return back(request, `code=${code}`)
}

function denied({ settings }: State, request: ConsentRequest): Answer {
  if (settings.returnsOnDenial) return back(request, 'error=access_denied')
  return notice(200, 'Nothing was installed', 'You can close this page.')
}

function back({ redirectUri, state }: ConsentRequest, answer: string): Answer {
  const echoed = state === null ? '' : `&${new URLSearchParams({ state })}`
  return redirect(302, `${redirectUri}?${answer}${echoed}`)
}

const notice = (status: number, title: string, text: string): Answer =>
  page(status, { title, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` })

// Intercom shows these itself and sends nobody back.
const failed = (reason: string): Answer => notice(400, 'Something went wrong', reason)
