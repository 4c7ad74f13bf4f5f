import { completeConnect } from '#lib/attempts/complete.ts'
import { endingOnPage, toResult } from '#lib/http/result-page.ts'
import { recognize } from '#lib/http/route.ts'
import { seeOther } from '#lib/http/see-other.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import { browserCookieName, readCookie } from '#lib/tenancy/read-session.ts'

const LIMIT = { name: 'callback', count: 60, seconds: 60 }

/** Where a provider sends the browser back; ends at the attempt's result page, or at one that says what is wrong. */
export const GET = endingOnPage(async ({ request, params, origin }) => {
  const person = await recognize(request, origin)
  await spend(LIMIT, person?.id ?? origin.ip ?? 'nobody')
  const browser = readCookie(request.headers.get('cookie'), browserCookieName())
  const landing = await completeConnect({ url: new URL(request.url), callback: params.provider, person, browser })
  return 'attempt' in landing
    ? seeOther(`/connect/result/${landing.attempt}`)
    : toResult(landing.problem, params.provider)
})
