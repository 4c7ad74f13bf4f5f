import { expect, test } from 'vitest'
import { Prisma, readAsOrg, withOrg } from '#lib/platform/db.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { newOrganization } from '#tests/support/organization.ts'

const members = Prisma.sql`SELECT "organizationId" FROM "Membership"`

test('a read through the quick door sees the rows of its own organization alone', async () => {
  const acme = await newOrganization('Acme')
  const globex = await newOrganization('Globex')
  expect(await readAsOrg(acme.owner.actor, members)).toEqual([{ organizationId: acme.id }])
  expect(await readAsOrg(globex.owner.actor, members)).toEqual([{ organizationId: globex.id }])
  expect(await readAsOrg(acme.owner.actor, Prisma.sql`${members} WHERE "organizationId" = ${globex.id}::uuid`)).toEqual(
    [],
  )
})

test('the quick door opens for a proven actor, not for one that looks alike, and not inside a transaction', async () => {
  const { actor } = (await newOrganization()).owner
  await expect(readAsOrg({ ...actor }, members)).rejects.toThrow('proven')
  await expect(withOrg(actor, () => readAsOrg(actor, members))).rejects.toThrow('inside a transaction')
})

test('nothing is written through the quick door', async () => {
  const { actor } = (await newOrganization()).owner
  const write = Prisma.sql`UPDATE "Membership" SET role = 'guest' RETURNING role`
  await expect(readAsOrg(actor, write)).rejects.toThrow('read-only transaction')
  expect(await readAsOrg(actor, Prisma.sql`SELECT role::text FROM "Membership"`)).toEqual([{ role: 'owner' }])
})

test('a database connection that breaks under a read is not lent to the next one', async () => {
  const { id, owner } = await newOrganization()
  const breaking = Prisma.sql`SELECT pg_terminate_backend(pg_backend_pid())`
  for (let n = 0; n < 12; n++) await expect(readAsOrg(owner.actor, breaking)).rejects.toThrow(/terminat/)
  expect(await readAsOrg(owner.actor, members)).toEqual([{ organizationId: id }])
})

/** Resolves when PostgreSQL is at work on a statement with this text in it. */
const isAsked = (text: string) =>
  asSuperuser(async (client) => {
    const sql = `SELECT FROM pg_stat_activity WHERE state = 'active' AND usename = 'plugboard_app' AND position($1 IN query) > 0`
    while ((await client.query(sql, [text])).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })

test('who asks the same before it was sent shares the answer, who asks later gets a later one', async () => {
  const { id, owner } = await newOrganization()
  const slowly = Prisma.sql`SELECT (SELECT count(*)::int FROM "Board") AS boards FROM pg_sleep(1)`
  const [first, second] = [readAsOrg(owner.actor, slowly), readAsOrg(owner.actor, slowly)]
  await isAsked('pg_sleep(1)')
  await withOrg(owner.actor, (db) =>
    db.board.create({ data: { organizationId: id, name: 'New', createdById: owner.person.id } }),
  )
  const later = readAsOrg(owner.actor, slowly)
  expect(await second).toBe(await first)
  expect(await first).toEqual([{ boards: 0 }])
  expect(await later).toEqual([{ boards: 1 }])
})

test('what is shared stays within the organization and the person', async () => {
  const { owner, join } = await newOrganization()
  const { actor: member } = await join('member', 'Priya')
  const globex = await newOrganization()
  const who = Prisma.sql`SELECT app_org() AS org, app_user() AS person`
  const answers = await Promise.all([owner.actor, member, globex.owner.actor].map((actor) => readAsOrg(actor, who)))
  expect(answers).toEqual(
    [owner.actor, member, globex.owner.actor].map(({ organizationId, userId }) => [
      { org: organizationId, person: userId },
    ]),
  )
})
