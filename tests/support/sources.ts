import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import type { Actor, Person } from '#lib/tenancy/actor.ts'
import { connect } from './organization.ts'
import { sentryClient } from './sandbox-sentry.ts'

/** Where each source is connected by a consent page, and as whom. */
const consents = {
  github: { slot: 'user', account: 'dana-k' },
  jira: { slot: 'user', account: 'dana@acme.example' },
  confluence: { slot: 'user', account: 'dana@acme.example' },
  'google-docs': { slot: 'user', account: 'dana@acme.example' },
  notion: { slot: 'organization', account: 'dana@acme' },
  slack: { slot: 'organization', account: 'dana@acme-corp' },
  openrouter: { slot: 'organization', account: 'acme' },
} as const // as const: names of slots
export type SourceId = keyof typeof consents | 'sentry'

async function pasteToken(actor: Actor): Promise<ConnectionView> {
  const token = await sentryClient(`http://127.0.0.1:${process.env.SANDBOX_PORT}`).tokenFor({ organization: 'acme' })
  const fields = { organization: 'acme', token }
  const prepared = await prepareNew(actor, { provider: 'sentry', slot: 'organization', method: 'api_key', fields })
  return (await connectWithSecret(actor, prepared)).connection
}

/** Connects one source as somebody of an organization; returns its connection. */
export async function connectSource(
  { person, actor }: { person: Person; actor: Actor },
  id: SourceId,
): Promise<ConnectionView> {
  if (id === 'sentry') return pasteToken(actor)
  const { connection, attempt } = await connect({ person, actor }, { provider: id, ...consents[id] })
  if (!connection) throw new Error(`${id} was not connected: ${attempt.problem?.detail}`)
  return connection
}
