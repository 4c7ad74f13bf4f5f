import { now } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import type { Job } from '#lib/platform/jobs.ts'

const KEPT_MS = 24 * 60 * 60 * 1000

/** Wipes the copies of cards that are a day old, in every organization. That a viewer saw the thing is kept. Returns how many. */
export async function purgeCopies(): Promise<number> {
  const { count } = await withSystem('purge', (db) =>
    db.cardCopy.updateMany({
      where: { sealed: { not: null }, fetchedAt: { lte: new Date(now().getTime() - KEPT_MS) } },
      data: { sealed: null },
    }),
  )
  return count
}

/** The jobs of this room, for the worker. */
export const jobs: readonly Job[] = [
  {
    name: 'boards.purge-copies',
    schedule: '17 * * * *',
    work: async () => {
      await purgeCopies()
    },
  },
]
