import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential } from '#lib/vault/forget.ts'
import { type Held, hold, Unreadable } from '#lib/vault/hold.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { isStillValid, refreshUnderLease } from '#lib/vault/refresh.ts'
import { countSharers, endGrant } from './end-grant.ts'
import { explainRevocation } from './explain.ts'
import { findVisible } from './find-visible.ts'
import { observe, observeLost, subjectOf } from './observe.ts'
import { allowDisconnect } from './policy.ts'
import { findConnection } from './queries.ts'
import type { DisconnectedView } from './schema.ts'

type Revocation = DisconnectedView['revocation']
type Said = { revocation: Revocation; status: number | null }

// Long enough for the ordinary way to end by itself; after that the process is taken for dead.
const FINISH_AFTER_SECONDS = 60

/** First commit: readers and jobs stop here, and a job will finish the rest if this process dies. */
async function stopUse(actor: Actor, id: string): Promise<void> {
  await withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    allowDisconnect(actor, connection)
    if (connection.status === 'disconnected') throw new Problem('not-connected', 'It is disconnected already.')
    await observe(db, actor, id, { event: 'disconnect_started', reasonCode: null })
    await enqueue(
      db,
      'connections.finish-disconnect',
      { organizationId: actor.organizationId, connectionId: id },
      { startAfterSeconds: FINISH_AFTER_SECONDS },
    )
  })
}

/** Ending a grant takes a token that still works; one that has ended is renewed for it, if that can be. */
async function renewToEnd(actor: Actor, held: Held): Promise<Held> {
  if (isStillValid(held) || !held.refreshable) return held
  const renewed = await refreshUnderLease(actor, held, observeLost).catch((error: unknown) => {
    if (error instanceof ProviderFailure) return null
    throw error
  })
  return renewed ?? held
}

/** Asks the provider to end what ends no other connection's grant. */
async function revoke(actor: Actor, id: string): Promise<Said> {
  const row = await withOrg(actor, (db) => db.connection.findFirst({ where: { id }, include: { credential: true } }))
  if (!row?.credential?.sealed) return { revocation: 'skipped', status: null }
  const provider = knownProvider(row.provider)
  const sharesToken = await withOrg(actor, (db) =>
    db.connection.count({ where: { credentialId: row.credentialId, id: { not: id } } }),
  )
  if (sharesToken > 0) return { revocation: 'kept_for_another_connection', status: null }
  const held = await hold(actor, id, 'end').catch((error: unknown) =>
    error instanceof Unreadable ? null : Promise.reject(error),
  )
  if (!held) return { revocation: 'skipped', status: null }
  const renewed = await renewToEnd(actor, held)
  const isLast = (await countSharers(provider, row.accountId, [id])) === 0
  const { ended, status } = await endGrant(provider, renewed.grant, isLast)
  return { revocation: ended, status }
}

/** Last commit: the token is wiped, history and references stay, and the audit log says what the provider said. */
async function wipe(actor: Actor, id: string, said: Said, isForced: boolean): Promise<void> {
  await withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    if (isForced) allowDisconnect(actor, connection)
    if (connection.status === 'disconnected') return
    if (connection.credentialId) await forgetCredential(db, connection.credentialId, id)
    await db.connection.update({
      where: { id },
      data: {
        status: 'disconnected',
        reasonCode: isForced ? 'forced' : 'disconnected',
        since: now(),
        credentialId: null,
        verifiedAt: null,
        rateLimit: undefined,
        version: { increment: 1 },
      },
    })
    // after the connection's row is ours: a card that is being kept waits for it, and is then not kept
    await db.cardCopy.updateMany({ where: { connectionId: id }, data: { sealed: null } })
    await record(db, actor, isForced ? 'connection.forced' : 'connection.disconnected', subjectOf(connection), {
      provider: connection.provider,
      before: { status: connection.status, account: connection.accountLabel },
      after: {
        status: 'disconnected',
        revocation: said.revocation,
        ...(said.status ? { providerStatus: said.status } : {}),
      },
    })
  })
}

/**
 * Disconnects: stop using it, revoke at the provider, wipe. The provider being down delays it ten seconds at most and changes
 * only what is said. `force` wipes at once and asks nobody. The connection keeps its id, so that connecting again restores it.
 */
export async function disconnect(actor: Actor, id: string, force = false): Promise<DisconnectedView> {
  let said: Said = { revocation: 'skipped', status: null }
  if (!force) {
    await stopUse(actor, id)
    said = await revoke(actor, id)
  }
  await wipe(actor, id, said, force)
  const { provider: providerId, userId } = await withOrg(actor, (db) => findVisible(db, actor, id))
  const provider = knownProvider(providerId)
  const connection = userId === null || userId === actor.userId ? await findConnection(actor, id) : null
  return { connection, revocation: said.revocation, detail: explainRevocation(said, provider.name, provider.leave.by) }
}

/** What a process that died left undone: one more try to revoke, then the wipe. Does nothing if it was done. */
export async function finishDisconnect(actor: Actor, id: string): Promise<void> {
  const connection = await withOrg(actor, (db) => db.connection.findFirst({ where: { id } }))
  if (connection?.status !== 'disconnecting') return
  await wipe(actor, id, await revoke(actor, id), false)
}
