import { now } from '#lib/platform/clock.ts'
import { type Db, type Prisma, withOrg, withSystem } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow, may } from '#lib/tenancy/policy.ts'
import { findOrganization } from '#lib/tenancy/queries.ts'
import type { OwnTokens } from '#lib/tenancy/schema.ts'
import { mayHoldTokens, scopesFor, whoMakesTokens } from './policy.ts'
import { ApiTokenView, type Scope } from './schema.ts'
import { refusalOf } from './status.ts'

const withCreator = { creator: { include: { user: { select: { id: true, name: true } } } } } as const // as const: Prisma reads the type
type Row = Prisma.ApiTokenGetPayload<{ include: typeof withCreator }>

/** Owners and admins look after every token, others after their own. */
const seenBy = (actor: Actor): Prisma.ApiTokenWhereInput => ({
  revokedAt: null,
  ...(may(actor, 'tokens.manage') ? {} : { createdById: actor.userId ?? '' }),
})

/** A token that this actor sees, inside their transaction. Throws `not-found`, and `forbidden` for roles that have none. */
export async function findToken(db: Db, actor: Actor, id: string): Promise<Row> {
  const row = may(actor, 'tokens.see')
    ? await db.apiToken.findFirst({ where: { id, ...seenBy(actor) }, include: withCreator })
    : null
  if (!row) throw new Problem('not-found')
  return row
}

type Uses = Map<string, { at: Date; ip: string | null }>

/** The tokens that this actor sees, the newest first. Where their last uses cannot be read, the rest still is. */
export async function listTokens(actor: Actor): Promise<ApiTokenView[]> {
  allow(actor, 'tokens.see')
  const { rows, policy } = await withOrg(actor, async (db) => ({
    rows: await db.apiToken.findMany({ where: seenBy(actor), include: withCreator, orderBy: { createdAt: 'desc' } }),
    policy: (await findOrganization(db, actor)).whoMayMakeTokens,
  }))
  const uses = await readUses(actor, rows).catch((error: unknown) => {
    log.warn({ error }, 'when tokens were last used could not be read')
    return null
  })
  return rows.map((row) => toView(row, actor, policy, uses))
}

async function readUses(actor: Actor, tokens: readonly Row[]): Promise<Uses> {
  const where = { tokenId: { in: tokens.map(({ id }) => id) } }
  const uses = await withOrg(actor, (db) => db.apiTokenUse.findMany({ where }))
  return new Map(uses.map(({ tokenId, at, ip }) => [tokenId, { at, ip }]))
}

function toView(row: Row, actor: Actor, policy: string, uses: Uses | null): ApiTokenView {
  const { creator, previousUntil } = row
  const mayHold = mayHoldTokens({ role: creator.role }, policy)
  const refusal = refusalOf({ ...row, isCurrent: true, isMember: creator.leftAt === null, mayHold }, now())
  const use = uses?.get(row.id)
  return ApiTokenView.parse({
    ...row,
    createdBy: creator.user,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    previousUntil: previousUntil && previousUntil > now() ? previousUntil.toISOString() : null,
    stopped: refusal === null ? null : refusal === 'expired' ? 'expired' : 'not_allowed',
    lastUsed: uses && { at: use?.at.toISOString() ?? null, ip: use?.ip ?? null },
    mayRoll: row.createdById === actor.userId && mayHold,
  })
}

type Choices = {
  mayMake: boolean
  mayOmitExpiry: boolean
  scopes: Scope[]
  whoMayMakeTokens: 'admins' | 'members'
  /** The same in words, for who may not. */
  whoCan: string
}

/** Which tokens of a person work at this moment, wherever they belong: tokens are no sessions, and end with none. */
export async function countOwnTokens(userId: string): Promise<OwnTokens> {
  const alive = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }] }
  const rows = await withSystem('token lookup', (db) =>
    db.membership.findMany({
      where: { userId, leftAt: null },
      select: { role: true, organization: true, _count: { select: { apiTokens: { where: alive } } } },
      orderBy: { organization: { name: 'asc' } },
    }),
  )
  return rows
    .filter((row) => row._count.apiTokens > 0 && mayHoldTokens(row, row.organization.whoMayMakeTokens))
    .map(({ organization: { slug, name }, _count }) => ({ org: slug, name, count: _count.apiTokens }))
}

/** What the page offers this actor: whether they may make tokens, with which scopes and without an end. */
export async function readTokenChoices(actor: Actor): Promise<Choices> {
  const { whoMayMakeTokens } = await withOrg(actor, (db) => findOrganization(db, actor))
  return {
    mayMake: mayHoldTokens(actor, whoMayMakeTokens),
    mayOmitExpiry: actor.role === 'owner',
    scopes: scopesFor(actor),
    whoMayMakeTokens,
    whoCan: whoMakesTokens(whoMayMakeTokens),
  }
}
