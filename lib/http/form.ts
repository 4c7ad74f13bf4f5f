import 'server-only'
import type { ZodType } from 'zod'
import { Problem } from '#lib/platform/problem.ts'
import type { Origin, SignedIn } from '#lib/tenancy/actor.ts'
import { readText } from './read-text.ts'
import { endingOnPage, toResult } from './result-page.ts'
import { assertSameOrigin, recognize } from './route.ts'

type Posted<F> = { person: SignedIn; params: { provider: string }; fields: F; request: Request; origin: Origin }

const MAX_FORM_BYTES = 20_000

/** A posted form (application/x-www-form-urlencoded): same origin, a signed-in person, the right fields. What is wrong ends on the result page, in words. */
export const form = <F>(schema: ZodType<F>, handle: (posted: Posted<F>) => Promise<Response>) =>
  endingOnPage(async ({ request, params, origin }) => {
    assertSameOrigin(request)
    const person = await recognize(request, origin)
    if (!person) return toResult('session_ended', params.provider)
    const fields = new URLSearchParams(await readText(request, MAX_FORM_BYTES))
    const posted = schema.safeParse(together(fields))
    if (!posted.success) throw new Problem('bad-request')
    return handle({ person, params, fields: posted.data, request, origin })
  })

/** The fields by name; one that is there several times, as boxes of a name are, is their values with commas between. */
const together = (fields: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name).join(',')]))
