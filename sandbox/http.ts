import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** One request as a provider sees it. `path` is still percent-encoded; `rest` is what follows the origin's prefix. */
export type Call = {
  method: string
  origin: string
  path: string
  rest: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  address: string
  /** Filled in by whoever answers; shown by the request log. */
  note: { account?: string; token?: string; headers?: string[] }
}

/** A body that is sent piece by piece; `gone` is aborted when the caller leaves. Throwing `Cut` breaks the connection off. */
export type Pieces = (gone: AbortSignal) => AsyncIterable<string | Buffer>
export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer | Pieces }

/** Thrown by a body in pieces to break its connection off. */
export class Cut extends Error {}

const LARGEST_BODY_BYTES = 5_000_000

/** The whole body of a request, or null when it is larger than 5 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size > LARGEST_BODY_BYTES) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** Writes an answer; a HEAD request gets the same headers and no body. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  if (typeof answer.body === 'function') return sendPieces(response, answer, answer.body)
  const body = Buffer.from(answer.body ?? '')
  const hasBody = answer.status !== 204 && answer.status !== 304
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(hasBody ? { 'content-length': String(body.length) } : {}),
  })
  response.end(hasBody && response.req.method !== 'HEAD' ? body : undefined)
}

async function sendPieces(response: ServerResponse, { status, headers }: Answer, pieces: Pieces): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  response.writeHead(status, headers)
  if (response.req.method === 'HEAD') return void response.end()
  try {
    await pipeline(Readable.from(pieces(left.signal)), response)
  } catch (problem) {
    if (!(problem instanceof Cut) && !hasLeft(problem)) throw problem
  }
}

const hasLeft = (problem: unknown): boolean =>
  problem instanceof Error &&
  'code' in problem &&
  (problem.code === 'ABORT_ERR' || problem.code === 'ERR_STREAM_PREMATURE_CLOSE')

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** An answer without a body. */
export const empty = (status: number, headers: Record<string, string> = {}): Answer => ({ status, headers })

/** A redirect to another address. */
export const redirect = (status: 301 | 302 | 303, location: string): Answer => ({ status, headers: { location } })

/** A header's value when it was sent exactly once. */
export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** The top-level text fields of a form or JSON body; null when the body is neither or cannot be read. */
export function fields(call: Call): Record<string, string> | null {
  const type = header(call, 'content-type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(call.body.toString('utf8')))
  }
  if (!/^application\/([\w.+-]+\+)?json\b/.test(type)) return null
  const value = parseJson(call.body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (typeof item === 'string' ? [[key, item]] : [])),
  )
}

/** The names of a form's or JSON object's top-level fields, whatever they hold. */
export function fieldNames(call: Call): string[] {
  const value = fields(call) && parseJson(call.body)
  return Object.keys(typeof value === 'object' && value !== null ? value : (fields(call) ?? {}))
}

/** JSON text as a value; undefined when it is not JSON. */
export function parseJson(text: Buffer | string): unknown {
  try {
    return JSON.parse(text.toString())
  } catch {
    return undefined
  }
}

/** User and password of HTTP Basic authentication (RFC 7617), or null. */
export function basic(call: Call): { user: string; password: string } | null {
  const [, encoded] = /^basic ([A-Za-z0-9+/=]+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}
