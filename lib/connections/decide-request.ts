import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, type Prisma, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { describeRequest, type RequestRow, readRequest } from './read-requests.ts'
import type { RequestDecision, RequestView } from './request-schema.ts'

/** Who decides about requests. */
export const decidersOf: Prisma.MembershipWhereInput = { leftAt: null, role: { in: ['owner', 'admin'] } }

type Decided = { status: 'approved' | 'declined'; note: string | null }
type Named = { id: string; provider: string }

const nameOf = (id: string): string => findProvider(id)?.name ?? id

/** False where somebody else was first. */
async function decide(db: Db, actor: Actor, id: string, { status, note }: Decided): Promise<boolean> {
  const { count } = await db.connectionRequest.updateMany({
    where: { id, status: 'open' },
    data: { status, note, decidedById: actor.userId, decidedAt: now() },
  })
  if (count > 0)
    await enqueue(
      db,
      'connections.tell-decision',
      { organizationId: actor.organizationId, requestId: id },
      { startAfterSeconds: 1 },
    )
  return count > 0
}

const recordDecision = (db: Db, actor: Actor, { id, provider }: Named, status: Decided['status']): Promise<void> =>
  record(
    db,
    actor,
    `request.${status}`,
    { kind: 'request', id, name: nameOf(provider) },
    { provider, before: { status: 'open' }, after: { status } },
  )

const tooLate = ({ status, decidedBy, who }: RequestRow): Problem =>
  new Problem('conflict', `${decidedBy ?? 'Somebody'} already ${status} what ${who} asked for.`)

/**
 * Approves or declines what a member asked for, and tells them. The same decision a second time changes nothing. Throws
 * `forbidden`, `not-found`, and `conflict` where somebody decided otherwise before.
 */
export async function decideRequest(
  actor: Actor,
  id: string,
  { decision, note }: RequestDecision,
): Promise<RequestView> {
  allow(actor, 'connection.manage')
  return withOrg(actor, async (db) => {
    const before = await readRequest(db, actor, id)
    if (!before) throw new Problem('not-found')
    const isDecided = await decide(db, actor, id, { status: decision, note: note ?? null })
    const row = (await readRequest(db, actor, id)) ?? before
    if (isDecided) await recordDecision(db, actor, row, decision)
    else if (row.status !== decision) throw tooLate(row)
    return describeRequest(row)
  })
}

/**
 * What was asked for is connected: every open request for it is approved by whoever connected it, in the caller's
 * transaction. Before the caller's own audit event: the end of the audit chain is taken last by everybody.
 */
export async function approveConnected(db: Db, actor: Actor, provider: string): Promise<void> {
  const waiting = await db.connectionRequest.findMany({ where: { provider, status: 'open' }, orderBy: { id: 'asc' } })
  const decided: Named[] = []
  for (const request of waiting)
    if (await decide(db, actor, request.id, { status: 'approved', note: null })) decided.push(request)
  for (const request of decided) await recordDecision(db, actor, request, 'approved')
}
