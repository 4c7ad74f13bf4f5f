import 'server-only'
import { assertRoleIsConfined } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { checkKeys } from '#lib/vault/check-keys.ts'

/** 200 when this process can serve, 503 when not; why is in the log, not in the answer. */
export async function readiness(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    await assertRoleIsConfined()
    await checkKeys()
    return Response.json({ status: 'ok' }, { headers })
  } catch (error) {
    log.error({ error }, 'not ready')
    return Response.json({ status: 'unavailable' }, { status: 503, headers })
  }
}
