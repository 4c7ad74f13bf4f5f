import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Ending } from '#lib/providers/define.ts'

/**
 * Uninstalls the app from the workspace, which ends all its tokens
 * (developers.intercom.com/docs/build-an-integration/learn-more/authentication/installing-uninstalling-apps): while another
 * connection is to the same workspace, nothing is ended. One that is not taken any more has ended already.
 */
export async function revoke({ api, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  try {
    await api('/auth/uninstall', { method: 'POST', body: {}, as: 'text', schema: z.string() })
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.failure !== 'revoked') throw error
  }
  return 'ended'
}
