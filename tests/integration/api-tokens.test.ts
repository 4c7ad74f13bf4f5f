import { expect, test } from 'vitest'
import { AuditPage } from '#lib/audit/schema.ts'
import { withClockShifted } from '#lib/platform/clock.ts'
import { env } from '#lib/platform/env.ts'
import { sha256Hex } from '#lib/platform/hmac.ts'
import { ApiTokenList, ApiTokenMade } from '#lib/tokens/schema.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { dispatch } from '#tests/support/dispatch.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf } from '#tests/support/plant.ts'
import { askByToken, makeToken } from '#tests/support/tokens.ts'

const hourMs = 60 * 60 * 1000

const eventsOf = async (owner: TestPerson, action: string) =>
  (await owner.get(owner.at(`audit-events?action=${action}`), AuditPage)).body.items

test('T-TOK-1 the value is told once: no list shows it, and the database has its hash alone', async () => {
  const dana = await person('Dana')
  const { id, value } = await makeToken(dana)
  expect(value).toMatch(/^pb_live_[0-9a-f]{48}$/)
  const { items } = (await dana.get(dana.at('api-tokens'), ApiTokenList)).body
  expect(items).toMatchObject([
    {
      id,
      name: 'deploy',
      startsWith: value.slice(0, 12),
      endsWith: value.slice(-4),
      scopes: ['boards:read'],
      createdBy: { id: dana.id, name: 'Dana' },
      lastUsed: { at: null, ip: null },
      mayRoll: true,
      stopped: null,
    },
  ])
  const kept = (await everythingOf(dana.org.id)).join()
  expect(kept).not.toContain(value.slice(12, -4))
  expect(kept).toContain(sha256Hex(value))
})

test('a token acts as who made it: no cookie and no origin are asked of it, and cookies beside it count for nothing', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  const { value } = await makeToken(dana, ['boards:read', 'boards:write'])
  const made = await askByToken(value, 'POST', dana.at('boards'), { body: { name: 'By a script' } })
  expect(made).toMatchObject({ status: 201, body: { name: 'By a script' } })
  expect((await dana.get(dana.at('boards'))).body).toMatchObject({ items: [{ name: 'By a script' }] })
  expect((await askByToken(value, 'GET', '/api/v1/me')).body).toMatchObject({ id: dana.id })
  const beside = { headers: { cookie: olga.cookie } }
  expect((await askByToken(value, 'GET', '/api/v1/me', beside)).body).toMatchObject({ id: dana.id })
  expect((await askByToken('pb_live_wrong', 'GET', '/api/v1/me', beside)).status).toBe(401)
  const elsewhere = { body: { name: 'From a page' }, headers: { origin: 'https://elsewhere.test' } }
  expect((await askByToken(value, 'POST', dana.at('boards'), elsewhere)).status).toBe(201)
})

test('a token in the address opens nothing', async () => {
  const dana = await person('Dana')
  const { value } = await makeToken(dana)
  for (const name of ['access_token', 'token', 'api_token', 'authorization']) {
    const address = new URL(`${dana.at('boards')}?${name}=${value}`, env().APP_URL)
    expect((await dispatch(new Request(address))).status).toBe(401)
  }
})

test('T-TOK-2 rolled with an overlap both values work, then the one before stops', async () => {
  const dana = await person('Dana')
  const first = await makeToken(dana)
  const roll = async (overlapHours: number) =>
    (await dana.post(dana.at(`api-tokens/${first.id}/roll`), { overlapHours }, ApiTokenMade)).body.value
  const boards = async (value: string) => (await askByToken(value, 'GET', dana.at('boards'))).status
  const second = await roll(1)
  expect(second).not.toBe(first.value)
  for (const value of [first.value, second]) expect(await boards(value)).toBe(200)
  await withClockShifted(hourMs - 1000, async () => expect(await boards(first.value)).toBe(200))
  await withClockShifted(hourMs + 1000, async () => {
    expect(await boards(first.value)).toBe(401)
    expect(await boards(second)).toBe(200)
  })
  const third = await roll(0)
  expect([await boards(first.value), await boards(second), await boards(third)]).toEqual([401, 401, 200])
})

test('a roll gives the same time again, and the value before never outlives its own', async () => {
  const dana = await person('Dana')
  const soon = new Date(Date.now() + 2 * hourMs).toISOString()
  const { id, value } = await makeToken(dana, ['boards:read'], { expiresAt: soon })
  await withClockShifted(1.5 * hourMs, () => dana.post(dana.at(`api-tokens/${id}/roll`), { overlapHours: 24 }))
  const [row] = (await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items
  expect(row?.previousUntil).toBe(soon)
  expect(Date.parse(row?.expiresAt ?? '') - Date.parse(soon)).toBeGreaterThan(1.4 * hourMs)
  const old = await withClockShifted(2 * hourMs + 1000, () => askByToken(value, 'GET', dana.at('boards')))
  expect(old.status).toBe(401)
})

test('T-TOK-3 a revoked token stops at once, and each use is noted with its address', async () => {
  const dana = await person('Dana')
  const { id, value } = await makeToken(dana)
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(200)
  const listed = async () => (await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items
  const first = (await listed())[0]?.lastUsed
  expect(first).toMatchObject({ ip: '203.0.113.9' })
  const again = { headers: { 'x-forwarded-for': '203.0.113.10' } }
  await askByToken(value, 'GET', dana.at('boards'), again)
  expect((await listed())[0]?.lastUsed).toEqual(first) // once a minute at most
  await withClockShifted(61_000, () => askByToken(value, 'GET', dana.at('boards'), again))
  expect((await listed())[0]?.lastUsed).toMatchObject({ ip: '203.0.113.10' })
  expect((await dana.delete(dana.at(`api-tokens/${id}`))).status).toBe(204)
  const refused = await askByToken(value, 'GET', dana.at('boards'))
  expect(refused).toMatchObject({ status: 401, body: { type: '/problems/token-not-accepted' } })
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(await listed()).toEqual([])
  expect((await dana.delete(dana.at(`api-tokens/${id}`))).status).toBe(404)
})

test('T-TOK-4 what a scope does not cover is refused, and the refusal says which scope and who can give it', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await makeToken(sam, ['boards:read'])
  const refused = await askByToken(value, 'POST', dana.at('boards'), { body: { name: 'No' } })
  expect(refused).toMatchObject({
    status: 403,
    body: {
      type: '/problems/scope-missing',
      scope: 'boards:write',
      detail:
        'The token “deploy” lacks the scope boards:write. Sam can make one that has it, under Settings, API tokens.',
    },
  })
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="boards:write"')
  expect((await dana.get(dana.at('boards'))).body).toMatchObject({ items: [] })
  const nobody = await askByToken(value, 'GET', dana.at('members'))
  expect(nobody.body.detail).toContain('members:read')
})

test('made, rolled, revoked and refused is written down, a refusal once an hour for each reason, and never a value', async () => {
  const dana = await person('Dana')
  const { id, value } = await makeToken(dana)
  const rolled = await dana.post(dana.at(`api-tokens/${id}/roll`), { overlapHours: 24 }, ApiTokenMade)
  for (let n = 0; n < 3; n++) await askByToken(value, 'GET', dana.at('members'))
  await dana.delete(dana.at(`api-tokens/${id}`))
  for (let n = 0; n < 3; n++) await askByToken(value, 'GET', dana.at('boards'))
  for (const [action, count] of [
    ['token.created', 1],
    ['token.rolled', 1],
    ['token.revoked', 1],
    ['token.refused', 2],
  ] as const) {
    const events = await eventsOf(dana, action)
    expect(events, action).toHaveLength(count)
    expect(JSON.stringify(events)).not.toContain(value.slice(12))
    expect(JSON.stringify(events)).not.toContain(rolled.body.value.slice(12))
  }
  expect((await eventsOf(dana, 'token.rolled'))[0]?.after).toEqual({
    overlapHours: 24,
    expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  const [revoked, scope] = await eventsOf(dana, 'token.refused')
  expect(revoked).toMatchObject({
    result: 'refused',
    after: { reason: 'revoked' },
    actor: { kind: 'token', id: dana.id },
  })
  expect(scope).toMatchObject({ after: { reason: 'lacks members:read' }, actor: { name: 'Dana (token deploy)' } })
})

test('where the last uses cannot be read the tokens still are, and the use itself is not refused', async () => {
  const dana = await person('Dana')
  const { value } = await makeToken(dana)
  const sql = (text: string) => asSuperuser((client) => client.query(text))
  await sql('REVOKE SELECT ON "ApiTokenUse" FROM plugboard_app; REVOKE INSERT ON "ApiTokenUse" FROM plugboard_system')
  try {
    expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(200)
    expect((await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items).toMatchObject([{ lastUsed: null }])
  } finally {
    await sql('GRANT SELECT ON "ApiTokenUse" TO plugboard_app; GRANT INSERT ON "ApiTokenUse" TO plugboard_system')
  }
})

test('a refusal that cannot be written down stays a refusal, and is written down once it can be', async () => {
  const dana = await person('Dana')
  const { id, value } = await makeToken(dana)
  const sql = (text: string) => asSuperuser((client) => client.query(text))
  const ask = async (path: string) => (await askByToken(value, 'GET', dana.at(path))).status
  await sql('REVOKE INSERT ON "AuditEvent" FROM plugboard_system')
  try {
    expect(await ask('members')).toBe(403)
    expect(await ask('api-tokens')).toBe(403)
    await dana.delete(dana.at(`api-tokens/${id}`))
    expect(await ask('boards')).toBe(401)
  } finally {
    await sql('GRANT INSERT ON "AuditEvent" TO plugboard_system')
  }
  expect(await eventsOf(dana, 'token.refused')).toEqual([])
  await withClockShifted(hourMs + 1000, () => ask('boards'))
  expect(await eventsOf(dana, 'token.refused')).toHaveLength(1)
})

test('a token has a budget of its own, and who tries wrong ones is slowed down', async () => {
  const dana = await person('Dana')
  const { value } = await makeToken(dana)
  const statuses = await Promise.all(
    Array.from({ length: 601 }, async () => (await askByToken(value, 'GET', '/api/v1/me')).status),
  )
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  expect((await dana.get('/api/v1/me')).status).toBe(200)
  const wrong = await Promise.all(
    Array.from(
      { length: 121 },
      async () =>
        (await askByToken('pb_live_none', 'GET', '/api/v1/me', { headers: { 'x-forwarded-for': '203.0.113.77' } }))
          .status,
    ),
  )
  expect(wrong.filter((status) => status === 429)).toHaveLength(1)
})
