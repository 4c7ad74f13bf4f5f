import { now } from '#lib/platform/clock.ts'

const MOST_KEPT = 500
/** As JSON; a letter takes two bytes. A full page of a log is some 20 thousand. */
const MOST_LETTERS = 25_000_000

/** An answer as it came, and its headers. */
export type Whole = { value: unknown; headers: Headers }

type Kept = { answer: Whole; until: number; letters: number }
const kept = new Map<string, Kept>()
const underWay = new Map<string, Promise<Whole>>()
let letters = 0

function drop(key: string): void {
  letters -= kept.get(key)?.letters ?? 0
  kept.delete(key)
}

const isOver = ({ until }: Kept): boolean => until <= now().getTime()

/** What has ended goes, then what was kept longest ago. */
function keep(key: string, answer: Whole, forMs: number): void {
  drop(key)
  for (const [old, one] of kept) if (isOver(one)) drop(old)
  const own = JSON.stringify(answer.value)?.length ?? 0
  if (own > MOST_LETTERS) return
  for (const old of kept.keys()) {
    if (kept.size < MOST_KEPT && letters + own <= MOST_LETTERS) break
    drop(old)
  }
  letters += own
  kept.set(key, { answer, until: now().getTime() + forMs, letters: own })
}

function keptAs(key: string): Whole | null {
  const found = kept.get(key)
  if (!found) return null
  if (!isOver(found)) return found.answer
  drop(key)
  return null
}

/**
 * Asks for what its asker says to keep (`Ask.keptMs`), unless it is known still. Those who ask for the same at the same moment
 * wait for one answer. `key` names whose answer it is: one connection's, by one grant.
 */
export async function keepAnswer(
  key: string,
  ask: () => Promise<Whole>,
  keptMs: (value: unknown) => number,
): Promise<Whole> {
  const beside = underWay.get(key)
  const known = keptAs(key) ?? (beside && (await beside.catch(() => null)))
  if (known) return known
  const asked = ask()
  underWay.set(key, asked)
  try {
    const answer = await asked
    const forMs = keptMs(answer.value)
    if (forMs > 0) keep(key, answer, forMs)
    return answer
  } finally {
    if (underWay.get(key) === asked) underWay.delete(key)
  }
}
