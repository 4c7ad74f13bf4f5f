import { randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import { expect, inject, test } from 'vitest'
import { deploy } from '#scripts/lib/deploy.ts'
import { pendingMigrations, refuseIfBehind } from '#scripts/lib/migration-history.ts'
import { ensureRoles, withClient } from '#scripts/lib/roles.ts'
import { everything, openEngine } from '#scripts/lib/schema-engine.ts'
import { queues } from '#worker/queues.ts'

const app = process.env.DATABASE_URL ?? ''
const owner = process.env.MIGRATION_DATABASE_URL ?? ''
const superuser = process.env.SUPERUSER_DATABASE_URL ?? ''

/** A database of the owner's, empty or a copy of the migrated one, as each role sees it. */
async function newDatabase(template: 'template0' | 'plugboard_template') {
  const name = `fresh_${randomUUID()}`
  const at = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href
  await withClient(at(inject('template').superuser, 'postgres'), (client) =>
    client.query(`CREATE DATABASE "${name}" TEMPLATE ${template} OWNER plugboard_owner`),
  )
  return { app: at(app, name), owner: at(owner, name), superuser: at(superuser, name) }
}

test('the migrations make exactly what prisma/schema.prisma says', async () => {
  const engine = await openEngine(owner, superuser)
  const from = { tag: 'migrations' as const, ...engine.migrations() }
  const to = { tag: 'schemaDatamodel' as const, ...engine.schema }
  const answer = await engine.ask((open) => open.diff({ from, to, script: true, exitCode: true, filters: everything }))
  await engine.close()
  expect(answer).toMatchObject({ exitCode: 0 })
})

test('the app signs in as a role that owns nothing and walks through no wall', async () => {
  await withClient(app, async (client) => {
    const { rows } = await client.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
         EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns
       FROM pg_roles WHERE rolname = current_user`,
    )
    expect(new Set(Object.values(rows[0]))).toEqual(new Set([false]))
  })
})

test('the app may add audit events and read them, and nothing else with them', async () => {
  await withClient(app, async (client) => {
    const rights = async (table: string) => {
      const asked = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']
      const { rows } = await client.query(
        `SELECT array_agg(name) AS held FROM unnest($1::text[]) AS name WHERE has_table_privilege($2, name)`,
        [asked, table],
      )
      return rows[0].held
    }
    expect(await rights('"AuditEvent"')).toEqual(['SELECT', 'INSERT'])
    expect(await rights('"AuditHead"')).toEqual(['SELECT', 'INSERT', 'UPDATE'])
    expect(await rights('"_prisma_migrations"')).toEqual(['SELECT'])
    expect(await rights('"Connection"')).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE'])
    expect(await rights('pgboss.job')).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE'])
    await expect(client.query('CREATE TABLE public.mine (id int)')).rejects.toThrow(/permission denied/)
  })
})

test('the rights that cross organizations are taken for a transaction, never held by the way', async () => {
  await withClient(superuser, (client) =>
    client.query(`INSERT INTO "User" (id, email, name, "passwordHash") VALUES ($1, 'a@b.test', 'A', '')`, [
      randomUUID(),
    ]),
  )
  await withClient(app, async (client) => {
    const { rows } = await client.query(
      `SELECT pg_has_role('plugboard_system', 'USAGE') AS inherits, pg_has_role('plugboard_system', 'SET') AS takes`,
    )
    expect(rows[0]).toEqual({ inherits: false, takes: true })
    const people = async () => (await client.query('SELECT FROM "User"')).rowCount
    expect(await people()).toBe(0)
    await client.query('BEGIN; SET LOCAL ROLE plugboard_system')
    expect(await people()).toBe(1)
    await client.query('COMMIT')
    expect(await people()).toBe(0)
  })
})

test('four deploys at once on an empty database apply each migration once, and a fifth finds nothing to do', async () => {
  const database = await newDatabase('template0')
  const run = () => deploy(database.owner, database.app, queues)
  const applied = (await Promise.all([run(), run(), run(), run()])).flat()
  expect(applied.length).toBeGreaterThan(0)
  expect(new Set(applied).size).toBe(applied.length)
  expect(await run()).toEqual([])
  expect(await withClient(database.app, pendingMigrations)).toEqual([])
})

test('a queue whose options changed is changed, one whose policy changed is refused', async () => {
  const database = await newDatabase('plugboard_template')
  const name = 'probe.queue'
  const run = (options: object) => deploy(database.owner, database.app, [{ name, options }])
  await run({ retryLimit: 2 })
  await run({ retryLimit: 5 })
  const { rows } = await withClient(database.app, (client) =>
    client.query('SELECT retry_limit FROM pgboss.queue WHERE name = $1', [name]),
  )
  expect(rows).toEqual([{ retry_limit: 5 }])
  await expect(run({ policy: 'singleton' })).rejects.toThrow(
    'queue probe.queue is standard and cannot become singleton',
  )
})

test('pg-boss looks after its queues as the app role, which owns none of its tables', async () => {
  const boss = new PgBoss({ connectionString: app, migrate: false, schedule: true, max: 2 })
  const faults: unknown[] = []
  boss.on('error', (error) => faults.push(error))
  boss.on('warning', (warning) => faults.push(warning))
  await boss.start()
  const [{ name } = { name: '' }] = queues
  await boss.send(name, {})
  await boss.schedule(name, '* * * * *')
  await boss.supervise()
  await boss.deleteAllJobs(name)
  await boss.stop({ graceful: false })
  expect(faults).toEqual([])
})

test('an owner that may not make roles is told the statements for an administrator, and they are enough', async () => {
  const newcomer = `app_${randomUUID()}`
  const refused = withClient(owner, (client) => ensureRoles(client, newcomer))
  await expect(refused).rejects.toThrow(/an administrator of the database has to run this once/)
  const message = await refused.then(String, (error: Error) => error.message)
  await withClient(superuser, (client) => client.query(message.slice(message.indexOf('CREATE ROLE'))))
  await withClient(owner, (client) => ensureRoles(client, newcomer))
  await withClient(superuser, (client) => client.query(`DROP ROLE "${newcomer}"`))
})

test('a database that lacks a migration is refused with what to do, by a process that may not migrate', async () => {
  const database = await newDatabase('plugboard_template')
  await refuseIfBehind(database.app)
  const { rows } = await withClient(database.superuser, (client) =>
    client.query('DELETE FROM _prisma_migrations RETURNING migration_name'),
  )
  const refused = refuseIfBehind(database.app)
  await expect(refused).rejects.toThrow(rows[0].migration_name)
  await expect(refused).rejects.toThrow(/MIGRATION_DATABASE_URL=\.\.\. npm run migrate -- deploy/)
})

test('a migration that was changed after it was applied is named', async () => {
  const database = await newDatabase('plugboard_template')
  const { rows } = await withClient(database.superuser, (client) =>
    client.query(`UPDATE _prisma_migrations SET checksum = 'other' RETURNING migration_name`),
  )
  await expect(withClient(database.app, pendingMigrations)).rejects.toThrow(
    `migration ${rows.map((row) => row.migration_name).sort()[0]} was changed after it was applied`,
  )
})
