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

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

const make = async (by: TestPerson, scopes: string[] = ['boards:read'], more: object = {}) =>
  (await by.post(by.at('api-tokens'), { name: 'deploy', scopes, ...more }, ApiTokenMade)).body

type Asked = { body?: unknown; headers?: Record<string, string> }

/** A request as a script sends it: no cookie, no origin, a token. */
async function ask(value: string, method: string, path: string, { body, headers = {} }: Asked = {}) {
  const response = await dispatch(
    new Request(new URL(path, env().APP_URL), {
      method,
      headers: { authorization: `Bearer ${value}`, 'x-forwarded-for': '203.0.113.9', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

const eventsOf = async (owner: TestPerson, action: string) =>
  (await owner.get(owner.at(`audit-events?action=${action}`), AuditPage)).body.items

test('T-TOK-1 the value is told once: no list shows it, and the database has its hash alone', async () => {
  const dana = await person('Dana')
  const { id, value } = await make(dana)
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
  const { value } = await make(dana, ['boards:read', 'boards:write'])
  const made = await ask(value, 'POST', dana.at('boards'), { body: { name: 'By a script' } })
  expect(made).toMatchObject({ status: 201, body: { name: 'By a script' } })
  expect((await dana.get(dana.at('boards'))).body).toMatchObject({ items: [{ name: 'By a script' }] })
  expect((await ask(value, 'GET', '/api/v1/me')).body).toMatchObject({ id: dana.id })
  const beside = { headers: { cookie: olga.cookie } }
  expect((await ask(value, 'GET', '/api/v1/me', beside)).body).toMatchObject({ id: dana.id })
  expect((await ask('pb_live_wrong', 'GET', '/api/v1/me', beside)).status).toBe(401)
  const elsewhere = { body: { name: 'From a page' }, headers: { origin: 'https://elsewhere.test' } }
  expect((await ask(value, 'POST', dana.at('boards'), elsewhere)).status).toBe(201)
})

test('a token in the address opens nothing', async () => {
  const dana = await person('Dana')
  const { value } = await make(dana)
  for (const name of ['access_token', 'token', 'api_token', 'authorization']) {
    const address = new URL(`${dana.at('boards')}?${name}=${value}`, env().APP_URL)
    expect((await dispatch(new Request(address))).status).toBe(401)
  }
})

test('T-TOK-2 rolled with an overlap both values work, then the one before stops', async () => {
  const dana = await person('Dana')
  const first = await make(dana)
  const roll = async (overlapHours: number) =>
    (await dana.post(dana.at(`api-tokens/${first.id}/roll`), { overlapHours }, ApiTokenMade)).body.value
  const boards = async (value: string) => (await ask(value, 'GET', dana.at('boards'))).status
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
  const { id, value } = await make(dana, ['boards:read'], { expiresAt: soon })
  await withClockShifted(1.5 * hourMs, () => dana.post(dana.at(`api-tokens/${id}/roll`), { overlapHours: 24 }))
  const [row] = (await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items
  expect(row?.previousUntil).toBe(soon)
  expect(Date.parse(row?.expiresAt ?? '') - Date.parse(soon)).toBeGreaterThan(1.4 * hourMs)
  const old = await withClockShifted(2 * hourMs + 1000, () => ask(value, 'GET', dana.at('boards')))
  expect(old.status).toBe(401)
})

test('T-TOK-3 a revoked token stops at once, and each use is noted with its address', async () => {
  const dana = await person('Dana')
  const { id, value } = await make(dana)
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(200)
  const listed = async () => (await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items
  const first = (await listed())[0]?.lastUsed
  expect(first).toMatchObject({ ip: '203.0.113.9' })
  const again = { headers: { 'x-forwarded-for': '203.0.113.10' } }
  await ask(value, 'GET', dana.at('boards'), again)
  expect((await listed())[0]?.lastUsed).toEqual(first) // once a minute at most
  await withClockShifted(61_000, () => ask(value, 'GET', dana.at('boards'), again))
  expect((await listed())[0]?.lastUsed).toMatchObject({ ip: '203.0.113.10' })
  expect((await dana.delete(dana.at(`api-tokens/${id}`))).status).toBe(204)
  const refused = await ask(value, 'GET', dana.at('boards'))
  expect(refused).toMatchObject({ status: 401, body: { type: '/problems/token-not-accepted' } })
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(await listed()).toEqual([])
  expect((await dana.delete(dana.at(`api-tokens/${id}`))).status).toBe(404)
})

test('T-TOK-4 what a scope does not cover is refused, and the refusal says which scope and who can give it', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await make(sam, ['boards:read'])
  const refused = await ask(value, 'POST', dana.at('boards'), { body: { name: 'No' } })
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
  const nobody = await ask(value, 'GET', dana.at('members'))
  expect(nobody.body.detail).toContain('members:read')
})

test('a token never does more than its maker may do now', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await make(sam, ['members:write', 'boards:read', 'audit:read'])
  const invite = async () => {
    const body = { email: `${crypto.randomUUID()}@x.test`, role: 'member' }
    return (await ask(value, 'POST', dana.at('invitations'), { body })).status
  }
  expect(await invite()).toBe(201)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  await dana.patch(dana.at(`members/${sam.id}`), { role: 'member' })
  expect(await invite()).toBe(403)
  expect((await ask(value, 'GET', dana.at('audit-events'))).status).toBe(403)
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(200)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'admins' })
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(401)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  for (const role of ['guest', 'reviewer']) {
    await dana.patch(dana.at(`members/${sam.id}`), { role })
    expect((await ask(value, 'GET', dana.at('boards'))).status, role).toBe(401)
  }
})

test('T-MEM-3 who is removed takes their tokens along, also when they come back', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await make(sam)
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(200)
  await dana.delete(dana.at(`members/${sam.id}`))
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(401)
  await asSuperuser((client) => client.query('UPDATE "Membership" SET "leftAt" = NULL WHERE "userId" = $1', [sam.id]))
  expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(401)
})

test('a token neither makes tokens, connects accounts, touches the person behind it nor decides who may make tokens', async () => {
  const dana = await person('Dana')
  const { id, value } = await make(dana, ['boards:read', 'connections:write', 'organization:write', 'members:write'])
  const uuid = crypto.randomUUID()
  const attempts: [string, string, object?][] = [
    ['GET', dana.at('api-tokens')],
    ['POST', dana.at('api-tokens'), { name: 'more', scopes: ['boards:read'] }],
    ['POST', dana.at(`api-tokens/${id}/roll`), {}],
    ['DELETE', dana.at(`api-tokens/${id}`)],
    ['POST', dana.at('connect-attempts'), { provider: 'github', slot: 'user' }],
    ['GET', dana.at(`connect-attempts/${uuid}`)],
    [
      'POST',
      dana.at('connections'),
      { provider: 'github', slot: 'organization', method: 'pat', fields: { token: 'x' } },
    ],
    ['PUT', dana.at(`connections/${uuid}/credential`), { fields: {} }],
    ['PATCH', '/api/v1/me', { name: 'Mallory' }],
    ['DELETE', '/api/v1/me/sessions'],
    ['POST', '/api/v1/orgs', { name: 'Another' }],
    ['PATCH', dana.at(), { whoMayMakeTokens: 'members' }],
  ]
  for (const [method, path, body] of attempts)
    expect(await ask(value, method, path, { body }), `${method} ${path}`).toMatchObject({
      status: 403,
      body: { type: '/problems/forbidden', detail: expect.stringContaining('API tokens cannot') },
    })
})

test('a token ends when it is to end; nobody but an owner makes one without an end, nor any for longer than a year', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const usual = await make(sam)
  const status = (value: string) => async () => (await ask(value, 'GET', dana.at('boards'))).status
  expect(await withClockShifted(89 * dayMs, status(usual.value))).toBe(200)
  expect(await withClockShifted(91 * dayMs, status(usual.value))).toBe(401)
  const tryFor = (by: TestPerson, expiresAt: string | null) =>
    by.post(by.at('api-tokens'), { name: 'long', scopes: ['boards:read'], expiresAt })
  const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()
  expect(await tryFor(sam, null)).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('Only owners') },
  })
  expect((await tryFor(dana, null)).status).toBe(201)
  expect(await tryFor(dana, inDays(400))).toMatchObject({ status: 422, body: { errors: [{ pointer: '/expiresAt' }] } })
  expect((await tryFor(dana, inDays(-1))).status).toBe(422)
  expect((await tryFor(dana, inDays(365))).status).toBe(201)
})

test('owners and admins make tokens, members where they are allowed to, with scopes of their own role; others never', async () => {
  const dana = await person('Dana')
  const [priya, rosa, gus] = [
    await member(dana, 'member', 'Priya'),
    await member(dana, 'reviewer', 'Rosa'),
    await member(dana, 'guest', 'Gus'),
  ]
  const tryToMake = (by: TestPerson, scopes: string[]) => by.post(by.at('api-tokens'), { name: 'mine', scopes })
  expect((await tryToMake(priya, ['boards:read'])).body).toMatchObject({
    status: 403,
    detail: 'Only owners and admins can do this. Ask one of them.',
  })
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  expect((await tryToMake(priya, ['boards:read'])).status).toBe(201)
  expect(await tryToMake(priya, ['members:write'])).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/scopes' }] },
  })
  for (const by of [rosa, gus]) expect((await tryToMake(by, ['boards:read'])).status).toBe(403)
  for (const by of [rosa, gus]) expect((await by.get(by.at('api-tokens'))).status).toBe(403)
})

test('an admin revokes anybody’s token and rolls only their own; a member sees no other’s', async () => {
  const dana = await person('Dana')
  const [sam, priya] = [await member(dana, 'admin', 'Sam'), await member(dana, 'member', 'Priya')]
  const { id } = await make(dana)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  expect((await priya.get(dana.at('api-tokens'), ApiTokenList)).body.items).toEqual([])
  expect((await priya.delete(dana.at(`api-tokens/${id}`))).status).toBe(404)
  expect((await priya.post(dana.at(`api-tokens/${id}/roll`))).status).toBe(404)
  expect((await sam.get(dana.at('api-tokens'), ApiTokenList)).body.items).toMatchObject([{ id, mayRoll: false }])
  expect((await sam.post(dana.at(`api-tokens/${id}/roll`))).body).toMatchObject({
    status: 403,
    detail: 'Only Dana, whom it acts as, can roll this token. Ask them.',
  })
  expect((await sam.delete(dana.at(`api-tokens/${id}`))).status).toBe(204)
})

test('made, rolled, revoked and refused is written down, a refusal once an hour for each reason, and never a value', async () => {
  const dana = await person('Dana')
  const { id, value } = await make(dana)
  const rolled = await dana.post(dana.at(`api-tokens/${id}/roll`), { overlapHours: 24 }, ApiTokenMade)
  for (let n = 0; n < 3; n++) await ask(value, 'GET', dana.at('members'))
  await dana.delete(dana.at(`api-tokens/${id}`))
  for (let n = 0; n < 3; n++) await ask(value, 'GET', dana.at('boards'))
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
  const { value } = await make(dana)
  const sql = (text: string) => asSuperuser((client) => client.query(text))
  await sql('REVOKE SELECT ON "ApiTokenUse" FROM plugboard_app; REVOKE INSERT ON "ApiTokenUse" FROM plugboard_system')
  try {
    expect((await ask(value, 'GET', dana.at('boards'))).status).toBe(200)
    expect((await dana.get(dana.at('api-tokens'), ApiTokenList)).body.items).toMatchObject([{ lastUsed: null }])
  } finally {
    await sql('GRANT SELECT ON "ApiTokenUse" TO plugboard_app; GRANT INSERT ON "ApiTokenUse" TO plugboard_system')
  }
})

test('a token has a budget of its own, and who tries wrong ones is slowed down', async () => {
  const dana = await person('Dana')
  const { value } = await make(dana)
  const statuses = await Promise.all(
    Array.from({ length: 601 }, async () => (await ask(value, 'GET', '/api/v1/me')).status),
  )
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  expect((await dana.get('/api/v1/me')).status).toBe(200)
  const wrong = await Promise.all(
    Array.from(
      { length: 121 },
      async () =>
        (await ask('pb_live_none', 'GET', '/api/v1/me', { headers: { 'x-forwarded-for': '203.0.113.77' } })).status,
    ),
  )
  expect(wrong.filter((status) => status === 429)).toHaveLength(1)
})
