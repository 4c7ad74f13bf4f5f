import { randomBytes } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { accountOf, balanceOf, type ConsentRequest, type State } from './state.ts'

const CODE_SECONDS = 600
const LONGEST_LABEL = 100

/** GET /auth: the page that asks a person. There is no client to look up, and no `state`: only the callback is echoed. */
export function showConsent(call: Call, state: State): Answer {
  const request = requestOf(call)
  if (typeof request === 'string') return unsound(request)
  const id = randomBytes(24).toString('base64url')
  state.requests.set(id, request)
  return consentPage(state, id, request)
}

/** What is asked for, or why it cannot be. */
function requestOf({ query }: Call): ConsentRequest | string {
  const callback = callbackOf(query.get('callback_url'))
  if (!callback) return 'callback_url has to be an https address, or http on localhost or 127.0.0.1.'
  const label = query.get('key_label') ?? callback.host
  if (label.length > LONGEST_LABEL) return `key_label is longer than ${LONGEST_LABEL} characters.`
  const value = query.get('code_challenge')
  const method = query.get('code_challenge_method') ?? (value === null ? null : 'plain') // RFC 7636 s.4.3
  if (value === null) {
    if (method !== null) return 'code_challenge_method came without a code_challenge.'
    return { callbackUrl: callback.href, challenge: null, label }
  }
  if (method !== 'S256' && method !== 'plain') return 'code_challenge_method has to be S256 or plain.'
  // base64url of 32 bytes without padding (RFC 7636 s.4.2), or the verifier itself (s.4.1).
  const isSound = method === 'S256' ? /^[\w-]{43}$/.test(value) : /^[\w.~-]{43,128}$/.test(value)
  if (!isSound) return 'code_challenge is not base64url without padding.'
  return { callbackUrl: callback.href, challenge: { value, method }, label }
}

function callbackOf(text: string | null): URL | null {
  const url = text === null ? null : URL.parse(text)
  if (url?.username !== '' || url.password !== '') return null
  const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  return url.protocol === 'https:' || isLocal ? url : null
}

function consentPage(state: State, id: string, { callbackUrl, label }: ConsentRequest): Answer {
  const { host, origin } = new URL(callbackUrl)
  const accounts = state.accounts.map((account, index) => {
    const kind = account.isOrganization ? 'organization' : 'personal'
    const credits = `${kind}, ${balanceOf(account).toFixed(2)} USD in credits`
    return `<label><input type="radio" name="account" value="${escapeHtml(account.login)}"${index === 0 ? ' checked' : ''} required> <strong>${escapeHtml(account.name)}</strong> <span class="soft">${escapeHtml(credits)}</span></label>`
  })
  return page(200, {
    title: `Authorize ${host}`,
    formTargets: [origin],
    body: `<h1>Authorize ${escapeHtml(host)}</h1>
<form method="post" action="/openrouter-web/auth">
<input type="hidden" name="request" value="${id}">
<div class="card"><p><strong>${escapeHtml(host)}</strong> wants to use models with an OpenRouter account’s credits.</p>
<p class="soft">A new key named <strong>${escapeHtml(label)}</strong> is made for it. It works until it is deleted in the account’s settings.</p></div>
<div class="card"><fieldset><legend>Pay with</legend>${accounts.join('')}</fieldset>
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Authorize</button></div></div>
<p class="soft">Authorizing returns to <code>${escapeHtml(callbackUrl)}</code></p>
</form>`,
  })
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) return unsound('This page was already answered.')
  if (sent.decision !== 'allow') {
    const error = { error: 'access_denied', error_description: 'The user denied the request' }
    return back(request.callbackUrl, error)
  }
  const account = accountOf(state, sent.account ?? '')
  if (!account) return unsound('No account was chosen.')
  call.note.account = account.login
  const code = `auth_code_${randomBytes(12).toString('hex')}`
  const expiresAt = state.world.clock.now() + CODE_SECONDS * 1000
  state.codes.set(code, { ...request, account: account.login, expiresAt })
  return back(request.callbackUrl, { code })
}

function back(callbackUrl: string, answer: Record<string, string>): Answer {
  const url = new URL(callbackUrl)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  return redirect(302, url.href)
}

const unsound = (reason: string): Answer =>
  page(400, {
    title: 'This cannot be authorized',
    body: `<h1>This cannot be authorized</h1><p>${escapeHtml(reason)}</p><p>Start again from the application.</p>`,
  })
