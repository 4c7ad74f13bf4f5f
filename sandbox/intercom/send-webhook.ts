import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { versionNamed } from './access.ts'
import { articleShape } from './article-shapes.ts'
import { contactShape } from './contact-shape.ts'
import { knownWorkspace } from './control.ts'
import { parsed } from './control-input.ts'
import { knownArticle, knownContact, knownConversation } from './control-thing.ts'
import { deliver, type Sent } from './deliver.ts'
import { wholeConversation } from './shapes.ts'
import { intercomApp, type State, secondsNow, type Workspace } from './state.ts'

const HOUR = 3600

/**
 * What to send to the app's notification URL. `topic` may also be uninstall (the notice to the other URL, never signed)
 * or check (the HEAD request by which the Developer Hub looks whether an address answers). forged: signed with another
 * secret · unsigned: no signature · repeated: the attempt a minute later · replayed: the same bytes again · late: about
 * something an hour ago.
 */
const Webhook = z.strictObject({
  topic: z.string().default('conversation.user.created'),
  workspace: z.string().default('acme'),
  /** What it is about: the id of a conversation, contact or article (a contact's e-mail address too). */
  about: z.string().optional(),
  /** The contact that was merged away, for contact.merged. */
  mergedFrom: z.string().optional(),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  secret: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).default({}),
  /** The whole body in place of a notification's. */
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
})
type Wanted = z.infer<typeof Webhook>

/** POST /__sandbox/webhooks/intercom; answers what the app said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  const app = intercomApp(state.world)
  const workspace = knownWorkspace(state, wanted.workspace)
  if (wanted.topic === 'check')
    return { deliveries: [await deliver({ url: app.notificationUrl, body: null, secret: null })] }
  if (wanted.topic === 'uninstall') {
    const body = JSON.stringify({ app_id: workspace.code })
    return { deliveries: [await deliver({ url: app.uninstallUrl, body, secret: null })] }
  }
  const key = wanted.secret ?? app.clientSecret
  const secret = wanted.mode === 'forged' ? `not ${key}` : wanted.mode === 'unsigned' ? null : key
  const send = (body: string): Promise<Sent> => deliver({ url: app.notificationUrl, body, secret })
  const body = bodyOf(state, workspace, wanted)
  const deliveries = [await send(body)]
  if (wanted.mode === 'replayed') deliveries.push(await send(body))
  if (wanted.mode === 'repeated')
    deliveries.push(await send(body.replace('"delivery_attempts":1', '"delivery_attempts":2')))
  return { deliveries }
}

function bodyOf(state: State, workspace: Workspace, wanted: Wanted): string {
  if (typeof wanted.payload === 'string') return wanted.payload
  return JSON.stringify(wanted.payload ?? { ...envelope(state, workspace, wanted), ...wanted.fields })
}

// developers.intercom.com/docs/references/webhooks/webhook-models
function envelope(state: State, workspace: Workspace, wanted: Wanted): object {
  const at = secondsNow(state) - (wanted.mode === 'late' ? HOUR : 0)
  return {
    type: 'notification_event',
    app_id: workspace.code,
    data: { type: 'notification_event_data', item: itemOf(state, workspace, wanted) },
    links: {},
    id: `notif_${randomUUID()}`,
    topic: wanted.topic,
    delivery_status: 'pending',
    delivery_attempts: 1,
    delivered_at: 0,
    first_sent_at: at,
    created_at: at,
    self: null,
  }
}

/** What a notification is about; of what was deleted only the ids. */
function itemOf(state: State, workspace: Workspace, { topic, about, mergedFrom }: Wanted): object {
  if (topic === 'ping') return { type: 'ping', message: 'something something interzen' }
  const [kind = ''] = topic.split('.')
  const isDeleted = topic.endsWith('.deleted')
  if (kind === 'conversation') {
    const id = about ?? workspace.conversations[0]?.id ?? ''
    if (isDeleted) return { type: 'conversation', id }
    const version = versionNamed(state.settings.defaultVersion)
    return wholeConversation(workspace, knownConversation(workspace, id), version, false)
  }
  if (kind === 'contact') {
    const id = about ?? workspace.contacts[0]?.id ?? ''
    if (isDeleted) return { type: 'contact', id, external_id: null }
    const shape = contactShape(state, workspace, knownContact(workspace, id))
    if (topic !== 'contact.merged') return shape
    return { ...shape, merged_from: { type: 'contact', id: mergedFrom ?? '' } }
  }
  if (kind === 'article') {
    const id = about ?? workspace.articles[0]?.id ?? ''
    if (isDeleted) return { type: 'article', id }
    return articleShape(state, workspace, knownArticle(workspace, id))
  }
  throw new Refused(`no topic ${topic}`)
}
