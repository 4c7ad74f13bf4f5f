import { now } from '#lib/platform/clock.ts'

/** A full page of a log is some 20 kB. */
const MOST_KEPT = 500

/** An answer as it came, and its headers. */
export type Whole = { value: unknown; headers: Headers }

const kept = new Map<string, { answer: Whole; until: number }>()
const underWay = new Map<string, Promise<Whole>>()

function keep(key: string, answer: Whole, forMs: number): void {
  const [oldest] = kept.keys()
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  kept.set(key, { answer, until: now().getTime() + forMs })
}

function keptAs(key: string): Whole | null {
  const found = kept.get(key)
  if (!found) return null
  if (found.until > now().getTime()) return found.answer
  kept.delete(key)
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
