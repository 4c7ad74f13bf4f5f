/** What of a token decides whether it opens anything, and what of the one it acts as. */
export type Standing = {
  revokedAt: Date | null
  expiresAt: Date | null
  /** Whether the value shown was the one of now, not the one before the last roll. */
  isCurrent: boolean
  previousUntil: Date | null
  isMember: boolean
  mayHold: boolean
}

/** Why a token is not accepted. */
export type Refusal = 'revoked' | 'rolled' | 'expired' | 'left' | 'not_allowed'

/** Why this token opens nothing at this moment; null where it does. */
export function refusalOf(token: Standing, at: Date): Refusal | null {
  if (token.revokedAt) return 'revoked'
  if (!token.isCurrent && !(token.previousUntil && token.previousUntil > at)) return 'rolled'
  if (token.expiresAt && token.expiresAt <= at) return 'expired'
  if (!token.isMember) return 'left'
  return token.mayHold ? null : 'not_allowed'
}

/** What to tell who holds a token that is not accepted. */
export const refusals: Readonly<Record<Refusal, string>> = {
  revoked: 'It was revoked. Make another under Settings, API tokens.',
  rolled: 'It was rolled and this value no longer works. Use the new one.',
  expired: 'It has expired. Roll it or make another under Settings, API tokens.',
  left: 'Who made it no longer belongs to the organization. Somebody else has to make another.',
  not_allowed: 'Who made it may no longer have API tokens. Ask an owner or an admin.',
}
