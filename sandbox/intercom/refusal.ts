import { randomUUID } from 'node:crypto'
import { type Answer, json } from '#sandbox/http.ts'

/** A failure as Intercom tells it (developers.intercom.com/docs/references/rest-api/errors/error-codes). */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const unauthorized = (message = 'Access Token Invalid'): Refusal => new Refusal(401, 'unauthorized', message)
export const notFound = (): Refusal => new Refusal(404, 'not_found', 'Resource Not Found')
export const badParameter = (message: string): Refusal => new Refusal(400, 'parameter_invalid', message)

/** The answer to a refused request. */
export function refused({ status, code, message, headers }: Refusal, more: Record<string, string> = {}): Answer {
  const id = randomUUID()
  const body = { type: 'error.list', request_id: id, errors: [{ code, message }] }
  return json(status, body, { 'x-request-id': id, ...more, ...headers })
}
