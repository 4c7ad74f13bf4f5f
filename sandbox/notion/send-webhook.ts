import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { knownWorkspace } from './control.ts'
import { parsed } from './control-input.ts'
import { knownThing } from './control-thing.ts'
import { notionApp, type State, type Thing, uuidOf, type Workspace } from './state.ts'
import { isShared, parentOf } from './tree.ts'

const TIMEOUT_MS = 3000
const STANDING_TOKEN = 'secret_sandboxnotionverification'

/**
 * What to send to the app's webhook address. `verification` is the handshake, which gives a new signing key.
 * forged: signed with another key · unsigned: no signature · repeated: a second attempt of the same event ·
 * replayed: the same bytes again · late: about something an hour ago.
 */
const Webhook = z.strictObject({
  event: z.string().default('page.content_updated'),
  workspace: z.string().default('acme'),
  /** What it is about, by title or id. */
  page: z.string().default('Engineering handbook'),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  attempt: z.number().int().min(1).max(8).default(1),
  secret: z.string().optional(),
  /** The last part of the address. */
  subscription: z.string().default('app'),
  fields: z.record(z.string(), z.unknown()).default({}),
  /** The whole body in place of an event's. */
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
})
type Wanted = z.infer<typeof Webhook>
type Sent = { status: number; response: string }

/** POST /__sandbox/webhooks/notion; answers what the app said to each delivery, and the key of a handshake. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  if (wanted.event === 'verification') state.verificationToken = `secret_sandbox${randomUUID().replaceAll('-', '')}`
  const key = wanted.secret ?? state.verificationToken ?? STANDING_TOKEN
  const secret = wanted.mode === 'forged' ? `not ${key}` : wanted.mode === 'unsigned' ? null : key
  const body = bodyOf(state, wanted, key)
  const deliveries = [await deliver(state, wanted.subscription, body, secret)]
  if (wanted.mode === 'replayed') deliveries.push(await deliver(state, wanted.subscription, body, secret))
  if (wanted.mode === 'repeated') {
    const again = body.replace(/"attempt_number":\d+/, `"attempt_number":${wanted.attempt + 1}`)
    deliveries.push(await deliver(state, wanted.subscription, again, secret))
  }
  return { deliveries, ...(wanted.event === 'verification' && { verificationToken: key }) }
}

function bodyOf(state: State, wanted: Wanted, key: string): string {
  if (typeof wanted.payload === 'string') return wanted.payload
  if (wanted.payload) return JSON.stringify(wanted.payload)
  if (wanted.event === 'verification') return JSON.stringify({ verification_token: key })
  const workspace = knownWorkspace(state, wanted.workspace)
  const thing = knownThing(state, workspace, wanted.page)
  return JSON.stringify({ ...envelope(state, workspace, thing, wanted), ...wanted.fields })
}

// developers.notion.com/reference/webhooks-events-delivery
function envelope(state: State, workspace: Workspace, thing: Thing, { event, mode, attempt }: Wanted) {
  const at = state.world.clock.now() - (mode === 'late' ? 3_600_000 : 0)
  return {
    id: randomUUID(),
    timestamp: new Date(at).toISOString(),
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    subscription_id: uuidOf('webhook subscription'),
    integration_id: notionApp(state.world).id,
    type: event,
    authors: [{ id: thing.editedBy, type: 'person' }],
    accessible_by: accessibleBy(state, thing),
    attempt_number: attempt,
    api_version: '2026-03-11',
    entity: { id: thing.id, type: thing.object },
    data: {
      parent: parentOfEvent(state, thing),
      ...(event.endsWith('.content_updated') && { updated_blocks: blocksOf(thing) }),
      ...(event === 'page.properties_updated' && { updated_properties: ['title'] }),
    },
  }
}

/** The connections that see a thing, and whose they are: one app may be there twice. */
const accessibleBy = (state: State, thing: Thing) =>
  [...state.grants.values()]
    .filter((grant) => grant.isActive && isShared(state, grant, thing))
    .flatMap(({ botId, person }) => [
      { id: person, type: 'person' },
      { id: botId, type: 'bot' },
    ])

function parentOfEvent(state: State, thing: Thing): object {
  const parent = parentOf(state, thing)
  if (!parent) return { id: thing.workspace, type: 'space' }
  if (parent.object !== 'data_source') return { id: parent.id, type: parent.object }
  return { id: parent.parent, type: 'database', data_source_id: parent.id }
}

const blocksOf = (thing: Thing): object[] =>
  thing.object === 'page' ? thing.blocks.slice(0, 1).map(({ id }) => ({ id, type: 'block' })) : []

/** Sends one delivery, signed over its bytes; status 0 when nobody answers within 3 seconds. */
async function deliver(state: State, subscription: string, body: string, secret: string | null): Promise<Sent> {
  const signature = secret === null ? null : createHmac('sha256', secret).update(body).digest('hex')
  try {
    const answer = await fetch(`${state.world.appUrl}/api/webhooks/notion/${subscription}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Notion-Webhooks/1.0',
        ...(signature !== null && { 'x-notion-signature': `sha256=${signature}` }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: answer.status, response: await answer.text() }
  } catch {
    return { status: 0, response: '' }
  }
}
