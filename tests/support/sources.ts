import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import type { Actor, Person } from '#lib/tenancy/actor.ts'
import { connect } from './organization.ts'
import { logrocketClient } from './sandbox-logrocket.ts'
import { sentryClient } from './sandbox-sentry.ts'

/** Where each source is connected by a consent page, and as whom. */
const consents = {
  github: { slot: 'user', account: 'dana-k' },
  jira: { slot: 'user', account: 'dana@acme.example' },
  confluence: { slot: 'user', account: 'dana@acme.example' },
  'google-docs': { slot: 'user', account: 'dana@acme.example' },
  notion: { slot: 'organization', account: 'dana@acme' },
  slack: { slot: 'organization', account: 'dana@acme-corp' },
  intercom: { slot: 'organization', account: 'dana@acme' },
  openrouter: { slot: 'organization', account: 'acme' },
} as const // as const: names of slots

const sandboxUrl = (): string => `http://127.0.0.1:${process.env.SANDBOX_PORT}`

/** What is pasted for each source that is connected with a key. */
const pasted = {
  sentry: async () => ({
    organization: 'acme',
    token: await sentryClient(sandboxUrl()).tokenFor({ organization: 'acme' }),
  }),
  logrocket: async () => ({ app: 'acme/web', key: await logrocketClient(sandboxUrl()).keyFor('acme/web') }),
}
type PastedId = keyof typeof pasted
const isPasted = (id: SourceId): id is PastedId => id in pasted

export type SourceId = keyof typeof consents | PastedId

async function pasteToken(actor: Actor, id: PastedId): Promise<ConnectionView> {
  const fields = await pasted[id]()
  const prepared = await prepareNew(actor, { provider: id, slot: 'organization', method: 'api_key', fields })
  return (await connectWithSecret(actor, prepared)).connection
}

/** Connects one source as somebody of an organization; returns its connection. */
export async function connectSource(
  { person, actor }: { person: Person; actor: Actor },
  id: SourceId,
): Promise<ConnectionView> {
  if (isPasted(id)) return pasteToken(actor, id)
  const { connection, attempt } = await connect({ person, actor }, { provider: id, ...consents[id] })
  if (!connection) throw new Error(`${id} was not connected: ${attempt.problem?.detail}`)
  return connection
}
