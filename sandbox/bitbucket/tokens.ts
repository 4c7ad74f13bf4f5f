import { randomBytes } from 'node:crypto'
import { standingTokens } from './data.ts'
import type { State, Token } from './state.ts'

const DAY_MS = 86_400_000

type NewToken = Omit<Token, 'value' | 'expiresAt'> & { days: number; value?: string }

/** Makes and keeps a token: `ATATT3`, and a checksum after an equals sign; an app password starts with `ATBB`. */
export function makeToken(state: State, { days, value, ...about }: NewToken): Token {
  const random = randomBytes(64).toString('base64url')
  const checksum = randomBytes(4).toString('hex').toUpperCase()
  const made =
    about.kind === 'app-password' ? `ATBB${random.slice(0, 32)}` : `ATATT3xFfGF0bitbucket${random}=${checksum}`
  const token: Token = { ...about, value: value ?? made, expiresAt: state.world.clock.now() + days * DAY_MS }
  state.tokens.set(token.value, token)
  return token
}

/** Makes the tokens that are there from the start; they live for a year from then. */
export function makeStandingTokens(state: State): void {
  for (const { account, word, checksum, scopes } of standingTokens) {
    const value = `ATATT3xFfGF0bitbucket-${word}=${checksum}`
    makeToken(state, { value, kind: 'scoped', account, label: word, scopes: [...scopes], workspace: null, days: 365 })
  }
}

/** Ends tokens; answers how many. */
export function endTokens(state: State, isEnded: (token: Token) => boolean): number {
  const ended = [...state.tokens.values()].filter(isEnded)
  for (const { value } of ended) state.tokens.delete(value)
  return ended.length
}
