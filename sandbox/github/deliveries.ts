import { createHmac, randomUUID } from 'node:crypto'
import { type Hook, type HookDelivery, newId, type Repository, type State } from './state.ts'

const TIMEOUT_MS = 10_000

/** What a delivery's headers and signature are made of; `guid` is new unless one is repeated. */
export type Sending = {
  event: string
  body: string
  guid?: string
  isRedelivery?: boolean
  /** Signs with another secret; null leaves the signature out. */
  secret?: string | null
}

/** The body a hook asked for: JSON, or a form with the JSON in `payload`. */
export const encodedBody = (hook: Hook, payload: unknown): string => {
  const text = JSON.stringify(payload)
  return hook.config.contentType === 'json' ? text : new URLSearchParams({ payload: text }).toString()
}

/** Sends one delivery and keeps it in the hook's list. Only the app is called; any other address fails as unreachable. */
export async function deliver(
  state: State,
  repository: Repository,
  hook: Hook,
  sending: Sending,
): Promise<HookDelivery> {
  const headers = headersOf(repository, hook, sending)
  const started = performance.now()
  const { statusCode, response } = await post(state, hook.config.url, sending.body, headers)
  const delivery = {
    id: newId(state),
    guid: headers['X-GitHub-Delivery'] ?? '',
    at: new Date(state.world.clock.now()).toISOString(),
    event: sending.event,
    isRedelivery: sending.isRedelivery ?? false,
    statusCode,
    durationMs: Math.round(performance.now() - started),
    body: sending.body,
    headers,
    response,
  }
  hook.deliveries.unshift(delivery)
  return delivery
}

// docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
function headersOf(repository: Repository, hook: Hook, { event, body, guid, secret }: Sending): Record<string, string> {
  const key = secret === undefined ? hook.config.secret : secret
  const signature = (algorithm: string) =>
    createHmac(algorithm, key ?? '')
      .update(body)
      .digest('hex')
  return {
    Accept: '*/*',
    'Content-Type': hook.config.contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    'User-Agent': 'GitHub-Hookshot/5a7c0de',
    'X-GitHub-Delivery': guid ?? randomUUID(),
    'X-GitHub-Event': event,
    'X-GitHub-Hook-ID': String(hook.id),
    'X-GitHub-Hook-Installation-Target-ID': String(repository.id),
    'X-GitHub-Hook-Installation-Target-Type': 'repository',
    ...(key !== null && {
      'X-Hub-Signature': `sha1=${signature('sha1')}`,
      'X-Hub-Signature-256': `sha256=${signature('sha256')}`,
    }),
  }
}

async function post(state: State, url: string, body: string, headers: Record<string, string>) {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(state.world.appUrl).origin)
    return { statusCode: 0, response: '' }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { statusCode: answer.status, response: await answer.text() }
  } catch {
    return { statusCode: 0, response: '' }
  }
}
