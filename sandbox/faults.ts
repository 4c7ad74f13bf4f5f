import { z } from 'zod'

/**
 * A planned misbehaviour. `path` is a prefix, or a pattern with `*` (within a segment) and `**` (anything), matched with
 * the origin's prefix and, when `provider` is given, also without. Without `times` it lasts until it is cleared.
 * `after` (and `drop: 'after'`) lets the request take effect before its answer is replaced, delayed or lost.
 */
export const Fault = z.strictObject({
  provider: z.string().optional(),
  method: z.string().optional(),
  path: z.string().startsWith('/'),
  status: z.number().int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  delayMs: z.number().min(0).optional(),
  times: z.number().int().min(1).optional(),
  drop: z.union([z.boolean(), z.enum(['before', 'after'])]).optional(),
  after: z.boolean().optional(),
})
export type Fault = z.infer<typeof Fault>

export type Faults = {
  add(faults: Fault[]): void
  clear(): void
  /** `providers` are those that the request may be for. */
  take(request: { providers: readonly string[]; method: string; path: string; rest: string }): Fault | null
}

/** Keeps the planned faults; `take` uses up one turn of the first that fits. */
export function startFaults(): Faults {
  let planned: { fault: Fault; left: number; expression: RegExp }[] = []
  return {
    add: (faults) => {
      planned.push(
        ...faults.map((fault) => ({
          fault,
          left: fault.times ?? Number.POSITIVE_INFINITY,
          expression: compile(fault.path),
        })),
      )
    },
    clear: () => {
      planned = []
    },
    take: ({ providers, method, path, rest }) => {
      const found = planned.find(
        ({ fault, left, expression }) =>
          left > 0 &&
          (fault.provider === undefined || providers.includes(fault.provider)) &&
          (fault.method ?? method) === method &&
          (expression.test(path) || (fault.provider !== undefined && expression.test(rest))),
      )
      if (!found) return null
      found.left -= 1
      return found.fault
    },
  }
}

function compile(path: string): RegExp {
  const source = path
    .split(/(\*+)/)
    .map((part) =>
      part === '*' ? '[^/]*' : part.startsWith('**') ? '.*' : part.replace(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`),
    )
    .join('')
  return new RegExp(`^${source}${path.includes('*') ? '$' : ''}`)
}
