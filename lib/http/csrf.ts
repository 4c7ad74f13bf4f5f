import 'server-only'
import { env } from '#lib/platform/env.ts'
import { hmacHex, safeEqual } from '#lib/platform/hmac.ts'

/** The token a form of this session carries; another session's, or another site's, does not fit. */
export const csrfToken = (sessionId: string): string => hmacHex(env().AUTH_SECRET, `csrf:${sessionId}`)

/** Whether a form's token belongs to the session. */
export const isCsrfToken = (sessionId: string, token: string): boolean => safeEqual(csrfToken(sessionId), token)
