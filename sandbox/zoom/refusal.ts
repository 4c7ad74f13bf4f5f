import { randomUUID } from 'node:crypto'
import { type Answer, json } from '#sandbox/http.ts'

/** A failure of the API as Zoom tells it: a code and a message (developers.zoom.us/docs/api/errors). */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly headers: Record<string, string>
  constructor(status: number, code: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const invalidField = (field: string): Refusal => new Refusal(400, 300, `Validation Failed: ${field}.`)

export const noUser = (id: string): Refusal => new Refusal(404, 1001, `User does not exist: ${id}.`)

export const noMeeting = (id: string): Refusal => new Refusal(404, 3001, `Meeting does not exist: ${id}.`)

export const noRecording = (): Refusal => new Refusal(404, 3301, 'There is no recording for this meeting.')

const tracking = () => ({ 'x-zm-trackingid': `v=2.0;clid=us04;rid=WEB_${randomUUID().replaceAll('-', '')}` })

/** An answer of the API, with the id that Zoom's support asks for. */
export const answerOf = (value: object): Answer => json(200, value, tracking())

/** The answer to a refused request. */
export const refused = ({ status, code, message, headers }: Refusal, more: Record<string, string> = {}): Answer =>
  json(status, { code, message }, { ...tracking(), ...more, ...headers })
