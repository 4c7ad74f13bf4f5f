import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { pageOf } from '#lib/providers/page-of.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential, type Locked, lockCredential } from '#lib/vault/forget.ts'
import { knownProvider, secretMethod } from '#lib/vault/reach.ts'
import { END_WITHIN_MS } from './end-grant.ts'
import { explainRevocation } from './explain.ts'
import { findVisible } from './find-visible.ts'
import type { DisconnectedView, LeaveStep } from './leave-schema.ts'
import { accountFact, subjectOf } from './name-subject.ts'
import { observe } from './observe.ts'
import { allowDisconnect } from './policy.ts'
import { findConnection } from './queries.ts'
import { revoke, type Said } from './revoke.ts'

// Long enough for the ordinary way to end by itself; after that the process is taken for dead.
const FINISH_AFTER_SECONDS = 60

/** First commit: readers and jobs stop here, and a job will finish the rest if this process dies. */
async function stopUse(actor: Actor, id: string): Promise<void> {
  await withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    allowDisconnect(actor, connection)
    if (connection.status === 'disconnected') throw new Problem('not-connected', 'It is disconnected already.')
    const detail = { was: connection.status } // what the audit event of the end tells as before
    await observe(db, actor, id, { event: 'disconnect_started', reasonCode: null, detail })
    await enqueue(
      db,
      'connections.finish-disconnect',
      { organizationId: actor.organizationId, connectionId: id },
      { startAfterSeconds: FINISH_AFTER_SECONDS },
    )
  })
}

/** What can be said now that nobody changes the grant any more; null: it was said of another one, or too early. */
function judgeSaid(said: Said, credential: Locked | null, isLate: boolean): Said | null {
  if (!credential || credential.others > 0) return said
  const { version, revocation, isElsewhere } = said
  const isOfThis = version === credential.version && (revocation !== 'kept_for_another_connection' || isElsewhere)
  if (isOfThis && !credential.isLeased) return said
  return isLate ? { ...said, revocation: revocation === 'skipped' ? revocation : 'not_confirmed' } : null
}

type Wipe = { said: Said; isForced: boolean; isLate: boolean }
/** `keptBy`: the provider of another connection here, which goes on with the token; it is not wiped then. */
type Wiped = Said & { keptBy?: string }

/** Wipes the token, unless another connection of the organization's uses it: then the name of that one's provider. */
async function wipeToken(db: Db, credentialId: string, id: string): Promise<{ keptBy?: string }> {
  if (await forgetCredential(db, credentialId, id)) return {}
  const other = await db.connection.findFirst({ where: { credentialId, id: { not: id } }, orderBy: { id: 'asc' } })
  return other ? { keptBy: knownProvider(other.provider).name } : {}
}

/**
 * Last commit: the token is wiped, history and references stay, and the audit log says what the provider said, which is
 * returned. Unless it is forced: `overtaken` when it was connected again, `again` when the grant is not the one that was ended.
 */
async function wipe(
  actor: Actor,
  id: string,
  { said, isForced, isLate }: Wipe,
): Promise<Wiped | 'again' | 'overtaken'> {
  return withOrg(actor, async (db) => {
    const { credentialId } = await findVisible(db, actor, id)
    const credential = credentialId ? await lockCredential(db, credentialId, id) : null
    const connection = await findVisible(db, actor, id)
    if (isForced) allowDisconnect(actor, connection)
    if (connection.status === 'disconnected') return said
    if (connection.credentialId !== credentialId) return 'again'
    if (!isForced && connection.status !== 'disconnecting') return 'overtaken'
    const told = isForced ? said : judgeSaid(said, credential, isLate)
    if (!told) return 'again'
    const kept = credentialId ? await wipeToken(db, credentialId, id) : {}
    await clear(db, actor, connection, told, isForced)
    return { ...told, ...kept }
  })
}

type Cleared = Awaited<ReturnType<typeof findVisible>>

/** How it stood before somebody began to disconnect it. */
function statusBefore({ status, reasonDetail }: Cleared): string {
  const { was } = (reasonDetail ?? {}) as { was?: unknown } // written by stopUse
  return status === 'disconnecting' && typeof was === 'string' ? was : status
}

async function clear(db: Db, actor: Actor, connection: Cleared, told: Said, isForced: boolean): Promise<void> {
  const { id } = connection
  await db.connection.update({
    where: { id },
    data: {
      status: 'disconnected',
      reasonCode: isForced ? 'forced' : 'disconnected',
      since: now(),
      credentialId: null,
      verifiedAt: null,
      rateLimit: Prisma.DbNull,
      ...(isForced ? { config: {}, capabilities: {}, scopesRequested: [], scopesGranted: [] } : {}),
      version: { increment: 1 },
    },
  })
  // after the connection's row is ours: a card that is being kept waits for it, and is then not kept
  await db.cardCopy.updateMany({ where: { connectionId: id }, data: { sealed: null } })
  await record(db, actor, isForced ? 'connection.forced' : 'connection.disconnected', subjectOf(connection), {
    provider: connection.provider,
    before: { status: statusBefore(connection), ...accountFact(connection) },
    after: {
      status: 'disconnected',
      revocation: told.revocation,
      ...(told.status ? { providerStatus: told.status } : {}),
    },
  })
}

type OnStep = (step: LeaveStep) => void
const nobody: OnStep = () => undefined

/** Revokes and wipes, once more where the grant was replaced meanwhile or its other connection left first. */
async function leave(actor: Actor, id: string, onStep = nobody): Promise<Wiped | 'overtaken'> {
  const deadline = Date.now() + END_WITHIN_MS
  for (;;) {
    const said = await revoke(actor, id, deadline)
    const wiped = await wipe(actor, id, { said, isForced: false, isLate: Date.now() > deadline })
    if (wiped === 'again') continue
    if (wiped !== 'overtaken') onStep({ ended: 'revocation', revocation: wiped.revocation }) // only now it is known to be so
    return wiped
  }
}

async function leaveByForce(actor: Actor, id: string): Promise<Wiped> {
  const said: Said = { revocation: 'skipped', status: null, version: null }
  for (;;) {
    const wiped = await wipe(actor, id, { said, isForced: true, isLate: false })
    if (typeof wiped === 'object') return wiped
  }
}

async function finish(actor: Actor, id: string, force: boolean, onStep: OnStep): Promise<DisconnectedView> {
  const { provider: providerId, method, userId, config } = await withOrg(actor, (db) => findVisible(db, actor, id))
  const said = force ? await leaveByForce(actor, id) : await leave(actor, id, onStep)
  if (said === 'overtaken') throw new Problem('conflict', 'It was connected again meanwhile, and stays connected.')
  onStep({ ended: 'token', ...(said.keptBy ? { isKept: true } : {}) })
  const provider = knownProvider(providerId)
  const { makeAt, noun } = secretMethod(provider, method) ?? {}
  // where a consent can be revoked, the provider's page is for those; what somebody made is where they made it
  const page = (provider.leave.revoke === 'none' ? null : makeAt) ?? provider.leave.by
  const by = pageOf(provider, page, { ...(config as Config) }) // written by settle
  const connection = userId === null || userId === actor.userId ? await findConnection(actor, id) : null
  return { connection, revocation: said.revocation, detail: explainRevocation(said, provider.name, by, noun) }
}

/**
 * Begins to disconnect: when it returns, nothing uses the connection any more. What it returns does the rest and tells each
 * step. Throws `not-found`, `forbidden` and `not-connected` before anything has happened.
 */
export async function beginDisconnect(
  actor: Actor,
  id: string,
  force: boolean,
): Promise<(onStep?: OnStep) => Promise<DisconnectedView>> {
  if (force) await withOrg(actor, async (db) => allowDisconnect(actor, await findVisible(db, actor, id)))
  else await stopUse(actor, id)
  return (onStep = nobody) => finish(actor, id, force, onStep)
}

/**
 * Disconnects: stop using it, revoke at the provider, wipe. The provider being down delays it ten seconds at most and changes
 * only what is said. `force` wipes at once and asks nobody. The connection keeps its id, so that connecting again restores it.
 * Throws `conflict` when somebody did that meanwhile: the grant they brought is not wiped.
 */
export async function disconnect(actor: Actor, id: string, force = false): Promise<DisconnectedView> {
  return (await beginDisconnect(actor, id, force))()
}

/** What a process that died left undone: one more try to revoke, then the wipe. Does nothing if it was done. */
export async function finishDisconnect(actor: Actor, id: string): Promise<void> {
  const connection = await withOrg(actor, (db) => db.connection.findFirst({ where: { id } }))
  if (connection?.status !== 'disconnecting') return
  await leave(actor, id)
}
