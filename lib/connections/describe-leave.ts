import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { pageOf } from '#lib/providers/page-of.ts'
import type { ProviderView } from './schema.ts'

/** How one is rid of us at a provider, where the account that is connected has its pages. */
export const describeLeave = (provider: Provider, config: Config = {}): ProviderView['leave'] => ({
  revokes: provider.leave.revoke !== 'none',
  by: pageOf(provider, provider.leave.by, config),
  steps: [...provider.leave.steps],
})
