import { inFuture, now, sleep } from '#lib/platform/clock.ts'
import { ProviderFailure, TOO_LATE } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Api, Ask, Streamed } from '#lib/providers/define-api.ts'
import type { GrantName } from '#lib/vault/hold.ts'
import { askOnce } from './ask-once.ts'

const IN_FLIGHT = 4
/** How long we wait when we are told to, but not how long. */
const UNTOLD_WAIT_MS = 60_000
const WAITS_KEPT = 10_000

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

const paces = new Map<string, Promise<void>>()

/** Waits until `pauseMs` have passed since the same line went on last; who comes first goes first, and who is too late by then is left out. */
async function keepPace(name: string, pauseMs: number, isLate: () => boolean): Promise<void> {
  const before = paces.get(name)
  const pause = (before ?? Promise.resolve()).then(() => (isLate() ? undefined : sleep(pauseMs)))
  paces.set(name, pause)
  void pause.then(() => paces.get(name) === pause && paces.delete(name))
  await before
}

/** The connection that asks by one of its grants, and whose rules of counting hold. */
type Asking = { id: string; of: GrantName; provider: Pick<Provider, 'budget' | 'pace'> }
type Wait = { until: Date; failure: ProviderFailure }
const waits = new Map<string, Wait>()

/** Limits are counted by account and by what the provider counts apart: a search that has to wait holds up no card. */
const partOf = ({ id, provider }: Asking, path: string): string => `${id} ${provider.budget?.(path) ?? ''}`

function noteWait(part: string, error: unknown): void {
  if (!(error instanceof ProviderFailure) || error.failure !== 'rate_limited') return
  if (waits.size > WAITS_KEPT) waits.clear()
  waits.set(part, { until: error.retryAt ?? inFuture(UNTOLD_WAIT_MS), failure: error })
}

function waitFor(part: string): ProviderFailure | null {
  const wait = waits.get(part)
  if (!wait) return null
  if (wait.until > now()) return wait.failure
  waits.delete(part)
  return null
}

const isRefusal = (error: unknown): error is ProviderFailure =>
  error instanceof ProviderFailure && (error.failure === 'expired' || error.failure === 'revoked')

/**
 * The API with at most four calls in flight for one connection, whatever runs beside, and in the provider's pace where it has
 * one: a person's board of 200 cards is no burst, and one person's slow source keeps nobody else waiting. A call that still waits is not made any more once `until`
 * ends, the provider has asked that part of its API to be left alone, or has refused the credential; and none is made that was
 * made before.
 */
export function inTurn(api: Api, asking: Asking, until?: AbortSignal): Api {
  let refusal: ProviderFailure | null = null
  const make = async <T>(path: string, call: () => Promise<T>): Promise<T> => {
    const part = partOf(asking, path)
    const late = () => (until?.aborted ? new ProviderFailure('unavailable', { detail: TOO_LATE }) : null)
    const instead = () => refusal ?? waitFor(part) ?? late()
    if (asking.provider.pace && !instead()) await keepPace(asking.id, asking.provider.pace, () => instead() !== null)
    const failure = instead()
    if (failure) throw failure
    try {
      return await call()
    } catch (error) {
      noteWait(part, error)
      if (isRefusal(error)) refusal = error
      throw error
    }
  }
  const turn = <T>(path: string, call: () => Promise<T>) => takeTurn(asking.id, () => make(path, call))
  const turns = Object.assign(<T>(path: string, ask: Ask<T>) => turn(path, () => api(path, ask)), {
    config: api.config,
    whole: <T>(path: string, ask: Ask<T>) => turn(path, () => api.whole(path, ask)),
    stream: (path: string, ask: Streamed) => turn(path, () => api.stream(path, ask)),
    base: api.base,
    web: api.web,
  })
  return askOnce(turns, `${asking.id} ${asking.of.credentialId} ${asking.of.version}`)
}
