import { Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import { needProvider } from './need-provider.ts'

/** A provider at which each member connects an account of their own. Throws as needProvider, and `not-found` for any other. */
export function findOwnSlot(id: string): Provider {
  const provider = needProvider(id)
  if (!provider.slots.includes('user')) throw new Problem('not-found')
  return provider
}
