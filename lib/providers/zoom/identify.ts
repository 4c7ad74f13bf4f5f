import { z } from 'zod'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'

const Me = z.object({ id: z.string().min(1), account_id: z.string().min(1), email: z.string().min(1) })

/** Whose connection it is: one person of one account, called by their address there (developers.zoom.us/docs/api/users). */
export async function identify(api: Api): Promise<Identity> {
  const { id, account_id: account, email } = await api('/users/me', { schema: Me })
  return { id: `${account}/${id}`, label: email }
}
