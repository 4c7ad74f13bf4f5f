import { randomBytes } from 'node:crypto'
import type { AccessToken, Chain, Code, RefreshToken, State } from './state.ts'

const unguessable = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** A token in the form of a JWT, of the length that Zoom's have. It says that it is none. */
export function jwtLike(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ sv: '000001', alg: 'HS512', v: '2.0', kid: 'sandbox' })}.${part({ simulated: true, ...claims })}.${unguessable(64)}`
}

const chainsOf = (state: State): Set<Chain> =>
  new Set([...state.accessTokens.values(), ...state.refreshTokens.values()].map(({ chain }) => chain))

/** Ends all that a person gave the app; answers how many consents' tokens that were. */
export function endGrant(state: State, person: string, why: 'revoked' | 'newer' = 'revoked'): number {
  const living = [...chainsOf(state)].filter((chain) => chain.person === person && chain.endedBy === null)
  for (const chain of living) chain.endedBy = why
  return living.length
}

/** The person whose token this is, be it an access or a refresh token; null when it is none or already dead. */
export function ownerOf(state: State, value: string): string | null {
  const token = state.accessTokens.get(value) ?? state.refreshTokens.get(value)
  return token && token.chain.endedBy === null ? token.chain.person : null
}

/** Takes a consent; the same person's earlier one ends with it. */
export function startChain(state: State, { person, scopes }: Code): Chain {
  if (state.settings.reauthorize === 'ends-earlier') endGrant(state, person, 'newer')
  return { person, scopes, endedBy: null }
}

/** A fresh access token of a chain, and a refresh token. */
export function issue(state: State, chain: Chain): { access: AccessToken; refresh: RefreshToken } {
  const { settings, world } = state
  const now = world.clock.now()
  const access = {
    value: jwtLike({ jti: unguessable(12), exp: Math.round(now / 1000) + settings.tokenSeconds }),
    chain,
    expiresAt: now + settings.tokenSeconds * 1000,
  }
  const expiresAt = now + settings.refreshSeconds * 1000
  const refresh = { value: jwtLike({ jti: unguessable(12), typ: 'refresh' }), chain, expiresAt, isUsed: false }
  state.accessTokens.set(access.value, access)
  state.refreshTokens.set(refresh.value, refresh)
  return { access, refresh }
}

/** Marks a refresh token as traded in, which works once. */
export function spend(state: State, token: RefreshToken): void {
  token.isUsed = true
  if (state.settings.oldAccess === 'ends') endAccess(state, token.chain.person)
}

/** Ends the access tokens of a person, or of everybody. */
export function endAccess(state: State, person?: string): void {
  for (const token of state.accessTokens.values())
    if (person === undefined || token.chain.person === person)
      token.expiresAt = Math.min(token.expiresAt, state.world.clock.now())
}

/** Ends the refresh tokens of a person, or of everybody. */
export function endRefresh(state: State, person?: string): void {
  for (const token of state.refreshTokens.values())
    if (person === undefined || token.chain.person === person) token.isUsed = true
}

/** Who has the app added now. */
export const ownersOf = (state: State): string[] => [
  ...new Set([...chainsOf(state)].filter(({ endedBy }) => endedBy === null).map(({ person }) => person)),
]
