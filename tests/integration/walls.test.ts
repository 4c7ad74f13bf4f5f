import { afterEach, expect, test } from 'vitest'
import { assertRoleIsConfined, Prisma, withOrg, withSystem } from '#lib/platform/db.ts'
import { withClient } from '#scripts/lib/roles.ts'
import { asSuperuser, scopedTables } from '#tests/support/as-superuser.ts'
import { newOrganization, type TestOrganization } from '#tests/support/organization.ts'

const tables = await asSuperuser(scopedTables)

/** The second wall off: row-level security disabled on every scoped table, by force. */
const withoutRowSecurity = async () => {
  await asSuperuser(async (client) => {
    for (const table of tables) await client.query(`ALTER TABLE "${table}" DISABLE ROW LEVEL SECURITY`)
  })
}
afterEach(async () => {
  await asSuperuser(async (client) => {
    for (const table of tables) await client.query(`ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY`)
  })
})

const newBoard = ({ id, owner }: TestOrganization, name: string) =>
  withOrg(owner.actor, (db) => db.board.create({ data: { organizationId: id, name, createdById: owner.person.id } }))

async function twoOrganizations() {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  return { acme, globex, secret: await newBoard(globex, 'secret'), own: await newBoard(acme, 'own') }
}

test('the app role is no superuser, does not bypass row-level security and owns no table', async () => {
  const [role] = await withSystem('session lookup', (db) =>
    db.$queryRaw<{ name: string; rolsuper: boolean; rolbypassrls: boolean; owner: string }[]>(Prisma.sql`
      SELECT r.rolname AS name, r.rolsuper, r.rolbypassrls, (SELECT tableowner FROM pg_tables WHERE tablename = 'Board') AS owner
      FROM pg_roles r WHERE r.rolname = session_user`),
  )
  console.log('walls, as the app role:', JSON.stringify(role))
  expect(role).toEqual({ name: 'plugboard_app', rolsuper: false, rolbypassrls: false, owner: 'plugboard_owner' })
  await expect(assertRoleIsConfined()).resolves.toBeUndefined()
})

test('every table with an organization has row-level security enabled, forced, and a policy', async () => {
  const { rows } = await asSuperuser((client) =>
    client.query(
      `SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.polname)::int AS policies
      FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
      WHERE c.relkind = 'r' AND c.relname = ANY($1) GROUP BY 1, 2, 3`,
      [[...tables, 'User', 'Organization', 'Session', 'EmailToken']],
    ),
  )
  expect(rows.length).toBe(tables.length + 4)
  for (const row of rows) expect(row).toMatchObject({ relrowsecurity: true, relforcerowsecurity: true })
  expect(rows.filter(({ policies }) => policies === 0)).toEqual([])
})
test('every foreign key between two scoped tables carries the organization', async () => {
  const { rows } = await asSuperuser((client) =>
    client.query<{ name: string; columns: string[] }>(
      `SELECT c.conname AS name, array_agg(a.attname::text) AS columns
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
      WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY($1) AND c.confrelid::regclass::text = ANY($1) GROUP BY 1`,
      [tables.map((name) => `"${name}"`)],
    ),
  )
  expect(rows.length).toBeGreaterThan(8)
  for (const { name, columns } of rows) expect(columns, name).toContain('organizationId')
})

test('first wall alone: with row-level security off, typed operations stay in the organization', async () => {
  const { acme, globex, secret, own } = await twoOrganizations()
  await withoutRowSecurity()
  await withOrg(acme.owner.actor, async (db) => {
    expect(await db.board.findMany()).toMatchObject([{ id: own.id }])
    expect(await db.board.findFirst({ where: { id: secret.id } })).toBeNull()
    expect(await db.board.findUnique({ where: { id: secret.id } })).toBeNull()
    expect(await db.board.count({ where: { organizationId: globex.id } })).toBe(1) // the where is replaced, not widened
    expect(await db.board.updateMany({ where: { id: secret.id }, data: { name: 'taken' } })).toEqual({ count: 0 })
    expect(await db.board.deleteMany({ where: { id: secret.id } })).toEqual({ count: 0 })
    await expect(db.board.update({ where: { id: secret.id }, data: { name: 'taken' } })).rejects.toThrow('not found')
  })
  await withOrg(acme.owner.actor, (db) =>
    db.board.create({ data: { organizationId: globex.id, name: 'planted', createdById: acme.owner.person.id } }),
  )
  expect((await withOrg(globex.owner.actor, (db) => db.board.findMany())).map(({ name }) => name)).toEqual(['secret'])
})

test('second wall alone: raw SQL, which the first wall does not see, finds and writes nothing elsewhere', async () => {
  const { acme, globex, secret } = await twoOrganizations()
  await withOrg(acme.owner.actor, async (db) => {
    expect(await db.$queryRaw`SELECT * FROM "Board" WHERE id = ${secret.id}::uuid`).toEqual([])
    expect(await db.$queryRaw`SELECT * FROM "Organization" WHERE id = ${globex.id}::uuid`).toEqual([])
    expect(await db.$queryRaw`SELECT * FROM "User" WHERE id = ${globex.owner.person.id}::uuid`).toEqual([])
    expect(await db.$executeRaw`UPDATE "Board" SET name = 'taken' WHERE id = ${secret.id}::uuid`).toBe(0)
    expect(await db.$executeRaw`DELETE FROM "Board" WHERE id = ${secret.id}::uuid`).toBe(0)
  })
  const plant = withOrg(
    acme.owner.actor,
    (db) => db.$executeRaw`
    INSERT INTO "Board" (id, "organizationId", name, "createdById") VALUES (gen_random_uuid(), ${globex.id}::uuid, 'planted', gen_random_uuid())`,
  )
  await expect(plant).rejects.toThrow('row-level security')
})

test('third wall alone: with row-level security off, a row cannot point at another organization’s row', async () => {
  const { acme, globex, secret } = await twoOrganizations()
  await withoutRowSecurity()
  const plant = withOrg(
    acme.owner.actor,
    (db) => db.$executeRaw`
    INSERT INTO "BoardObject" (id, "organizationId", "boardId", type, position, "createdById", "updatedById")
    VALUES (gen_random_uuid(), ${acme.id}::uuid, ${secret.id}::uuid, 'note', 0, gen_random_uuid(), gen_random_uuid())`,
  )
  await expect(plant).rejects.toThrow('BoardObject_organizationId_boardId_fkey')
  expect(await withOrg(globex.owner.actor, (db) => db.boardObject.count())).toBe(0)
})

test('without an organization the app role sees nothing: it fails closed', async () => {
  await twoOrganizations()
  const rows = await withClient(process.env.DATABASE_URL ?? '', async (client) => {
    const counts = []
    for (const table of tables)
      counts.push((await client.query(`SELECT count(*)::int AS count FROM "${table}"`)).rows[0].count)
    return counts
  })
  expect(rows.every((count) => count === 0)).toBe(true)
})

test('withOrg takes a proven actor only, not one that looks like it, and opens no second transaction', async () => {
  const { acme, globex } = await twoOrganizations()
  const forged = { ...acme.owner.actor, organizationId: globex.id }
  await expect(withOrg(forged, (db) => db.board.findMany())).rejects.toThrow('proven actor')
  await expect(withOrg(acme.owner.actor, () => withOrg(acme.owner.actor, (db) => db.board.findMany()))).rejects.toThrow(
    'inside a transaction',
  )
  expect(() => Object.assign(acme.owner.actor, { organizationId: globex.id })).toThrow('read only')
})

test('the system role reads only the tables it was given', async () => {
  await twoOrganizations()
  await expect(withSystem('session lookup', (db) => db.board.findMany())).rejects.toThrow('permission denied')
  await expect(withSystem('session lookup', (db) => db.boardObject.findMany())).rejects.toThrow('permission denied')
  await expect(withSystem('session lookup', (db) => db.credential.deleteMany({}))).rejects.toThrow('permission denied')
})

test('what a thrown error leaves behind in a transaction is nothing, the job that was sent included', async () => {
  const { enqueue } = await import('#lib/platform/jobs.ts')
  const { acme } = await twoOrganizations()
  const count = () =>
    asSuperuser(
      async (client) =>
        (await client.query(`SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'connections.probe'`)).rows[0]
          .count,
    )
  const work = (fail: boolean) =>
    withOrg(acme.owner.actor, async (db) => {
      await enqueue(db, 'connections.probe', { organizationId: acme.id, connectionId: acme.id })
      await db.board.create({ data: { organizationId: acme.id, name: 'half', createdById: acme.owner.person.id } })
      if (fail) throw new Error('no')
    })
  await expect(work(true)).rejects.toThrow('no')
  expect([await count(), await withOrg(acme.owner.actor, (db) => db.board.count())]).toEqual([0, 1])
  await work(false)
  expect([await count(), await withOrg(acme.owner.actor, (db) => db.board.count())]).toEqual([1, 2])
})

test('no audit row can be changed or removed by the app', async () => {
  const { record } = await import('#lib/audit/record.ts')
  const { acme } = await twoOrganizations()
  await withOrg(acme.owner.actor, (db) =>
    record(db, acme.owner.actor, 'organization.created', { kind: 'organization', id: acme.id }),
  )
  const attempt = (sql: Prisma.Sql) => withOrg(acme.owner.actor, (db) => db.$executeRaw(sql))
  await expect(attempt(Prisma.sql`UPDATE "AuditEvent" SET action = 'x'`)).rejects.toThrow('permission denied')
  await expect(attempt(Prisma.sql`DELETE FROM "AuditEvent"`)).rejects.toThrow('permission denied')
  await expect(attempt(Prisma.sql`TRUNCATE "AuditEvent"`)).rejects.toThrow('permission denied')
})
