import { Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import { catalogue, findProvider } from '#lib/providers/registry.ts'

/** A provider to do something with. Throws `not-found` for what is none of ours, `not-available` for one that is listed and not built. */
export function findBuilt(id: string): Provider {
  const listed = catalogue.find((entry) => entry.id === id)
  if (!listed) throw new Problem('not-found')
  const provider = findProvider(id)
  if (!provider) throw new Problem('not-available', `${listed.name} cannot be connected yet. It is coming.`)
  return provider
}
