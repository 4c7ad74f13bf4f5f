import { record } from '#lib/audit/record.ts'
import type { AuditAction } from '#lib/audit/schema.ts'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { Identity, Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Grant, OAuth2, Secret, Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential } from '#lib/vault/forget.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { putCredential } from '#lib/vault/put.ts'
import { keptUnder } from '#lib/vault/reach.ts'
import { clearConfig } from './clean-fields.ts'
import { approveConnected } from './decide-request.ts'
import { accountFact, subjectOf } from './name-subject.ts'
import { splitScopes } from './split-scopes.ts'
import { missingDetail } from './tell-missing.ts'

export type Settlement = {
  provider: Provider
  method: (OAuth2 | Secret) & AuthMethod
  slot: Slot
  grant: Grant
  identity: Identity
  requested: readonly string[]
  /** Where people keep the original of a pasted secret. */
  keptAt?: string | undefined
  /** The provider did not answer, so nothing is proven: it waits to be tested. */
  isUntested?: boolean
  /** What the audit log calls it where something stood before. */
  replacing?: AuditAction
}
/** A grant whose place was taken, and the account it is for. */
export type Replaced = { credentialId: string; method: string; grant: Grant; accountId: string }
export type Settled = { id: string; replaced: Replaced[] }
/** `tell` writes what the audit log says of it: after every other row of the same commit. */
export type Placed = Settled & { credentialId: string; tell: () => Promise<void> }

const json = (value: object | undefined) => ({ ...value }) as Prisma.InputJsonObject // plain values by the type of Identity

/**
 * What the provider told of the account, until when its grant can be renewed, where that ends, and whether nobody told which
 * permissions it has.
 */
export const capabilitiesOf = ({ capabilities, scopes, person }: Identity, grant: Grant): Prisma.InputJsonObject =>
  json({
    ...capabilities,
    ...(person ? { person } : {}),
    ...(grant.refreshExpiresAt ? { renewableUntil: grant.refreshExpiresAt.toISOString() } : {}),
    ...((scopes ?? grant.scopes) ? {} : { scopesUntold: true }),
  })

const slotKeyOf = (actor: Actor, slot: Slot): string => (slot === 'user' ? (actor.userId ?? '') : 'organization')

/**
 * Makes those who connect the same slot at the same moment wait for each other, until the caller's commit; also where no
 * row stands yet that could be locked.
 */
export async function lockSlot(db: Db, actor: Actor, provider: string, slotKey: string): Promise<void> {
  const name = `slot:${actor.organizationId}:${provider}:${slotKey}`
  await db.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`)
}

/** Whom a grant is for, which is what its Credential is kept under. */
export const ownerOf = ({ owner, id }: Pick<Identity, 'owner' | 'id'>): string => owner ?? id

type Row = NonNullable<Awaited<ReturnType<Db['connection']['findFirst']>>>

/** The connection that stands or stood in a slot, which nobody else changes until the caller's commit. */
export async function takeSlot(db: Db, actor: Actor, { id }: Provider, slot: Slot): Promise<Row | null> {
  const slotKey = slotKeyOf(actor, slot)
  await lockSlot(db, actor, id, slotKey)
  return db.connection.findFirst({ where: { provider: id, slotKey } })
}

/** The grants this one takes the place of: of the same account, and of the account that stood in the slot. */
async function findReplaced(db: Db, standing: Row | null, { provider, method, identity }: Settlement) {
  const credentials = await db.credential.findMany({
    where: {
      sealed: { not: null },
      OR: [
        { client: keptUnder(provider, method), accountId: ownerOf(identity) },
        { id: standing?.credentialId ?? crypto.randomUUID() },
      ],
    },
  })
  const opened = credentials.map(async ({ sealed, accountId, type, ...row }) => {
    const grant = sealed && (await openGrant(sealed, row))
    return grant ? [{ grant, accountId, method: type, credentialId: row.id }] : []
  })
  return (await Promise.all(opened)).flat()
}

type Health = { status: string; reasonCode: string | null; reasonDetail: Prisma.InputJsonObject }

/** How a connection fares right after its grant came; what was given decides whether a proven one is enough. */
function healthOf({ isUntested, method }: Settlement, missingRequired: readonly string[]): Health {
  if (isUntested) return { status: 'error', reasonCode: 'untested', reasonDetail: {} }
  if (missingRequired.length === 0) return { status: 'connected', reasonCode: null, reasonDetail: {} }
  return {
    status: 'needs_reauth',
    reasonCode: 'scopes_required',
    reasonDetail: missingDetail(method.scopes, missingRequired),
  }
}

/** What a connection is right after its grant came. */
function standingOf(actor: Actor, settlement: Settlement, credentialId: string) {
  const { provider, method, grant, identity, requested, isUntested } = settlement
  const granted = splitScopes(provider, identity.scopes ?? grant.scopes ?? requested)
  const { missing, missingRequired } = compareScopes(method.scopes, requested, granted)
  const standing = {
    method: method.type,
    credentialId,
    accountId: identity.id,
    accountLabel: identity.label,
    accountUrl: identity.url ?? null,
    ...healthOf(settlement, missingRequired), // whatever it was: the grant has taken the place of the old one
    since: now(),
    scopesRequested: [...requested],
    scopesGranted: granted,
    capabilities: capabilitiesOf(identity, grant),
    config: json(clearConfig(method, grant.config)),
    createdById: actor.userId ?? '',
    verifiedAt: isUntested ? null : now(),
    probedAt: now(),
    failures: 0,
  }
  return { standing, facts: { method: method.type, scopes: granted, missing } }
}

/** The grant with what its account told: where to reach it, and when it ends. */
export function withIdentity(grant: Grant, { config, expiresAt }: Identity): Grant {
  const end = grant.expiresAt ?? expiresAt
  return { ...grant, ...(end ? { expiresAt: end } : {}), ...(config ? { config: { ...grant.config, ...config } } : {}) }
}

/** The grant as it is sealed: where it opens several sites, which one a connection is to is the connection's own. */
const sealable = ({ provider, grant }: Settlement): Grant => {
  const { config: _ofOneSite, ...shared } = grant
  return provider.sites ? shared : grant
}

/**
 * Writes a grant as the slot's connection, in the caller's transaction: the same connection id if one stood there, one
 * Credential per account; what the slot stood on until now is wiped. A required permission that was not given leaves it
 * `needs_reauth`. Returns its id, the grants that have lost their place, and what is left to be told.
 */
export async function place(db: Db, actor: Actor, given: Settlement): Promise<Placed> {
  const settlement = { ...given, grant: withIdentity(given.grant, given.identity) }
  const { provider, method, slot, identity, keptAt = null } = settlement
  const existing = await takeSlot(db, actor, provider, slot)
  const replaced = await findReplaced(db, existing, settlement)
  const replaces = existing?.credentialId ?? null
  const kept = { client: keptUnder(provider, method), accountId: ownerOf(identity), type: method.type }
  const credentialId = await putCredential(db, actor, { ...kept, grant: sealable(settlement), replaces, keptAt })
  const { standing, facts } = standingOf(actor, settlement, credentialId)
  const connection = existing
    ? await db.connection.update({ where: { id: existing.id }, data: { ...standing, version: { increment: 1 } } })
    : await db.connection.create({
        data: {
          organizationId: actor.organizationId,
          provider: provider.id,
          slot,
          slotKey: slotKeyOf(actor, slot),
          userId: slot === 'user' ? actor.userId : null,
          ...standing,
        },
      })
  if (provider.plan)
    await enqueue(db, 'connections.read-plan', { organizationId: actor.organizationId, connectionId: connection.id })
  const isLeft = replaces !== null && replaces !== credentialId
  const livesOn = isLeft && !(await forgetCredential(db, replaces, connection.id)) // another connection stands on it too
  const tell = async () => {
    if (slot === 'organization') await approveConnected(db, actor, provider.id)
    const action = existing ? (settlement.replacing ?? 'connection.reconnected') : 'connection.created'
    await record(db, actor, action, subjectOf(connection), {
      provider: provider.id,
      ...(existing ? { before: { ...accountFact(existing), status: existing.status } } : {}),
      after: { ...accountFact(connection), status: connection.status, ...facts },
    })
  }
  const gone = replaced.filter((old) => !livesOn || old.credentialId !== replaces)
  return { id: connection.id, credentialId, replaced: gone, tell }
}

/** As `place`, with its one audit event. */
export async function settle(db: Db, actor: Actor, given: Settlement): Promise<Settled> {
  const placed = await place(db, actor, given)
  await placed.tell()
  return placed
}
