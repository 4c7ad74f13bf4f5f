import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import type { Db, Prisma } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Identity, Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Grant, Verdict, Verified } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential, lockCredential } from '#lib/vault/forget.ts'
import type { GrantName } from '#lib/vault/hold.ts'
import { subjectOf } from './name-subject.ts'
import { standsOn } from './observe.ts'
import { capabilitiesOf, takeSlot } from './settle.ts'
import { splitScopes } from './split-scopes.ts'

type Row = Awaited<ReturnType<typeof takeSlot>>

/** What was found, and the very grant it was found with. `identity`: whose account it is there, where access is. */
export type Found = {
  provider: Provider
  method: Verified
  through: {
    id: string
    accountId: string
    accountLabel: string
    accountUrl: string | null
    createdById: string
    config: Config
    person?: string
  }
  of: GrantName
  grant: Grant
  verdict: Verdict
  identity: Identity | null
}

const reasonCodes = {
  connected: null,
  setup_required: 'not_enabled',
  not_available: 'no_subscription',
  no_access: 'site_admin_needed',
} as const satisfies Record<Verdict['is'], string | null>

/** Somebody who skipped it is not asked again for as long as nothing changes. */
const reasonOf = (row: Row, { is }: Verdict): string | null =>
  is === 'not_available' && row?.reasonCode === 'skipped' ? 'skipped' : reasonCodes[is]

/** What stands by a consent of its own keeps that when access is not there: it may come back. */
const keepsOwn = (row: Row): boolean => row !== null && row.method !== 'verified' && row.credentialId !== null

function standingOf({ provider, method, through, of, grant, verdict, identity }: Found, row: Row) {
  const reasonCode = reasonOf(row, verdict)
  const isSame = row?.status === verdict.is && row.reasonCode === reasonCode
  const standing = {
    status: verdict.is,
    reasonCode,
    reasonDetail: { says: verdict.says },
    probedAt: now(),
    failures: 0,
    ...(isSame ? {} : { since: now() }),
  }
  if (!identity) return keepsOwn(row) ? standing : { ...standing, ...accountOf(through), credentialId: null }
  return {
    ...standing,
    method: method.type,
    credentialId: of.credentialId,
    accountId: identity.id,
    accountLabel: identity.label,
    accountUrl: identity.url ?? null,
    createdById: through.createdById,
    config: { ...through.config, ...identity.config } satisfies Prisma.InputJsonObject,
    scopesRequested: method.scopes.map(({ name }) => name),
    scopesGranted: splitScopes(provider, grant.scopes ?? method.scopes.map(({ name }) => name)),
    capabilities: capabilitiesOf(identity, grant),
    verifiedAt: now(),
  }
}

const accountOf = ({ accountId, accountLabel, accountUrl, createdById, config, person }: Found['through']) => ({
  method: 'verified',
  accountId,
  accountLabel,
  accountUrl,
  createdById, // whose account it is asked with
  config: { ...config } satisfies Prisma.InputJsonObject,
  capabilities: person ? { person } : {},
  verifiedAt: null,
})

async function write(db: Db, actor: Actor, found: Found, row: Row) {
  const standing = standingOf(found, row)
  if (row) {
    const { id, version } = row
    const { count } = await db.connection.updateMany({
      where: { id, version },
      data: { ...standing, version: { increment: 1 } },
    })
    if (count === 0) throw changedMeanwhile()
    return db.connection.findUniqueOrThrow({ where: { id } })
  }
  const { organizationId } = actor
  const slot = { slot: 'organization', slotKey: 'organization', userId: null }
  const account = { ...accountOf(found.through), since: now(), scopesRequested: [], scopesGranted: [] }
  const place = { organizationId, provider: found.provider.id, ...slot }
  return db.connection.create({ data: { ...place, ...account, ...standing } })
}

const changedMeanwhile = () => new Problem('conflict', 'Its connection was changed meanwhile. Try again.')

/** Whether a probe has nothing to write any more: what it asked about was ended, or connected in another way. */
const isGone = (row: Row): boolean =>
  row?.method !== 'verified' || row.status === 'disconnected' || row.status === 'disconnecting'

/**
 * Writes what was found as the organization's connection, in the caller's transaction; one that has access stands on the
 * Credential that was asked with. A probe brings nothing back that was ended meanwhile. Throws `conflict` where the grant, or
 * the connection, is another one by now.
 */
export async function keepVerdict(db: Db, actor: Actor, found: Found, isProbe: boolean): Promise<void> {
  const before = await takeSlot(db, actor, found.provider, 'organization')
  const old = before?.credentialId ?? null
  // credentials before the rows that stand on them, and in one order, as everybody takes them
  const taken = [...new Set([found.of.credentialId, ...(old ? [old] : [])])].sort()
  for (const id of taken) await lockCredential(db, id, before?.id ?? found.through.id)
  const row = before && (await db.connection.findUniqueOrThrow({ where: { id: before.id } })) // now that nobody else ends it
  if (isProbe && isGone(row)) return
  const isOther = row?.status === 'disconnecting' || (row?.credentialId ?? null) !== old
  if (isOther || !(await standsOn(db, found.through.id, found.of))) throw changedMeanwhile()
  const kept = await write(db, actor, found, row)
  if (old && kept.credentialId !== old) await forgetCredential(db, old, kept.id)
  if (row && row.status === kept.status && row.reasonCode === kept.reasonCode && row.method === kept.method) return
  await record(db, actor, 'connection.verified', subjectOf(kept), {
    provider: kept.provider,
    ...(row ? { before: { status: row.status } } : {}),
    after: { status: kept.status, account: kept.accountLabel },
  })
}
