export type PageSettings = {
  /** The one public origin, without a path. */
  appUrl: string
  /** Where forms of ours may end: a 303 to another origin is checked against form-action too (CSP 3). */
  formOrigins: readonly string[]
  /** `next dev` evaluates code and writes styles of its own. */
  dev: boolean
}

/** The Content-Security-Policy of one answer; `nonce` is base64 and new for each. */
export function contentSecurityPolicy(nonce: string, { formOrigins, dev }: PageSettings): string {
  const own = `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'",
    `script-src ${own} 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src ${dev ? "'self' 'unsafe-inline'" : own}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formOrigins].join(' ')}`,
  ].join('; ')
}

// A page with forms needs same-origin: no-referrer makes its posts carry `Origin: null` (Fetch, "append a request Origin header").
const hidden = /^\/(?:connect|api\/callback)\//

/** The headers of one page besides the policy. `path` is the path asked for. */
export function pageHeaders(path: string, { appUrl }: PageSettings): Record<string, string> {
  return {
    'Referrer-Policy': hidden.test(path) ? 'no-referrer' : 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ...(appUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  }
}

/** Where a page asked for under another host name than the public one is to be found; null where it is right already. */
export function publicAddress(host: string | null, pathAndQuery: string, appUrl: string): string | null {
  if (host === null) return null
  const asked = URL.parse(`http://${host}`)
  const isPublic =
    asked !== null &&
    asked.host === host.toLowerCase().replace(/:80$/, '') &&
    asked.hostname === new URL(appUrl).hostname
  return isPublic ? null : `${appUrl}${pathAndQuery}`
}

/** The cookie that ties a connect attempt to the browser it was made in. `__Host-` needs https (RFC 6265bis, s.4.1.3.2). */
export function browserCookie(appUrl: string): { name: string; secure: boolean } {
  const secure = appUrl.startsWith('https:')
  return { name: secure ? '__Host-pb_browser' : 'pb_browser', secure }
}
