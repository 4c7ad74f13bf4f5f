import { describeSlot } from '#lib/connections/describe.ts'
import { availabilityOf, methodsFor } from '#lib/connections/find-methods.ts'
import { findOwnSlot } from '#lib/connections/find-own-slot.ts'
import { mayDisconnect, whoMayConnect } from '#lib/connections/policy.ts'
import { listProviders, nameOfProvider } from '#lib/connections/queries.ts'
import { selectConnections } from '#lib/connections/read-slots.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { ConnectionRow, Surroundings } from '#lib/connections/surroundings.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow, allowRole, may } from '#lib/tenancy/policy.ts'
import { findMember } from '#lib/tenancy/queries.ts'
import { accountShown, RIGHT_TO_REMIND, reasonShown, seesEverybody } from './policy.ts'
import { readLastReminder } from './read-last-reminder.ts'
import { readWaiting } from './read-waiting.ts'
import type { LeavingView, PeopleView, PersonStandingView, ReminderView } from './schema.ts'

type Member = { userId: string; user: { name: string; email: string } }

async function readMembers(db: Db, actor: Actor): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { leftAt: null, ...(seesEverybody(actor) ? {} : { userId: actor.userId ?? '' }) },
    include: { user: { select: { name: true, email: true } } },
  })
  return rows.sort((a, b) => a.user.name.localeCompare(b.user.name, 'en') || a.userId.localeCompare(b.userId))
}

async function readAround(db: Db, actor: Actor, provider: Provider): Promise<Surroundings> {
  const connector = await db.connector.findFirst({ where: { provider: provider.id } })
  return {
    provider,
    slot: 'user',
    availability: availabilityOf(provider, 'user'),
    methods: methodsFor(provider, 'user'),
    connector: connector && { ...connector, disabledBy: null },
    whoMayConnect: whoMayConnect(actor.organization, connector),
    attempt: null,
    also: [],
    request: null,
  }
}

const isThere = ({ status }: { status: string }): boolean => !['disconnected', 'disconnecting'].includes(status)

/** One member as the reader may know of them: of another's account that it is there, how it fares and which it is. */
function describePerson(
  actor: Actor,
  { userId, user }: Member,
  row: ConnectionRow | null,
  around: Surroundings,
): PersonStandingView {
  const isSelf = userId === actor.userId
  const { status, signal, reasonCode, reason } = describeSlot(actor, row, around)
  const standing = row && isThere(row) ? row : null
  return {
    id: userId,
    name: user.name,
    isSelf,
    status,
    signal,
    reason: isSelf ? reason : reasonShown(reasonCode, reason),
    account: standing && (isSelf ? standing.accountLabel : accountShown(standing.accountLabel, user.email)),
    lastUsedAt: standing?.lastUsedAt?.toISOString() ?? null,
    endable: standing && mayDisconnect(actor, standing) ? standing.id : null,
  }
}

async function readReminder(
  db: Db,
  actor: Actor,
  { provider: { id }, connector, availability }: Surroundings,
): Promise<ReminderView | null> {
  const isOffered = availability === 'available' && (connector?.enabled ?? true)
  if (!isOffered || !may(actor, RIGHT_TO_REMIND)) return null
  const waiting = await readWaiting(db, actor, id)
  return { waiting: waiting.length, last: await readLastReminder(db, id) }
}

/** How the members' own accounts at a provider stand. Throws `forbidden` for guests, `not-found` where members have none. */
export async function readPeople(actor: Actor, id: string): Promise<PeopleView> {
  allow(actor, 'hub.see')
  const provider = findOwnSlot(id)
  return withOrg(actor, async (db) => {
    const members = await readMembers(db, actor)
    const around = await readAround(db, actor, provider)
    const ids = members.map(({ userId }) => userId)
    const rows = await db.$queryRaw<ConnectionRow[]>(
      selectConnections(Prisma.sql`
        c."organizationId" = ${actor.organizationId}::uuid AND c.provider = ${id} AND c."slotKey" = ANY(${ids})`),
    )
    const own = { provider: id, slot: 'user', status: 'connected', member: { leftAt: null } }
    return {
      coverage: {
        connected: await db.connection.count({ where: own }),
        members: await db.membership.count({ where: { leftAt: null } }),
      },
      people: members.map((member) =>
        describePerson(actor, member, rows.find(({ userId }) => userId === member.userId) ?? null, around),
      ),
      reminder: await readReminder(db, actor, around),
    }
  })
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en')

/** What stands and falls with a member: for themselves, and for those who may remove them. Throws as removing them would. */
export async function readLeaving(actor: Actor, userId: string): Promise<LeavingView> {
  const isSelf = userId === actor.userId
  if (!isSelf) allow(actor, 'members.see', 'not-found')
  return withOrg(actor, async (db) => {
    const member = await findMember(db, userId)
    if (!isSelf) allowRole(actor, member.role)
    const found = await db.connection.findMany({
      where: { status: { notIn: ['disconnected'] }, OR: [{ userId }, { slot: 'organization', createdById: userId }] },
    })
    const named = found.map((row) => ({ ...row, name: nameOfProvider(row.provider) })).sort(byName)
    return {
      accounts: named.filter(({ slot }) => slot === 'user').map(({ provider, name }) => ({ provider, name })),
      connections: named
        .filter(({ slot }) => slot === 'organization')
        .map(({ provider, name, accountLabel }) => ({ provider, name, account: accountLabel })),
      boards: await db.board.count({ where: { createdById: userId } }),
      tokens: await db.apiToken.count({ where: { createdById: userId, revokedAt: null } }),
    }
  })
}

const isLeftBehind = ({ slots }: ProviderView): boolean =>
  slots.some(({ slot, connection }) => slot === 'organization' && connection?.createdBy.left && isThere(connection))

/** Providers whose connection for everyone was made by somebody who has left, for those who may take it over. */
export async function listLeftBehind(actor: Actor): Promise<ProviderView[]> {
  if (!may(actor, 'connection.manage')) return []
  return (await listProviders(actor)).items.filter(isLeftBehind)
}
