// What a token may not do: more than its maker, more than its time, or what takes a person.
import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import { OrganizationView, ResetAnswer } from '#lib/tenancy/schema.ts'
import { ApiTokenList } from '#lib/tokens/schema.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { linkTo, mailsTo } from '#tests/support/mailbox.ts'
import { api, member, PASSWORD, person, type TestPerson } from '#tests/support/people.ts'
import { askByToken, makeToken } from '#tests/support/tokens.ts'

const dayMs = 24 * 60 * 60 * 1000

test('a token never does more than its maker may do now', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await makeToken(sam, ['members:write', 'boards:read', 'audit:read'])
  const invite = async () => {
    const body = { email: `${crypto.randomUUID()}@x.test`, role: 'member' }
    return (await askByToken(value, 'POST', dana.at('invitations'), { body })).status
  }
  expect(await invite()).toBe(201)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  await dana.patch(dana.at(`members/${sam.id}`), { role: 'member' })
  expect(await invite()).toBe(403)
  expect((await askByToken(value, 'GET', dana.at('audit-events'))).status).toBe(403)
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(200)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'admins' })
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(401)
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  for (const role of ['guest', 'reviewer']) {
    await dana.patch(dana.at(`members/${sam.id}`), { role })
    expect((await askByToken(value, 'GET', dana.at('boards'))).status, role).toBe(401)
  }
})

test('an invitation by a token is from whom it acts as; what they call it is nobody’s outside', async () => {
  const dana = await person('Dana')
  const { value } = await makeToken(dana, ['members:write'])
  const email = `${crypto.randomUUID()}@x.test`
  await askByToken(value, 'POST', dana.at('invitations'), { body: { email, role: 'member' } })
  await linkTo(email, 'invite')
  expect(await mailsTo(email)).toEqual([expect.stringMatching(/^Dana invites you to [^(]+ on Plugboard, as member\./)])
})

test('T-MEM-3 who is removed takes their tokens along, also when they come back', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const { value } = await makeToken(sam)
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(200)
  await dana.delete(dana.at(`members/${sam.id}`))
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(401)
  await asSuperuser((client) => client.query('UPDATE "Membership" SET "leftAt" = NULL WHERE "userId" = $1', [sam.id]))
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(401)
})

test('who is being removed makes no token in the same moment', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const made = await asSuperuser(async (client) => {
    await client.query('BEGIN')
    await client.query('UPDATE "Membership" SET "leftAt" = now() WHERE "userId" = $1', [sam.id])
    const making = sam.post(sam.at('api-tokens'), { name: 'late', scopes: ['boards:read'] })
    const waiting = async () => {
      await client.query('SELECT pg_stat_clear_snapshot()')
      const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      return (await client.query(waits)).rowCount
    }
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
    await client.query('COMMIT')
    return making
  })
  expect(made.status).toBe(404)
})

test('a token neither makes tokens, connects accounts, touches the person behind it nor decides who may make tokens', async () => {
  const dana = await person('Dana')
  const { id, value } = await makeToken(dana, [
    'boards:read',
    'connections:write',
    'organization:write',
    'members:write',
  ])
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
    expect(await askByToken(value, method, path, { body }), `${method} ${path}`).toMatchObject({
      status: 403,
      body: { type: '/problems/forbidden', detail: expect.stringContaining('API tokens cannot') },
    })
})

test('a token ends when it is to end; nobody but an owner makes one without an end, nor any for longer than a year', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  const usual = await makeToken(sam)
  const status = (value: string) => async () => (await askByToken(value, 'GET', dana.at('boards'))).status
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
  expect((await tryFor(dana, inDays(366))).status).toBe(201) // the last second of a day that is a year away
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
    detail: 'Only owners and admins can make API tokens here. Ask one of them.',
  })
  await dana.patch(dana.at(), { whoMayMakeTokens: 'members' })
  expect((await tryToMake(priya, ['boards:read'])).status).toBe(201)
  expect(await tryToMake(priya, ['members:write'])).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/scopes' }] },
  })
  for (const by of [rosa, gus])
    expect((await tryToMake(by, ['boards:read'])).body).toMatchObject({
      status: 403,
      detail: 'Only owners, admins and members can make API tokens here. Ask one of them.',
    })
  for (const by of [rosa, gus]) expect((await by.get(by.at('api-tokens'))).status).toBe(403)
})

test('a token outlives a new password and every session, and whoever resets theirs is told how many, and where', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  await person('Olga')
  const { value } = await makeToken(sam)
  await makeToken(sam, ['boards:read'], { expiresAt: new Date(Date.now() + dayMs).toISOString() })
  const { id } = await makeToken(sam)
  await sam.delete(dana.at(`api-tokens/${id}`))
  let resets = 0
  const reset = async () => {
    await api().post('/api/v1/password-resets', { email: sam.email })
    const link = await linkTo(sam.email, 'reset', resets++)
    return (await api().post(`/api/v1/password-resets/${link}`, { password: PASSWORD }, ResetAnswer)).body.apiTokens
  }
  const { name } = (await dana.get(dana.at(), OrganizationView)).body
  expect(await reset()).toEqual([{ org: dana.org.slug, name, count: 2 }])
  expect((await askByToken(value, 'GET', dana.at('boards'))).status).toBe(200)
  await dana.patch(dana.at(`members/${sam.id}`), { role: 'member' })
  expect(await reset()).toEqual([])
  await dana.patch(dana.at(`members/${sam.id}`), { role: 'admin' })
  expect(await withClockShifted(2 * dayMs, reset)).toMatchObject([{ count: 1 }])
})

test('a person has fifty tokens at most, also where several are made at the same moment', async () => {
  const dana = await person('Dana')
  for (let n = 0; n < 49; n++) await makeToken(dana)
  const make = () => dana.post(dana.at('api-tokens'), { name: 'one more', scopes: ['boards:read'] })
  const made = await asSuperuser(async (client) => {
    await client.query('BEGIN; LOCK "ApiToken" IN SHARE MODE') // may be counted, not written
    const all = [make(), make(), make()]
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    // a transaction sees this view as it was at its first look
    const count = () => asSuperuser(async (other) => (await other.query(waiting)).rows[0].n)
    await expect.poll(count, { timeout: 30_000 }).toBe(all.length)
    await client.query('COMMIT')
    return Promise.all(all)
  })
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409])
})

test('an admin revokes anybody’s token and rolls only their own; a member sees no other’s', async () => {
  const dana = await person('Dana')
  const [sam, priya] = [await member(dana, 'admin', 'Sam'), await member(dana, 'member', 'Priya')]
  const { id } = await makeToken(dana)
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
