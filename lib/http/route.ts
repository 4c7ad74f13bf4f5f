import 'server-only'
import type { ZodType } from 'zod'
import { env } from '#lib/platform/env.ts'
import { log } from '#lib/platform/log.ts'
import { Problem, type ProblemKind, problemBody } from '#lib/platform/problem.ts'
import { type Limit, spend } from '#lib/platform/rate-limit.ts'
import { type Actor, enter, findPerson, lastHop, type Origin, type Person, type SignedIn } from '#lib/tenancy/actor.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { type Bearer, demandScope, recognizeToken } from '#lib/tokens/recognize-token.ts'
import type { Scope } from '#lib/tokens/schema.ts'
import { readBody, readParams, readQuery } from './read.ts'

type Who = 'public' | 'person' | 'member'

/** What an address takes and gives; /api/openapi.json is made of these. */
export type Operation<P = unknown, Q = unknown, B = unknown, A = unknown> = {
  summary: string
  /** Who may call: anyone, a signed-in person, or (default) a member of the organization named by `params.org`. */
  who?: Who
  /** What an API token needs to come here; `any` where each will do, null where none may. A public address takes none. */
  scope?: Scope | 'any' | null
  params?: ZodType<P>
  query?: ZodType<Q>
  body?: ZodType<B>
  /** Parses what the handler returns, so that nothing leaves that is not in the view. */
  answer?: ZodType<A>
  status?: number
  /** What a line is, where the answer also comes as JSON lines. */
  lines?: ZodType
  /** What an event's data is, where the answer is a stream of events. */
  events?: ZodType
  /** The media type of an answer that is text, not JSON. */
  media?: string
  /** What it refuses with besides what its shape implies (`impliedProblems` in refusals.ts). */
  problems?: readonly ProblemKind[]
  /** Uses allowed per person (or per address, when public). */
  limit?: Limit
}

type Seen<W> = W extends 'public'
  ? { person: Person | null }
  : W extends 'person'
    ? { person: Person }
    : { person: Person; actor: Actor }
export type Call<P, Q, B, W> = Seen<W> & { params: P; query: Q; body: B; request: Request; origin: Origin }
export type Handler = ((request: Request, context: { params: Promise<object> }) => Promise<Response>) & {
  operation: Operation
}

const DEFAULT_LIMIT: Limit = { name: 'api', count: 600, seconds: 60 }
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The address a request came from: the last hop that the proxy in front wrote, for throttles and the audit log. */
export const originOf = (request: Request): Origin => ({
  ip: lastHop(request.headers.get('x-forwarded-for')),
  requestId: crypto.randomUUID(),
})

/** Refuses a state-changing request that a browser sent on behalf of another site (Origin, else Sec-Fetch-Site). */
export function assertSameOrigin(request: Request): void {
  if (safeMethods.has(request.method)) return
  const origin = request.headers.get('origin')
  const same = origin ? origin === env().APP_URL : request.headers.get('sec-fetch-site') === 'same-origin'
  if (!same) throw new Problem('other-origin', 'Open Plugboard itself and try again there.')
}

/** What a script is told of how to come in (RFC 6750, s.3); undefined where that is not the matter. */
function challengeOf(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  if (error.kind === 'sign-in-required') return 'Bearer'
  if (error.kind === 'token-not-accepted') return 'Bearer error="invalid_token"'
  if (error.kind !== 'scope-missing') return undefined
  return `Bearer error="insufficient_scope", scope="${String(error.extra.members?.scope)}"`
}

/** The problem as a response; what is not a Problem is logged with the request id and told as a 500 without detail. */
export function problemResponse(error: unknown, requestId: string): Response {
  const body = problemBody(error, requestId)
  if (!(error instanceof Problem)) log.error({ error, requestId }, 'unexpected')
  const challenge = challengeOf(error)
  const wait = error instanceof Problem ? error.extra.retryAfterSeconds : undefined
  return Response.json(body, {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(challenge ? { 'www-authenticate': challenge } : {}),
      ...(wait ? { 'retry-after': String(wait) } : {}),
    },
  })
}

/** The person whose session a request carries; null for nobody. */
export async function recognize(request: Request, origin: Origin): Promise<SignedIn | null> {
  const token = await readSession(request.headers.get('cookie'))
  return token ? findPerson(token, origin) : null
}

/** What follows `Authorization: Bearer` (RFC 6750, s.2.1); null without. A token in the address is not looked for: addresses are logged. */
const bearerOf = (request: Request): string | null =>
  /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null

/** Who asks: by a token, and then by nothing else, or by the session. */
async function recognizeAny(who: Who, request: Request, origin: Origin) {
  const bearer = bearerOf(request)
  if (bearer === null) return { person: await recognize(request, origin), bearer: null }
  if (who === 'public') return { person: null, bearer: null }
  const person = await recognizeToken(bearer, origin)
  return { person, bearer: person }
}

async function admit(operation: Operation, request: Request, params: object, origin: Origin) {
  const who = operation.who ?? 'member'
  const { person, bearer } = await recognizeAny(who, request, origin)
  if (!person && who !== 'public') throw new Problem('sign-in-required', 'Sign in again to continue.')
  // no other site's page can send a token, and with one the cookies count for nothing
  if (bearerOf(request) === null) assertSameOrigin(request)
  await spend(operation.limit ?? DEFAULT_LIMIT, spenderOf(operation, person, bearer) ?? origin.ip ?? 'nobody')
  const slug = 'org' in params && typeof params.org === 'string' ? params.org : ''
  const actor = person && who === 'member' ? await enter(person, slug) : null
  if (bearer) await demandScope(bearer, actor?.role ?? null, operation.scope ?? null)
  return { person, actor }
}

/** A script has a budget of its own beside its maker's; what is limited for a reason is so for both together. */
const spenderOf = (operation: Operation, person: Person | null, bearer: Bearer | null): string | undefined =>
  bearer && !operation.limit ? bearer.token.id : person?.id

/**
 * The one way in: who is it, may this browser ask, how often, is the request of the right shape; then the handler;
 * then the answer through its schema. A handler may return a Response for anything but JSON.
 */
export function route<P = object, Q = object, B = undefined, A = unknown, W extends Who = 'member'>(
  operation: Operation<P, Q, B, A> & { who?: W },
  handle: (call: Call<P, Q, B, W>) => Promise<A | Response>,
): Handler {
  const serve = async (request: Request, context: { params: Promise<object> }): Promise<Response> => {
    const origin = originOf(request)
    const started = performance.now()
    try {
      const raw = (await context.params) ?? {} // an address without a segment gets none
      const seen = await admit(operation as Operation, request, raw, origin) // the schemas play no part in admitting
      const call = {
        ...seen,
        params: readParams(operation.params, raw),
        query: readQuery(operation.query, new URL(request.url)),
        body: await readBody(operation.body, request),
        request,
        origin,
      } as unknown as Call<P, Q, B, W> // `admit` has thrown unless `who` is satisfied
      const result = await handle(call)
      if (result instanceof Response) return result
      const status = operation.status ?? 200
      const headers = { 'cache-control': 'no-store', 'x-request-id': origin.requestId }
      if (status === 204 || result === undefined) return new Response(null, { status: 204, headers })
      return Response.json(operation.answer ? operation.answer.parse(result) : result, { status, headers })
    } catch (error) {
      return problemResponse(error, origin.requestId)
    } finally {
      log.debug({ method: request.method, ms: Math.round(performance.now() - started), ...origin }, operation.summary)
    }
  }
  return Object.assign(serve, { operation: operation as Operation })
}
