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

const parts = ['conversations', 'contacts', 'articles']

const passing: readonly string[] = ['unavailable', 'rate_limited']

/**
 * Whether one part of a workspace may not be read; null where that could not be told now. Throws ProviderFailure `setup` where
 * the plan shuts apps out altogether.
 */
async function isShut(api: Api, part: string): Promise<boolean | null> {
  try {
    await api(`/${part}`, { query: { per_page: 1 }, schema: z.unknown() })
    return false
  } catch (error) {
    if (!(error instanceof ProviderFailure) || (error.failure === 'setup' && error.detail === 'plan')) throw error
    return passing.includes(error.failure) ? null : error.failure === 'setup'
  }
}

/** What of a workspace may not be read: who the token is for is told in any case, and says nothing of it. */
async function lacksIn(api: Api): Promise<Pick<Identity, 'capabilities' | 'untold'>> {
  const shut = await Promise.all(parts.map((part) => isShut(api, part)))
  const [lacks, untold] = [true, null].map((is) => parts.filter((_, index) => shut[index] === is))
  return { ...(lacks?.length ? { capabilities: { lacks } } : {}), ...(untold?.length ? { untold } : {}) }
}

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
    ...(await lacksIn(api)),
  }
}
