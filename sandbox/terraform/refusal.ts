import type { Answer } from '#sandbox/http.ts'

/** A JSON:API document: everything under /api/v2 has this type, errors too. */
export const document = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/vnd.api+json', ...headers },
  body: JSON.stringify(body),
})

/** An answer that ends the request early: one JSON:API error object, its status as text. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(status: number, title: string, more: { detail?: string; source?: { pointer: string } } = {}) {
    super(title)
    this.answer = document(status, { errors: [{ status: String(status), title, ...more }] })
  }
}

/** What is not there and what is not allowed look the same; there is no 403. */
export const notFound = (): Refusal => new Refusal(404, 'not found')
export const unauthorized = (): Refusal => new Refusal(401, 'unauthorized')
export const invalid = (name: string, detail: string): Refusal =>
  new Refusal(422, 'invalid attribute', { detail, source: { pointer: `/data/attributes/${name}` } })
