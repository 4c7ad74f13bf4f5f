import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Ending } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'

const Done = z.object({ ok: z.literal(true) })
const Revoked = Done.extend({ revoked: z.literal(true) })

const isGone = (error: unknown): boolean => error instanceof ProviderFailure && error.failure === 'revoked'
const mayNot = (error: unknown): boolean => error instanceof ProviderFailure && error.failure === 'forbidden'

/** Ends one token; one that Slack no longer takes has ended already. */
async function endToken(api: Api, asSecond: boolean): Promise<void> {
  const ask = { method: 'POST', form: {}, schema: Revoked, ...(asSecond ? { asSecond: true as const } : {}) } // as const: the flag's type
  try {
    await api('/auth.revoke', ask)
  } catch (error) {
    const isSecondGone = asSecond && error instanceof ProviderFailure && error.failure === 'scope'
    if (!isGone(error) && !isSecondGone) throw error
  }
}

/**
 * Takes the app out of the workspace, which ends all its tokens; where it may not do that, it ends them one by one
 * (docs.slack.dev/reference/methods/apps.uninstall, auth.revoke). An app is installed once in a workspace, whoever connects
 * it: while another connection uses that workspace, nothing is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  try {
    const form = { client_id: client.id, client_secret: client.secret ?? '' }
    await api('/apps.uninstall', { method: 'POST', form, schema: Done })
  } catch (error) {
    if (isGone(error)) return 'ended'
    if (!mayNot(error)) throw error
    await endToken(api, false)
    if (grant.second) await endToken(api, true)
  }
  return 'ended'
}
