import { createHmac, randomBytes } from 'node:crypto'
import { type Installation, newId, type State, slackApp, workspaceOf } from './state.ts'

const TIMEOUT_MS = 3000

/** An inner event: its type and the fields of that type. */
export type Happening = { type: string; [field: string]: unknown }
/** How a delivery is signed and when it says it was; `secret` null leaves the signature out. */
export type Sending = { body: string; secret?: string | null; timestamp?: number; headers?: Record<string, string> }
export type Sent = { status: number; response: string }

/** The sandbox's time in whole seconds. */
export const secondsNow = (state: State): number => Math.floor(state.world.clock.now() / 1000)

/** The envelope of an event (docs.slack.dev/apis/events-api). */
export function envelope(state: State, installation: Installation, event: Happening, ageSeconds = 0) {
  const app = slackApp(state.world)
  const at = secondsNow(state) - ageSeconds
  const workspace = workspaceOf(state, installation.teamId)
  return {
    token: app.verificationToken,
    team_id: workspace?.id ?? installation.teamId,
    api_app_id: app.id,
    event: { ...event, event_ts: event.event_ts ?? `${at}.000100` },
    type: 'event_callback',
    event_id: newId(state, 'Ev'),
    event_time: at,
    authorizations: [
      {
        enterprise_id: null,
        team_id: installation.teamId,
        user_id: installation.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `EC${randomBytes(8).toString('hex').toUpperCase()}`,
  }
}

// docs.slack.dev/authentication/verifying-requests-from-slack
function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

/** Sends one delivery to the app's request URL; status 0 when nobody answers within 3 seconds. */
export async function deliver(state: State, { body, secret, headers = {}, ...sending }: Sending): Promise<Sent> {
  const app = slackApp(state.world)
  const timestamp = String(sending.timestamp ?? secondsNow(state))
  const key = secret === undefined ? app.signingSecret : secret
  try {
    const answer = await fetch(app.requestUrl, {
      method: 'POST',
      body,
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        ...(key !== null && { 'x-slack-signature': signatureOf(key, timestamp, body) }),
        ...headers,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}

/** Tells the app what happened in a workspace, one delivery for each event. */
export async function announce(state: State, installation: Installation, happenings: Happening[]): Promise<void> {
  for (const event of happenings) await deliver(state, { body: JSON.stringify(envelope(state, installation, event)) })
}
