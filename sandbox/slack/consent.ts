import { randomBytes, randomInt } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { meaning, parseScopes } from './scopes.ts'
import { accountName, accountOf, type ConsentRequest, type State, slackApp, type Workspace } from './state.ts'

const CODE_SECONDS = 600
const FAILURES = {
  invalid_client_id: 'No app has this client id.',
  bad_redirect_uri: 'redirect_uri did not match any configured URIs.',
  invalid_scope: 'A scope that was asked for does not exist, or not for this kind of token.',
  no_scopes: 'The app asked for no scopes.',
  pkce_not_allowed: 'The app is not allowed to use PKCE.',
  invalid_team: 'There is no such workspace.',
}

/** GET /oauth/v2/authorize: the page that asks a person, or a page of Slack's own about what is wrong. */
export function showConsent({ query }: Call, state: State): Answer {
  const app = slackApp(state.world)
  if (query.get('client_id') !== app.clientId) return failed('invalid_client_id')
  const sentRedirectUri = query.get('redirect_uri')
  if (sentRedirectUri !== null && !isBelow(sentRedirectUri, app.redirectUri)) return failed('bad_redirect_uri')
  if (query.has('code_challenge') || query.has('code_challenge_method')) return failed('pkce_not_allowed')
  const botScopes = parseScopes('bot', query.get('scope') ?? '')
  const userScopes = parseScopes('user', query.get('user_scope') ?? '')
  if (!botScopes || !userScopes) return failed('invalid_scope')
  if (botScopes.length + userScopes.length === 0) return failed('no_scopes')
  const team = query.get('team')
  const workspaces = state.workspaces.filter(({ id }) => team === null || team === '' || team === id)
  if (workspaces.length === 0) return failed('invalid_team')
  const id = randomBytes(24).toString('base64url')
  const redirectUri = sentRedirectUri ?? app.redirectUri
  const request = { redirectUri, sentRedirectUri, botScopes, userScopes, state: query.get('state') }
  state.requests.set(id, request)
  return consentPage(state, workspaces, id, request)
}

// docs.slack.dev/authentication/installing-with-oauth: the registered address or one below it, and no anchor.
function isBelow(sent: string, registered: string): boolean {
  if (!URL.canParse(sent) || new URL(sent).href !== sent || sent.includes('#')) return false
  return sent === registered || sent.startsWith(`${registered}/`)
}

function consentPage(state: State, workspaces: readonly Workspace[], id: string, request: ConsentRequest): Answer {
  const { name } = slackApp(state.world)
  const [first] = workspaces
  const choices = workspaces.map((workspace) => {
    const people = workspace.people.filter(({ isBot, isDeleted }) => !isBot && !isDeleted)
    const labels = people.map((person, index) => {
      const account = escapeHtml(accountName(workspace, person))
      const isChosen = workspace === first && index === 0
      return `<label><input type="radio" name="account" value="${account}"${isChosen ? ' checked' : ''} required> <strong>${escapeHtml(person.name)}</strong> <span class="soft">${account}${person.isAdmin ? ', admin' : ''}</span></label>`
    })
    return `<fieldset><legend>Workspace ${escapeHtml(workspace.name)}</legend>${labels.join('')}</fieldset>`
  })
  return page(200, {
    title: `Add ${name} to Slack`,
    formTargets: [new URL(request.redirectUri).origin],
    headers: state.settings.coop ? { 'cross-origin-opener-policy': 'same-origin' } : {},
    body: `<h1>${escapeHtml(name)} is requesting permission to access a Slack workspace</h1>
<form method="post" action="/slack-web/oauth/v2/authorize">
<input type="hidden" name="request" value="${id}">
<div class="card">${scopeList('What will the app be able to do?', request.botScopes)}${scopeList('What will it be able to do on your behalf?', request.userScopes)}</div>
<div class="card">${choices.join('')}
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Allow</button></div></div>
<p class="soft">Allowing returns to <code>${escapeHtml(request.redirectUri)}</code></p>
</form>`,
  })
}

function scopeList(title: string, scopes: readonly string[]): string {
  if (scopes.length === 0) return ''
  const items = scopes.map(
    (scope) => `<li><code>${escapeHtml(scope)}</code> <span class="soft">${escapeHtml(meaning(scope))}</span></li>`,
  )
  return `<h2>${title}</h2><ul>${items.join('')}</ul>`
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) return notice(422, 'This page was already answered', 'Start again from the application.')
  if (sent.decision !== 'allow') {
    const echoed = state.settings.stateOnDenial ? request.state : null
    return back(request.redirectUri, { error: 'access_denied', state: echoed })
  }
  const chosen = accountOf(state, sent.account ?? '')
  if (!chosen) return notice(422, 'Choose a workspace', 'Start again from the application.')
  call.note.account = sent.account ?? ''
  if (state.settings.adminApproval && !chosen.person.isAdmin) {
    const { name } = chosen.workspace
    return notice(
      403,
      'An admin must approve this app',
      `Your request was sent to the admins of ${name}. Nothing was installed.`,
    )
  }
  const granted = (scopes: readonly string[]): string[] =>
    scopes.filter((scope) => state.settings.grantScopes?.includes(scope) ?? true)
  const code = `${randomInt(1e9, 1e10)}.${randomInt(1e12, 1e13)}.${randomBytes(32).toString('hex')}`
  state.codes.set(code, {
    botScopes: granted(request.botScopes),
    userScopes: granted(request.userScopes),
    sentRedirectUri: request.sentRedirectUri,
    teamId: chosen.workspace.id,
    userId: chosen.person.id,
    expiresAt: state.world.clock.now() + CODE_SECONDS * 1000,
  })
  return back(request.redirectUri, { code, state: request.state })
}

function back(redirectUri: string, answer: Record<string, string | null>): Answer {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) if (value !== null) url.searchParams.set(name, value)
  return redirect(302, url.href)
}

const notice = (status: number, title: string, text: string): Answer =>
  page(status, { title, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` })

// Slack shows these itself and sends nobody back.
const failed = (error: keyof typeof FAILURES): Answer =>
  page(400, {
    title: 'Something went wrong',
    body: `<h1>Something went wrong when authorizing this app</h1><p>${FAILURES[error]}</p><p class="soft">Error code: <code>${error}</code></p>`,
  })
