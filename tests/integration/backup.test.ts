import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'
import { withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { restoreBackup } from '#scripts/lib/restore-backup.ts'
import { withClient } from '#scripts/lib/roles.ts'
import { takeBackup } from '#scripts/lib/take-backup.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'
import { queues } from '#worker/queues.ts'

withSandbox()

const source = process.env.SUPERUSER_DATABASE_URL ?? ''
const fileNamed = (name: string) => path.join(process.env.DATA_DIR ?? '', `${name}.gz`)

/** A database with the product's tables and no rows, as its superuser sees it. */
async function emptyDatabase(): Promise<string> {
  const name = `restore_${randomUUID()}`
  const server = new URL(inject('template').superuser)
  server.pathname = '/postgres'
  await withClient(server.href, (client) =>
    client.query(`CREATE DATABASE "${name}" TEMPLATE plugboard_template OWNER plugboard_owner`),
  )
  server.pathname = `/${name}`
  return server.href
}

/** Every row of every table of the product as text, and the jobs that wait. */
const everythingIn = (url: string): Promise<Record<string, string[]>> =>
  withClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
    )
    const all: Record<string, string[]> = {}
    for (const { name } of [...tables.rows, { name: 'pgboss.job' }]) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`)
      all[name] = rows.map(({ row }) => row)
    }
    return all
  })

/** An organization with a sealed credential, audit events, a job that waits, and rows that point at each other. */
async function fill() {
  const org = await newOrganization('Acme “quoted”, \\ and \n more')
  await connect(org.owner, { slot: 'user', account: 'dana-k' })
  await withOrg(org.owner.actor, async (db) => {
    const mark = { createdById: org.owner.actor.userId ?? '', updatedById: org.owner.actor.userId ?? '' }
    const own = { organizationId: org.id }
    const board = await db.board.create({ data: { ...own, name: 'Plan', createdById: mark.createdById } })
    const [from, section] = [randomUUID(), randomUUID()]
    const place = { ...own, ...mark, boardId: board.id, position: 1 }
    // the first points at the second, which is inserted after it: the foreign key looks at the end of the statement
    await db.boardObject.createMany({
      data: [
        { ...place, id: from, type: 'note', text: 'null', sectionId: section },
        { ...place, id: section, type: 'section', text: null },
      ],
    })
    await enqueue(db, queues[0]?.name ?? '', { organizationId: org.id })
  })
  return org
}

test('a backup puts every row back as it was, and a sealed credential opens with the same keyring', async () => {
  const org = await fill()
  const [before] = await withOrg(org.owner.actor, (db) => db.credential.findMany())
  const file = fileNamed('whole')
  const rows = await takeBackup(source, file)
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(rows).toMatchObject({ 'public.Credential': 1, 'public.BoardObject': 2, 'pgboss.job': expect.any(Number) })
  expect(rows['pgboss.job']).toBeGreaterThan(0)

  const target = await emptyDatabase()
  expect(await restoreBackup(target, file)).toEqual(rows)
  expect(await everythingIn(target)).toEqual(await everythingIn(source))
  const restored = await withClient(target, (client) => client.query('SELECT * FROM "Credential"'))
  const grant = await openGrant(restored.rows[0].sealed, restored.rows[0])
  expect(grant).toEqual(await openGrant(before?.sealed ?? '', before ?? { organizationId: '', id: '', version: 0 }))
})

test('a backup is one moment: what is committed while it runs is not in it, not even in tables it reads later', async () => {
  const org = await fill()
  const file = fileNamed('moment')
  const rows = await withClient(source, async (other) => {
    await other.query('BEGIN')
    await other.query('LOCK TABLE "Membership"') // the backup has read Organization when it comes here, and waits
    const backup = takeBackup(source, file)
    await expect
      .poll(async () => (await other.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount)
      .toBeGreaterThan(0)
    const made = await other.query(
      `INSERT INTO "Organization" (id, slug, name) VALUES ($1, 'later', 'Later') RETURNING id`,
      [randomUUID()],
    )
    const member = [made.rows[0].id, org.owner.actor.userId]
    await other.query(`INSERT INTO "Membership" ("organizationId", "userId", role) VALUES ($1, $2, 'owner')`, member)
    await other.query('COMMIT')
    return backup
  })
  const target = await emptyDatabase()
  expect(await restoreBackup(target, file)).toEqual(rows) // a membership without its organization would be refused
  const { rowCount } = await withClient(target, (client) =>
    client.query(`SELECT FROM "Organization" WHERE slug = 'later'`),
  )
  expect(rowCount).toBe(0)
})

test('the owner of the tables, whom row-level security holds, cannot take a backup that lacks rows', async () => {
  await fill()
  const file = fileNamed('owner')
  await expect(takeBackup(process.env.MIGRATION_DATABASE_URL ?? '', file)).rejects.toThrow(/row-level security/)
  expect(fs.readdirSync(path.dirname(file)).filter((name) => name.startsWith('owner'))).toEqual([])
})

test('a restore into a database with rows is refused, and changes nothing', async () => {
  const org = await fill()
  const file = fileNamed('filled')
  await takeBackup(source, file)
  const before = await everythingIn(source)
  await expect(restoreBackup(source, file)).rejects.toThrow(/has rows already/)
  expect(await everythingIn(source)).toEqual(before)
  expect(org.id).toBeTruthy()
})

test('a backup that is cut, altered or of another version is refused, and nothing of it stays', async () => {
  await fill()
  const file = fileNamed('good')
  await takeBackup(source, file)
  const text = gunzipSync(fs.readFileSync(file)).toString()
  const lines = text.trimEnd().split('\n')
  const spoiled = {
    'cut in the middle': fs.readFileSync(file).subarray(0, -2000),
    'cut between lines': gzipSync(`${lines.slice(0, -5).join('\n')}\n`),
    'without a row': gzipSync(
      lines.filter((_, n) => n !== lines.findIndex((one) => one.includes('public.AuditEvent"')) + 1).join('\n'),
    ),
    'another format': gzipSync(text.replace('"plugboard":1', '"plugboard":2')),
    'another version': gzipSync(text.replace(/"migrations":\["/, '"migrations":["20990101000000_future","')),
    'not a backup': Buffer.from('hello'),
  }
  for (const [name, bytes] of Object.entries(spoiled)) {
    const bad = fileNamed(name)
    fs.writeFileSync(bad, bytes)
    const target = await emptyDatabase()
    await expect(restoreBackup(target, bad), name).rejects.toThrow(/./)
    expect(Object.values(await everythingIn(target)).flat(), name).toEqual([])
  }
})
