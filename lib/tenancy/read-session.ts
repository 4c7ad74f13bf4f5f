import { decode } from 'next-auth/jwt'
import { env } from '#lib/platform/env.ts'

/** Whether cookies carry the __Host- prefix and Secure: with an https APP_URL, never on http. */
export const secureCookies = (): boolean => env().APP_URL.startsWith('https:')
/** The cookie of a session; tied to its host where there is https. */
export const sessionCookieName = (): string => `${secureCookies() ? '__Host-' : ''}pb_session`
/** The cookie that binds an attempt to the browser it was begun in. */
export const browserCookieName = (): string => `${secureCookies() ? '__Host-' : ''}pb_browser`

/** What seals the session cookie. */
export const authSecret = (): string => env().AUTH_SECRET

/** Names and options of the cookies that next-auth sets. */
export function authCookies() {
  const secure = secureCookies()
  const cookie = (name: string) => ({
    name: `${secure ? '__Host-' : ''}${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure }, // as const: a union of words
  })
  return { sessionToken: cookie('pb_session'), csrfToken: cookie('pb_csrf'), callbackUrl: cookie('pb_after') }
}

/** One cookie of a Cookie header. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return decodeCookie(value.join('='))
  }
  return null
}

/** The value of a cookie, percent-decoded where it can be: what a browser sends is anybody's to write. */
export function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** The session token sealed inside the session cookie; null when there is none or it does not open. */
export async function readSession(cookieHeader: string | null): Promise<string | null> {
  const cookie = readCookie(cookieHeader, sessionCookieName())
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env().AUTH_SECRET }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : null
}
