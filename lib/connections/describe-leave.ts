import type { Provider } from '#lib/providers/define.ts'
import type { ProviderView } from './schema.ts'

/** How one is rid of us at a provider; nothing for one that is not built. */
export const describeLeave = (provider: Provider | null): ProviderView['leave'] => ({
  revokes: provider !== null && provider.leave.revoke !== 'none',
  by: provider?.leave.by ?? '',
  steps: [...(provider?.leave.steps ?? [])],
})
