import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { isOf, meaning, parseScopes } from './scopes.ts'
import { accountOf, atlassianApp, type ConsentRequest, type Site, type State, sitesOf, unguessable } from './state.ts'

const CODE_SECONDS = 300
const FAILURES = {
  audience: ['invalid_request', 'audience has to be api.atlassian.com'],
  client: ['unauthorized_client', 'Unknown client'],
  redirect: ['invalid_request', 'redirect_uri is not registered for client'],
  response: ['unsupported_response_type', 'response_type has to be code'],
  prompt: ['invalid_request', 'prompt has to be consent'],
  scopes: ['invalid_scope', 'The requested scopes are not all added to this app'],
  none: ['invalid_scope', 'No scopes were requested'],
  private: ['access_denied', 'You don’t have access to this app'],
} as const

/** GET /authorize: the page that asks a person, or a page of Atlassian's own about what is wrong. A code challenge changes nothing. */
export function showConsent({ query }: Call, state: State): Answer {
  const { settings, world } = state
  const app = atlassianApp(world)
  if (query.get('audience') !== 'api.atlassian.com') return failed('audience')
  if (query.get('client_id') !== app.clientId) return failed('client')
  if (query.get('redirect_uri') !== app.redirectUri) return failed('redirect')
  if (query.get('response_type') !== 'code') return failed('response')
  if (query.get('prompt') !== 'consent') return failed('prompt')
  const scopes = parseScopes(query.get('scope') ?? '', settings.appScopes)
  if (!scopes) return failed('scopes')
  if (scopes.length === 0) return failed('none')
  const id = unguessable(24)
  const request = { redirectUri: app.redirectUri, scopes, state: query.get('state') }
  state.requests.set(id, request)
  return consentPage(state, id, request)
}

const offered = (state: State, email: string): Site[] =>
  sitesOf(state, email).filter(({ name }) => state.settings.shareSites?.includes(name) ?? true)

function consentPage(state: State, id: string, { redirectUri, scopes }: ConsentRequest): Answer {
  const { name } = atlassianApp(state.world)
  const people = state.accounts.map(({ email, name: who }, index) => {
    const sites = offered(state, email).map((site) => `${site.name}.atlassian.net`)
    return `<label><input type="radio" name="account" value="${escapeHtml(email)}"${index === 0 ? ' checked' : ''} required> <span><strong>${escapeHtml(who)}</strong> <span class="soft">${escapeHtml(email)}<br>${escapeHtml(sites.join(', ') || 'no sites')}</span></span></label>`
  })
  return page(200, {
    title: `Authorize ${name}`,
    formTargets: [new URL(redirectUri).origin],
    headers: state.settings.coop ? { 'cross-origin-opener-policy': 'same-origin' } : {},
    body: `<h1>${escapeHtml(name)} is requesting access to your Atlassian account</h1>
<form method="post" action="/atlassian-auth/authorize">
<input type="hidden" name="request" value="${id}">
<div class="card"><fieldset><legend>Account</legend>${people.join('')}</fieldset>${siteChoice(state)}</div>
<div class="card">${scopeList(scopes)}</div>
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Accept</button></div>
<p class="soft">Accepting replaces what this account allowed the app before, and returns to <code>${escapeHtml(redirectUri)}</code></p>
</form>`,
  })
}

// An app with access to resources asks for one site; one with access to accounts takes them all.
function siteChoice({ settings, sites }: State): string {
  if (settings.accessType === 'account') return ''
  const options = sites.map(
    ({ name }) => `<option value="${escapeHtml(name)}">${escapeHtml(name)}.atlassian.net</option>`,
  )
  return `<label>Choose a site <select name="site"><option value="">…</option>${options.join('')}</select></label>`
}

function scopeList(scopes: readonly string[]): string {
  const groups = [
    ['In Jira, it would like to', scopes.filter((scope) => isOf('jira', scope))],
    ['In Confluence, it would like to', scopes.filter((scope) => isOf('confluence', scope))],
    ['In your account, it would like to', scopes.filter((one) => !isOf('jira', one) && !isOf('confluence', one))],
  ] as const
  const lists = groups.map(([title, those]) => {
    const items = those.map((scope) => `<li>${escapeHtml(meaning(scope))} <code>${escapeHtml(scope)}</code></li>`)
    return items.length === 0 ? '' : `<h2>${title}</h2><ul>${items.join('')}</ul>`
  })
  return lists.join('')
}

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const request = state.requests.get(sent.request ?? '')
  state.requests.delete(sent.request ?? '')
  if (!request) return notice(422, 'This page was already answered', 'Start again from the application.')
  if (sent.decision !== 'allow') {
    const denied = { error: 'access_denied', error_description: 'User did not authorize the request' }
    return back(request, denied)
  }
  const account = accountOf(state, sent.account ?? '')
  if (!account) return notice(422, 'Choose an account', 'Start again from the application.')
  call.note.account = account.email
  const { settings, world } = state
  if (settings.appPrivate && account.email !== atlassianApp(world).owner) return failed('private')
  const sites = chosenSites(state, account.email, sent.site ?? '')
  if (!sites)
    return notice(422, 'Choose a site', 'It has to be one of the account’s. Start again from the application.')
  const code = unguessable(48)
  state.codes.set(code, {
    redirectUri: request.redirectUri,
    scopes: request.scopes.filter((scope) => settings.grantScopes?.includes(scope) ?? true),
    email: account.email,
    siteIds: sites.map(({ id }) => id),
    expiresAt: world.clock.now() + CODE_SECONDS * 1000,
  })
  return back(request, { code })
}

/** The sites that a consent opens; null where one had to be chosen and was not. */
function chosenSites(state: State, email: string, site: string): Site[] | null {
  const sites = offered(state, email)
  if (state.settings.accessType === 'account' || sites.length === 0) return sites
  // Who has one site only is not asked.
  if (site === '' && sites.length === 1) return sites
  const chosen = sites.filter(({ name }) => name === site)
  return chosen.length === 0 ? null : chosen
}

function back({ redirectUri, state }: ConsentRequest, answer: Record<string, string>): Answer {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (state !== null) url.searchParams.set('state', state)
  return redirect(302, url.href)
}

const notice = (status: number, title: string, text: string): Answer =>
  page(status, { title, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` })

// Atlassian shows these itself and sends nobody back.
function failed(failure: keyof typeof FAILURES): Answer {
  const [error, text] = FAILURES[failure]
  return page(failure === 'private' ? 403 : 400, {
    title: 'Something went wrong',
    body: `<h1>Something went wrong</h1><p>${text}</p><p class="soft">Error code: <code>${error}</code></p>`,
  })
}
