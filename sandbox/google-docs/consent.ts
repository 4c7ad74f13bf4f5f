import { randomBytes } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { Blocked, blockedPage, readRequest } from './authorize.ts'
import { includesScope, isSignIn, meaning } from './scopes.ts'
import { ACCOUNTS, type Account, accountOf, type ConsentRequest, issuer, type State } from './state.ts'
import { type Consent, consentTo, isConsentNeeded } from './tokens.ts'

/** GET /o/oauth2/v2/auth: the page that asks a person, or a page of Google's own about what is wrong. */
export function showConsent(call: Call, state: State): Answer {
  try {
    const request = readRequest(call, state)
    const hinted = accountOf(state, call.query.get('login_hint') ?? '')
    if (request.prompt.includes('none')) return withoutPage(state, request, hinted)
    const inDomain = state.accounts.find(({ hd }) => hd !== null && hd === call.query.get('hd'))
    const id = randomBytes(24).toString('base64url')
    state.requests.set(id, request)
    return consentPage(state, id, request, hinted ?? inDomain)
  } catch (problem) {
    if (problem instanceof Blocked) return blockedPage(problem)
    throw problem
  }
}

// OpenID Connect Core 1.0 section 3.1.2.6: what `prompt=none` is told when a page would be needed.
function withoutPage(state: State, request: ConsentRequest, account: Account | undefined): Answer {
  if (!account) return back(state, request, { error: 'login_required' })
  if (isConsentNeeded(state, request, account)) return back(state, request, { error: 'consent_required' })
  return answered(state, request, account, consentTo(state, request, account, request.scopes))
}

function consentPage(state: State, id: string, request: ConsentRequest, preferred = state.accounts[0]): Answer {
  const accounts = state.accounts.map(
    ({ email, name }) =>
      `<label><input type="radio" name="account" value="${escapeHtml(email)}"${email === preferred?.email ? ' checked' : ''} required> <strong>${escapeHtml(name)}</strong> <span class="soft">${escapeHtml(email)}</span></label>`,
  )
  const warning = state.settings.verified
    ? ''
    : '<div class="card"><h2>Google hasn’t verified this app</h2><p>The app is requesting access to sensitive info in your Google Account.</p></div>'
  return page(200, {
    title: 'Sign in with Google',
    formTargets: [new URL(request.redirectUri).origin],
    headers: state.settings.coop ? { 'cross-origin-opener-policy': 'same-origin' } : {},
    body: `<h1>Plugboard wants access to your Google Account</h1>${warning}
<form method="post" action="${ACCOUNTS}/o/oauth2/v2/auth">
<input type="hidden" name="request" value="${id}">
<div class="card"><fieldset><legend>Choose an account</legend>${accounts.join('')}</fieldset></div>
<div class="card"><fieldset><legend>Select what Plugboard can access</legend>${scopeList(request.scopes)}</fieldset>
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Continue</button></div></div>
<p class="soft">Continuing returns to <code>${escapeHtml(request.redirectUri)}</code></p>
</form>`,
  })
}

// developers.google.com/identity/protocols/oauth2/resources/granular-permissions: no boxes when one scope is all.
function scopeList(scopes: readonly string[]): string {
  const items = scopes.map((scope) => {
    const about = `${escapeHtml(meaning(scope))} <span class="soft"><code>${escapeHtml(scope)}</code></span>`
    if (isSignIn(scope)) return `<p>${about}</p>`
    const box = scopes.length === 1 ? 'type="hidden"' : 'type="checkbox"'
    const mark = scopes.length === 1 ? '' : ' checked'
    return `<label><input ${box} name="scope" value="${escapeHtml(scope)}"${mark}> <span>${about}</span></label>`
  })
  return items.join('')
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) return notice(422, 'This page was already answered')
  if (sent.decision !== 'allow') return back(state, request, { error: 'access_denied' })
  const account = accountOf(state, sent.account ?? '')
  if (!account) return notice(422, 'Choose an account')
  call.note.account = account.email
  const ticked = new URLSearchParams(call.body.toString('utf8')).getAll('scope')
  try {
    if (state.settings.adminPolicy === 'callback') return back(state, request, { error: 'admin_policy_enforced' })
    refuseAccount(state, account)
    const allowed = ticked.filter(
      (scope) => state.settings.grantScopes === null || includesScope(state.settings.grantScopes, scope),
    )
    return answered(state, request, account, consentTo(state, request, account, allowed))
  } catch (problem) {
    if (problem instanceof Blocked) return blockedPage(problem)
    throw problem
  }
}

function refuseAccount({ settings }: State, { email, hd, isDisabled }: Account): void {
  const { adminPolicy, audience, publishing, testUsers } = settings
  if (isDisabled) throw new Blocked(403, 'disabled_user', 'This account has been disabled.')
  if (adminPolicy === 'page') {
    const text = 'Your organization’s admin needs to review Plugboard before you can use it with this account.'
    throw new Blocked(400, 'admin_policy_enforced', text)
  }
  if (audience === 'internal' && hd !== 'acme.example')
    throw new Blocked(403, 'org_internal', 'Plugboard can only be used within its organization.')
  if (publishing === 'testing' && testUsers !== null && !testUsers.includes(email))
    throw new Blocked(
      403,
      'access_denied',
      'Plugboard has not completed the Google verification process. Only testers approved by its developer can use it.',
    )
}

function answered(state: State, request: ConsentRequest, account: Account, consent: Consent | null): Answer {
  if (!consent) return back(state, request, { error: 'access_denied' })
  const { code, scopes } = consent
  return back(state, request, {
    code,
    scope: scopes.join(' '),
    authuser: '0',
    ...(account.hd === null ? {} : { hd: account.hd }),
    prompt: request.prompt.join(' ') || 'none',
  })
}

// `iss`: RFC 9207.
function back(state: State, request: ConsentRequest, answer: Record<string, string>): Answer {
  const url = new URL(request.redirectUri)
  const all = {
    ...(request.state === null ? {} : { state: request.state }),
    ...(state.settings.sendsIss ? { iss: issuer(state.world) } : {}),
    ...answer,
  }
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
  return redirect(302, url.href)
}

const notice = (status: number, title: string): Answer =>
  page(status, { title, body: `<h1>${title}</h1><p>Start again from the application.</p>` })
