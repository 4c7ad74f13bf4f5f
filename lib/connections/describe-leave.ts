import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { pageOf } from '#lib/providers/page-of.ts'
import type { ProviderView } from './schema.ts'

/** How one is rid of us at a provider, where the account that is connected has its pages; nothing for one that is not built. */
export const describeLeave = (provider: Provider | null, config: Config = {}): ProviderView['leave'] => ({
  revokes: provider !== null && provider.leave.revoke !== 'none',
  by: provider ? pageOf(provider, provider.leave.by, config) : '',
  steps: [...(provider?.leave.steps ?? [])],
})
