import { createHmac } from 'node:crypto'

const TIMEOUT_MS = 5000

/** `secret` null leaves the signature out; without a body it is the check of an address, a HEAD request. */
type Sending = { url: string; body: string | null; secret: string | null }
export type Sent = { status: number; response: string }

// developers.intercom.com/docs/webhooks/webhook-notifications: HMAC-SHA1 of the bytes, with the app's client secret.
const signatureOf = (secret: string, body: string): string =>
  `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`

/** Sends one delivery; status 0 when nobody answers within 5 seconds. */
export async function deliver({ url, body, secret }: Sending): Promise<Sent> {
  try {
    const answer = await fetch(url, {
      method: body === null ? 'HEAD' : 'POST',
      body,
      headers: {
        'user-agent': 'intercom-parrot-service-client/1.0',
        ...(body !== null && { 'content-type': 'application/json' }),
        ...(body !== null && secret !== null && { 'x-hub-signature': signatureOf(secret, body) }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}
