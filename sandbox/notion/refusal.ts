import { randomUUID } from 'node:crypto'
import { type Answer, json } from '#sandbox/http.ts'

type Code =
  | 'invalid_json'
  | 'invalid_request_url'
  | 'invalid_request'
  | 'validation_error'
  | 'missing_version'
  | 'unauthorized'
  | 'restricted_resource'
  | 'object_not_found'
  | 'rate_limited'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'

/** A failure as Notion tells it (developers.notion.com/reference/status-codes). */
export class Refusal extends Error {
  readonly status: number
  readonly code: Code
  readonly more: Record<string, unknown>
  readonly headers: Record<string, string>
  constructor(
    status: number,
    code: Code,
    message: string,
    more: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
    this.headers = headers
  }
}

export const invalid = (message: string, more: Record<string, unknown> = {}): Refusal =>
  new Refusal(400, 'validation_error', message, more)

/** An answer with Notion's request id, in its body and its header. */
export function answerOf(value: object): Answer {
  const id = randomUUID()
  return json(200, { ...value, request_id: id }, { 'x-notion-request-id': id })
}

/** The answer to a refused request; `name` is what the field with the code is called. */
export function refused(problem: Refusal, name: 'code' | 'error' | 'both' = 'code'): Answer {
  const id = randomUUID()
  const code = {
    ...(name !== 'error' && { code: problem.code }),
    ...(name !== 'code' && { error: problem.code }),
  }
  const { status, message } = problem
  const body = { object: 'error', status, ...code, message, ...problem.more, request_id: id }
  return json(status, body, { 'x-notion-request-id': id, ...problem.headers })
}
