import { randomBytes, randomUUID } from 'node:crypto'
import { READ_SCOPES, STANDING_SECRET, standingTokens } from './data.ts'
import { hexOf, type Integration, ORIGIN, type State, type Token, type TokenKind } from './state.ts'

const PREFIX = { internal: 'sntryi_', user: 'sntryu_', app: 'sntrya_', legacy: '' }

type NewToken = {
  kind: TokenKind
  name: string
  organization?: string
  account?: string
  scopes?: readonly string[]
  /** 64 hex digits; new ones when left out. */
  secret?: string
  clientSecret?: string
  createdAt?: number
}

/** Makes and keeps a token; an internal one comes with its integration. */
export function makeToken(state: State, input: NewToken): { token: Token; integration: Integration | null } {
  const { kind, name, secret = randomBytes(32).toString('hex') } = input
  const createdAt = input.createdAt ?? state.world.clock.now()
  const isPersonal = kind === 'user' || kind === 'legacy'
  const organization = isPersonal ? null : (input.organization ?? 'acme')
  const integration =
    kind === 'internal' && organization !== null ? makeIntegration(state, name, organization, input.clientSecret) : null
  const token: Token = {
    value:
      kind === 'organization' ? organizationToken(state, organization ?? '', secret, createdAt) : PREFIX[kind] + secret,
    kind,
    name,
    organization,
    account: isPersonal ? (input.account ?? 'dana@acme.example') : null,
    integration: integration?.slug ?? null,
    // An organization token's permission is fixed (docs.sentry.io/account/auth-tokens).
    scopes: kind === 'organization' ? ['org:ci'] : [...(input.scopes ?? READ_SCOPES)].toSorted(),
    createdAt,
  }
  state.tokens.set(token.value, token)
  return { token, integration }
}

function makeIntegration(state: State, name: string, organization: string, clientSecret?: string): Integration {
  const integration = {
    slug: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${hexOf(`${name} ${state.integrations.length}`).slice(0, 6)}`,
    name,
    organization,
    installation: randomUUID(),
    clientSecret: clientSecret ?? randomBytes(32).toString('hex'),
  }
  state.integrations.push(integration)
  return integration
}

// sntrys_ + base64 of what the token is for + _ + 43 characters
function organizationToken(state: State, org: string, secret: string, createdAt: number): string {
  const url = state.world.url + ORIGIN
  const about = Buffer.from(JSON.stringify({ iat: createdAt / 1000, url, region_url: url, org })).toString('base64')
  return `sntrys_${about}_${Buffer.from(secret, 'hex').toString('base64').replace('=', '')}`
}

const STANDING_SINCE = Date.parse('2026-03-02T08:30:00.250Z')

/** Makes the tokens that are there from the start. */
export function makeStandingTokens(state: State): void {
  for (const { word, ...token } of standingTokens) {
    const fixed = { secret: word.repeat(8), clientSecret: STANDING_SECRET, createdAt: STANDING_SINCE }
    makeToken(state, { ...token, ...fixed })
  }
}

/** Ends tokens; an internal one's integration goes with its last token. */
export function endTokens(state: State, isEnded: (token: Token) => boolean): number {
  const ended = [...state.tokens.values()].filter(isEnded)
  for (const token of ended) state.tokens.delete(token.value)
  const kept = new Set([...state.tokens.values()].map(({ integration }) => integration))
  state.integrations = state.integrations.filter(({ slug }) => kept.has(slug))
  return ended.length
}
