import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { decidersOf } from './decide-request.ts'
import { availabilityOf } from './find-methods.ts'
import { needProvider } from './need-provider.ts'
import { mayConnect, whoMayConnect } from './policy.ts'
import { describeRequest, readRequest } from './read-requests.ts'
import type { NewRequest, RequestView } from './request-schema.ts'
import { lockSlot } from './settle.ts'

/** Throws unless this is something to ask for: built, set up, on, not connected, and not the person's own to connect. */
async function allowRequest(db: Db, actor: Actor, provider: Provider): Promise<void> {
  const { id, name } = provider
  const connector = await db.connector.findFirst({ where: { provider: id } })
  if (connector && !connector.enabled)
    throw new Problem('forbidden', `${name} is turned off for this organization. An admin can enable it.`)
  if (mayConnect(actor, 'organization', whoMayConnect(actor.organization, connector)))
    throw new Problem('conflict', `You can connect ${name} yourself, without asking.`)
  if (!may(actor, 'connection.request'))
    throw new Problem('forbidden', 'Your role cannot ask for a connection. Speak to an owner or an admin.')
  const standing = await db.connection.findFirst({
    where: { provider: id, slot: 'organization', status: { notIn: ['disconnected'] } },
  })
  if (standing)
    throw new Problem(
      'conflict',
      `${name} is already connected for everyone. An admin can mend it if it does not work.`,
    )
}

/** One mail to each who may decide; each is a job of its own, so that trying again mails nobody twice. */
async function tellDeciders(db: Db, actor: Actor, requestId: string): Promise<void> {
  const { organizationId } = actor
  for (const { userId } of await db.membership.findMany({ where: decidersOf, orderBy: { userId: 'asc' } }))
    await enqueue(db, 'connections.tell-request', { organizationId, requestId, userId }, { startAfterSeconds: 1 })
}

async function ask(db: Db, actor: Actor, provider: Provider, reason: string | null): Promise<string> {
  const userId = actor.userId ?? ''
  const open = await db.connectionRequest.findFirst({ where: { provider: provider.id, userId, status: 'open' } })
  if (open) return open.id
  const { organizationId } = actor
  const { id } = await db.connectionRequest.create({
    data: { organizationId, provider: provider.id, userId, reason, createdAt: now() },
  })
  await tellDeciders(db, actor, id)
  await record(db, actor, 'request.created', { kind: 'request', id, name: provider.name }, { provider: provider.id })
  return id
}

/**
 * Asks the owners and admins to connect a provider for everyone. Who asks again gets the request that is open. Throws
 * `not-available`, `forbidden`, and `conflict` where nobody has to be asked.
 */
export async function requestConnection(actor: Actor, { provider: id, reason }: NewRequest): Promise<RequestView> {
  const provider = needProvider(id)
  if (availabilityOf(provider, 'organization') !== 'available')
    throw new Problem('not-available', `${provider.name} is not set up on this server.`)
  if (!provider.slots.includes('organization'))
    throw fieldProblem('provider', `Everybody connects ${provider.name} for themselves.`)
  return withOrg(actor, async (db) => {
    await lockSlot(db, actor, id, 'organization') // neither twice, nor while it is being connected
    await allowRequest(db, actor, provider)
    const row = await readRequest(db, actor, await ask(db, actor, provider, reason ?? null))
    if (!row) throw new Problem('not-found')
    return describeRequest(row)
  })
}
