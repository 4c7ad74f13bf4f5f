import { type FieldError, Problem, type ProblemKind, problems } from './problem.ts'

export type Asking = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** What the type of a problem of ours begins with. */
const KINDS = '/problems/'

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(problems, kind)

type Told = Readonly<Record<string, unknown>>
const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null

const isFieldError = (value: unknown): value is FieldError =>
  isTold(value) && typeof value.pointer === 'string' && typeof value.detail === 'string'

/** The Problem an answer of ours tells (RFC 9457); what is none of ours reads as `unexpected`. */
export async function toProblem(response: Response): Promise<Problem> {
  return problemIn(await response.json().catch(() => null))
}

/** The same of a problem that came as a line of an answer. */
export function problemIn(told: unknown): Problem {
  if (!isTold(told) || typeof told.type !== 'string' || !told.type.startsWith(KINDS))
    return new Problem('unexpected', 'Plugboard did not answer. Try again.')
  const { type: _type, title: _title, status: _status, detail, errors, ...members } = told
  const kind = told.type.slice(KINDS.length)
  const fields = Array.isArray(errors) ? errors.filter(isFieldError) : null
  return new Problem(isKind(kind) ? kind : 'unexpected', typeof detail === 'string' ? detail : undefined, {
    ...(fields ? { errors: fields } : {}),
    members,
  })
}

/** What a form needs to say of something thrown: the Problem it is, or `unexpected`. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('unexpected', 'Something went wrong here. Try again.')

/** Opens the session again, by asking the person; false when they would not. */
type Reopen = () => Promise<boolean>
let reopen: Reopen | null = null

/** Says how a session that ended is opened again while a page stays open. Returns the way back. */
export function whenSessionEnds(how: Reopen): () => void {
  reopen = how
  return () => {
    if (reopen === how) reopen = null
  }
}

let answeredAt = Date.now()
/** When our server last answered this page, in epoch milliseconds; the page itself was the first answer. */
export const lastAnswerAt = (): number => answeredAt

async function send(path: string, { method = 'GET', body, headers, signal }: Asking): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Problem('unexpected', 'Plugboard cannot be reached. Check your connection and try again.')
  })
  answeredAt = Date.now()
  return response
}

/**
 * Sends a request to our own API. Throws the Problem of an answer that is not a success, or of no answer at all. When the
 * session has ended, a change waits until the person has signed in again and is then sent once more; a read does not
 * interrupt what they are doing.
 */
export async function request(path: string, asking: Asking = {}): Promise<Response> {
  const response = await send(path, asking)
  if (response.ok) return response
  const problem = await toProblem(response)
  const isChange = asking.method !== undefined && asking.method !== 'GET'
  if (problem.kind !== 'sign-in-required' || !isChange || !reopen || !(await reopen())) throw problem
  const again = await send(path, asking)
  if (!again.ok) throw await toProblem(again)
  return again
}

/**
 * Asks our own API for what its route answers. The route has parsed the answer with the schema that `T` is of: parsing it
 * once more here would send every page the parser. Throws Problem.
 */
export async function ask<T>(path: string, asking: Asking = {}): Promise<T> {
  const response = await request(path, asking)
  return (await response.json()) as T // see above
}

/** Reads a body of JSON lines and hands over each as soon as it is whole. */
export async function readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader() // not every browser can loop over a stream
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line) onLine(JSON.parse(line))
  }
}
