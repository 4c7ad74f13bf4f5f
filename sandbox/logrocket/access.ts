import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { API, type App, appIdOf, appOf, type Feature, type State } from './state.ts'

/** An answer that ends the request early. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A refusal as it is sent: plain text, unless control has it otherwise. */
export const refused = (
  { settings }: State,
  { status, message }: Refusal,
  headers: Record<string, string> = {},
): Answer =>
  settings.errorsAs === 'json'
    ? json(status, { error: message }, headers)
    : { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: message }

/** The project of an address, where the call has a key of it. The scheme of the header is `token`. */
export function keyed(call: Call, state: State, params: Record<string, string>): App {
  const [, value = ''] = /^token (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const key = state.keys.get(value)
  const owner = key && appOf(state, key.app)
  if (!key || owner?.host !== API[call.origin]?.host) throw new Refusal(state.settings.badKey, 'Invalid API key')
  call.note.token = key.value
  call.note.account = key.app
  const app = appOf(state, `${params.org}/${params.app}`)
  if (app?.host !== owner?.host || !app) throw new Refusal(404, 'Not found')
  if (appIdOf(app) !== key.app) throw new Refusal(403, 'This API key does not have access to this project')
  return app
}

/** Refuses what a project's plan does not have. */
export function requireFeature(state: State, app: App, feature: Feature): void {
  if (app.features[feature]) return
  const { missingFeature } = state.settings
  throw new Refusal(missingFeature, missingFeature === 404 ? 'Not found' : 'This feature is not enabled for your plan')
}

/** A whole number of the query; another text is a 400. */
export function numberIn(call: Call, name: string): number | null {
  const text = call.query.get(name)
  if (text === null || text === '') return null
  if (/^\d{1,16}$/.test(text)) return Number(text)
  throw new Refusal(400, `Invalid ${name}`)
}

const USUAL = 10
const LARGEST = 100

/** How many a page has. */
export function limitIn(call: Call): number {
  const limit = numberIn(call, 'limit') ?? USUAL
  if (limit >= 1 && limit <= LARGEST) return limit
  throw new Refusal(400, `limit must be between 1 and ${LARGEST}`)
}

/** A call under /v1 and what answers it. */
export type Endpoint = (call: Call, params: Record<string, string>, state: State) => Answer | Promise<Answer>
