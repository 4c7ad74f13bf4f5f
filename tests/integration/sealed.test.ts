import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { findConnection, listProviders } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { type Prisma, unscoped, withOrg } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { checkKeys } from '#lib/vault/check-keys.ts'
import { openGrant, sealGrant } from '#lib/vault/grant.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const credentialsOf = (org: TestOrganization) => withOrg(org.owner.actor, (db) => db.credential.findMany())
const read = (org: TestOrganization, id: string) => withConnection(org.owner.actor, id, async () => 'read')

async function connected(org: TestOrganization, slot: 'user' | 'organization' = 'user', account = 'dana-k') {
  const { connection } = await connect(org.owner, { slot, account })
  if (!connection) throw new Error('not connected')
  return connection.id
}

test('3: no table of the database holds a token, state or verifier in clear, and one secret sealed twice differs', async () => {
  await sandbox.control.set({ provider: 'github', expiringTokens: true })
  const org = await newOrganization()
  await connected(org)
  const [credential] = await credentialsOf(org)
  const grant = credential?.sealed && (await openGrant(credential.sealed, credential))
  if (!grant) throw new Error('it does not open')
  const secrets = [grant.token, grant.refreshToken ?? '', org.owner.person.sessionToken]
  const dump = await asSuperuser(async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
    )
    const texts = []
    for (const { name } of tables.rows)
      texts.push(JSON.stringify((await client.query(`SELECT t::text FROM ${name} t`)).rows))
    return texts.join('\n')
  })
  expect(dump).toContain('@dana-k')
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20)
    expect(dump.includes(secret)).toBe(false)
  }
  const row = { organizationId: org.id, id: credential?.id ?? '', version: 1 }
  expect(await sealGrant(grant, row)).not.toBe(await sealGrant(grant, row))
})

test('4: a ciphertext moved into another connection, organization or version does not open, and that one asks to reconnect', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const source = await connected(acme)
  const targets: [TestOrganization, string][] = [
    [acme, await connected(acme, 'organization', 'sam-o')],
    [globex, await connected(globex)],
  ]
  const { account } = await findConnection(acme.owner.actor, source)
  const sealed = (await credentialsOf(acme)).find(({ accountId }) => accountId === account.id)?.sealed ?? ''
  for (const [org, id] of targets) {
    const connection = await withOrg(org.owner.actor, (db) => db.connection.findFirst({ where: { id } }))
    await withOrg(org.owner.actor, (db) =>
      db.credential.update({ where: { id: connection?.credentialId ?? '' }, data: { sealed } }),
    )
    await expect(read(org, id)).rejects.toThrow('revoked')
    expect(await findConnection(org.owner.actor, id)).toMatchObject({
      status: 'needs_reauth',
      reasonCode: 'unreadable',
    })
  }
  await withOrg(acme.owner.actor, (db) =>
    db.credential.updateMany({ where: { sealed }, data: { version: { increment: 1 } } }),
  )
  await expect(read(acme, source)).rejects.toThrow('revoked')
})

test('24: a key of the same name but other bytes stops the boot, with both fingerprints and nothing changed', async () => {
  await checkKeys()
  const before = await unscoped().keyFingerprint.findMany()
  const wrong = [{ kid: 'k1', key: new Uint8Array(randomBytes(32)) }]
  await expect(checkKeys(wrong)).rejects.toThrow(
    /KEYRING: the key "k1" is not the key .*fingerprint [0-9a-f]{32}, expected [0-9a-f]{32}/,
  )
  await expect(checkKeys([{ kid: 'k9', key: new Uint8Array(randomBytes(32)) }])).rejects.toThrow('none of its keys')
  expect(await unscoped().keyFingerprint.findMany()).toEqual(before)
})

test('24: a new key beside the old one is taken and remembered', async () => {
  await checkKeys()
  await checkKeys([{ kid: 'k2', key: new Uint8Array(randomBytes(32)) }, ...env().KEYRING])
  expect((await unscoped().keyFingerprint.findMany()).map(({ kid }) => kid).sort()).toEqual(['k1', 'k2'])
})

test('24: rows that cannot be read leave the list page whole and are not overwritten', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const sealedBefore = (await credentialsOf(org))[0]?.sealed
  const foreign = JSON.stringify({ ...JSON.parse(sealedBefore ?? '{}'), tag: 'AAAAAAAAAAAAAAAAAAAAAA' })
  await withOrg(org.owner.actor, (db) => db.credential.updateMany({ where: {}, data: { sealed: foreign } }))
  await expect(read(org, id)).rejects.toThrow('revoked')
  expect((await listProviders(org.owner.actor)).items).toHaveLength(13)
  expect((await credentialsOf(org))[0]?.sealed).toBe(foreign)
  expect(await findConnection(org.owner.actor, id)).toMatchObject({
    reason: 'Connection invalid: the stored token cannot be read',
    nextAction: { id: 'reconnect', may: true },
  })
})

test('the hub reads its slots with four statements, however many connections there are', async () => {
  const org = await newOrganization()
  await connected(org)
  const statements: string[] = []
  await withOrg(org.owner.actor, async (db) => {
    const { readSlots } = await import('#lib/connections/read-slots.ts')
    const counting = new Proxy(db, {
      get: (target, name, receiver) =>
        name === '$queryRaw'
          ? (sql: Prisma.Sql) => {
              statements.push(sql.sql)
              return target.$queryRaw(sql)
            }
          : Reflect.get(target, name, receiver),
    })
    await readSlots(counting, org.owner.actor)
  })
  expect(statements).toHaveLength(4)
})
