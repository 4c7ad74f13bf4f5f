import { randomBytes } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { meaning, normalized } from './scopes.ts'
import { webUrl } from './shapes.ts'
import { type ConsentRequest, type OAuthApp, oauthApps, type State } from './state.ts'

const CODE_SECONDS = 600
const ERRORS_URI = 'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#'
// docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors; invalid_request: RFC 7636 s.4.4.1
const ERRORS = {
  access_denied: 'The user has denied your application access.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
  application_suspended: 'Your application has been suspended. Contact support@github.com.',
  invalid_request: 'The code_challenge must be 43 characters long and code_challenge_method must be S256.',
}

/** GET /login/oauth/authorize: the page that asks a person, or the error that GitHub sends back instead. */
export function showConsent(call: Call, state: State): Answer {
  const app = oauthApps(state.world).find(({ clientId }) => clientId === call.query.get('client_id'))
  const [registered] = app?.redirectUris ?? []
  if (!app || registered === undefined) return notFound()
  const echoed = call.query.get('state')
  const sentRedirectUri = call.query.get('redirect_uri')
  if (sentRedirectUri !== null && !app.redirectUris.includes(sentRedirectUri))
    return failed(state, registered, echoed, 'redirect_uri_mismatch')
  const redirectUri = sentRedirectUri ?? registered
  if (state.settings.suspended) return failed(state, registered, echoed, 'application_suspended')

  const challenge = call.query.get('code_challenge')
  const method = call.query.get('code_challenge_method')
  const isPkceSound = challenge === null ? method === null : method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(challenge)
  if (!isPkceSound) return failed(state, redirectUri, echoed, 'invalid_request')

  const scope = call.query.get('scope')
  const scopes = scope ? scope.split(/\s+/).filter(Boolean) : null
  const id = randomBytes(24).toString('base64url')
  const request = { clientId: app.clientId, redirectUri, sentRedirectUri, scopes, state: echoed, challenge }
  state.requests.set(id, request)
  return consentPage(state, app, id, request, call.query.get('login'))
}

function consentPage(state: State, app: OAuthApp, id: string, request: ConsentRequest, login: string | null): Answer {
  const chosen = state.accounts.find((account) => account.login === login) ?? state.accounts[0]
  const accounts = state.accounts.map(
    ({ login: own, name }) =>
      `<label><input type="radio" name="account" value="${escapeHtml(own)}"${own === chosen?.login ? ' checked' : ''} required> <strong>${escapeHtml(own)}</strong> <span class="soft">${escapeHtml(name)}</span></label>`,
  )
  const scopes = (request.scopes ?? []).map(
    (scope) => `<li><code>${escapeHtml(scope)}</code> <span class="soft">${escapeHtml(meaning(scope))}</span></li>`,
  )
  return page(200, {
    title: `Authorize ${app.name}`,
    formTargets: [new URL(request.redirectUri).origin],
    headers: state.settings.coop ? { 'cross-origin-opener-policy': 'same-origin' } : {},
    body: `<h1>Authorize ${escapeHtml(app.name)}</h1>
<form method="post" action="/github-web/login/oauth/authorize">
<input type="hidden" name="request" value="${id}">
<div class="card"><p><strong>${escapeHtml(app.name)}</strong> wants to access a GitHub account.</p>
<h2>It asks for</h2><ul>${scopes.join('') || '<li>Public information only</li>'}</ul></div>
<div class="card"><fieldset><legend>Continue as</legend>${accounts.join('')}</fieldset>
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Authorize</button></div></div>
<p class="soft">Authorizing returns to <code>${escapeHtml(request.redirectUri)}</code></p>
</form>`,
  })
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) {
    return page(422, {
      title: 'Already answered',
      body: '<h1>This page was already answered</h1><p>Start again from the application.</p>',
    })
  }
  if (sent.decision !== 'allow') return failed(state, request.redirectUri, request.state, 'access_denied')
  const account = state.accounts.find(({ login }) => login === sent.account)
  if (!account)
    return page(422, {
      title: 'No account chosen',
      body: '<h1>Choose an account</h1><p>Start again from the application.</p>',
    })
  call.note.account = account.login

  const key = `${account.login} ${request.clientId}`
  const asked = request.scopes ?? state.grants.get(key) ?? []
  const scopes = normalized(
    state.settings.grantScopes ? asked.filter((scope) => state.settings.grantScopes?.includes(scope)) : asked,
  )
  state.grants.set(key, scopes)
  const code = randomBytes(10).toString('hex')
  state.codes.set(code, {
    clientId: request.clientId,
    redirectUri: request.sentRedirectUri,
    account: account.login,
    scopes,
    expires: state.settings.expiringTokens || asked.includes('offline_access'),
    challenge: request.challenge,
    expiresAt: state.world.clock.now() + CODE_SECONDS * 1000,
  })
  return back(state, request.redirectUri, { code, state: request.state })
}

function failed(state: State, redirectUri: string, echoed: string | null, error: keyof typeof ERRORS): Answer {
  const anchor = error.replaceAll('_', '-')
  return back(state, redirectUri, {
    error,
    error_description: ERRORS[error],
    error_uri: `${ERRORS_URI}${anchor}`,
    state: echoed,
  })
}

// `iss` comes with every answer (RFC 9207; docs.github.com/apps/github-authentication-discovery-endpoints).
function back(state: State, redirectUri: string, answer: Record<string, string | null>): Answer {
  const url = new URL(redirectUri)
  const iss = `${webUrl(state.world)}/login/oauth`
  for (const [name, value] of Object.entries({ ...answer, iss })) if (value !== null) url.searchParams.set(name, value)
  return redirect(302, url.href)
}

function notFound(): Answer {
  return page(404, {
    title: 'Page not found',
    body: '<h1>404</h1><p>This is not the web page you are looking for: no application has this client id.</p>',
  })
}
