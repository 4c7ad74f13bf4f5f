import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, errorOf, googleClient, OTHER } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)

const DAY = 86_400
const DEAD = [400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }]
const told = async (response: Response): Promise<[number, unknown]> => [response.status, await response.json()]

test('an access token ends after an hour, by the clock of the sandbox', async () => {
  const { access_token, refresh_token } = await google.tokens()
  await google.control.clock(3600)
  expect(await google.works(access_token)).toBe(401)
  const fresh = await (await google.refresh(refresh_token)).json()
  expect(await google.works(fresh.access_token)).toBe(200)
})

test('a refresh token is refused to another client, and garbage to everybody', async () => {
  const { refresh_token } = await google.tokens()
  const { client_id, client_secret } = OTHER
  expect(await errorOf(await google.refresh(refresh_token, { client_id, client_secret }))).toBe(
    '400 invalid_grant: Bad Request',
  )
  expect(await errorOf(await google.refresh('1//0garbage'))).toBe('400 invalid_grant: Bad Request')
})

test('a test app’s refresh token dies after seven days, and its consent with it', async () => {
  await google.set({ publishing: 'testing' })
  const { refresh_token } = await google.tokens()
  const signIn = await google.tokens({ scope: 'openid email' }, 'sam@acme.example')
  await google.control.clock(7 * DAY - 60)
  expect((await google.refresh(refresh_token)).status).toBe(200)
  await google.control.clock(120)
  expect(await told(await google.refresh(refresh_token))).toEqual(DEAD)
  expect((await google.refresh(signIn.refresh_token)).status).toBe(200)
  expect(await google.tokens()).toHaveProperty('refresh_token')
})

test('a refresh token that is not used for six months dies; using it keeps it alive', async () => {
  const used = (await google.tokens()).refresh_token
  const idle = (await google.tokens({ prompt: 'consent' })).refresh_token
  await google.control.clock(100 * DAY)
  expect((await google.refresh(used)).status).toBe(200)
  await google.control.clock(100 * DAY)
  expect((await google.refresh(used)).status).toBe(200)
  expect(await told(await google.refresh(idle))).toEqual(DEAD)
  // the consent is still there, so none comes unasked
  expect(await google.tokens()).not.toHaveProperty('refresh_token')
})

test('of more refresh tokens than the limit the oldest ends without a word, for each account and client', async () => {
  await google.set({ refreshTokenLimit: 2 })
  const issued: string[] = []
  for (let number = 0; number < 3; number += 1) {
    issued.push((await google.tokens({ prompt: 'consent' })).refresh_token)
  }
  const sams = (await google.tokens({}, 'sam@acme.example')).refresh_token
  const statuses = await Promise.all([...issued, sams].map(async (token) => (await google.refresh(token)).status))
  expect(statuses).toEqual([400, 200, 200, 200])
})

test('time-based access says when the refresh token ends, and ends it', async () => {
  await google.set({ timeBasedSeconds: 2 * DAY })
  const { refresh_token, refresh_token_expires_in } = await google.tokens()
  expect(refresh_token_expires_in).toBe(2 * DAY)
  await google.control.clock(DAY)
  expect((await (await google.refresh(refresh_token)).json()).refresh_token_expires_in).toBe(DAY)
  await google.control.clock(DAY)
  expect(await told(await google.refresh(refresh_token))).toEqual(DEAD)
})

test('a reauthentication policy and a disabled account refuse to refresh', async () => {
  const { refresh_token, access_token } = await google.tokens()
  await google.set({ reauthRequired: true })
  expect(await told(await google.refresh(refresh_token))).toEqual([
    400,
    expect.objectContaining({ error: 'invalid_grant', error_subtype: 'invalid_rapt' }),
  ])
  await google.set({ reauthRequired: false, account: { email: DANA, disabled: true } })
  expect(await told(await google.refresh(refresh_token))).toEqual(DEAD)
  expect(await google.works(access_token)).toBe(401)
})

test('revoking by either token ends all that the person gave the project; a second time there is nothing to revoke', async () => {
  const mine = await google.tokens()
  const other = await google.redeem(
    (await google.consented({ client_id: OTHER.client_id, redirect_uri: OTHER.redirect_uri, prompt: 'consent' })).get(
      'code',
    ),
    OTHER,
  )
  const others = await other.json()
  const sams = await google.tokens({}, 'sam@acme.example')
  expect((await google.post('/revoke', { token: mine.refresh_token })).status).toBe(200)
  expect(await google.works(mine.access_token)).toBe(401)
  expect(await told(await google.refresh(mine.refresh_token))).toEqual(DEAD)
  expect(await errorOf(await google.refresh(others.refresh_token, OTHER))).toContain(
    'Token has been expired or revoked.',
  )
  expect(await google.works(sams.access_token)).toBe(200)
  expect(await errorOf(await google.post('/revoke', { token: mine.refresh_token }))).toBe(
    '400 invalid_token: Token expired or revoked',
  )
  const inAddress = `${google.url}/google-oauth/revoke?token=${encodeURIComponent(sams.access_token)}`
  expect((await fetch(inAddress, { method: 'POST' })).status).toBe(200)
  expect((await google.refresh(sams.refresh_token)).status).toBe(400)
  // the next consent is a first one
  expect(await google.tokens()).toHaveProperty('refresh_token')
})

test('revocation may take a while', async () => {
  await google.set({ revokeDelaySeconds: 60 })
  const { access_token, refresh_token } = await google.tokens()
  await google.post('/revoke', { token: access_token })
  expect(await google.works(access_token)).toBe(200)
  await google.control.clock(61)
  expect([await google.works(access_token), (await google.refresh(refresh_token)).status]).toEqual([401, 400])
})

test('control ends a grant, or the tokens of one kind alone', async () => {
  const { access_token, refresh_token } = await google.tokens()
  const revoke = (only?: string) =>
    google.control.revoke({ provider: 'google-docs', account: DANA, ...(only === undefined ? {} : { only }) })
  expect(await revoke('access_tokens')).toMatchObject({ ended: 1 })
  expect([await google.works(access_token), (await google.refresh(refresh_token)).status]).toEqual([401, 200])
  expect(await revoke('refresh_tokens')).toMatchObject({ ended: 1 })
  expect((await google.refresh(refresh_token)).status).toBe(400)
  expect(await google.tokens()).not.toHaveProperty('refresh_token')
  await revoke()
  expect(await google.tokens()).toHaveProperty('refresh_token')
})

test('the page of connections lists what was given and ends it', async () => {
  await google.tokens()
  const address = `${google.url}/google-accounts/connections`
  expect(await (await fetch(address)).text()).toContain('Delete all connections of dana@acme.example')
  await fetch(address, { method: 'POST', body: new URLSearchParams({ account: DANA }) })
  expect(await (await fetch(address)).text()).toContain('There are none.')
})
