import { encode } from 'next-auth/jwt'
import { env } from '#lib/platform/env.ts'
import { SESSION_LIFE_MS } from './policy.ts'
import { secureCookies, sessionCookieName } from './read-session.ts'

/** The session token as the session cookie holds it: sealed by next-auth, so that next-auth opens it too. */
export const sealSession = (token: string): Promise<string> =>
  encode({ token: { sid: token }, secret: env().AUTH_SECRET, maxAge: SESSION_LIFE_MS / 1000 })

/** A Set-Cookie header that puts another session into this browser. */
export async function sessionCookie(token: string): Promise<string> {
  const secure = secureCookies() ? '; Secure' : ''
  const maxAge = SESSION_LIFE_MS / 1000
  return `${sessionCookieName()}=${await sealSession(token)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`
}
