import { type AccessToken, atlassianApp, type Chain, type RefreshToken, type State, unguessable } from './state.ts'

/** A token in the form of a JWT, of the length that Atlassian's have. It says that it is none. */
function jwtLike(claims: object, signatureBytes: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ kid: 'sandbox', typ: 'JWT', alg: 'RS256' })}.${part({ simulated: true, ...claims })}.${unguessable(signatureBytes)}`
}

/** The scopes that a token has now: the person's latest consent is the limit of every earlier one. */
export function scopesOf(state: State, chain: Chain): string[] {
  const granted = state.grants.get(chain.email)?.scopes ?? []
  return chain.scopes.filter((scope) => granted.includes(scope))
}

/** The sites that a token reaches now. */
export function siteIdsOf(state: State, chain: Chain): readonly string[] {
  const granted = state.grants.get(chain.email)?.siteIds ?? []
  return chain.siteIds?.filter((id) => granted.includes(id)) ?? granted
}

/** Takes a consent: its scopes replace the earlier ones, its sites come in addition. Answers its first tokens' chain. */
export function startChain(state: State, consent: { email: string; scopes: string[]; siteIds: string[] }): Chain {
  const { email, scopes, siteIds } = consent
  const earlier = state.grants.get(email)?.siteIds ?? []
  state.grants.set(email, { email, scopes, siteIds: [...new Set([...earlier, ...siteIds])] })
  const isNarrow = state.settings.accessType === 'resource'
  return { id: unguessable(12), email, scopes, siteIds: isNarrow ? siteIds : null, isEnded: false }
}

/** A fresh access token of a chain, and a refresh token when offline access was granted. */
export function issue(state: State, chain: Chain): { access: AccessToken; refresh: RefreshToken | null } {
  const { settings, world } = state
  const now = world.clock.now()
  const claims = {
    jti: unguessable(16),
    aud: atlassianApp(world).clientId,
    client_id: atlassianApp(world).clientId,
    scope: scopesOf(state, chain).join(' '),
    exp: Math.round(now / 1000) + settings.tokenSeconds,
  }
  const access = { value: jwtLike(claims, 1024), chain, expiresAt: now + settings.tokenSeconds * 1000 }
  state.accessTokens.set(access.value, access)
  if (!chain.scopes.includes('offline_access')) return { access, refresh: null }
  const value = jwtLike({ jti: unguessable(16), pid: chain.id }, 256)
  const refresh = { value, chain, expiresAt: now + settings.idleSeconds * 1000, usedAt: null }
  state.refreshTokens.set(value, refresh)
  return { access, refresh }
}

/**
 * Trades a refresh token in: it works once, and again within ten minutes of that. Later somebody has stolen it, and the
 * whole chain ends (developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps, rotating refresh tokens).
 */
export function rotate(state: State, value: string): Chain | 'unknown' | 'ended' {
  const token = state.refreshTokens.get(value)
  if (!token) return 'unknown'
  const now = state.world.clock.now()
  if (token.chain.isEnded || token.expiresAt <= now) return 'ended'
  if (token.usedAt !== null && now >= token.usedAt + state.settings.leewaySeconds * 1000) {
    token.chain.isEnded = true
    return 'unknown'
  }
  token.usedAt ??= now
  return token.chain
}

/** The chain behind an access token that works; null for any other. */
export function livingChain(state: State, value: string): Chain | null {
  const token = state.accessTokens.get(value)
  if (!token || token.chain.isEnded || token.expiresAt <= state.world.clock.now()) return null
  return token.chain
}

const chainsOf = (state: State): Chain[] => [
  ...new Set([...state.accessTokens.values(), ...state.refreshTokens.values()].map(({ chain }) => chain)),
]

/** Ends everything a person allowed the app; answers how many consents' tokens that were. */
export function endGrant(state: State, email: string): number {
  state.grants.delete(email)
  return endChains(state, (chain) => chain.email === email)
}

function endChains(state: State, isMeant: (chain: Chain) => boolean): number {
  const living = chainsOf(state).filter((chain) => !chain.isEnded && isMeant(chain))
  for (const chain of living) chain.isEnded = true
  return living.length
}

/** Ends one token by its value: an access token alone, a refresh token with its chain, an API token. Answers how many ended. */
export function endToken(state: State, value: string): number {
  if (state.apiTokens.delete(value) || state.accessTokens.delete(value)) return 1
  const refresh = state.refreshTokens.get(value)
  return refresh ? endChains(state, (chain) => chain === refresh.chain) : 0
}
