// A change of the key that seals, with what else may happen to a sealed value meanwhile.
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { startConnect } from '#lib/attempts/start.ts'
import { BoardView, CardList } from '#lib/boards/schema.ts'
import { verify } from '#lib/connections/verify.ts'
import { Prisma, unscoped, withOrg } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { unseal } from '#lib/platform/seal.ts'
import { checkKeys } from '#lib/vault/check-keys.ts'
import { openGrant, sealedGrants, sealGrant } from '#lib/vault/grant.ts'
import { rotateKeys } from '#lib/vault/rotate-keys.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'
import { sealedColumns } from '#worker/sealed.ts'

withSandbox()
const fresh = { kid: 'k2', key: new Uint8Array(randomBytes(32)) }
const both = () => [fresh, ...env().KEYRING]
const credentialOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, (db) => db.credential.findFirstOrThrow({ where: { sealed: { not: null } } }))

test('every column that holds sealed values is among those that a change of the key goes through', async () => {
  const sql = `SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND column_name IN ('sealed', 'verifier', 'grant', 'secret') ORDER BY 1, 2`
  const { rows } = await asSuperuser((client) => client.query(sql))
  expect(rows.length).toBeGreaterThan(3)
  expect(sealedColumns.map(({ table, column }) => `${table} ${column}`).sort()).toEqual(
    rows.map(({ table, column }) => `${table} ${column}`).sort(),
  )
})

test('23: credentials, card copies and attempts under way are sealed with the new key, and open with it alone', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const { id } = (await dana.post(dana.at('boards'), { name: 'Team' }, BoardView)).body
  const url = 'https://github.com/acme/payroll'
  await dana.post(dana.at(`boards/${id}/objects`), { type: 'reference', url })
  expect((await dana.get(dana.at(`boards/${id}/cards`), CardList)).body.items[0]?.state).toBe('live')
  const attempt = { attempt: crypto.randomUUID(), via: 'form', browser: newBrowser() } as const // as const: a union of words
  await startConnect(dana.actor, { provider: 'github', slot: 'user', ...attempt })

  const progress: string[] = []
  const { held } = await rotateKeys(sealedColumns, {
    keyring: both(),
    onProgress: ({ what, done, of }) => progress.push(`${what} ${done}/${of}`),
  })
  expect(new Set(held.map(({ kid }) => kid))).toEqual(new Set(['k2']))
  expect(held.map(({ what }) => what).sort()).toEqual(['card copies', 'credentials', 'verifiers of sign-ins under way'])
  expect(progress).toContain('credentials 1/1')
  for (const column of sealedColumns) {
    const rows = await withOrg(dana.actor, (db) =>
      db.$queryRaw<{ organizationId: string; value: string }[]>(
        Prisma.sql`SELECT t.* FROM (${column.rows}) t WHERE t.value IS NOT NULL`,
      ),
    )
    const texts = await Promise.all(rows.map((row) => unseal(row.value, column.binding(row), [fresh])))
    expect(texts, column.what).not.toContain(null)
  }
})

test('23: a credential that somebody renews in the same moment is theirs, and is met in the next round', async () => {
  const org = await newOrganization()
  await connect(org.owner, { account: 'dana-k' })
  const before = await credentialOf(org)
  const row = { organizationId: org.id, id: before.id, version: before.version + 1 }
  const renewed = await sealGrant({ token: 'gho_renewed' }, row)
  await asSuperuser(async (client) => {
    await client.query('BEGIN')
    await client.query('UPDATE "Credential" SET sealed = $1, version = $2 WHERE id = $3', [
      renewed,
      row.version,
      row.id,
    ])
    const { resealed } = await rotateKeys([sealedGrants], { keyring: both() }) // it sees the old one, and waits for nobody
    expect(resealed).toBe(0)
    await client.query('COMMIT')
  })
  expect((await credentialOf(org)).sealed).toBe(renewed)
  expect((await rotateKeys([sealedGrants], { keyring: both() })).resealed).toBe(1)
  const after = await credentialOf(org)
  expect(await openGrant(after.sealed ?? '', after)).toBeNull() // this process has the old key only
  expect(await unseal(after.sealed ?? '', sealedGrants.binding(after), [fresh])).toContain('gho_renewed')
})

test('24: what no key opens, and what a key sealed that is not there, is counted and left as it is', async () => {
  const org = await newOrganization()
  await connect(org.owner, { account: 'dana-k' })
  const { id, sealed } = await credentialOf(org)
  const damaged = JSON.stringify({ ...JSON.parse(sealed ?? '{}'), tag: 'AAAAAAAAAAAAAAAAAAAAAA' })
  await withOrg(org.owner.actor, (db) => db.credential.update({ where: { id }, data: { sealed: damaged } }))
  const { unreadable } = await rotateKeys([sealedGrants], { keyring: both() })
  expect(unreadable).toBe(1)
  expect((await credentialOf(org)).sealed).toBe(damaged)
  const { held } = await rotateKeys([sealedGrants], { keyring: [fresh] })
  expect(held).toContainEqual({ what: 'credentials', kid: 'k1', count: 1 })
  expect((await credentialOf(org)).sealed).toBe(damaged)
})

test('24: a connection whose key is gone says so and keeps what it has; with the key back a check opens it again', async () => {
  const org = await newOrganization()
  const { connection } = await connect(org.owner, { account: 'dana-k' })
  const id = connection?.id ?? ''
  await rotateKeys([sealedGrants], { keyring: both() }) // now with a key that this process does not have
  const { sealed } = await credentialOf(org)
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'needs_reauth', reasonCode: 'unreadable' })
  expect((await credentialOf(org)).sealed).toBe(sealed)
  await rotateKeys([sealedGrants], { keyring: both().toReversed() })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'connected', reasonCode: null })
})

test('a key that is not needed any more is forgotten, one that still holds something never', async () => {
  await checkKeys([fresh, ...env().KEYRING, { kid: 'k0', key: new Uint8Array(randomBytes(32)) }])
  const org = await newOrganization()
  await connect(org.owner, { account: 'dana-k' })
  const { forgotten } = await rotateKeys([sealedGrants], { keyring: [fresh] })
  expect(forgotten).toEqual(['k0'])
  expect((await unscoped().keyFingerprint.findMany()).map(({ kid }) => kid).sort()).toEqual(['k1', 'k2'])
})
