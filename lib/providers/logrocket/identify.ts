import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { auditPage } from './audit-log.ts'
import { ownBase } from './hosts.ts'
import { ownApp } from './ids.ts'
import { projectAddress } from './links.ts'

// The addresses in it are secrets and lead to what people did: none of them is read.
const Export = z.object({ sessions: z.array(z.unknown()) })

const closed: readonly string[] = ['forbidden', 'not_found', 'plan']

/** Whether a part of the API is open to the key. Throws for what says nothing of it: a key that is not taken, or silence. */
async function isOpen(asked: Promise<unknown>): Promise<true | ProviderFailure> {
  try {
    await asked
    return true
  } catch (error) {
    if (error instanceof ProviderFailure && closed.includes(error.failure)) return error
    throw error
  }
}

/** Whether the key opens Data Export: then it is the project's, whatever else is closed to it. Throws as `isOpen`. */
export const opensExport = (api: Api): Promise<true | ProviderFailure> =>
  isOpen(api('/data-export/', { schema: Export, query: { limit: 1 } }))

/**
 * What the key opens, by the two calls that neither cost nor write anything. A plan without the audit log is no reason to call
 * a key bad: it is one if it opens Data Export, too. Throws ProviderFailure where it opens neither: `plan` if either says so,
 * else `forbidden`.
 */
export async function readAccess(api: Api): Promise<{ hasAuditLog: boolean }> {
  const log = await isOpen(auditPage(api, { limit: 1 }))
  if (log === true) return { hasAuditLog: true }
  const exported = await opensExport(api)
  if (exported === true) return { hasAuditLog: false }
  const said = (failure: string) => [log, exported].find((one) => one.failure === failure)
  throw said('plan') ?? said('forbidden') ?? log
}

/** The project: a key opens one alone, and nothing tells whose it is. An installation of one's own has names of its own. */
export async function identify(api: Api): Promise<Identity> {
  const { org, project } = ownApp(api.config)
  const { hasAuditLog } = await readAccess(api)
  const own = URL.parse(ownBase(api.config))
  const label = `${org}/${project}`
  const url = projectAddress(api)
  return {
    id: own ? `${own.host}/${label}` : label,
    label,
    ...(url ? { url } : {}),
    capabilities: { auditLog: hasAuditLog },
  }
}
