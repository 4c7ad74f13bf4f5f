import { type Answer, json } from '#sandbox/http.ts'

type More = { headers?: Record<string, string>; metadata?: object; error?: object; body?: object }

/** An answer that ends the request early, in OpenRouter's shape (openrouter.ai/docs/api-reference/errors). */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(status: number, message: string, { headers = {}, metadata, error, body }: More = {}) {
    super(message)
    const shown = { code: status, message, ...(metadata && { metadata }), ...error }
    this.answer = json(status, { error: shown, ...body }, headers)
  }
}

export const badRequest = (message = 'Invalid request parameters'): Refusal => new Refusal(400, message)
export const notFound = (): Refusal => new Refusal(404, 'Resource not found')
