import { randomBytes } from 'node:crypto'
import { normalized } from './scopes.ts'
import { newId, type State, type Token } from './state.ts'

const REFRESH_SECONDS = 15_897_600
const LIVE_TOKENS = 10
const PREFIX = { oauth: 'gho_', classic: 'ghp_', 'fine-grained': 'github_pat_' }

/** A secret of 36 letters and digits. */
const secret = (): string =>
  randomBytes(54)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 36)
    .padEnd(36, '0')

type New = Pick<Token, 'account' | 'kind'> & Partial<Token>

/** Makes and keeps a token. */
export function issueToken(state: State, input: New): Token {
  const token: Token = {
    id: newId(state),
    value: `${PREFIX[input.kind]}${secret()}`,
    clientId: null,
    scopes: [],
    createdAt: state.world.clock.now(),
    expiresAt: null,
    refresh: null,
    resourceOwner: null,
    repositories: null,
    permissions: {},
    isPending: false,
    ...input,
  }
  state.tokens.set(token.value, token)
  return token
}

/** An OAuth App's token. The eleventh for the same person, app and scopes ends the oldest (docs.github.com, token expiration and revocation). */
export function issueOAuthToken(
  state: State,
  input: { account: string; clientId: string; scopes: string[]; expires: boolean },
): Token {
  const { expires, ...rest } = input
  const now = state.world.clock.now()
  const scopes = normalized(rest.scopes)
  const key = scopes.toSorted().join(' ')
  const alike = oauthTokens(state, rest).filter((token) => token.scopes.toSorted().join(' ') === key)
  for (const old of alike.slice(0, Math.max(0, alike.length - LIVE_TOKENS + 1))) state.tokens.delete(old.value)
  return issueToken(state, {
    ...rest,
    scopes,
    kind: 'oauth',
    expiresAt: expires ? now + state.settings.tokenSeconds * 1000 : null,
    refresh: expires ? { value: `ghr_${secret()}${secret()}`, expiresAt: now + REFRESH_SECONDS * 1000 } : null,
  })
}

/** Trades a refresh token in. It and the access token it came with end at once; null when it is unknown, used or too old. */
export function refreshToken(state: State, clientId: string, value: string): Token | null {
  const old = [...state.tokens.values()].find((token) => token.refresh?.value === value && token.clientId === clientId)
  if (!old?.refresh || old.refresh.expiresAt <= state.world.clock.now()) return null
  state.tokens.delete(old.value)
  return issueOAuthToken(state, { account: old.account, clientId, scopes: old.scopes, expires: true })
}

/** The tokens of an app for a person, oldest first; without a client, of every app. */
const oauthTokens = (state: State, of: { account: string; clientId?: string }): Token[] =>
  [...state.tokens.values()].filter(
    (token) =>
      token.kind === 'oauth' && token.account === of.account && (of.clientId ?? token.clientId) === token.clientId,
  )

/** The token with this value if it still works; an expired one may still be refreshed, so it is kept. */
export function liveToken(state: State, value: string): Token | null {
  const token = state.tokens.get(value)
  return token && (token.expiresAt === null || token.expiresAt > state.world.clock.now()) ? token : null
}

/** Ends an app's grant for a person: every token of it, and the memory of what was granted. */
export function endGrant(state: State, account: string, clientId: string): void {
  for (const token of oauthTokens(state, { account, clientId })) state.tokens.delete(token.value)
  state.grants.delete(`${account} ${clientId}`)
}
