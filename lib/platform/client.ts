import { z } from 'zod'
import { Problem, type ProblemKind, problems } from './problem.ts'

// zod tries whether it may compile its checks; the policy of our pages refuses and reports that (zod.dev, "jitless").
if (typeof window !== 'undefined') z.config({ jitless: true })

const Told = z.looseObject({
  type: z.string().startsWith('/problems/'),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
})

export type Asking = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(problems, kind)

/** The Problem an answer of ours tells (RFC 9457); what is none of ours reads as `unexpected`. */
export async function toProblem(response: Response): Promise<Problem> {
  const told = Told.safeParse(await response.json().catch(() => null))
  if (!told.success) return new Problem('unexpected', 'Plugboard did not answer. Try again.')
  const { type, title: _title, status: _status, detail, errors, ...members } = told.data
  const kind = type.slice('/problems/'.length)
  return new Problem(isKind(kind) ? kind : 'unexpected', detail, { ...(errors ? { errors } : {}), members })
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

async function send(path: string, { method = 'GET', body, headers, signal }: Asking): Promise<Response> {
  return fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Problem('unexpected', 'Plugboard cannot be reached. Check your connection and try again.')
  })
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

/** Asks our own API and parses the answer. Throws Problem. */
export async function ask<T>(path: string, schema: z.ZodType<T>, asking: Asking = {}): Promise<T> {
  const response = await request(path, asking)
  return schema.parse(await response.json())
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
