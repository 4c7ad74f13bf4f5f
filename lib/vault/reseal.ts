import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import type { Keyring } from '#lib/platform/env.ts'
import { type Binding, seal, unseal } from '#lib/platform/seal.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

type Named = { organizationId: string }
/** A column of sealed values: where it is, and what each value is bound to. Every room names its own. */
export type SealedColumn<Row extends Named = Named> = {
  /** What they are, in words: `credentials`. */
  what: string
  table: string
  column: string
  /** The columns, ids all of them, that name a row within its organization. */
  key: readonly string[]
  /** Reads the organization, the key, the sealed text as `value`, and what `binding` takes besides. */
  rows: Prisma.Sql
  binding(row: Row): Binding
}

const ROWS_AT_ONCE = 100
const name = (word: string) => Prisma.raw(`"${word}"`) // words of our own schema
const at = (word: string) => Prisma.raw(`t."${word}"`)

type Stale = { row: Named; value: string; key: string[] }

/** The next rows of an organization that older keys sealed, after the last of the page before. */
async function findStale(db: Db, column: SealedColumn, kids: readonly string[], last?: Stale): Promise<Stale[]> {
  const keys = Prisma.join(column.key.map(at))
  const ids = last?.key.map((id) => Prisma.sql`${id}::uuid`)
  const rows = await db.$queryRaw<(Named & { value: string } & Record<string, unknown>)[]>(Prisma.sql`
    SELECT t.* FROM (${column.rows}) t
    WHERE sealed_by(t.value) IN (${Prisma.join(kids)}) ${ids ? Prisma.sql`AND (${keys}) > (${Prisma.join(ids)})` : Prisma.empty}
    ORDER BY ${keys} LIMIT ${ROWS_AT_ONCE}`)
  return rows.map((row) => ({ row, value: row.value, key: column.key.map((word) => String(row[word])) }))
}

type Fresh = Stale & { fresh: string }

/** Puts values in the place of the very ones they were made from: what has moved on, or is being changed now, stays as it is. */
async function replace(
  db: Db,
  { organizationId }: Actor,
  column: SealedColumn,
  made: readonly Fresh[],
): Promise<number> {
  const isSame = Prisma.join(
    column.key.map((word) => Prisma.sql`${at(word)} = n.${name(word)}`),
    ' AND ',
  )
  const ids = column.key.map((_, place) => Prisma.sql`${made.map(({ key }) => key[place] ?? '')}::uuid[]`)
  const was = Prisma.sql`${made.map(({ value }) => value)}::text[]`
  const values = Prisma.sql`unnest(${Prisma.join([...ids, was])}, ${made.map(({ fresh }) => fresh)}::text[])`
  const names = Prisma.join([...column.key, 'was', 'fresh'].map(name))
  // whoever has a row locked goes first, and is not waited for: the next round sees what they made of it
  return db.$executeRaw(Prisma.sql`
    WITH n AS (SELECT * FROM ${values} AS v(${names})),
    free AS (
      SELECT n.* FROM ${name(column.table)} t JOIN n ON ${isSame}
      WHERE t."organizationId" = ${organizationId}::uuid AND ${at(column.column)} = n.was
      FOR NO KEY UPDATE OF t SKIP LOCKED)
    UPDATE ${name(column.table)} t SET ${name(column.column)} = n.fresh FROM free n
    WHERE t."organizationId" = ${organizationId}::uuid AND ${isSame} AND ${at(column.column)} = n.was`)
}

async function sealAnew(column: SealedColumn, stale: Stale, keyring: Keyring): Promise<Fresh[]> {
  const binding = column.binding(stale.row)
  const text = await unseal(stale.value, binding, keyring)
  return text === null ? [] : [{ ...stale, fresh: await seal(text, binding, keyring) }]
}

/** `kids`: the keys whose values are sealed anew, with the first of the keyring. `onRows` hears how many were, page by page. */
export type Round = {
  keyring: Keyring
  kids: readonly string[]
  signal?: AbortSignal | undefined
  onRows: (count: number) => void
}
export type Done = { resealed: number; unreadable: number }

/** One organization's values of a column. They are opened and sealed with no transaction open, so that nobody waits for it. */
export async function reseal(actor: Actor, column: SealedColumn, round: Round): Promise<Done> {
  const done = { resealed: 0, unreadable: 0 }
  let last: Stale | undefined
  while (!round.signal?.aborted) {
    const page = await withOrg(actor, (db) => findStale(db, column, round.kids, last))
    if (page.length === 0) break
    const made = (await Promise.all(page.map((stale) => sealAnew(column, stale, round.keyring)))).flat()
    const count = made.length > 0 ? await withOrg(actor, (db) => replace(db, actor, column, made)) : 0
    done.resealed += count
    done.unreadable += page.length - made.length
    round.onRows(count)
    last = page.at(-1)
  }
  return done
}
