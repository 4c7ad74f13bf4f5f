import { createHmac, randomUUID } from 'node:crypto'
import { newDownloadToken } from './files.ts'
import { endOf } from './occurrences.ts'
import { filesOf, type Recorded } from './recording-shapes.ts'
import { accountOf, type Meeting, type Occurrence, personOf, type State, timestamp, zoomApp } from './state.ts'

const TIMEOUT_MS = 3000
const DAY_SECONDS = 86_400

/** How a delivery is signed and when it says it was; `secret` null leaves the signature out. */
type Sending = { body: string; secret: string | null; timestamp: number }
export type Sent = { status: number; response: string }

/** The sandbox's time in whole seconds. */
export const secondsNow = (state: State): number => Math.floor(state.world.clock.now() / 1000)

// developers.zoom.us/docs/api/webhooks, verify webhook events
const signatureOf = (secret: string, at: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`

/** Sends one delivery to the app's endpoint, signed over its bytes; status 0 when nobody answers within 3 seconds. */
export async function deliver(state: State, { body, secret, timestamp: at }: Sending): Promise<Sent> {
  try {
    const answer = await fetch(zoomApp(state.world).endpoint, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Zoom Marketplace/1.0a',
        'x-zm-request-timestamp': String(at),
        'x-zm-trackingid': `v=2.0;clid=us04;rid=WEBHOOK_${randomUUID().replaceAll('-', '')}`,
        ...(secret !== null && { 'x-zm-signature': signatureOf(secret, at, body) }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}

/** What an event says of a meeting: its number is text. */
export function meetingEvent(
  state: State,
  event: string,
  meeting: Meeting,
  occurrence: Occurrence,
  at: number,
): object {
  const host = personOf(state, meeting.host)
  const object = {
    id: String(meeting.id),
    uuid: occurrence.uuid,
    host_id: host?.id,
    topic: meeting.topic,
    type: meeting.type,
    start_time: timestamp(occurrence.startAt),
    duration: occurrence.minutes,
    timezone: host?.timezone,
    ...(event === 'meeting.ended' && { end_time: timestamp(endOf(occurrence)) }),
  }
  return { event, event_ts: at, payload: { account_id: accountOf(state, host?.account ?? '')?.id, object } }
}

/** What an event says of a recording: its meeting's number is a number, and a token for its files comes along. */
export function recordingEvent(state: State, event: string, recorded: Recorded, at: number): object {
  const { meeting, occurrence } = recorded
  const host = personOf(state, meeting.host)
  const isTranscript = event === 'recording.transcript_completed'
  const isThere = event === 'recording.completed' || isTranscript
  const files = filesOf(state, recorded).filter(({ file_type }) => (file_type === 'TRANSCRIPT') === isTranscript)
  const object = {
    id: meeting.id,
    uuid: occurrence.uuid,
    account_id: accountOf(state, host?.account ?? '')?.id,
    host_id: host?.id,
    host_email: host?.email,
    topic: meeting.topic,
    type: meeting.type,
    start_time: timestamp(occurrence.startAt),
    duration: occurrence.minutes,
    timezone: host?.timezone,
    ...(isThere && { recording_count: files.length, recording_files: files }),
  }
  return {
    event,
    event_ts: at,
    payload: { account_id: object.account_id, object },
    ...(isThere && { download_token: newDownloadToken(state, occurrence.uuid, DAY_SECONDS) }),
  }
}

/** That somebody removed the app. */
export function removalEvent(state: State, email: string, at: number): object {
  const person = personOf(state, email)
  const app = zoomApp(state.world)
  const about = {
    account_id: accountOf(state, person?.account ?? '')?.id,
    user_id: person?.id,
    deauthorization_time: new Date(at).toISOString(),
    client_id: app.clientId,
  }
  const signature = createHmac('sha256', app.secretToken).update(JSON.stringify(about)).digest('hex')
  return { event: 'app_deauthorized', event_ts: at, payload: { ...about, signature } }
}

/** Tells the app by itself that it was removed, where that is turned on; an app that is not published never hears of it. */
export function announceRemoval(state: State, email: string): void {
  const { sendsEvents, published } = state.settings
  if (!sendsEvents || !published) return
  const body = JSON.stringify(removalEvent(state, email, state.world.clock.now()))
  void deliver(state, { body, secret: zoomApp(state.world).secretToken, timestamp: secondsNow(state) })
}
