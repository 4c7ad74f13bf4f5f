import { sleep } from '#lib/platform/clock.ts'

/** The last of those that wait, by the account and the budget they are counted against; in memory for as long as one waits. */
const lines = new Map<string, Promise<void>>()

/** Waits `ms` after the one before in the same line: calls that come back together would be over the limit together again. */
export function waitInLine(name: string, ms: number, signal?: AbortSignal): Promise<void> {
  const turn = whenClear(name).then(() => sleep(ms, signal))
  lines.set(name, turn)
  void turn.then(() => {
    if (lines.get(name) === turn) lines.delete(name)
  })
  return turn
}

/** When nobody waits any more. */
export const whenClear = (name: string): Promise<void> => lines.get(name) ?? Promise.resolve()
