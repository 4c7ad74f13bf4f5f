import { record } from '#lib/audit/record.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findSwitched, type Switched } from './find-switched.ts'
import { judgeTrouble, toProblem, toProblemOf } from './judge-trouble.ts'
import { lastKnown } from './known-containers.ts'
import type { SwitchesPatch, SwitchList, SwitchView } from './schema.ts'
import { inTurn } from './take-turn.ts'

/** A container as far as it could be read; null is not known. */
type Container = { id: string; title: string | null; isPrivate: boolean | null; within: readonly string[] }

const unread = (id: string): Container => ({ id, title: null, isPrivate: null, within: [] })
const asContainer = ({ id, title, isPrivate, within = [] }: Resource): Container => ({
  id,
  title,
  isPrivate: isPrivate === true,
  within,
})

const findListed = (switched: Switched, id: string): Resource | undefined =>
  lastKnown(switched)?.items.find((one) => one.id === id)

/**
 * The container by its own name and its own id, which may be asked for by another; turning it off must work also while the
 * provider is silent, by its own id: by another it would be said and not be so.
 */
async function findContainer(actor: Actor, switched: Switched, id: string, onBoards: boolean): Promise<Container> {
  const listed = findListed(switched, id)
  if (listed) return asContainer(listed)
  try {
    return await withConnection(actor, switched.id, async (api, used) =>
      asContainer(await switched.reader.read(inTurn(api, used), id)),
    )
  } catch (error) {
    const isSilent = !(error instanceof ProviderFailure) || error.failure !== 'not_found'
    const isOwn = switched.sharing.isOwnId?.(id) ?? true
    if (!onBoards && isSilent && isOwn && (error instanceof ProviderFailure || error instanceof Problem))
      return unread(id)
    throw error instanceof ProviderFailure ? toProblemOf(switched.provider, error) : error
  }
}

/** Does at the provider what it takes before anything of the container can be read. Throws a Problem with what to do. */
async function prepare(actor: Actor, { id, provider, sharing }: Switched, { id: of, title }: Container): Promise<void> {
  const { turnedOn } = sharing
  if (!turnedOn) return
  try {
    await withConnection(actor, id, (api, used) => turnedOn(inTurn(api, used), of))
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    const trouble = judgeTrouble(error)
    if (trouble.what !== 'forbidden' && trouble.what !== 'missing') throw toProblem(trouble, provider.name)
    const remedy = findRemedy(provider, error.detail)
    const why = remedy ?? `${provider.name} did not let Plugboard into ${title ?? 'it'}.`
    throw new Problem('provider-refused', `${why} It stays off.`)
  }
}

/** Nothing is shown out of what is off, so what is in it is not turned on before: that would be said and not be so. */
async function refuseClosed(db: Db, switched: Switched, { within }: Container): Promise<void> {
  const { id: connectionId, sharing } = switched
  const around = await db.sharedResource.findFirst({
    where: { connectionId, kind: sharing.kind, resourceId: { in: [...within] }, onBoards: false },
  })
  if (!around) return
  const title = findListed(switched, around.resourceId)?.title ?? 'What it is in'
  throw new Problem('not-on-boards', `${title} is off. Turn that on first.`)
}

/** Keeps what differs from what a container is by itself: a public one that turns private later is off again. */
async function store(db: Db, actor: Actor, { id, sharing }: Switched, { id: of, isPrivate }: Container, on: boolean) {
  const key = { organizationId: actor.organizationId, connectionId: id, kind: sharing.kind, resourceId: of }
  if (on && isPrivate === false) return db.sharedResource.deleteMany({ where: key })
  const data = { onBoards: on, changedById: actor.userId, changedAt: now() }
  return db.sharedResource.upsert({
    where: { organizationId_connectionId_kind_resourceId: key },
    create: { ...key, ...data },
    update: data,
  })
}

async function change(actor: Actor, switched: Switched, container: Container, onBoards: boolean): Promise<void> {
  const { id, provider, sharing } = switched
  await withOrg(actor, async (db) => {
    // one after the other, and no copy of a card is kept meanwhile (keep-copies.ts locks the same row)
    await db.$queryRaw`SELECT id FROM "Connection" WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    if (onBoards) await refuseClosed(db, switched, container)
    const row = await db.sharedResource.findFirst({
      where: { connectionId: id, kind: sharing.kind, resourceId: container.id },
    })
    const before = row?.onBoards ?? (container.isPrivate === null ? null : !container.isPrivate)
    if (before === onBoards) return
    await store(db, actor, switched, container, onBoards)
    // which copies are of what is inside cannot be told without opening them
    if (!onBoards) await db.cardCopy.updateMany({ where: { connectionId: id }, data: { sealed: null } })
    const name = container.title
    await record(
      db,
      actor,
      onBoards ? 'resource.shared' : 'resource.unshared',
      { kind: sharing.kind, id: container.id, name },
      {
        provider: provider.id,
        before: { onBoards: before },
        after: { onBoards, name, isPrivate: container.isPrivate },
      },
    )
  })
}

async function turn(actor: Actor, switched: Switched, id: string, onBoards: boolean): Promise<SwitchView> {
  const container = await findContainer(actor, switched, id, onBoards)
  if (onBoards) await prepare(actor, switched, container)
  await change(actor, switched, container, onBoards)
  return { kind: switched.sharing.kind, id: container.id, onBoards }
}

/**
 * Allows a container of the organization's connection on boards, or takes it off: then its cards show nothing from the next
 * look on. Throws `forbidden` for who is no admin, `provider-refused` and other provider problems: it stays as it was.
 */
export async function shareResource(
  actor: Actor,
  connectionId: string,
  { kind, resource }: { kind: string; resource: string },
  onBoards: boolean,
): Promise<SwitchView> {
  return turn(actor, await findSwitched(actor, connectionId, kind, 'resources.share'), resource, onBoards)
}

/** The same for several, one after the other; what could not be switched is told with why and holds up none of the rest. */
export async function shareResources(
  actor: Actor,
  connectionId: string,
  { kind, ids, onBoards }: SwitchesPatch,
): Promise<SwitchList> {
  const switched = await findSwitched(actor, connectionId, kind, 'resources.share')
  const answer: SwitchList = { items: [], refused: [] }
  const depth = (id: string): number => findListed(switched, id)?.within?.length ?? 0
  for (const id of [...new Set(ids)].sort((a, b) => depth(a) - depth(b))) {
    try {
      answer.items.push(await turn(actor, switched, id, onBoards))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answer.refused.push({ id, message: error.message })
    }
  }
  return answer
}
