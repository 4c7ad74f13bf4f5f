import { randomBytes } from 'node:crypto'
import { isSignIn } from './scopes.ts'
import type { AccessToken, Account, Code, ConsentRequest, Grant, RefreshToken, State } from './state.ts'

const DAY = 86_400_000
const CODE_MS = 600_000
// developers.google.com/identity/protocols/oauth2, refresh token expiration
const UNUSED_MS = 180 * DAY
const TESTING_MS = 7 * DAY

export type Consent = { code: string; scopes: string[] }

const secret = (length: number): string =>
  `sandbox${randomBytes(length).toString('base64url').replaceAll('-', 'x')}`.slice(0, length)

/** What a person gave the project and still gives; what was given to an app in testing ends after seven days. */
export function grantOf(state: State, account: string): Grant | null {
  const grant = state.grants.get(account)
  return grant && (grant.expiresAt === null || grant.expiresAt > state.world.clock.now()) ? grant : null
}

/** Whether a person would be asked: not for what they gave already, unless the request wants to ask. */
export function isConsentNeeded(state: State, request: ConsentRequest, { email }: Account): boolean {
  const grant = grantOf(state, email)
  if (!grant || request.prompt.includes('consent')) return true
  const isKnownOffline = grant.offline.includes(request.clientId)
  return !request.scopes.every((scope) => grant.scopes.includes(scope)) || (request.isOffline && !isKnownOffline)
}

/**
 * A person agrees to the ticked scopes; null when that is nothing. A refresh token comes only of a request that asked
 * (developers.google.com/identity/protocols/oauth2/web-server, offline access).
 */
export function consentTo(
  state: State,
  request: ConsentRequest,
  account: Account,
  ticked: readonly string[],
): Consent | null {
  const wasAsked = isConsentNeeded(state, request, account)
  const known = grantOf(state, account.email)
  const given = wasAsked ? request.scopes.filter((scope) => isSignIn(scope) || ticked.includes(scope)) : request.scopes
  if (given.length === 0) return null
  if (wasAsked) state.grants.set(account.email, grown(state, request, account.email, given))
  const scopes = [...new Set(request.includesGranted ? [...given, ...(known?.scopes ?? [])] : given)]
  const code = `4/0${secret(70)}`
  state.codes.set(code, {
    clientId: request.clientId,
    redirectUri: request.redirectUri,
    isOffline: request.isOffline,
    nonce: request.nonce,
    challenge: request.challenge,
    scopes,
    account: account.email,
    givesRefresh: request.isOffline && wasAsked,
    expiresAt: state.world.clock.now() + CODE_MS,
  })
  return { code, scopes }
}

function grown(state: State, request: ConsentRequest, account: string, given: readonly string[]): Grant {
  const known = grantOf(state, account)
  const scopes = [...new Set([...(known?.scopes ?? []), ...given])]
  return {
    account,
    scopes,
    offline: [...new Set([...(known?.offline ?? []), ...(request.isOffline ? [request.clientId] : [])])],
    expiresAt: testingEnd(state, scopes),
  }
}

// A test app's consent ends after seven days, but for one that only signs people in.
const testingEnd = (state: State, scopes: readonly string[]): number | null =>
  state.settings.publishing === 'testing' && !scopes.every(isSignIn) ? state.world.clock.now() + TESTING_MS : null

/** An access token. */
export function issueAccess(state: State, of: Pick<AccessToken, 'account' | 'clientId' | 'scopes' | 'isOffline'>) {
  const expiresAt = state.world.clock.now() + state.settings.tokenSeconds * 1000
  const token: AccessToken = { ...of, value: `ya29.${secret(160)}`, expiresAt, endsAt: null }
  state.accessTokens.set(token.value, token)
  return token
}

/** A refresh token; of more than the limit for an account and a client the oldest ends without a word. */
export function issueRefresh(state: State, { account, clientId, scopes }: Code): RefreshToken {
  const now = state.world.clock.now()
  const { timeBasedSeconds, refreshTokenLimit } = state.settings
  const token: RefreshToken = {
    value: `1//0${secret(98)}`,
    account,
    clientId,
    scopes,
    usedAt: now,
    expiresAt: timeBasedSeconds === null ? testingEnd(state, scopes) : now + timeBasedSeconds * 1000,
    isTimed: timeBasedSeconds !== null,
    endsAt: null,
  }
  const alike = [...state.refreshTokens.values()].filter(
    (one) => one.account === account && one.clientId === clientId && isRefreshLive(state, one),
  )
  for (const old of alike.slice(0, Math.max(0, alike.length - refreshTokenLimit + 1))) old.endsAt = now
  state.refreshTokens.set(token.value, token)
  return token
}

/** Whether a refresh token works: not taken away, not expired, used within six months. */
export function isRefreshLive(state: State, { endsAt, expiresAt, usedAt }: RefreshToken): boolean {
  const now = state.world.clock.now()
  return (endsAt === null || endsAt > now) && (expiresAt === null || expiresAt > now) && usedAt + UNUSED_MS > now
}

/** Whether an access token works. */
export function isAccessLive(state: State, { endsAt, expiresAt }: AccessToken): boolean {
  const now = state.world.clock.now()
  return (endsAt === null || endsAt > now) && expiresAt > now
}

/** Takes back what a person gave the project: every token of every client of it. Answers how many ended. */
export function endGrant(state: State, account: string): number {
  state.grants.delete(account)
  return endTokens(state, account, ['access_tokens', 'refresh_tokens'], state.settings.revokeDelaySeconds)
}

/** Ends tokens of an account and leaves what it gave; answers how many. */
export function endTokens(
  state: State,
  account: string,
  kinds: readonly ('access_tokens' | 'refresh_tokens')[],
  delaySeconds = 0,
): number {
  const endsAt = state.world.clock.now() + delaySeconds * 1000
  const living = [
    ...(kinds.includes('access_tokens') ? state.accessTokens.values() : []),
    ...(kinds.includes('refresh_tokens') ? state.refreshTokens.values() : []),
  ].filter((token) => token.account === account && token.endsAt === null)
  for (const token of living) token.endsAt = endsAt
  return living.length
}

/** The account of a token that may be revoked, be it an access or a refresh token; null when it is already dead. */
export function revocable(state: State, value: string): string | null {
  const access = state.accessTokens.get(value)
  if (access) return access.endsAt === null && isAccessLive(state, access) ? access.account : null
  const refresh = state.refreshTokens.get(value)
  return refresh && refresh.endsAt === null && isRefreshLive(state, refresh) ? refresh.account : null
}
