import { now } from '#lib/platform/clock.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { oauthMethod } from './reach.ts'

/** Which of a grant's two tokens: the app's, or the person's own that some permissions take. */
export type Part = 'first' | 'second'

const tokenOf = (grant: Grant, part: Part): Grant | undefined => (part === 'first' ? grant : grant.second)

/** Whether a part of a grant has not reached its end; one that is not there has nothing to reach. */
export function isPartValid({ grant }: { grant: Grant }, part: Part): boolean {
  const ends = tokenOf(grant, part)?.expiresAt
  return !ends || ends > now()
}

type Asking = { provider: Provider; options: unknown; config: Config }

/** Whether a permission of the second token is asked for now. */
function asksSecond({ provider, options }: Omit<Asking, 'config'>): boolean {
  const on = { ...(options as object | null) } as Record<string, unknown> // a JSON object
  const scopes = oauthMethod(provider)?.scopes ?? []
  return scopes.some(({ second, option }) => second && (option === undefined || on[option] === true))
}

/**
 * What a connection may use of a grant: not its second token while nothing is on that asks for one, and of several sites that
 * it opens the connection's own.
 */
export function usable({ provider, options, config }: Asking, whole: Grant): Grant {
  const grant = provider.sites ? { ...whole, config: { ...whole.config, ...config } } : whole
  return !grant.second || asksSecond({ provider, options }) ? grant : withoutSecond(grant)
}

/** A grant without its second token. */
export function withoutSecond({ second: _gone, ...first }: Grant): Grant {
  return first
}
