import { z } from 'zod'
import { inFuture } from '#lib/platform/clock.ts'
import { type Answered, NoAnswer } from '#lib/platform/http.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Dialect, Grant } from '#lib/providers/define-auth.ts'
import { errorCode } from './error-code.ts'

/**
 * The provider definitely said no. `isFinal`: what was presented will never be taken again. `retryAt`: when it asks to be
 * asked again. Never carries foreign text.
 */
export class TokenRefused extends Error {
  readonly code: string
  readonly isFinal: boolean
  readonly retryAt: Date | null
  constructor(code: string, isFinal: boolean, retryAt: Date | null = null) {
    super(`token refused: ${code}`)
    this.name = 'TokenRefused'
    this.code = code
    this.isFinal = isFinal
    this.retryAt = retryAt
  }
}

const TEN_YEARS_SECONDS = 10 * 365 * 24 * 3600

/** A lifetime in seconds, as a number or in digits; what cannot be read is no lifetime, and a 401 tells the end of it. */
const Seconds = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .transform((seconds) => (seconds >= 0 ? Math.min(seconds, TEN_YEARS_SECONDS) : undefined))
  .optional()
  .catch(undefined)
const Text = z.string().min(1)

// RFC 6749 section 5.1; `refresh_token_expires_in` is common beyond it.
const Token = z.object({
  access_token: Text,
  token_type: Text,
  expires_in: Seconds,
  refresh_token: Text.optional().catch(undefined),
  refresh_token_expires_in: Seconds,
  scope: z.string().optional().catch(undefined),
})
type Token = z.infer<typeof Token>
/** A dialect may put a token of the person's own beside the app's. */
const Success = Token.extend({ second: Token.optional().catch(undefined) })
// RFC 6749 section 5.2
const Refusal = z.object({ error: Text })

/** The body in RFC 6749 form; undefined when it is not JSON. */
function readBody(answer: Answered, dialect: Dialect | undefined): unknown {
  try {
    const body: unknown = JSON.parse(answer.body)
    return dialect?.tokenAnswer ? dialect.tokenAnswer(body) : body
  } catch {
    return undefined
  }
}

/**
 * A token endpoint's error, as a value to throw; null when the body names none. An outage or a body that cannot be
 * read is a NoAnswer, since the request may have had its effect.
 */
export function refusalIn(answer: Answered, dialect?: Dialect): TokenRefused | NoAnswer | null {
  // RFC 6585 section 4: it was answered, and nothing was done.
  if (answer.status === 429) return new TokenRefused('too_many_requests', false, retryAfter(answer.headers))
  if (answer.status >= 500) return new NoAnswer('cut')
  const refusal = Refusal.safeParse(readBody(answer, dialect))
  if (!refusal.success) return null
  const { error } = refusal.data
  const isFinal = error === 'invalid_grant' || (dialect?.invalidGrant?.includes(error) ?? false)
  return new TokenRefused(errorCode(error), isFinal)
}

/** The Grant in a token endpoint's answer. Throws TokenRefused, or NoAnswer when nothing certain can be read. */
export function readTokenAnswer(answer: Answered, dialect?: Dialect): Grant {
  const refusal = refusalIn(answer, dialect)
  if (refusal) throw refusal
  const body = readBody(answer, dialect)
  const success = Success.safeParse(body)
  if (answer.status > 299 || !success.success) throw new NoAnswer('cut')
  const { second, ...first } = success.data
  const config = dialect?.tokenConfig?.(body)
  return { ...toGrant(first), ...(config ? { config } : {}), ...(second ? { second: toGrant(second) } : {}) }
}

function toGrant(token: Token): Grant {
  const { access_token, token_type, expires_in, refresh_token, refresh_token_expires_in, scope } = token
  // RFC 6749 section 7.1: a client must not use a token of a type it does not understand.
  if (token_type.toLowerCase() !== 'bearer') throw new TokenRefused('unsupported_token_type', false)
  return {
    token: access_token,
    ...(refresh_token ? { refreshToken: refresh_token } : {}),
    ...(expires_in === undefined ? {} : { expiresAt: inFuture(expires_in * 1000) }),
    ...(refresh_token_expires_in === undefined ? {} : { refreshExpiresAt: inFuture(refresh_token_expires_in * 1000) }),
    ...(scope === undefined ? {} : { scopes: scope.split(' ').filter(Boolean) }),
  }
}
