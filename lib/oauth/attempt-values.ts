import { generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi'
import { sha256 } from '#lib/platform/hmac.ts'

/** The secrets of one attempt. `state` and `verifier` are 256 random bits in 43 base64url characters, `challenge` is S256. */
export type AttemptValues = { state: string; verifier: string; challenge: string }

/** The S256 challenge of a verifier (RFC 7636 section 4.2). */
export const challengeOf = (verifier: string): string => Buffer.from(sha256(verifier)).toString('base64url')

/** Draws new values; none is ever used for a second attempt (RFC 9700 section 4.7). */
export function newAttemptValues(): AttemptValues {
  const verifier = generateRandomCodeVerifier()
  return { state: generateRandomState(), verifier, challenge: challengeOf(verifier) }
}
