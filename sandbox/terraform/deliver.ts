import { createHmac } from 'node:crypto'
import type { Delivery, Notification, State } from './state.ts'

/** HMAC-SHA512 of the body in lowercase hex, without a prefix (…/api-docs/notification-configurations#notification-authenticity). */
const signatureOf = (body: string, token: string): string => createHmac('sha512', token).update(body).digest('hex')

const TIMEOUT_MS = 10_000

/** Sends a notification; null is no answer. Without a token it is not signed. */
export async function deliver(state: State, url: string, body: string, token: string | null): Promise<Delivery | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        ...(token !== null && { 'x-tfe-notification-signature': signatureOf(body, token) }),
      },
    })
    return {
      url,
      body: (await answer.text()).slice(0, 1000),
      code: String(answer.status),
      headers: Object.fromEntries([...answer.headers].map(([name, value]) => [name, [value]])),
      'sent-at': new Date(state.world.clock.now()).toISOString().replace(/T(.+)\.\d+Z$/, ' $1 UTC'),
    }
  } catch {
    return null
  }
}

/** The first delivery to an address, about nothing; whether it was answered with a 2xx. */
export async function verify(state: State, notification: Notification): Promise<boolean> {
  const nothing = {
    run_url: null,
    run_id: null,
    run_message: null,
    run_created_at: null,
    run_created_by: null,
    workspace_id: null,
    workspace_name: null,
    organization_name: null,
  }
  const body = JSON.stringify({
    payload_version: 1,
    notification_configuration_id: notification.id,
    ...nothing,
    notifications: [
      {
        message: `Verification of ${notification.name}`,
        trigger: 'verification',
        run_status: null,
        run_updated_at: null,
        run_updated_by: null,
      },
    ],
  })
  const delivery = await deliver(state, notification.url, body, notification.token)
  const isTaken = delivery?.code.startsWith('2') ?? false
  notification.last = delivery && { ...delivery, successful: String(isTaken) }
  return isTaken
}
