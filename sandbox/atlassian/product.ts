import { randomBytes } from 'node:crypto'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Route, router } from '#sandbox/route.ts'
import { admit, type Caller, locate, Refusal } from './access.ts'
import { count, pointHeaders, spend } from './limits.ts'
import type { Need } from './scopes.ts'
import type { Product, State } from './state.ts'

/** What an endpoint takes. `isOpen`: whoever is not signed in may call it too, and sees what is open to everybody. */
export type About = { need: Need; isOpen: boolean; line: string }
/** `spend` counts points besides the one that every call costs. */
export type Context<Data> = { state: State; data: Data; caller: Caller; spend(points: number): void }
type Find<Data> = ReturnType<typeof router<Context<Data>, About>>

/** One line of a product's table of endpoints. */
export const endpoint = <Data>(
  line: string,
  handler: Route<Context<Data>, About>['handler'],
  need: Need,
  isOpen = false,
): Route<Context<Data>, About> => {
  const [method = '', pattern = ''] = line.split(' ')
  return { method, pattern, handler, about: { need, isOpen, line } }
}

/** Answers one call of a product's API: who asks, whether they may, how often they did, and then what they asked for. */
export async function answerProduct<Data>(
  call: Call,
  { state, data, product, find }: { state: State; data: Data; product: Product; find: Find<Data> },
): Promise<Answer> {
  const headers: Record<string, string> = { 'atl-traceid': randomBytes(16).toString('hex'), vary: 'Accept' }
  try {
    const place = locate(call, state)
    const found = find(call.method, place.path)
    // What does not exist is told to those alone who may ask at all.
    const caller = admit(call, state, product, place, found?.about ?? { need: { granular: [] }, isOpen: false })
    if (caller.account) headers['x-aaccountid'] = encodeURIComponent(caller.account.id)
    if (!found) throw new Refusal(404, { message: `null for uri: ${place.self}${place.path}`, 'status-code': 404 })
    count(state, product, caller, found.about.line)
    let points = 1
    const context = { state, data, caller, spend: (more: number) => (points += more) }
    const answer = await found.handler(call, found.params, context)
    spend(state, product, caller, points)
    const limits = pointHeaders(state, product, caller)
    return { ...answer, headers: { ...headers, ...limits, ...answer.headers } }
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return refusalAnswer(problem, headers)
  }
}

/** A refusal as it is sent: JSON, or text that is a page when it looks like one. */
export function refusalAnswer({ status, body, headers }: Refusal, more: Record<string, string> = {}): Answer {
  if (typeof body !== 'string') return json(status, body, { ...more, ...headers })
  const type = body.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'
  return { status, headers: { 'content-type': type, ...more, ...headers }, body }
}
