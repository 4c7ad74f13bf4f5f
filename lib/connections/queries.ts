import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import { findProvider, providers } from '#lib/providers/registry.ts'
import { type Actor, enterAll, type Person } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import type { ActivityList, ActivityQuery } from './activity-schema.ts'
import { describeActivity } from './describe-activity.ts'
import { describeFirstRun } from './describe-first-run.ts'
import { describeGuide, type GuideView } from './describe-guide.ts'
import { describeProvider } from './describe-provider.ts'
import type { FirstRunView } from './first-run-schema.ts'
import { isNative } from './native.ts'
import { needProvider } from './need-provider.ts'
import { sight } from './policy.ts'
import { readActivity } from './read-activity.ts'
import { readFirstRunFacts } from './read-first-run.ts'
import { readSlots } from './read-slots.ts'
import type { ConnectionView, OwnAccountView, ProviderList, ProviderView, Status } from './schema.ts'

/** The 13 as the caller sees them. */
export async function listProviders(actor: Actor): Promise<ProviderList> {
  const read = await withOrg(actor, (db) => readSlots(db, actor))
  return {
    items: providers.map((provider) => describeProvider(actor, provider, read)),
    nextCursor: null,
    checkedAt: now().toISOString(),
  }
}

/** One of the 13 as the caller sees it. Throws `not-found` for any other id. */
export async function findProviderView(actor: Actor, id: string): Promise<ProviderView> {
  return describeProvider(actor, needProvider(id), await withOrg(actor, (db) => readSlots(db, actor)))
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

/** What the setup guide of a provider says here. Throws as needProvider. */
export const readGuide = (actor: Actor, id: string): GuideView => describeGuide(needProvider(id), isNative(actor))

/** What happened at a provider, newest first, as far as the caller may know it. Throws as readProvider. */
export async function listActivity(actor: Actor, id: string, query: ActivityQuery): Promise<ActivityList> {
  allow(actor, 'hub.see')
  const { name, leave } = await findProviderView(actor, id)
  const { rows, nextCursor } = await withOrg(actor, (db) => readActivity(db, actor, id, query))
  const around = { name, by: leave.by, readerId: actor.userId }
  return { items: rows.map((row) => describeActivity(row, around)), nextCursor }
}

/** The caller's first steps here, ticked by what happened. */
export async function readFirstRun(actor: Actor): Promise<FirstRunView> {
  const facts = await withOrg(actor, (db) => readFirstRunFacts(db, actor))
  if (!facts) throw new Problem('not-found')
  return describeFirstRun(facts, actor.role, providers)
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
export const isProvider = (id: string): boolean => findProvider(id) !== null

/** The name of one of the 13; for an id that is none of them, words that fit any. */
export const nameOfProvider = (id: string): string => findProvider(id)?.name ?? 'The provider'

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
