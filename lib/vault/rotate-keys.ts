import { Prisma, unscoped, withSystem } from '#lib/platform/db.ts'
import { env, type Keyring } from '#lib/platform/env.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { type Done, type Round, reseal, type SealedColumn } from './reseal.ts'

/** How many values a key has sealed; `kid` is null for what no key can have sealed. */
export type Held = { what: string; kid: string | null; count: number }
export type Progress = { what: string; done: number; of: number }
/** `unreadable`: of a key that is there, and open with none; they are left as they are. */
export type Rotation = { resealed: number; unreadable: number; held: Held[]; forgotten: string[] }
type Options = {
  keyring?: Keyring
  onProgress?: (progress: Progress) => void
  /** Ends it after the rows in hand; running it again goes on there. */
  signal?: AbortSignal
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

type Count = { organizationId: string; kid: string | null; count: number }

function countIn({ table, column }: SealedColumn): Promise<Count[]> {
  const [from, value] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)] // words of our own schema
  return withSystem('key rotation', (db) =>
    db.$queryRaw(Prisma.sql`
      SELECT "organizationId", sealed_by(${value}) AS kid, count(*)::int AS count FROM ${from}
      WHERE ${value} IS NOT NULL GROUP BY 1, 2 ORDER BY 1`),
  )
}

/** What each key has sealed, by the names in the values' headers. */
export async function countSealed(columns: readonly SealedColumn[]): Promise<Held[]> {
  const held: Held[] = []
  for (const column of columns) {
    const counts = Map.groupBy(await countIn(column), ({ kid }) => kid)
    for (const [kid, of] of counts) held.push({ what: column.what, kid, count: sum(of.map(({ count }) => count)) })
  }
  return held
}

async function rotateColumn(
  column: SealedColumn,
  round: Omit<Round, 'onRows'>,
  onProgress: Options['onProgress'],
): Promise<Done> {
  const counts = (await countIn(column)).filter(({ kid }) => kid !== null && round.kids.includes(kid))
  const of = sum(counts.map(({ count }) => count))
  const total = { resealed: 0, unreadable: 0 }
  let done = 0
  const onRows = (count: number) => {
    done += count
    onProgress?.({ what: column.what, done, of })
  }
  for (const organizationId of new Set(counts.map((entry) => entry.organizationId))) {
    if (round.signal?.aborted) break
    const one = await reseal(await jobActor(organizationId, 'vault.rotate-keys'), column, {
      ...round,
      onRows,
    })
    total.resealed += one.resealed
    total.unreadable += one.unreadable
  }
  return total
}

/** Keys that are not in the keyring and have nothing left are no loss: nobody is warned of them any more. */
async function forgetKeys(held: readonly Held[], keyring: Keyring): Promise<string[]> {
  const known = await unscoped().keyFingerprint.findMany()
  const isNeeded = (kid: string) => keyring.some((key) => key.kid === kid) || held.some((one) => one.kid === kid)
  const forgotten = known.flatMap(({ kid }) => (isNeeded(kid) ? [] : [kid]))
  await unscoped().keyFingerprint.deleteMany({ where: { kid: { in: forgotten } } })
  return forgotten
}

/**
 * Seals with the first key what the others sealed, round after round until a round finds nothing to do. Whoever reads goes on
 * reading, and a value that somebody renews meanwhile is theirs. May be ended anywhere, by anything, and run again: how far it
 * came stands in the values themselves. What no key opens is counted and left as it is.
 */
export async function rotateKeys(columns: readonly SealedColumn[], options: Options = {}): Promise<Rotation> {
  const { keyring = env().KEYRING, onProgress, signal } = options
  const kids = keyring.slice(1).map(({ kid }) => kid)
  const total = { resealed: 0, unreadable: 0 }
  for (let moved = kids.length; moved > 0 && !signal?.aborted; total.resealed += moved) {
    const rounds: Done[] = []
    for (const column of columns) rounds.push(await rotateColumn(column, { keyring, kids, signal }, onProgress))
    moved = sum(rounds.map(({ resealed }) => resealed))
    total.unreadable = sum(rounds.map(({ unreadable }) => unreadable)) // the same ones in every round
  }
  const held = await countSealed(columns)
  return { ...total, held, forgotten: await forgetKeys(held, keyring) }
}
