import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { deliver, meetingEvent, recordingEvent, removalEvent, type Sent, secondsNow } from './events.ts'
import { knownOccurrence, knownPerson } from './known.ts'
import { type State, zoomApp } from './state.ts'

const VALIDATION = 'endpoint.url_validation'
const VALID_MS = 72 * 3_600_000

/**
 * What to send to the app's endpoint: an event about a `meeting` (its topic, number or the uuid of an occurrence), that
 * `account` removed the app, or the validation. forged: signed with another secret · unsigned: no signature · repeated:
 * the same twice, as Zoom tries again · replayed: signed ten minutes ago · late: about an hour ago.
 */
const Webhook = z.strictObject({
  event: z.string().default('recording.completed'),
  meeting: z.string().default('Incident review: retry storm'),
  account: z.string().default('dana@acme.example'),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  secret: z.string().optional(),
  plainToken: z.string().optional(),
  /** The second it says it was sent, in place of the clock's. */
  timestamp: z.number().int().optional(),
  /** The whole body in place of an event's. */
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
})
type Wanted = z.infer<typeof Webhook>
type Outcome = { deliveries: Sent[]; validation?: 'passed' | 'failed' }

/**
 * POST /__sandbox/webhooks/zoom; answers what the app said to each delivery. An endpoint that was last validated 72
 * hours ago is validated first; one that fails gets no event.
 */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  if (wanted.event === VALIDATION) return validate(state, wanted)
  const body = bodyOf(state, wanted)
  const isDue = state.world.clock.now() - state.validatedAt >= VALID_MS
  const before = isDue ? await validate(state, { ...wanted, mode: 'signed', timestamp: undefined }) : { deliveries: [] }
  if (before.validation === 'failed') return before
  return { ...before, deliveries: [...before.deliveries, ...(await send(state, wanted, body))] }
}

async function send(state: State, { mode, timestamp, ...wanted }: Wanted, body: string): Promise<Sent[]> {
  const key = wanted.secret ?? zoomApp(state.world).secretToken
  const secret = mode === 'forged' ? `not ${key}` : mode === 'unsigned' ? null : key
  const now = timestamp ?? secondsNow(state)
  const at = mode === 'replayed' ? now - 600 : now
  const first = await deliver(state, { body, secret, timestamp: at })
  return mode === 'repeated' ? [first, await deliver(state, { body, secret, timestamp: at })] : [first]
}

/** Asks the endpoint to prove that it knows the secret token (developers.zoom.us/docs/api/webhooks, validate your endpoint). */
async function validate(state: State, wanted: Wanted): Promise<Outcome> {
  const plainToken = wanted.plainToken ?? randomBytes(16).toString('base64url')
  const said = { event: VALIDATION, payload: { plainToken }, event_ts: state.world.clock.now() }
  const body = typeof wanted.payload === 'string' ? wanted.payload : JSON.stringify(said)
  const deliveries = await send(state, wanted, body)
  const key = wanted.secret ?? zoomApp(state.world).secretToken
  const encryptedToken = createHmac('sha256', key).update(plainToken).digest('hex')
  const isRight = deliveries.every((one) => one.status === 200 && proves(one.response, { plainToken, encryptedToken }))
  if (isRight) state.validatedAt = state.world.clock.now()
  return { deliveries, validation: isRight ? 'passed' : 'failed' }
}

function proves(response: string, expected: { plainToken: string; encryptedToken: string }): boolean {
  const outcome = z.object({ plainToken: z.string(), encryptedToken: z.string() }).safeParse(jsonOf(response))
  if (!outcome.success) return false
  const { plainToken, encryptedToken } = outcome.data
  return plainToken === expected.plainToken && encryptedToken === expected.encryptedToken
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function bodyOf(state: State, wanted: Wanted): string {
  const said = wanted.payload ?? eventOf(state, wanted)
  return typeof said === 'string' ? said : JSON.stringify(said)
}

function eventOf(state: State, { event, account, meeting: name, mode }: Wanted): object {
  const at = state.world.clock.now() - (mode === 'late' ? 3_600_000 : 0)
  if (event === 'app_deauthorized') {
    if (!state.settings.published) throw new Refused('an app that is not published is not told that it was removed')
    return removalEvent(state, knownPerson(state, account).email, at)
  }
  const { meeting, occurrence } = knownOccurrence(state, name)
  if (event.startsWith('meeting.')) return meetingEvent(state, event, meeting, occurrence, at)
  const { recording } = occurrence
  if (!event.startsWith('recording.')) throw new Refused(`no event ${event}`)
  if (!recording) throw new Refused(`${name} was not recorded`)
  return recordingEvent(state, event, { meeting, occurrence, recording }, at)
}
