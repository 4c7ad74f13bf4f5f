export type Clock = { now(): number; advance(seconds: number): void; reset(): void }

/** The sandbox's own clock in epoch milliseconds: real time plus what control advanced it by. */
export function startClock(): Clock {
  let aheadMs = 0
  return {
    now: () => Date.now() + aheadMs,
    advance: (seconds) => {
      aheadMs += seconds * 1000
    },
    reset: () => {
      aheadMs = 0
    },
  }
}
