import { type ApiOptions, createApi } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { reach } from './reach.ts'

/** Whom to ask, as whom, and the config that says where. */
export type Opening = { provider: Provider; grant: Grant; config?: Config | undefined }
type Watching = Pick<ApiOptions, 'onLimit' | 'onFailure' | 'onAnswer' | 'timeoutMs' | 'signal'>

/** The one way from a grant to its provider's API: at the address its config names, guarded where a person typed that. */
export function openApi({ provider, grant, config }: Opening, watching: Watching = {}): Api {
  const { endpoints, guard } = reach(provider, config)
  return createApi({
    provider,
    grant,
    base: endpoints.api,
    ...(endpoints.elsewhere ? { elsewhere: endpoints.elsewhere } : {}),
    ...(endpoints.web ? { web: endpoints.web } : {}),
    ...(config ? { config } : {}),
    ...(guard ? { guard } : {}),
    ...watching,
  })
}
