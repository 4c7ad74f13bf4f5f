import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { PageQuery } from '#lib/platform/schema.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { inReadingOrder } from './place-objects.ts'
import { allowSeeing, mayEditBoards, maySeeBoards } from './policy.ts'
import type { BoardList, BoardView, ObjectView } from './schema.ts'

const selected = {
  id: true,
  type: true,
  sectionId: true,
  position: true,
  text: true,
  size: true,
  fromId: true,
  toId: true,
  version: true,
  createdById: true,
  updatedById: true,
  updatedAt: true,
  // Only what anybody on the board may know of a reference. What it points at comes with the viewer's card.
  reference: { select: { provider: true, kind: true } },
} satisfies Prisma.BoardObjectSelect
type Row = Prisma.BoardObjectGetPayload<{ select: typeof selected }>
type Names = ReadonlyMap<string, string>

const unknownPerson = 'Someone who left'

async function namesOf(db: Db, ids: readonly string[]): Promise<Names> {
  const people = await db.user.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

const peopleOf = ({ createdById, updatedById }: Row): string[] => [createdById, updatedById]

function toView(row: Row, names: Names): ObjectView[] {
  const base = {
    id: row.id,
    section: row.sectionId,
    position: row.position,
    version: row.version,
    addedBy: { id: row.createdById, name: names.get(row.createdById) ?? unknownPerson },
    updatedBy: { id: row.updatedById, name: names.get(row.updatedById) ?? unknownPerson },
    updatedAt: row.updatedAt.toISOString(),
  }
  if (row.type === 'note' || row.type === 'section') return [{ ...base, type: row.type, text: row.text ?? '' }]
  if (row.type === 'connector' && row.fromId && row.toId)
    return [{ ...base, type: 'connector', text: row.text, from: row.fromId, to: row.toId }]
  if (row.type !== 'reference' || !row.reference) return []
  const size = row.size === 'S' || row.size === 'L' ? row.size : 'M'
  return [{ ...base, type: 'reference', ...row.reference, caption: row.text, size }]
}

/** What stands for all that admins switched so far. What is off again by itself has no row, so they are counted too. */
async function sharedAs(db: Db, rows: readonly Row[]): Promise<string> {
  if (!rows.some(({ reference }) => reference && findProvider(reference.provider)?.sharing)) return ''
  const { _count, _max } = await db.sharedResource.aggregate({ _count: true, _max: { changedAt: true } })
  return `${_count} ${_max.changedAt?.toISOString() ?? ''}`
}

/** One board with everything on it, in reading order. Throws `not-found` alike for unknown and hidden ones. */
export async function readBoard(actor: Actor, boardId: string): Promise<BoardView> {
  allowSeeing(actor)
  return withOrg(actor, async (db) => {
    const board = await db.board.findFirst({ where: { id: boardId } })
    if (!board) throw new Problem('not-found')
    const rows = await db.boardObject.findMany({ where: { boardId }, select: selected })
    const names = await namesOf(db, [board.createdById, ...rows.flatMap(peopleOf)])
    return {
      id: board.id,
      name: board.name,
      version: board.version,
      createdBy: { id: board.createdById, name: names.get(board.createdById) ?? unknownPerson },
      updatedAt: board.updatedAt.toISOString(),
      mayEdit: mayEditBoards(actor),
      shared: await sharedAs(db, rows),
      objects: inReadingOrder(rows).flatMap((row) => toView(row, names)),
    }
  })
}

/** One object of a board, inside the caller's transaction. */
export async function readObject(db: Db, boardId: string, objectId: string): Promise<ObjectView> {
  const row = await db.boardObject.findFirst({ where: { id: objectId, boardId }, select: selected })
  if (!row) throw new Problem('not-found')
  const [view] = toView(row, await namesOf(db, peopleOf(row)))
  if (!view) throw new Problem('not-found')
  return view
}

type Cursor = { updatedAt: Date; id: string }

function readCursor(cursor: string): Cursor {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('|')
  const updatedAt = new Date(at)
  if (!/^2\d{3}-/.test(at) || Number.isNaN(updatedAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw fieldProblem('cursor', 'This cursor is not one of ours. Start again without it.')
  return { updatedAt, id }
}

const writeCursor = ({ updatedAt, id }: Cursor): string =>
  Buffer.from(`${updatedAt.toISOString()}|${id}`).toString('base64url')

type Counted = { boardId: string; objects: number; providers: string[] }

const countObjects = (db: Db, boardIds: string[]): Promise<Counted[]> =>
  db.$queryRaw(Prisma.sql`
    SELECT o."boardId", count(*)::int AS objects,
      coalesce(array_agg(DISTINCT r.provider ORDER BY r.provider) FILTER (WHERE r.provider IS NOT NULL), '{}') AS providers
    FROM "BoardObject" o
    LEFT JOIN "Reference" r ON r."organizationId" = o."organizationId" AND r.id = o."referenceId"
    WHERE o."boardId" = ANY(${boardIds}::uuid[]) GROUP BY o."boardId"`)

/** The organization's boards, last changed first. Somebody who may see none gets an empty list. */
export async function listBoards(actor: Actor, page: Partial<PageQuery> = {}): Promise<BoardList> {
  if (!maySeeBoards(actor)) return { items: [], nextCursor: null }
  const limit = page.limit ?? 50
  const from = page.cursor ? readCursor(page.cursor) : null
  return withOrg(actor, async (db) => {
    const found = await db.board.findMany({
      ...(from
        ? { where: { OR: [{ updatedAt: { lt: from.updatedAt } }, { updatedAt: from.updatedAt, id: { lt: from.id } }] } }
        : {}),
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    })
    const boards = found.slice(0, limit)
    const counted = new Map(
      (
        await countObjects(
          db,
          boards.map(({ id }) => id),
        )
      ).map((one) => [one.boardId, one]),
    )
    const names = await namesOf(
      db,
      boards.map(({ createdById }) => createdById),
    )
    const last = boards.at(-1)
    return {
      items: boards.map((board) => ({
        id: board.id,
        name: board.name,
        providers: counted.get(board.id)?.providers ?? [],
        objects: counted.get(board.id)?.objects ?? 0,
        updatedAt: board.updatedAt.toISOString(),
        createdBy: names.get(board.createdById) ?? unknownPerson,
      })),
      nextCursor: last && found.length > limit ? writeCursor(last) : null,
    }
  })
}
