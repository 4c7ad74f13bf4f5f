import { Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import { findProvider } from '#lib/providers/registry.ts'

/** One of the 13, by its id. Throws `not-found` for any other. */
export function needProvider(id: string): Provider {
  const provider = findProvider(id)
  if (!provider) throw new Problem('not-found')
  return provider
}
