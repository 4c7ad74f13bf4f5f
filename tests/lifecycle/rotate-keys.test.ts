// npm run rotate-keys on a real database, killed in the middle, while others read.
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { deploy } from '#scripts/lib/deploy.ts'
import { startEmbedded } from '#scripts/lib/embedded.ts'
import { withClient } from '#scripts/lib/roles.ts'
import { makePlace, type Place } from './product.ts'

const MANY = 3000
const newKey = (kid: string) => ({ kid, key: new Uint8Array(randomBytes(32)) })
const [old, fresh] = [newKey('k1'), newKey('k2')]
const written = (...keys: (typeof old)[]) =>
  keys.map(({ kid, key }) => `${kid}:${Buffer.from(key).toString('base64')}`).join(',')

afterAll(async () => (await import('#lib/platform/db.ts')).disconnect())

/** A database in this place, and this process as one that serves from it with both keys. */
async function serve({ dataDir }: Place) {
  const postgres = await startEmbedded(dataDir, { say: () => {} })
  await deploy(postgres.urls.owner, postgres.urls.app, [])
  Object.assign(process.env, {
    DATABASE_URL: postgres.urls.app,
    APP_URL: 'http://localhost:3000',
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    KEYRING: written(fresh, old),
    DATA_DIR: dataDir,
  })
  return postgres
}

type Ended = { code: number | null; said: string }

/** Runs the command; `untilItSays` is answered with a kill -9. */
function rotate(keyring: string, untilItSays?: string): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/rotate-keys.ts'], { env: { ...process.env, KEYRING: keyring } })
  let said = ''
  const hear = (part: Buffer) => {
    said += part
    if (untilItSays && said.includes(untilItSays)) child.kill('SIGKILL')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

/** Credentials of an organization, sealed with the old key; the first of them with connections that can be read. */
async function plant(superuser: string) {
  const { seal } = await import('#lib/platform/seal.ts')
  const { sealedGrants } = await import('#lib/vault/grant.ts')
  const { withOrg } = await import('#lib/platform/db.ts')
  const { jobActor } = await import('#lib/tenancy/actor.ts')
  const organizationId = randomUUID()
  await withClient(superuser, (client) =>
    client.query(`INSERT INTO "Organization" (id, slug, name) VALUES ($1, 'acme', 'Acme')`, [organizationId]),
  )
  const at = { type: 'oauth2', client: 'github', issuedAt: new Date('2026-01-01') }
  const rows = await Promise.all(
    Array.from({ length: MANY }, async (_, n) => {
      const row = { organizationId, id: randomUUID(), version: 1 }
      const grant = JSON.stringify({ token: `gho_${n}` })
      return { ...row, ...at, accountId: String(n), sealed: await seal(grant, sealedGrants.binding(row), [old]) }
    }),
  )
  const actor = await jobActor(organizationId, 'test')
  const connections = rows.slice(0, 50).map(({ id, accountId }) => ({
    organizationId,
    id: randomUUID(),
    credentialId: id,
    provider: 'github',
    slot: 'user',
    slotKey: accountId,
    method: 'oauth2',
    accountId,
    accountLabel: accountId,
    status: 'connected',
    since: new Date(),
    createdById: randomUUID(),
  }))
  await withOrg(actor, async (db) => {
    await db.credential.createMany({ data: rows })
    await db.connection.createMany({ data: connections })
  })
  return { actor, connections }
}

type Planted = Awaited<ReturnType<typeof plant>>

/** Reads one connection after the other until it is stopped; resolves with how many, and what went wrong. */
function keepReading({ actor, connections }: Planted) {
  const stop = new AbortController()
  const reading = (async () => {
    const { hold } = await import('#lib/vault/hold.ts')
    const seen = { reads: 0, wrong: [] as unknown[] }
    for (; !stop.signal.aborted; seen.reads++) {
      const one = connections[seen.reads % connections.length]
      const token = await hold(actor, one?.id ?? '').then(({ grant }) => grant.token, String)
      if (token !== `gho_${one?.accountId}`) seen.wrong.push(token)
    }
    return seen
  })()
  return () => {
    stop.abort()
    return reading
  }
}

async function sealedBy(superuser: string): Promise<Record<string, number>> {
  const sql = 'SELECT sealed_by(sealed) AS kid, count(*)::int AS count FROM "Credential" GROUP BY 1'
  const { rows } = await withClient(superuser, (client) => client.query<{ kid: string; count: number }>(sql))
  return Object.fromEntries(rows.map(({ kid, count }) => [kid, count]))
}

test('23, 24: the keys change while others read, through a kill -9 in the middle, and the old key is then not needed', async () => {
  const postgres = await serve(await makePlace())
  const { superuser } = postgres.urls
  const { unseal } = await import('#lib/platform/seal.ts')
  const { sealedGrants } = await import('#lib/vault/grant.ts')
  const { withOrg } = await import('#lib/platform/db.ts')
  const planted = await plant(superuser)
  const stopReading = keepReading(planted)

  for (const _ of ['once', 'again']) {
    const before = (await sealedBy(superuser)).k2 ?? 0
    const killed = await rotate(written(fresh, old), 'credentials: ')
    expect(killed).toEqual({
      code: null,
      said: expect.stringMatching(/credentials: [\d,]+ of [\d,]+ are sealed with k2/),
    })
    const { k1 = 0, k2 = 0 } = await sealedBy(superuser)
    expect(k1 + k2).toBe(MANY)
    expect(k1).toBeGreaterThan(0)
    expect(k2).toBeGreaterThan(before)
  }
  const done = await rotate(written(fresh, old))
  expect(done).toEqual({ code: 0, said: expect.stringContaining('k1 holds nothing: take it out of KEYRING') })
  const { reads, wrong } = await stopReading()
  expect(wrong).toEqual([])
  expect(reads).toBeGreaterThan(50)

  const rows = await withOrg(planted.actor, (db) => db.credential.findMany())
  const opened = await Promise.all(rows.map((row) => unseal(row.sealed ?? '', sealedGrants.binding(row), [fresh])))
  expect(opened.map((text) => text && JSON.parse(text).token).sort()).toEqual(
    rows.map(({ accountId }) => `gho_${accountId}`).sort(),
  )
  expect(new Set(rows.map(({ version, issuedAt }) => `${version} ${issuedAt.toISOString()}`))).toEqual(
    new Set(['1 2026-01-01T00:00:00.000Z']),
  )

  const wrongKey = await rotate(written(newKey('k2')))
  expect(wrongKey).toEqual({ code: 1, said: expect.stringContaining('the key "k2" is not the key of that name') })
  expect(await sealedBy(superuser)).toEqual({ k2: MANY })
  const alone = await rotate(written(fresh))
  expect(alone).toEqual({ code: 0, said: expect.stringContaining('k1 has nothing left and is in KEYRING no more') })
  await postgres.stop()
})
