import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { sameScopes } from './scopes.ts'
import { type Account, type ConsentRequest, type State, zoomApp } from './state.ts'

/** An error that Zoom shows itself; nobody is sent back (developers.zoom.us/docs/integrations/oauth-error-messages). */
export class Blocked extends Error {
  readonly number: number | null
  constructor(text: string, number: number | null = null) {
    super(text)
    this.number = number
  }
}

/** The page that says why a request went no further. */
export function blockedPage({ message, number }: Blocked): Answer {
  const told = number === null ? message : `${message} (${number})`
  return page(400, {
    title: 'Error - Zoom',
    body: `<h1>The request could not be authorized</h1><div class="card"><p>${escapeHtml(told)}</p></div>`,
  })
}

/** The parameters of an authorization request, checked. */
export function readRequest({ query }: Call, state: State): ConsentRequest {
  const app = zoomApp(state.world)
  for (const name of new Set(query.keys()))
    if (query.getAll(name).length > 1) throw new Blocked(`Invalid request: ${name} is given twice.`)
  if (query.get('client_id') !== app.clientId) throw new Blocked('Invalid client id.', 4702)
  if (state.settings.appDisabled) throw new Blocked('This app is disabled.', 4717)
  if (query.get('redirect_uri') !== app.redirectUri)
    throw new Blocked(`Invalid redirect: ${query.get('redirect_uri') ?? ''}`, 4709)
  if (query.get('response_type') !== 'code') throw new Blocked('Invalid response type.')
  checkScope(query.get('scope'), state)
  return { redirectUri: app.redirectUri, state: query.get('state'), challenge: challengeOf(query) }
}

// The app's scopes are set in the Marketplace: a list in the address may only say the same.
function checkScope(sent: string | null, { settings }: State): void {
  if (sent !== null && !sameScopes(sent.split(' ').filter(Boolean), settings.appScopes))
    throw new Blocked(`Invalid scope: ${sent}`)
}

// RFC 7636 section 4.3: a missing method means plain.
function challengeOf(query: URLSearchParams): ConsentRequest['challenge'] {
  const value = query.get('code_challenge')
  const method = query.get('code_challenge_method') ?? 'plain'
  if (value === null) {
    if (query.has('code_challenge_method')) throw new Blocked('Invalid code challenge.')
    return null
  }
  if (method !== 'S256' && method !== 'plain') throw new Blocked('Invalid code challenge method.')
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) throw new Blocked('Invalid code challenge.')
  return { value, method }
}

/** Refuses to go on for a person of an account whose admin has not approved the app, or has disabled it. */
export function refuseAccount({ isDisabled, needsApproval, name }: Account): void {
  if (isDisabled) throw new Blocked('This app has been disabled by your account admin.', 4738)
  if (needsApproval)
    throw new Blocked(`An admin of ${name} has to approve this app in the Marketplace before you can add it.`)
}
