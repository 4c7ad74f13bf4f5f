import { randomBytes } from 'node:crypto'
import { Refused } from '#sandbox/provider.ts'
import { type Host, newId, organizationOf, type State, type Token, type TokenKind } from './state.ts'

// Since 2026 the default of tokens made over the API (developer.hashicorp.com/terraform/cloud-docs/api-docs/team-tokens).
const TWO_YEARS_MS = 2 * 365 * 86_400_000

type NewToken = {
  kind: TokenKind
  organization?: string
  team?: string
  username?: string
  description?: string | null
  host?: Host
  value?: string
  createdAt?: number
  expiresAt?: number | null
}

const letters = (count: number): string =>
  randomBytes(count * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, count)

/** Makes and keeps a token; one of a team is of one that is there, and an organization has one of its own. */
export function keepToken(state: State, input: NewToken): Token {
  const { kind, createdAt = state.world.clock.now(), expiresAt = createdAt + TWO_YEARS_MS } = input
  const isPersonal = kind === 'user'
  const organization = isPersonal ? null : (input.organization ?? 'acme')
  const known = organization === null ? undefined : organizationOf(state, organization)
  if (organization !== null && !known) throw new Refused(`no organization ${organization}`)
  const name = input.team ?? 'plugboard'
  const team = state.teams.find((one) => one.organization === organization && one.name === name)
  if (kind === 'team' && !team) throw new Refused(`no team ${name} in ${organization}`)
  if (kind === 'organization') endTokens(state, (one) => one.kind === kind && one.organization === organization)
  const token: Token = {
    id: newId(state, 'at'),
    value: input.value ?? `${letters(14)}.atlasv1.${letters(67)}`,
    kind,
    host: input.host ?? known?.host ?? 'us',
    organization,
    team: kind === 'team' ? (team?.id ?? null) : null,
    username: isPersonal ? (input.username ?? 'dana-k') : null,
    description: input.description ?? null,
    createdAt,
    lastUsedAt: null,
    expiresAt,
  }
  state.tokens.set(token.value, token)
  return token
}

/** Whether a token works, as far as its own time goes. */
export const isAlive = (state: State, { expiresAt }: Token): boolean =>
  expiresAt === null || expiresAt > state.world.clock.now()

/** Ends tokens; answers how many that were. */
export function endTokens(state: State, isEnded: (token: Token) => boolean): number {
  const ended = [...state.tokens.values()].filter(isEnded)
  for (const token of ended) state.tokens.delete(token.value)
  return ended.length
}
