import 'server-only'
import { assertRoleIsConfined } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { log } from '#lib/platform/log.ts'
import { checkKeys } from '#lib/vault/check-keys.ts'

/** Ends the process with a clear line when the environment, the database role or the keys would make it unsafe to serve. */
export async function boot(): Promise<void> {
  try {
    env()
    await assertRoleIsConfined()
    await checkKeys()
  } catch (error) {
    log.fatal(error instanceof Error ? error.message : 'cannot start')
    process.exit(1)
  }
}
