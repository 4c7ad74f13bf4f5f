import { randomBytes } from 'node:crypto'
import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { Blocked, blockedPage, readRequest, refuseAccount } from './authorize.ts'
import { meaning } from './scopes.ts'
import { type Account, accountOf, type ConsentRequest, personOf, type State, WEB, zoomApp } from './state.ts'

const CODE_SECONDS = 300

/** GET /oauth/authorize: the page that asks a person, or a page of Zoom's own about what is wrong. */
export function showConsent(call: Call, state: State): Answer {
  return orBlocked(() => {
    const request = readRequest(call, state)
    const id = randomBytes(24).toString('base64url')
    state.requests.set(id, request)
    return consentPage(state, id, request)
  })
}

function consentPage(state: State, id: string, { redirectUri }: ConsentRequest): Answer {
  const { name } = zoomApp(state.world)
  const scopes = grantedScopes(state).map(
    (scope) => `<li>${escapeHtml(meaning(scope))} <span class="soft"><code>${escapeHtml(scope)}</code></span></li>`,
  )
  const accounts = state.accounts.map((account, index) => people(state, account, index === 0))
  return page(200, {
    title: `Add ${name} - Zoom`,
    formTargets: [new URL(redirectUri).origin],
    body: `<h1>You are about to add ${escapeHtml(name)}</h1>
<form method="post" action="${WEB}/oauth/authorize">
<input type="hidden" name="request" value="${id}">
<div class="card">${accounts.join('')}</div>
<div class="card"><h2>App can access and use your information</h2><ul>${scopes.join('')}</ul>
<div class="actions"><button name="decision" value="deny">Decline</button><button class="go" name="decision" value="allow">Allow</button></div></div>
<p class="soft">Allowing returns to <code>${escapeHtml(redirectUri)}</code></p>
</form>`,
  })
}

const PLANS = { free: 'Basic, free', pro: 'Pro', business: 'Business' }

function people(state: State, account: Account, isFirst: boolean): string {
  const labels = state.people
    .filter((person) => person.account === account.key && !person.isDeleted)
    .map(({ email, firstName, lastName, type }, index) => {
      const value = escapeHtml(email)
      const licence = type === 2 ? 'licensed' : 'basic user'
      return `<label><input type="radio" name="account" value="${value}"${isFirst && index === 0 ? ' checked' : ''} required> <strong>${escapeHtml(`${firstName} ${lastName}`)}</strong> <span class="soft">${value}, ${licence}</span></label>`
    })
  return `<fieldset><legend>Account ${escapeHtml(account.name)} <span class="soft">(${PLANS[account.plan]})</span></legend>${labels.join('')}</fieldset>`
}

/** What a consent gives: the app's own scopes, or the fewer that control said. */
const grantedScopes = ({ settings: { appScopes, grantScopes } }: State): string[] =>
  appScopes.filter((scope) => grantScopes?.includes(scope) ?? true)

/** POST of the consent form: one answer for each page shown. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const id = sent.request ?? ''
  const request = state.requests.get(id)
  if (!request) return notice('This page was already answered', 'Start again from the application.')
  if (sent.decision !== 'allow') {
    state.requests.delete(id)
    return back(request, { error: 'access_denied' })
  }
  const person = personOf(state, sent.account ?? '')
  const account = person && accountOf(state, person.account)
  if (!person || person.isDeleted || !account) return notice('Choose who you are', 'Nobody here has that name.')
  call.note.account = person.email
  return orBlocked(() => {
    refuseAccount(account)
    state.requests.delete(id)
    return back(request, { code: newCode(state, person.email, request) })
  })
}

function newCode(state: State, person: string, { redirectUri, challenge }: ConsentRequest): string {
  const code = `${randomBytes(18).toString('base64url')}_sandbox`
  const expiresAt = state.world.clock.now() + CODE_SECONDS * 1000
  state.codes.set(code, { person, scopes: grantedScopes(state), redirectUri, challenge, expiresAt, isUsed: false })
  return code
}

function back({ redirectUri, state }: ConsentRequest, answer: Record<string, string>): Answer {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) }))
    url.searchParams.set(name, value)
  return redirect(302, url.href)
}

function orBlocked(work: () => Answer): Answer {
  try {
    return work()
  } catch (problem) {
    if (problem instanceof Blocked) return blockedPage(problem)
    throw problem
  }
}

const notice = (title: string, text: string): Answer =>
  page(422, { title, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` })
