import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg, withSystem } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Provider, Reader, Sharing } from '#lib/providers/define.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import { catalogue, findProvider } from '#lib/providers/registry.ts'
import { type Actor, enterAll, enterById, type Person } from '#lib/tenancy/actor.ts'
import { allow, may } from '#lib/tenancy/policy.ts'
import type { ActivityList, ActivityQuery } from './activity-schema.ts'
import type { AttemptView } from './attempt-schema.ts'
import { describeScopes, describeSlot } from './describe.ts'
import { describeActivity } from './describe-activity.ts'
import { describeAlso } from './describe-also.ts'
import { describeAttempt } from './describe-attempt.ts'
import { describeFirstRun } from './describe-first-run.ts'
import { describeGuide, type GuideView } from './describe-guide.ts'
import { describeLeave } from './describe-leave.ts'
import { describeNative } from './describe-native.ts'
import { describeOptions } from './describe-options.ts'
import { availabilityOf, methodsFor } from './find-methods.ts'
import type { FirstRunView } from './first-run-schema.ts'
import { isNative } from './native.ts'
import { isContainer, optionsOf, type SearchFacts, searchClosed, sight, whoMayConnect } from './policy.ts'
import { readActivity } from './read-activity.ts'
import { readFirstRunFacts } from './read-first-run.ts'
import { describeWaiting, type RequestJson, type RequestRow, readRequestJson, requestsAsJson } from './read-requests.ts'
import type { ConnectionView, KindView, OwnAccountView, ProviderList, ProviderView, Status } from './schema.ts'
import type { AttemptRow, ConnectionRow } from './surroundings.ts'

type Listed = (typeof catalogue)[number]
type ConnectorRow = {
  provider: string
  enabled: boolean
  whoMayConnect: string | null
  options: unknown
  inAnswers: boolean
  disabledBy: string | null
}
type CoverageRow = { provider: string | null; connected: number; members: number; requests: RequestJson[] }
type Slots = {
  connectors: Map<string, ConnectorRow>
  connections: ConnectionRow[]
  attempts: AttemptRow[]
  coverage: CoverageRow[]
  requests: RequestRow[]
}

const LIVE_ATTEMPTS = ['opened', 'returned']
/** The waiting badge is drawn for four minutes at most, as long as the page polls. */
const WAITING_MS = 240_000

/** A statement: connections with what their badges depend on. */
export const selectConnections = (where: Prisma.Sql) => Prisma.sql`
  SELECT c.*, k.type AS "credentialType", k."endsWith", k."issuedAt", k."expiresAt", k.refreshable, k.failures AS "credentialFailures", k."suspectedAt", o."rotationDays",
    u.name AS "creatorName", (m."leftAt" IS NOT NULL OR m."userId" IS NULL) AS "creatorLeft"
  FROM "Connection" c JOIN "Organization" o ON o.id = c."organizationId"
  LEFT JOIN "Credential" k ON k."organizationId" = c."organizationId" AND k.id = c."credentialId"
  LEFT JOIN "Membership" m ON m."organizationId" = c."organizationId" AND m."userId" = c."createdById"
  LEFT JOIN "User" u ON u.id = c."createdById"
  WHERE ${where}`

/** Four statements, whatever the number of connections: connectors, the caller's and the organization's connections, attempts, coverage with requests. */
export async function readSlots(db: Db, actor: Actor): Promise<Slots> {
  const org = Prisma.sql`${actor.organizationId}::uuid`
  const connectors = await db.$queryRaw<ConnectorRow[]>(Prisma.sql`
    SELECT c.provider, c.enabled, c."whoMayConnect", c.options, c."inAnswers", u.name AS "disabledBy"
    FROM "Connector" c LEFT JOIN "User" u ON u.id = c."disabledById" WHERE c."organizationId" = ${org}`)
  const connections = await db.$queryRaw<ConnectionRow[]>(
    selectConnections(
      Prisma.sql`c."organizationId" = ${org} AND c."slotKey" IN ('organization', ${actor.userId ?? ''})`,
    ),
  )
  const attempts = await db.$queryRaw<AttemptRow[]>(Prisma.sql`
    SELECT DISTINCT ON (a.provider, a.slot) a.id, a.provider, a.slot, a."userId", a."createdAt", a."expiresAt", u.name AS starter
    FROM "ConnectAttempt" a JOIN "User" u ON u.id = a."userId"
    WHERE a."organizationId" = ${org} AND a.status IN (${Prisma.join(LIVE_ATTEMPTS)})
      AND a."createdAt" > ${new Date(now().getTime() - WAITING_MS)}
      AND (a.slot = 'organization' OR a."userId" = ${actor.userId}::uuid)
    ORDER BY a.provider, a.slot, (a."userId" = ${actor.userId}::uuid) DESC, a."createdAt" DESC`)
  const coverage = await db.$queryRaw<CoverageRow[]>(Prisma.sql`
    SELECT c.provider, count(*) FILTER (WHERE c.status = 'connected' AND m."leftAt" IS NULL)::int AS connected,
      (SELECT count(*)::int FROM "Membership" WHERE "organizationId" = ${org} AND "leftAt" IS NULL) AS members,
      ${requestsAsJson(actor)} AS requests
    FROM (SELECT ${org} AS id) o
    LEFT JOIN "Connection" c ON c."organizationId" = o.id AND c.slot = 'user'
    LEFT JOIN "Membership" m ON m."organizationId" = c."organizationId" AND m."userId" = c."userId"
    GROUP BY c.provider`)
  const requests = (coverage[0]?.requests ?? []).map(readRequestJson)
  return {
    connectors: new Map(connectors.map((row) => [row.provider, row])),
    connections,
    attempts,
    coverage,
    requests,
  }
}

function describeKind(reader: Reader, provider: Provider, facts: SearchFacts): KindView {
  const { kind, name, children, list, search, searchOnDemand } = reader
  const closed = search ? searchClosed(reader, provider, facts) : null
  return {
    id: kind,
    name,
    children: [...(children ?? [])],
    isListed: list !== undefined,
    ...(isContainer(kind) ? { isContainer: true } : {}),
    search: search ? (searchOnDemand ? 'on_demand' : 'typing') : null,
    ...(closed === null ? {} : { searchClosed: closed }),
  }
}

function describeProvider(actor: Actor, listed: Listed, read: Slots): ProviderView {
  const declared = findProvider(listed.id)
  const connector = read.connectors.get(listed.id) ?? null
  const around = {
    provider: listed,
    declared,
    connector,
    whoMayConnect: whoMayConnect(actor.organization, connector),
  }
  const requests = read.requests.filter((row) => row.provider === listed.id)
  const seesOthers = may(actor, 'hub.see') // a guest connects, and learns nothing of who else does
  const slots = listed.slots.map((slot: Slot) => {
    const found = read.connections.find((entry) => entry.provider === listed.id && entry.slot === slot)
    const row = found && sight(actor, found) === 'full' ? found : null
    const open = read.attempts.find((entry) => entry.provider === listed.id && entry.slot === slot)
    const attempt = open && (seesOthers || open.userId === actor.userId) ? open : null
    const request = slot === 'organization' ? (requests.find(({ userId }) => userId === actor.userId) ?? null) : null
    const also = describeAlso(actor, declared, slot, read)
    const ways = {
      also,
      methods: declared ? methodsFor(declared, slot, isNative(actor)) : [],
      availability: availabilityOf(declared, slot, isNative(actor)),
    }
    return describeSlot(actor, row, { ...around, ...ways, slot, attempt, request })
  })
  const members = read.coverage[0]?.members ?? 0
  const connected = read.coverage.find((row) => row.provider === listed.id)?.connected ?? 0
  const main = declared?.auth.find((method) => 'scopes' in method)
  const scopes = main && 'scopes' in main ? main.scopes : []
  const shown = slots.find(({ slot }) => slot === 'user') ?? slots[0]
  const facts = { options: optionsOf(connector), granted: shown?.connection?.scopes.granted ?? [] }
  return {
    id: listed.id,
    name: listed.name,
    category: listed.category,
    provides: [...(declared?.provides ?? [])],
    before: [...(declared?.before ?? [])],
    kinds: declared ? declared.readers.map((reader) => describeKind(reader, declared, facts)) : [],
    ...(declared?.sharing ? { sharing: describeSharing(declared.sharing) } : {}),
    enabled: connector?.enabled ?? true,
    whoMayConnect: around.whoMayConnect,
    options: describeOptions(declared, connector),
    inAnswers: connector?.inAnswers ?? true,
    may: { configure: may(actor, 'connector.configure'), seeActivity: may(actor, 'activity.see') },
    slots,
    requests: may(actor, 'connection.manage') ? requests.map(describeWaiting) : [],
    scopes: describeScopes(scopes),
    leave: describeLeave(declared),
    ...describeNative(actor, declared, slots),
    ...(listed.slots.includes('user') && seesOthers ? { coverage: { connected, members } } : {}),
  }
}

const describeSharing = ({ kind, none, chosen }: Sharing) => ({ kind, none, ...(chosen ? { chosen } : {}) })

/** The 13 as the caller sees them. */
export async function listProviders(actor: Actor): Promise<ProviderList> {
  const read = await withOrg(actor, (db) => readSlots(db, actor))
  return {
    items: catalogue.map((listed) => describeProvider(actor, listed, read)),
    nextCursor: null,
    checkedAt: now().toISOString(),
  }
}

/** One of the 13 as the caller sees it. Throws `not-found` for any other id. */
export async function findProviderView(actor: Actor, id: string): Promise<ProviderView> {
  const listed = catalogue.find((entry) => entry.id === id)
  if (!listed) throw new Problem('not-found')
  return describeProvider(actor, listed, await withOrg(actor, (db) => readSlots(db, actor)))
}

/** The 13, for their page. Throws `forbidden` for those who have no business there. */
export async function readHub(actor: Actor): Promise<ProviderList> {
  allow(actor, 'hub.see')
  return listProviders(actor)
}

/** One of the 13, for its pages. Throws `not-found`, and `forbidden` for those who have no business there. */
export async function readProvider(actor: Actor, id: string): Promise<ProviderView> {
  allow(actor, 'hub.see')
  return findProviderView(actor, id)
}

/** What the setup guide of a provider says here; null for one that is not built. */
export const readGuide = (actor: Actor, id: string): GuideView | null =>
  describeGuide(findProvider(id), isNative(actor))

/** What happened at a provider, newest first, as far as the caller may know it. Throws as readProvider. */
export async function listActivity(actor: Actor, id: string, query: ActivityQuery): Promise<ActivityList> {
  allow(actor, 'hub.see')
  const listed = catalogue.find((entry) => entry.id === id)
  if (!listed) throw new Problem('not-found')
  const { rows, nextCursor } = await withOrg(actor, (db) => readActivity(db, actor, id, query))
  const around = { name: listed.name, by: findProvider(id)?.leave.by ?? '', readerId: actor.userId }
  return { items: rows.map((row) => describeActivity(row, around)), nextCursor }
}

/** The caller's first steps here, ticked by what happened. */
export async function readFirstRun(actor: Actor): Promise<FirstRunView> {
  const facts = await withOrg(actor, (db) => readFirstRunFacts(db, actor))
  if (!facts) throw new Problem('not-found')
  return describeFirstRun(facts, actor.role, catalogue)
}

/** A person's own accounts in all their organizations, those that stand or stood. */
export async function listOwnAccounts(person: Person): Promise<OwnAccountView[]> {
  const found = (await enterAll(person)).map(async (actor) => {
    const { items } = await listProviders(actor)
    const { slug, name } = actor.organization
    const hasOwn = ({ slots }: ProviderView) => slots.some(({ slot, connection }) => slot === 'user' && connection)
    return items.filter(hasOwn).map((provider) => ({ organization: { slug, name }, provider }))
  })
  return (await Promise.all(found)).flat()
}

/** Whether an id is one of the 13. */
export const isProvider = (id: string): boolean => catalogue.some((entry) => entry.id === id)

/** The name of one of the 13; for an id that is none of them, words that fit any. */
export const nameOfProvider = (id: string): string => catalogue.find((entry) => entry.id === id)?.name ?? 'The provider'

/** An attempt of a person's own, wherever it belongs: what the provider's tab shows at the end. Null for any other. */
export async function findLanded(
  person: Person,
  id: string,
): Promise<{ attempt: AttemptView; organization: Actor['organization']; account: string | null } | null> {
  const row = await withSystem('attempt lookup', (db) =>
    db.connectAttempt.findFirst({ where: { id, userId: person.id } }),
  )
  const actor = row && (await enterById(person, row.organizationId))
  if (!actor) return null
  const attempt = await findAttempt(actor, id)
  const connection = (await listConnections(actor)).find((entry) => entry.id === attempt.connectionId)
  return { attempt, organization: actor.organization, account: connection?.account.label ?? null }
}

/** The connections the caller may see whole: the organization's and their own. */
export async function listConnections(actor: Actor): Promise<ConnectionView[]> {
  const { items } = await listProviders(actor)
  return items.flatMap(({ slots }) => slots.flatMap(({ connection }) => (connection ? [connection] : [])))
}

/** One connection the caller may see whole. Throws `not-found` for a foreign, unknown or another member's one. */
export async function findConnection(actor: Actor, id: string): Promise<ConnectionView> {
  const found = (await listConnections(actor)).find((connection) => connection.id === id)
  if (!found || sight(actor, { slot: found.slot, userId: found.userId ?? null }) !== 'full')
    throw new Problem('not-found')
  return found
}

export type Serving = { id: string; provider: string; slot: Slot; status: Status }

/** Per provider, the connection through which this viewer reads: their own where members have a slot, else the organization's. */
export async function servingConnections(actor: Actor): Promise<Map<string, Serving>> {
  const { items } = await listProviders(actor)
  const serving = items.flatMap(({ id, slots }) => {
    const slot = slots.find((entry) => entry.slot === 'user') ?? slots[0]
    if (!slot?.connection) return []
    return [[id, { id: slot.connection.id, provider: id, slot: slot.slot, status: slot.connection.status }] as const]
  })
  return new Map(serving)
}

/** An attempt of the caller's own. Throws `not-found` for an unknown, foreign or another person's one. */
export async function findAttempt(actor: Actor, id: string): Promise<AttemptView> {
  const attempt = await withOrg(actor, (db) =>
    db.connectAttempt.findFirst({ where: { id, userId: actor.userId ?? '' } }),
  )
  if (!attempt) throw new Problem('not-found')
  return describeAttempt(attempt)
}
