import type { ZodType } from 'zod'
import { inFuture, now, sleep } from '#lib/platform/clock.ts'
import { type Answered, NoAnswer, type Outgoing, send } from '#lib/platform/http.ts'
import { openStream, readAll, readEvents } from '#lib/platform/stream.ts'
import type { Provider } from './define.ts'
import type { Answer, Api, Ask, Config, Failure, RateLimit, Streamed } from './define-api.ts'
import type { Grant } from './define-auth.ts'
import { waitInLine, whenClear } from './wait-in-line.ts'

type FailureName = Exclude<Failure, object>

type About = { status?: number; retryAt?: Date; detail?: string; organization?: string; cause?: unknown }

/** A provider's answer that is not what was asked for, judged. Never carries the provider's text, a header or a token. */
export class ProviderFailure extends Error {
  readonly failure: FailureName
  readonly status: number | null
  readonly retryAt: Date | null
  readonly detail: string | null
  /** The organization at the provider that keeps us out. */
  readonly organization: string | null
  constructor(failure: FailureName, about: About = {}) {
    super(`provider failure: ${failure}${about.status ? ` (${about.status})` : ''}`, { cause: about.cause })
    this.name = 'ProviderFailure'
    this.failure = failure
    this.status = about.status ?? null
    this.retryAt = about.retryAt ?? null
    this.detail = about.detail ?? null
    this.organization = about.organization ?? null
  }
}

/** What is not needed to show a thing: it is left out where it cannot be read, but for a credential that was refused. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ProviderFailure && !['expired', 'revoked'].includes(error.failure)) return undefined
    throw error
  }
}

const byStatus = (status: number): FailureName => {
  if (status === 401) return 'expired'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 429) return 'rate_limited'
  return 'unavailable'
}

/** When a Retry-After (seconds or HTTP date, RFC 9110 section 10.2.3) lets us come back; capped at an hour. */
export function retryAfter(headers: Headers): Date | null {
  const value = headers.get('retry-after')
  if (!value) return null
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now().getTime()) / 1000
  return Number.isFinite(seconds) ? inFuture(Math.min(Math.max(seconds, 1), 3600) * 1000) : null
}

/** What an unsuccessful answer means: the provider's own judgement first, then the status code. */
export function judge(provider: Provider, answer: Answer): ProviderFailure {
  const own = provider.failure?.(answer) ?? null
  const wait = retryAfter(answer.headers)
  const status = answer.status
  if (own && typeof own === 'object') {
    if ('retryAt' in own) return new ProviderFailure('rate_limited', { status, retryAt: own.retryAt })
    const { because, ...about } = own
    return new ProviderFailure(because, { status, ...about })
  }
  const failure = own ?? byStatus(status)
  return new ProviderFailure(failure, { status, ...(wait ? { retryAt: wait } : {}) })
}

export type ApiOptions = {
  provider: Provider
  grant: Grant
  base: string
  /** The other address of the API, where it has one. */
  elsewhere?: string
  /** Where its pages are, where that is not the API's address. */
  web?: string
  /** What is known of the account, for readers. */
  config?: Config
  /** Told every limit that an answer carries. */
  onLimit?: (limit: RateLimit) => void
  /** Told every answer that is a failure, whatever becomes of it. */
  onFailure?: (failure: ProviderFailure) => void
  /** Told that a call was answered with what was asked for. */
  onAnswer?: () => void
  guard?: Outgoing['guard']
  timeoutMs?: number
  /** Ends whatever is asked, and what is asked later fails at once. */
  signal?: AbortSignal
}

const RETRY_PAUSE_MS = 250
const worthRetrying = (outcome: Answered | NoAnswer) =>
  outcome instanceof NoAnswer
    ? outcome.why === 'cut' || outcome.why === 'unreachable'
    : [502, 503, 504].includes(outcome.status)

/** A GET that met a passing fault (cut, 502-504) is asked once more, unless the provider said when to come back. */
async function sendPatiently(url: URL, init: Outgoing): Promise<Answered> {
  const attempt = () =>
    send(url, init).catch((error: unknown) => (error instanceof NoAnswer ? error : Promise.reject(error)))
  let outcome = await attempt()
  const mayRepeat = (init.method ?? 'GET') === 'GET'
  const toldToWait = !(outcome instanceof NoAnswer) && outcome.headers.has('retry-after')
  if (mayRepeat && !toldToWait && worthRetrying(outcome)) {
    await sleep(RETRY_PAUSE_MS * (0.5 + Math.random()), init.signal)
    outcome = await attempt()
  }
  if (outcome instanceof NoAnswer) throw new ProviderFailure('unavailable', { cause: outcome })
  return outcome
}

const MOMENT_MS = 1_500

/** How long a limit lasts that is over in a moment, such as one of calls in a second; null for any other answer. */
function momentIn(provider: Provider, answer: Answer): number | null {
  const { failure, retryAt } = answer.status === 429 ? judge(provider, answer) : {}
  if (failure !== 'rate_limited' || !retryAt) return null
  const left = Math.max(retryAt.getTime() - now().getTime(), 0)
  return left <= MOMENT_MS ? left : null
}

function address(base: string, path: string, query: Ask<unknown>['query']): URL {
  const home = new URL(`${base.replace(/\/$/, '')}/`)
  const url = /^https?:/.test(path) ? new URL(path) : new URL(home.href.slice(0, -1) + path)
  // An address taken from an answer (a paging link) is followed only inside the API's own base.
  if (url.origin !== home.origin || url.username !== '' || !url.pathname.startsWith(home.pathname))
    throw new ProviderFailure('unavailable', { detail: 'foreign address' })
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

/** The detail of a call that was not made, since nobody waits for it any more: it says nothing of the provider. */
export const TOO_LATE = 'too_late'

/** The detail of a failure that is about the second token alone. */
export const SECOND_TOKEN = 'second_token'

type Sent = Pick<Ask<unknown>, 'headers' | 'body' | 'form' | 'asSecond'>

/** What a refusal of the second token means: of the first it says nothing, so what lacks is a permission. */
function ofSecond(found: ProviderFailure): ProviderFailure {
  const about = { detail: SECOND_TOKEN, ...(found.status === null ? {} : { status: found.status }) }
  if (found.failure === 'revoked') return new ProviderFailure('scope', about)
  return found.failure === 'expired' ? new ProviderFailure('expired', about) : found
}

/** The grant a call is made with: the second token where it is asked for, which not every connection has. */
function grantFor(grant: Grant, { asSecond }: Sent): Grant {
  if (!asSecond) return grant
  if (!grant.second) throw new ProviderFailure('scope', { detail: 'no_second_token' })
  return grant.second
}

function headersFor(provider: Provider, grant: Grant, sent: Sent): Headers {
  const headers = new Headers({
    accept: 'application/json',
    'user-agent': 'Plugboard',
    ...provider.headers,
    ...sent.headers,
  })
  const own = grantFor(grant, sent)
  if (provider.sign) provider.sign(headers, own)
  else if (!headers.has('authorization')) headers.set('authorization', `Bearer ${own.token}`)
  if (sent.form) headers.set('content-type', 'application/x-www-form-urlencoded')
  else if (sent.body !== undefined) headers.set('content-type', 'application/json')
  return headers
}

function bodyFor({ form, body }: Sent): { body?: string } {
  if (form) return { body: new URLSearchParams(form).toString() }
  return body === undefined ? {} : { body: JSON.stringify(body) }
}

/** An Api from a Grant. Throws ProviderFailure for anything but an answer of the asked shape. */
export function createApi(options: ApiOptions): Api {
  const { provider, grant, base, onLimit, guard, timeoutMs, signal: ending } = options
  const guarded = guard ? { guard } : {}
  const failureOf = (answer: Answer, sent: Sent = {}): ProviderFailure => {
    const failure = sent.asSecond ? ofSecond(judge(provider, answer)) : judge(provider, answer)
    options.onFailure?.(failure)
    return failure
  }
  const noteLimit = (headers: Headers) => {
    const limit = provider.limit?.(headers)
    if (limit) onLimit?.(limit)
  }
  const whole = async <T>(path: string, ask: Ask<T>): Promise<{ value: T; headers: Headers }> => {
    const home = ask.elsewhere ? (options.elsewhere ?? base) : base
    const url = address(home, path, ask.query)
    const init = {
      method: ask.method ?? 'GET',
      headers: headersFor(provider, grant, ask),
      ...bodyFor(ask),
      ...guarded,
      ...(timeoutMs ? { timeoutMs } : {}),
      ...(ending ? { signal: ending } : {}),
    }
    const line = `${provider.id} ${provider.budget?.(path) ?? ''} ${grant.token}`
    await whenClear(line)
    let answer = await sendPatiently(url, init)
    noteLimit(answer.headers)
    const moment = init.method === 'GET' ? momentIn(provider, answer) : null
    if (moment !== null) {
      await waitInLine(line, moment + Math.random() * RETRY_PAUSE_MS, ending)
      answer = await sendPatiently(url, init)
      noteLimit(answer.headers)
    }
    const good = (answer.status >= 200 && answer.status < 300) || ask.accept?.includes(answer.status)
    if (!good) throw failureOf(answer, ask)
    const lie = answer.status < 300 && provider.failure?.(answer) // some providers answer 200 with an error inside
    if (lie) throw failureOf(answer, ask)
    const value = parse(answer, ask)
    options.onAnswer?.()
    return { value, headers: answer.headers }
  }
  const stream = async (path: string, ask: Streamed): Promise<AsyncIterable<string>> => {
    const { signal } = ask
    const headers = headersFor(provider, grant, { ...ask, headers: { accept: 'text/event-stream', ...ask.headers } })
    const init = { headers, ...bodyFor(ask), ...guarded, ...(signal ? { signal } : {}) }
    const answer = await openStream(address(base, path, undefined), init).catch(toUnavailable)
    noteLimit(answer.headers)
    if (answer.status < 200 || answer.status > 299)
      throw failureOf({ ...answer, body: await readAll(answer.text).catch(() => '') })
    options.onAnswer?.()
    return untilUnavailable(readEvents(answer.text))
  }
  const { config = {} } = options
  return Object.assign(async <T>(path: string, ask: Ask<T>) => (await whole(path, ask)).value, {
    config,
    whole,
    stream,
    base,
    web: options.web ?? base,
  })
}

async function* untilUnavailable(events: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* events
  } catch (error) {
    toUnavailable(error)
  }
}

function toUnavailable(error: unknown): never {
  throw error instanceof NoAnswer ? new ProviderFailure('unavailable', { cause: error }) : error
}

const parse = <T>({ body, status }: Answered, { as, schema }: Ask<T>): T =>
  shape(as === 'text' ? body : toJson(body), schema, { status })

/** An answer in the shape that was asked for. Throws ProviderFailure `unavailable` for any other. */
export function shape<T>(raw: unknown, schema: ZodType<T>, about: { status?: number } = {}): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ProviderFailure('unavailable', { ...about, detail: `unexpected answer at ${where}` })
}

function toJson(body: string): unknown {
  if (!body) return null
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
