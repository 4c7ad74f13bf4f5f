import { Agent, type Dispatcher, request } from 'undici'
import { checkTypedUrl, EgressRefused, guardedLookup, type Resolve } from './egress.ts'
import { log } from './log.ts'
import { assertNoTransaction } from './transaction.ts'

export type Outgoing = {
  method?: string
  headers?: Headers
  body?: string
  timeoutMs?: number
  maxBytes?: number
  /** `follow` keeps credentials inside the origin and drops them outside it; `refuse` is for requests with a secret in the body. */
  redirects?: 'follow' | 'refuse'
  /** Set when a person typed the address: public addresses only, besides `allow`. */
  guard?: { allow: readonly string[]; resolve?: Resolve }
  /** Ends it, whatever it is doing. */
  signal?: AbortSignal
}
export type Answered = { status: number; headers: Headers; body: string; url: string }

/** No whole answer came. `sent` says whether the request may have reached the provider, and so may have had its effect. */
export class NoAnswer extends Error {
  readonly why: 'timeout' | 'cut' | 'unreachable' | 'refused' | 'too-large'
  readonly sent: boolean
  constructor(why: NoAnswer['why'], cause?: unknown) {
    super(`no answer: ${why}`, { cause })
    this.name = 'NoAnswer'
    this.why = why
    this.sent = why === 'timeout' || why === 'cut' || why === 'too-large'
  }
}

const MAX_REDIRECTS = 3
const credentialHeaders = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key']
const agent = new Agent({ connect: { timeout: 10_000 }, keepAliveTimeout: 10_000 })

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What went wrong on the way, as the one error that callers know. */
export function toNoAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error
  if (error instanceof EgressRefused || (error instanceof Error && error.cause instanceof EgressRefused))
    return new NoAnswer('refused')
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const name = error instanceof Error ? error.name : ''
  if (
    name === 'TimeoutError' ||
    name === 'AbortError' ||
    (code.endsWith('_TIMEOUT') && code !== 'UND_ERR_CONNECT_TIMEOUT')
  )
    return new NoAnswer('timeout', error)
  return new NoAnswer(unreachableCodes.has(code) ? 'unreachable' : 'cut', error)
}

async function readBody(answer: Dispatcher.ResponseData, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer.body) {
    size += part.length
    if (size > maxBytes) {
      answer.body.destroy()
      throw new NoAnswer('too-large')
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The connections to use: shared ones, or for a typed address one whose own name lookup is guarded. */
export function dispatcherFor(guard: Outgoing['guard']): Dispatcher {
  if (!guard) return agent
  const lookup = guardedLookup(guard.allow, guard.resolve)
  return new Agent({ connect: { timeout: 10_000, lookup }, keepAliveTimeout: 1 })
}

/** undici's headers as the standard's. */
export function toHeaders(raw: Dispatcher.ResponseData['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw)) for (const one of [value ?? []].flat()) headers.append(name, one)
  return headers
}

async function once(url: URL, init: Outgoing, headers: Headers, signal: AbortSignal): Promise<Answered> {
  if (init.guard) checkTypedUrl(url, init.guard.allow)
  const dispatcher = dispatcherFor(init.guard)
  try {
    const answer = await request(url, {
      method: (init.method ?? 'GET') as Dispatcher.HttpMethod, // undici's own union of method names
      headers: Object.fromEntries(headers),
      ...(init.body === undefined ? {} : { body: init.body }),
      dispatcher,
      signal,
    })
    const body = await readBody(answer, init.maxBytes ?? 5_000_000)
    return { status: answer.statusCode, headers: toHeaders(answer.headers), body, url: url.href }
  } finally {
    if (dispatcher !== agent) void dispatcher.close().catch((error) => log.debug({ error }, 'agent close'))
  }
}

/**
 * Sends one request outside. Any status is an answer; NoAnswer is thrown when none came whole and in time
 * (default 10 s for all hops, 5 MB). A redirect to another origin never carries a credential.
 */
export async function send(address: string | URL, init: Outgoing = {}): Promise<Answered> {
  assertNoTransaction('a request to the outside')
  const timeout = AbortSignal.timeout(init.timeoutMs ?? 10_000)
  const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout
  let url = new URL(address)
  let headers = new Headers(init.headers)
  let current = init
  try {
    for (let hop = 0; ; hop++) {
      const answer = await once(url, current, headers, signal)
      const location = answer.headers.get('location')
      if (![301, 302, 303, 307, 308].includes(answer.status) || !location) return answer
      if (init.redirects === 'refuse' || hop === MAX_REDIRECTS) throw new NoAnswer('refused')
      const next = new URL(location, url)
      if (next.origin !== url.origin) {
        headers = new Headers(headers)
        for (const name of credentialHeaders) headers.delete(name)
        if (current.body !== undefined) throw new NoAnswer('refused')
      }
      if (answer.status === 303) current = { ...current, method: 'GET', body: undefined }
      url = next
    }
  } catch (error) {
    throw toNoAnswer(error)
  }
}
