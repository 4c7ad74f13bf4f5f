import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Ask } from '#lib/providers/define.ts'

const IN_FLIGHT = 4

type Line = { running: number; waiting: (() => void)[] }
const lines = new Map<string, Line>()

/** Does `work` when fewer than four of the same line are under way; those who came first go first. */
export async function takeTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(name) ?? { running: 0, waiting: [] }
  lines.set(name, line)
  if (line.running >= IN_FLIGHT) await new Promise<void>((resolve) => line.waiting.push(resolve))
  else line.running += 1
  try {
    return await work()
  } finally {
    const next = line.waiting.shift() // the turn is handed over, so `running` stays as it is
    if (next) next()
    else line.running -= 1
    if (line.running === 0) lines.delete(name)
  }
}

/** Why a call that still waits when its signal ends is not made: the signal's own reason, if that is a provider's. */
const notMade = ({ reason }: AbortSignal): ProviderFailure =>
  reason instanceof ProviderFailure ? reason : new ProviderFailure('unavailable', { detail: 'too_late' })

/**
 * The API with at most four calls in flight for one connection, whatever runs beside: a person's board of 200 cards is no
 * burst, and one person's slow source keeps nobody else waiting. Calls still waiting when `until` ends are not made.
 */
export function inTurn(api: Api, connectionId: string, until?: AbortSignal): Api {
  const turn = <T>(work: () => Promise<T>): Promise<T> =>
    takeTurn(connectionId, () => (until?.aborted ? Promise.reject(notMade(until)) : work()))
  return Object.assign(<T>(path: string, ask: Ask<T>) => turn(() => api(path, ask)), {
    whole: <T>(path: string, ask: Ask<T>) => turn(() => api.whole(path, ask)),
  })
}
