import 'server-only'
import type { ZodType } from 'zod'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import { findPerson, type Origin, type SignedIn } from '#lib/tenancy/actor.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { readText } from './read-text.ts'
import { assertSameOrigin, originOf } from './route.ts'
import { seeOther } from './see-other.ts'

type Posted<F> = { person: SignedIn; params: { provider: string }; fields: F; request: Request; origin: Origin }
type FormHandler = (request: Request, context: { params: Promise<{ provider: string }> }) => Promise<Response>

const MAX_FORM_BYTES = 20_000

/** A posted form (application/x-www-form-urlencoded): same origin, a signed-in person, the right fields. What is wrong ends on the result page, in words. */
export function form<F>(schema: ZodType<F>, handle: (posted: Posted<F>) => Promise<Response>): FormHandler {
  return async (request, context) => {
    const origin = originOf(request)
    try {
      assertSameOrigin(request)
      const token = await readSession(request.headers.get('cookie'))
      const person = token ? await findPerson(token, origin) : null
      if (!person) return await refused('session_ended', context)
      const fields = new URLSearchParams(await readText(request, MAX_FORM_BYTES))
      const posted = schema.safeParse(together(fields))
      if (!posted.success) throw new Problem('bad-request')
      return await handle({ person, params: await context.params, fields: posted.data, request, origin })
    } catch (error) {
      if (!(error instanceof Problem)) log.error({ error, requestId: origin.requestId }, 'unexpected')
      const kind = error instanceof Problem ? error.kind : 'unexpected'
      return refused(kind, context)
    }
  }
}

/** The fields by name; one that is there several times, as boxes of a name are, is their values with commas between. */
const together = (fields: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name).join(',')]))

/** The result page that says why; it names the provider of the form's own address. */
async function refused(problem: string, { params }: { params: Promise<{ provider: string }> }): Promise<Response> {
  const { provider } = await params
  return seeOther(`/connect/result/none?${new URLSearchParams({ problem, provider })}`)
}
