import { randomBytes } from 'node:crypto'
import { type Grant, newId, type State, type Token } from './state.ts'

const secret = (prefix: string): string =>
  `${prefix}sandbox${randomBytes(64)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')}`.slice(0, 50)

/** Makes an access token, and the refresh token that belongs to it. */
function issueToken(state: State, grant: Grant): Token {
  const token: Token = {
    value: secret('ntn_'),
    botId: grant.botId,
    issuedAt: state.world.clock.now(),
    endsAt: state.settings.tokenSeconds === null ? null : state.world.clock.now() + state.settings.tokenSeconds * 1000,
    refresh: state.settings.refreshTokens ? { value: secret('nrt_'), isEnded: false } : null,
  }
  state.tokens.set(token.value, token)
  return token
}

/** Whether a token works, as far as its own time goes. */
export const isAlive = (state: State, { endsAt }: Token): boolean => endsAt === null || endsAt > state.world.clock.now()

/** Ends an access token, at once or in a while; one that ends sooner stays as it is. */
export function endAccess(state: State, token: Token, inSeconds = 0): void {
  token.endsAt = Math.min(token.endsAt ?? Number.POSITIVE_INFINITY, state.world.clock.now() + inSeconds * 1000)
}

const tokensOf = (state: State, { botId }: Grant): Token[] =>
  [...state.tokens.values()].filter((token) => token.botId === botId)

/** The token that a refresh token came with, when it was neither used nor ended. */
export const tokenToRefresh = (state: State, value: string): Token | undefined =>
  [...state.tokens.values()].find(({ refresh }) => refresh?.value === value && !refresh.isEnded)

/** Trades a refresh token in, which works once: both tokens are new. */
export function refreshToken(state: State, old: Token, grant: Grant): Token {
  if (old.refresh) old.refresh.isEnded = true
  endAccess(state, old, state.settings.oldTokenSeconds)
  return issueToken(state, grant)
}

/** Gives the app what a person picked; whoever authorizes it again stays the same connection. */
export function authorize(state: State, workspace: string, person: string, pages: readonly string[]): Token {
  const known = [...state.grants.values()].find((one) => one.workspace === workspace && one.person === person)
  const grant = known ?? { botId: newId(state), workspace, person, shared: new Set<string>(), isActive: true }
  for (const old of tokensOf(state, grant)) {
    if (old.refresh && state.settings.reauthorize !== 'keeps') old.refresh.isEnded = true
    if (state.settings.reauthorize === 'ends-all') endAccess(state, old)
  }
  grant.shared = new Set(pages)
  grant.isActive = true
  state.grants.set(grant.botId, grant)
  return issueToken(state, grant)
}

/** Takes the app away from whom a grant belongs to: its tokens end. Answers how many access tokens that were. */
export function endGrant(state: State, grant: Grant): number {
  const living = tokensOf(state, grant).filter((token) => isAlive(state, token))
  for (const token of tokensOf(state, grant)) {
    endAccess(state, token)
    if (token.refresh) token.refresh.isEnded = true
  }
  grant.isActive = false
  grant.shared.clear()
  return living.length
}
