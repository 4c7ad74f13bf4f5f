import { expect, test } from 'vitest'
import { Prisma, readAsOrg, withOrg } from '#lib/platform/db.ts'
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
