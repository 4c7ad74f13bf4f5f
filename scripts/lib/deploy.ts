// Brings a database to what this version of the code needs: roles, tables, queues, rights.
import { pendingMigrations } from './migration-history.ts'
import { deployQueues, type Queue } from './queues.ts'
import { ensureRoles, grantAccess, userOf, withClient } from './roles.ts'
import { everything, openEngine } from './schema-engine.ts'

/** An advisory lock of ours: two deploys at once would meet in the catalogue. Any fixed number does. */
const ONE_DEPLOY = 7_215_001

/** Runs everything that is missing, as the owner; safe to run again and by several at once. Returns the migrations applied. */
export async function deploy(ownerUrl: string, appUrl: string, queues: readonly Queue[]): Promise<string[]> {
  return withClient(ownerUrl, async (owner) => {
    await owner.query('SELECT pg_advisory_lock($1)', [ONE_DEPLOY])
    await ensureRoles(owner, userOf(appUrl))
    const applied = (await pendingMigrations(owner)).length > 0 ? await migrate(ownerUrl) : []
    await deployQueues(ownerUrl, queues)
    await grantAccess(owner, userOf(appUrl))
    return applied
  })
}

async function migrate(ownerUrl: string): Promise<string[]> {
  const engine = await openEngine(ownerUrl)
  try {
    const input = { migrationsList: engine.migrations(), filters: everything }
    return (await engine.ask((open) => open.applyMigrations(input))).appliedMigrationNames
  } finally {
    await engine.close()
  }
}
