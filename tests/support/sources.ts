import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import { RepositoryId } from '#lib/providers/bitbucket/ids.ts'
import { listContainers } from '#lib/resources/list-containers.ts'
import { shareResource, shareResources } from '#lib/resources/share-resource.ts'
import type { Actor, Person } from '#lib/tenancy/actor.ts'
import { connect } from './organization.ts'
import { bitbucketClient } from './sandbox-bitbucket.ts'
import { logrocketClient } from './sandbox-logrocket.ts'
import { sentryClient } from './sandbox-sentry.ts'
import { standing as terraformToken } from './sandbox-terraform.ts'

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
  zoom: { slot: 'organization', account: 'dana@acme.example' },
} as const // as const: names of slots

const sandbox = () => `http://127.0.0.1:${process.env.SANDBOX_PORT}`

/** What is pasted for each source that takes a secret. */
const pasted = {
  sentry: async () => {
    const token = await sentryClient(sandbox()).tokenFor({ organization: 'acme' })
    return { method: 'api_key', fields: { organization: 'acme', token } }
  },
  logrocket: async () => ({
    method: 'api_key',
    fields: { app: 'acme/web', key: await logrocketClient(sandbox()).keyFor('acme/web') },
  }),
  terraform: async () => ({ method: 'api_key', fields: { organization: 'acme', token: terraformToken('plugbrd') } }),
  bitbucket: async () => ({
    method: 'api_token',
    fields: { workspace: 'acme', ...(await bitbucketClient(sandbox()).tokenFor()) },
  }),
}
export type SourceId = keyof typeof consents | keyof typeof pasted
/** All of them. */
export const sourceIds: readonly SourceId[] = [...Object.keys(consents), ...Object.keys(pasted)] as SourceId[] // their own keys
const isPasted = (id: SourceId): id is keyof typeof pasted => id in pasted

/** A repository of Bitbucket's that is private, as companies' are: on boards only once it is turned on. */
const labelPrinter = { kind: 'repository', resource: RepositoryId.write('acme', 'label-printer') }

async function paste(actor: Actor, provider: keyof typeof pasted): Promise<ConnectionView> {
  const prepared = await prepareNew(actor, { provider, slot: 'organization', ...(await pasted[provider]()) })
  return (await connectWithSecret(actor, prepared)).connection
}

/** Connects one source as somebody of an organization; returns its connection. */
export async function connectSource(
  { person, actor }: { person: Person; actor: Actor },
  id: SourceId,
): Promise<ConnectionView> {
  if (isPasted(id)) {
    const connection = await paste(actor, id)
    if (id === 'bitbucket') await shareResource(actor, connection.id, labelPrinter, true)
    return connection
  }
  const { connection, attempt } = await connect({ person, actor }, { provider: id, ...consents[id] })
  if (!connection) throw new Error(`${id} was not connected: ${attempt.problem?.detail}`)
  return connection
}

/** Lets meetings that are called so stand on boards, as an admin would: none is found before. */
export async function allowMeetings(actor: Actor, connection: string, called = ''): Promise<void> {
  const { items } = await listContainers(actor, connection, { kind: 'meeting', switches: '1' })
  const ids = items.filter(({ title }) => title.includes(called)).map(({ id }) => id)
  await shareResources(actor, connection, { kind: 'meeting', ids, onBoards: true })
}
