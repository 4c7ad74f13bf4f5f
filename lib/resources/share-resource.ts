import { record } from '#lib/audit/record.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findSwitched, type Switched } from './find-switched.ts'
import { judgeTrouble, toProblem, toProblemOf } from './judge-trouble.ts'
import { lastKnown } from './known-containers.ts'
import type { SwitchesPatch, SwitchList, SwitchView } from './schema.ts'
import { inTurn } from './take-turn.ts'

/** A container as far as it could be read; null is not known. */
type Container = { id: string; title: string | null; isPrivate: boolean | null }

const unread = (id: string): Container => ({ id, title: null, isPrivate: null })

/** The container by its own name; turning it off must work also while the provider is silent. */
async function findContainer(actor: Actor, switched: Switched, id: string, onBoards: boolean): Promise<Container> {
  const listed = lastKnown(switched)?.items.find((one) => one.id === id)
  if (listed) return { id, title: listed.title, isPrivate: listed.isPrivate === true }
  try {
    return await withConnection(actor, switched.id, async (api, used) => {
      const { title, isPrivate } = await switched.reader.read(inTurn(api, used), id)
      return { id, title, isPrivate: isPrivate === true }
    })
  } catch (error) {
    const isSilent = !(error instanceof ProviderFailure) || error.failure !== 'not_found'
    if (!onBoards && isSilent && (error instanceof ProviderFailure || error instanceof Problem)) return unread(id)
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
  return { kind: switched.sharing.kind, id, onBoards }
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
  for (const id of new Set(ids)) {
    try {
      answer.items.push(await turn(actor, switched, id, onBoards))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answer.refused.push({ id, message: error.message })
    }
  }
  return answer
}
