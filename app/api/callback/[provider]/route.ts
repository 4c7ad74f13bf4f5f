import { z } from 'zod'
import { completeConnect } from '#lib/attempts/complete.ts'
import { route } from '#lib/http/route.ts'
import { seeOther } from '#lib/http/see-other.ts'
import { browserCookieName, readCookie } from '#lib/tenancy/read-session.ts'

export const GET = route(
  {
    summary: "Where a provider sends the browser back; ends at the attempt's result page",
    who: 'public',
    status: 303,
    params: z.object({ provider: z.string().max(40) }),
    limit: { name: 'callback', count: 60, seconds: 60 },
  },
  async ({ person, params, request }) => {
    const browser = readCookie(request.headers.get('cookie'), browserCookieName())
    const landing = await completeConnect({ url: new URL(request.url), callback: params.provider, person, browser })
    if ('attempt' in landing) return seeOther(`/connect/result/${landing.attempt}`)
    const told = new URLSearchParams({ problem: landing.problem, provider: params.provider })
    return seeOther(`/connect/result/none?${told}`)
  },
)
