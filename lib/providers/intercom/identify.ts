import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { knownRegion } from './hosts.ts'
import { isWorkspace } from './ids.ts'

const Workspace = z.object({
  id_code: z.string().refine(isWorkspace),
  name: z.string().nullish(),
  region: z.string().nullish().catch(null),
})
// without the permission to read admins there is no app in it
const Me = z.object({ app: Workspace.nullish().catch(null) })

/**
 * Which workspace a token opens (developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/identifyadmin): whoever
 * connected it, all teammates have the same. Its region is where it is asked from then on.
 */
export async function identify(api: Api): Promise<Identity> {
  const { app } = await api('/me', { schema: Me })
  if (!app) throw new ProviderFailure('setup', { detail: 'workspace' })
  const region = knownRegion(app.region)
  return {
    id: app.id_code,
    label: app.name || 'Intercom workspace',
    config: { workspace: app.id_code, ...(region ? { region } : {}) },
  }
}
