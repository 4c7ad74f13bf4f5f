import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { deliver, encodedBody, type Sending } from './deliveries.ts'
import { payloadOf } from './events.ts'
import { type Hook, newId, type Repository, repositoryOf, type State } from './state.ts'

/**
 * What to send. It goes to the repository's hook; with `subscription` (and the `secret` it was told) to that address, hook or not.
 * forged: signed with another secret · unsigned: no signature · repeated: twice the same · replayed: the same bytes
 * under a new delivery id · late: about something an hour ago.
 */
const Webhook = z.strictObject({
  repository: z.string(),
  event: z.string().default('push'),
  action: z.string().optional(),
  number: z.number().int().optional(),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  subscription: z.string().optional(),
  secret: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
})

/** POST /__sandbox/webhooks/github; answers what the app said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const { repository: name, mode, subscription, secret, payload, event, action, number } = parsed(Webhook, input)
  const [owner = '', repo = ''] = name.split('/')
  const repository = repositoryOf(state, owner, repo)
  if (!repository) throw new Refused(`no repository ${name}`)
  const hook = subscription === undefined ? repository.hooks[0] : hookFor(state, repository, subscription, secret)
  if (!hook) throw new Refused(`${name} has no hook; name a subscription and its secret`)
  const about = {
    event,
    ageSeconds: mode === 'late' ? 3600 : 0,
    ...(action !== undefined && { action }),
    ...(number !== undefined && { number }),
  }
  const body = encodedBody(hook, payload ?? (await payloadOf(state, repository, hook, about)))
  const first: Sending = { event, body }
  if (mode === 'forged') first.secret = `not ${hook.config.secret}`
  if (mode === 'unsigned') first.secret = null
  const sent = await deliver(state, repository, hook, first)
  const again: Sending | null =
    mode === 'repeated' ? { event, body, guid: sent.guid } : mode === 'replayed' ? { event, body } : null
  const deliveries = again ? [sent, await deliver(state, repository, hook, again)] : [sent]
  return { deliveries: deliveries.map(({ guid, statusCode, response }) => ({ guid, status: statusCode, response })) }
}

function hookFor(state: State, repository: Repository, subscription: string, secret: string | undefined): Hook {
  const url = `${state.world.appUrl}/api/webhooks/github/${subscription}`
  const known = repository.hooks.find((one) => one.config.url === url)
  const config = { url, contentType: 'json', secret: secret ?? known?.config.secret ?? null, insecureSsl: '0' }
  if (known) return { ...known, config }
  return { id: newId(state), active: true, events: ['*'], config, createdAt: '', updatedAt: '', deliveries: [] }
}
