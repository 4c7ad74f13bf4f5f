import { now } from '#lib/platform/clock.ts'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import type { Trouble } from './status.ts'

const byFailure: Record<ProviderFailure['failure'], Trouble['what']> = {
  expired: 'refused',
  revoked: 'refused',
  forbidden: 'forbidden',
  scope: 'forbidden',
  plan: 'forbidden',
  setup: 'forbidden',
  not_found: 'missing',
  unavailable: 'unavailable',
  rate_limited: 'limited',
}

/** Why a live read gave nothing, without anything the provider wrote. What is no failure of a source is logged. */
export function judgeTrouble(error: unknown): Trouble {
  const none = { status: null, retryAt: null }
  if (error instanceof ProviderFailure) {
    const { failure, status, retryAt, detail } = error
    return { what: byFailure[failure], status, retryAt, ...(failure === 'setup' && detail ? { detail } : {}) }
  }
  if (error instanceof Problem && error.kind === 'not-found') return { what: 'no_connection', ...none }
  if (error instanceof Problem && error.kind === 'not-connected') return { what: 'refused', ...none }
  log.error({ error }, 'a live read failed')
  return { what: 'unavailable', ...none }
}

/** The trouble as a problem of the API. What is forbidden and what is not there read the same, but for what can be set up. */
export function toProblem(trouble: Trouble, name: string, remedy?: string): Problem {
  if (trouble.what === 'refused') return new Problem('not-connected', `Reconnect ${name} and try again.`)
  if (trouble.what === 'unavailable')
    return new Problem('provider-unavailable', `${name} is not answering. Try again in a moment.`)
  if (trouble.what !== 'limited') return remedy ? new Problem('provider-refused', remedy) : new Problem('not-found')
  const seconds = trouble.retryAt ? Math.max(1, Math.ceil((trouble.retryAt.getTime() - now().getTime()) / 1000)) : 60
  return new Problem('provider-rate-limited', `${name} asked us to wait.`, { retryAfterSeconds: seconds })
}

/** What a provider's failure is to the API, with what can be done about it. */
export function toProblemOf(provider: Pick<Provider, 'name' | 'remedies'> | null, failure: ProviderFailure): Problem {
  const trouble = judgeTrouble(failure)
  return toProblem(trouble, provider?.name ?? 'The provider', findRemedy(provider, trouble.detail))
}
