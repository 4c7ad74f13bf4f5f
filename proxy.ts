import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/platform/env.ts'
import {
  browserCookie,
  contentSecurityPolicy,
  type PageSettings,
  pageHeaders,
  publicAddress,
} from '#lib/platform/page-headers.ts'
import { authorizeOrigins } from '#lib/vault/reach.ts'

const yearSeconds = 365 * 24 * 60 * 60

/** What every page gets before it is drawn: the public host, a nonce, the headers, a mark of the browser. */
export function proxy(request: NextRequest): NextResponse {
  const settings = pageSettings()
  const { pathname, search } = request.nextUrl
  const elsewhere = publicAddress(request.headers.get('host'), pathname + search, settings.appUrl)
  if (elsewhere && ['GET', 'HEAD'].includes(request.method)) return NextResponse.redirect(elsewhere, 308)

  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), settings)
  const headers = new Headers(request.headers)
  headers.set('x-pb-path', pathname + search)
  // Next takes the nonce for its own scripts out of this request header.
  headers.set('content-security-policy', policy)
  const browser = newBrowser(request, settings)
  if (browser) headers.append('cookie', `${browser.name}=${browser.value}`)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  for (const [name, value] of Object.entries(pageHeaders(pathname, settings))) response.headers.set(name, value)
  if (browser) response.cookies.set(browser)
  return response
}

function pageSettings(): PageSettings {
  return { appUrl: env().APP_URL, formOrigins: authorizeOrigins(), dev: process.env.NODE_ENV === 'development' }
}

/** The cookie to give, or null: one is there, or this is not a page but a piece of one (two at once would overwrite each other). */
function newBrowser(request: NextRequest, { appUrl }: PageSettings) {
  const { name, secure } = browserCookie(appUrl)
  const isPage = (request.headers.get('sec-fetch-dest') ?? 'document') === 'document'
  if (!isPage || request.cookies.has(name)) return null
  const value = randomBytes(32).toString('base64url')
  return { name, value, secure, httpOnly: true, sameSite: 'lax' as const, path: '/', maxAge: yearSeconds }
}

// The API answers no pages; the callback does end on one.
export const config = {
  matcher: ['/((?!_next/static|_next/image|providers/[^/]+\\.svg$|icon\\.svg$|api/(?!callback/)).*)'],
}
