import { AsyncLocalStorage } from 'node:async_hooks'

const shifted = new AsyncLocalStorage<number>()
let offsetMs = 0

/** The time as the product knows it. Tests move it; nothing else in the house reads the system clock for a decision. */
export function now(): Date {
  return new Date(Date.now() + (shifted.getStore() ?? offsetMs))
}

/** Moves the clock of the whole process; for tests and demonstrations only. Returns the way back. */
export function shiftClock(ms: number): () => void {
  const before = offsetMs
  offsetMs = before + ms
  return () => {
    offsetMs = before
  }
}

/** Runs `work` with the clock moved by `ms`, without touching what runs beside it. */
export function withClockShifted<T>(ms: number, work: () => T): T {
  return shifted.run(ms, work)
}

/** A moment `ms` after the present one. */
export const inFuture = (ms: number): Date => new Date(now().getTime() + ms)

/** Waits; aborts early when the signal fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
