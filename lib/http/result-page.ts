import 'server-only'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Origin } from '#lib/tenancy/actor.ts'
import { originOf } from './route.ts'
import { seeOther } from './see-other.ts'

type Context = { params: Promise<{ provider: string }> }
type Visit = { request: Request; params: { provider: string }; origin: Origin }

/** To the result page that says why, of the provider that the address names. */
export const toResult = (problem: string, provider: string): Response =>
  seeOther(`/connect/result/none?${new URLSearchParams({ problem, provider })}`)

/** Serves an address that a browser is sent to in a tab of its own: whatever is thrown ends on the result page, in words. */
export function endingOnPage(serve: (visit: Visit) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    const origin = originOf(request)
    const params = await context.params
    try {
      return await serve({ request, params, origin })
    } catch (error) {
      if (!(error instanceof Problem)) log.error({ error, requestId: origin.requestId }, 'unexpected')
      return toResult(error instanceof Problem ? error.kind : 'unexpected', params.provider)
    }
  }
}
