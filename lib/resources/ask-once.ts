import { z } from 'zod'
import { ProviderFailure, shape } from '#lib/providers/api.ts'
import type { Api, Ask } from '#lib/providers/define-api.ts'
import { keepAnswer, type Whole } from './keep-answer.ts'

/** A walk over many pages asks nothing twice: what came long ago need not be kept. */
const MOST_KEPT = 100

type Question = Omit<Ask<unknown>, 'schema' | 'keptMs'>
const keyOf = (path: string, { query, headers, asSecond, elsewhere, accept, as }: Question): string =>
  JSON.stringify([path, query, headers, asSecond, elsewhere, accept, as])

/** What another try may answer differently a moment later. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ProviderFailure) || error.failure === 'unavailable' || error.failure === 'rate_limited'

/**
 * The API for one piece of work, in which the same GET is asked once: several things on one board or in one search are in the
 * same place and by the same people. It is one connection's and goes with the work, so nothing is kept from one look to the
 * next, nor from one person to another, but for what its asker says to keep. `whose`: the connection and its grant.
 */
export function askOnce(api: Api, whose: string): Api {
  const kept = new Map<string, Promise<Whole>>()
  const keep = (key: string, asked: Promise<Whole>): Promise<Whole> => {
    const [oldest] = kept.keys()
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    kept.set(key, asked)
    asked.catch((error: unknown) => {
      if (isPassing(error) && kept.get(key) === asked) kept.delete(key)
    })
    return asked
  }
  const whole = async <T>(path: string, ask: Ask<T>): Promise<{ value: T; headers: Headers }> => {
    if ((ask.method ?? 'GET') !== 'GET') return api.whole(path, ask)
    const { keptMs, schema, ...same } = ask
    const key = keyOf(path, same)
    // as it came: who asks the same may read something else in it
    const come = () => api.whole(path, { ...same, schema: z.unknown() })
    const forMs = (raw: unknown): number => {
      const read = schema.safeParse(raw)
      return (read.success && keptMs?.(read.data)) || 0
    }
    const asked = kept.get(key) ?? keep(key, keptMs ? keepAnswer(`${whose} ${key}`, come, forMs) : come())
    const { value, headers } = await asked
    return { value: shape(value, schema), headers }
  }
  return Object.assign(async <T>(path: string, ask: Ask<T>) => (await whole(path, ask)).value, {
    config: api.config,
    whole,
    stream: api.stream,
    base: api.base,
    web: api.web,
  })
}
