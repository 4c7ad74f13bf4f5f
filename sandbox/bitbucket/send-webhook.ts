import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { payloadOf } from './payloads.ts'
import { type Hook, named, newUuid, type Repository, repositoryNamed, type State } from './state.ts'

/**
 * What to send. It goes to every hook of the repository and its workspace that listens; with `subscription` (and the
 * `secret` it was told) to that address, hook or not.
 * forged: signed with another secret · unsigned: no signature · repeated: twice the same · replayed: the same bytes
 * under a new request id · late: stamped an hour ago.
 */
const Webhook = z.strictObject({
  repository: z.string(),
  event: z.string().default('repo:push'),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  subscription: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  secret: z.string().optional(),
  branch: z.string().optional(),
  change: z.enum(['updated', 'created', 'closed']).default('updated'),
  isTruncated: z.boolean().default(false),
  number: z.number().int().optional(),
  actor: z.string().default('sam@acme.example'),
  payload: z.record(z.string(), z.unknown()).optional(),
})
type Wanted = z.infer<typeof Webhook>
type Sending = { event: string; body: string; at: number; key: string | null; requestId: string }
type Sent = { requestId: string; attempts: number; status: number; response: string }

const TIMEOUT_MS = 10_000
const ATTEMPTS = 3
const LARGEST_BYTES = 256 * 1024

/** POST /__sandbox/webhooks/bitbucket; answers what the app said to each delivery. What is too large is not sent, and nobody is told. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  const [workspace = '', slug = ''] = wanted.repository.split('/')
  const repository = repositoryNamed(state, workspace, slug)
  if (!repository) throw new Refused(`no repository ${wanted.repository}`)
  const body = JSON.stringify(wanted.payload ?? (await payloadOf(state, repository, wanted)))
  const hooks = hooksFor(state, repository, wanted)
  if (Buffer.byteLength(body) > LARGEST_BYTES) return { deliveries: [] }
  const deliveries: Sent[] = []
  for (const hook of hooks) deliveries.push(...(await sendTo(state, hook, wanted, body)))
  return { deliveries }
}

function hooksFor(state: State, repository: Repository, { subscription, secret, event }: Wanted): Hook[] {
  const all = [...repository.hooks, ...(named(state.workspaces, repository.workspace)?.hooks ?? [])]
  if (subscription === undefined) {
    const listening = all.filter(({ isActive, events }) => isActive && events.includes(event))
    if (listening.length > 0) return listening
    throw new Refused(`no hook of ${repository.workspace}/${repository.slug} listens to ${event}; name a subscription`)
  }
  const url = `${state.world.appUrl}/api/webhooks/bitbucket/${subscription}`
  const known = all.find((one) => one.url === url)
  if (known) return [{ ...known, secret: secret ?? known.secret }]
  const about = { uuid: newUuid(), description: '', isActive: true, events: [event], createdAt: '' }
  return [{ ...about, url, secret: secret ?? null }]
}

async function sendTo(state: State, hook: Hook, { event, mode }: Wanted, body: string): Promise<Sent[]> {
  const at = state.world.clock.now() - (mode === 'late' ? 3_600_000 : 0)
  const key = mode === 'unsigned' ? null : mode === 'forged' ? `not ${hook.secret}` : hook.secret
  const sending: Sending = { event, body, at, key, requestId: randomUUID() }
  const first = await deliver(state, hook, sending)
  if (mode !== 'repeated' && mode !== 'replayed') return [first]
  const requestId = mode === 'repeated' ? first.requestId : randomUUID()
  return [first, await deliver(state, hook, { ...sending, requestId })]
}

/** One delivery: tried again after a 5xx alone, with the same request id. */
async function deliver(state: State, hook: Hook, sending: Sending): Promise<Sent> {
  const { requestId } = sending
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(state, hook.url, sending.body, headersOf(hook, sending, attempt))
    if (answer.status < 500 || attempt === ATTEMPTS) return { requestId, attempts: attempt, ...answer }
  }
}

function headersOf(hook: Hook, { event, body, at, key, requestId }: Sending, attempt: number): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Bitbucket-Webhooks/2.0',
    'X-Event-Key': event,
    'X-Hook-UUID': hook.uuid.slice(1, -1),
    'X-Request-UUID': requestId,
    'X-Attempt-Number': String(attempt),
    'X-Event-Time': new Date(at).toUTCString(),
    ...(key !== null && { 'X-Hub-Signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}` }),
  }
}

// Only the app is called; any other address fails as unreachable, which is not tried again.
async function post(state: State, url: string, body: string, headers: Record<string, string>) {
  if (new URL(url).origin !== new URL(state.world.appUrl).origin) return { status: 0, response: '' }
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}
