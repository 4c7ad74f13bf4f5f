import { servingConnections } from '#lib/connections/queries.ts'
import { findTypedHomes } from '#lib/connections/typed-homes.ts'
import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { allowOnBoards } from '#lib/resources/allow-on-boards.ts'
import { findReader } from '#lib/resources/list-resources.ts'
import { type Matched, matchLink, withoutTrackers } from '#lib/resources/match-link.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { changeBoard } from './change-board.ts'
import { findCopies, wasSeen } from './keep-copies.ts'
import { changed, type Placed, place } from './place-objects.ts'
import { allowSeeing, MAX_OBJECTS } from './policy.ts'
import { readObject } from './queries.ts'
import type { NewObject, ObjectView } from './schema.ts'
import { findPlaces, writePlaces } from './write-places.ts'

type NewReference = Extract<NewObject, { type: 'reference' }>
type NewConnector = Extract<NewObject, { type: 'connector' }>
type Viewer = Actor & { userId: string }

/** As long as an id may be: it stands in an index of the database. */
const MAX_ID = 2000

function notRecognized(url?: string): Problem {
  const detail = 'No tool here recognizes this link. Keep it in a note as plain text.'
  return new Problem('link-not-recognized', detail, {
    errors: [{ pointer: '/url', detail }],
    ...(url ? { members: { url: withoutTrackers(url) } } : {}),
  })
}

async function fromLink(actor: Actor, url: string): Promise<Matched> {
  const matched = matchLink(url, await findTypedHomes(actor))
  if (!matched || matched.id.length > MAX_ID) throw notRecognized(url)
  return matched
}

type Result = Extract<NewReference, { connection: string }>

/** One of the caller's own search results. */
async function fromResult(actor: Actor, { connection, kind, resource }: Result): Promise<Matched> {
  const serving = [...(await servingConnections(actor)).values()].find(({ id }) => id === connection)
  const provider = serving ? findProvider(serving.provider) : null
  if (!provider) throw fieldProblem('connection', 'This is not a connection you read through.')
  findReader(provider, kind)
  return { provider: provider.id, kind, id: resource }
}

/**
 * What somebody points at: by a link, matched by its address alone, or by a search result. What everybody reads through
 * the organization's connection has to be available on boards.
 */
async function resolve(actor: Actor, input: NewReference): Promise<Matched> {
  const matched = 'url' in input ? await fromLink(actor, input.url) : await fromResult(actor, input)
  return allowOnBoards(actor, matched)
}

/** The organization's one pointer to this thing. */
async function refer(db: Db, { organizationId }: Actor, { provider, kind, id: externalId }: Matched): Promise<string> {
  const pointer = { organizationId, provider, kind, externalId }
  await db.reference.createMany({ data: pointer, skipDuplicates: true })
  const { id } = await db.reference.findUniqueOrThrow({
    where: { organizationId_provider_kind_externalId: pointer },
    select: { id: true },
  })
  return id
}

/**
 * Throws `already-exists` with the object's id if the board shows this thing already. Only somebody who added that object
 * or has seen its card is told: to anybody else it would say what stands behind a locked card.
 */
async function refuseTwice(db: Db, actor: Viewer, boardId: string, referenceId: string): Promise<void> {
  const objects = await db.boardObject.findMany({
    where: { boardId, referenceId },
    select: { id: true, createdById: true },
    orderBy: { createdAt: 'asc' },
  })
  const [first] = objects
  if (!first) return
  const copy = (await findCopies(db, actor.userId, [referenceId])).get(referenceId)
  const hasSeen = copy !== undefined && (await wasSeen(actor, copy))
  const known = hasSeen ? first : objects.find(({ createdById }) => createdById === actor.userId)
  if (known) throw new Problem('already-exists', 'Already on this board.', { members: { objectId: known.id } })
}

function checkEnds(objects: readonly Placed[], { from, to }: NewConnector): void {
  const joins = (end: string) => objects.some(({ id, type }) => id === end && type !== 'connector')
  if (!joins(from)) throw fieldProblem('from', 'There is no such object on this board to connect.')
  if (!joins(to)) throw fieldProblem('to', 'There is no such object on this board to connect.')
  if (from === to) throw fieldProblem('to', 'A connector joins two different objects.')
}

type Contents = { text: string | null; referenceId?: string; fromId?: string; toId?: string }

async function contentsOf(
  db: Db,
  actor: Viewer,
  boardId: string,
  { input, matched, before }: { input: NewObject; matched: Matched | null; before: readonly Placed[] },
): Promise<Contents> {
  if (input.type === 'note' || input.type === 'section') return { text: input.text }
  if (input.type === 'connector') {
    checkEnds(before, input)
    return { text: input.text ?? null, fromId: input.from, toId: input.to }
  }
  if (!matched) throw notRecognized()
  const referenceId = await refer(db, actor, matched)
  if (!input.again) await refuseTwice(db, actor, boardId, referenceId)
  return { text: null, referenceId }
}

const isViewer = (actor: Actor): actor is Viewer => actor.userId !== null

/**
 * Puts a note, section, reference or connector on a board, behind `after` or at the end of its section. A link is
 * recognized by its address; only what everybody reads through one connection is looked at. Throws `link-not-recognized`
 * (with the `url` to keep), `not-on-boards`, `already-exists` (with `objectId`, unless `again`), `fields-not-accepted` also for a board that is full.
 */
export async function addObject(actor: Actor, boardId: string, input: NewObject): Promise<ObjectView> {
  allowSeeing(actor)
  if (!isViewer(actor)) throw new Problem('forbidden')
  const { organizationId, userId } = actor
  const matched = input.type === 'reference' ? await resolve(actor, input) : null
  return changeBoard(actor, boardId, async (db) => {
    const before = await findPlaces(db, boardId)
    if (before.length >= MAX_OBJECTS)
      throw fieldProblem(
        '',
        `This board holds ${MAX_OBJECTS} objects, the most it can. Remove one or use another board.`,
      )
    const contents = await contentsOf(db, actor, boardId, { input, matched, before })
    const id = crypto.randomUUID()
    const after = place(
      before,
      { id, type: input.type, sectionId: null, position: 0 },
      input.type === 'connector' ? {} : input,
    )
    const own = after.find((object) => object.id === id)
    await db.boardObject.create({
      data: {
        id,
        organizationId,
        boardId,
        type: input.type,
        sectionId: own?.sectionId ?? null,
        position: own?.position ?? 0,
        ...contents,
        createdById: userId,
        updatedById: userId,
        createdAt: now(),
        updatedAt: now(),
      },
    })
    await writePlaces(db, actor, changed(before, after))
    return readObject(db, boardId, id)
  })
}
