// Two things side by side: A B, B A, A B ... so that whatever else the machine does falls on both alike.

/** What came of it: the median of each side, and the median of the ratios of the rounds. */
export type Compared = { ours: number; other: number; ratio: number }

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Measures both sides once a round, after one round that counts for nothing. */
export async function sideBySide(
  rounds: number,
  ours: () => Promise<number>,
  other: () => Promise<number>,
): Promise<Compared> {
  await ours()
  await other()
  const seen: { ours: number; other: number }[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) seen.push({ ours: await ours(), other: await other() })
    else {
      const first = await other()
      seen.push({ ours: await ours(), other: first })
    }
  }
  return {
    ours: median(seen.map((pair) => pair.ours)),
    other: median(seen.map((pair) => pair.other)),
    ratio: median(seen.map((pair) => pair.ours / pair.other)),
  }
}

/** The time of each of `count` runs, one after the other, in milliseconds. */
export async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times
}

/** Runs `count` times, every worker at once: how many a second, and the processor time of this process for each in ms. */
export async function flood(count: number, workers: readonly (() => Promise<unknown>)[]) {
  let left = count
  const began = performance.now()
  const before = process.cpuUsage()
  await Promise.all(
    workers.map(async (work) => {
      while (left-- > 0) await work()
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (count * 1000) / (performance.now() - began), cpuMs: (user + system) / 1000 / count }
}
