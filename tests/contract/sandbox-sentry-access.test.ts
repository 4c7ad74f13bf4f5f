import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const sentry = await newSandbox(sentryClient)

const ORG = '/organizations/acme/'
const ISSUES = '/organizations/acme/issues/'
const FORBIDDEN = [403, 'You do not have permission to perform this action.']
const MISSING = [404, 'The requested resource does not exist']
const INVALID = [401, 'Invalid token']
const NOT_PROVIDED = [401, 'Authentication credentials were not provided.']
const statusOf = async (path: string, token?: string) => (await sentry.api(path, token)).status
const standing = (prefix: string, word: string) => prefix + word.repeat(8)

test('a token of each kind has its own look', async () => {
  const hex = '[0-9a-f]{64}$'
  expect(await sentry.tokenFor()).toMatch(new RegExp(`^sntryi_${hex}`))
  expect(await sentry.tokenFor({ kind: 'user' })).toMatch(new RegExp(`^sntryu_${hex}`))
  expect(await sentry.tokenFor({ kind: 'app' })).toMatch(new RegExp(`^sntrya_${hex}`))
  expect(await sentry.tokenFor({ kind: 'legacy' })).toMatch(new RegExp(`^${hex}`))
  expect(await sentry.tokenFor({ kind: 'organization' })).toMatch(/^sntrys_[A-Za-z0-9+/]+=*_[A-Za-z0-9+/]{43}$/)
})

test('an internal integration’s token, a person’s and a legacy one read the organization', async () => {
  for (const kind of ['internal', 'user', 'legacy']) {
    const token = await sentry.tokenFor({ kind })
    expect([kind, await statusOf(ORG, token), await statusOf(ISSUES, token)]).toEqual([kind, 200, 200])
  }
})

test('the tokens for demos are there after every reset', async () => {
  const [plugboard, narrow] = [standing('sntryi_', '5a11d00d'), standing('sntryi_', '0ff1ce00')]
  expect([await statusOf(ORG, plugboard), await statusOf(ISSUES, plugboard)]).toEqual([200, 200])
  expect([await statusOf(ORG, narrow), await statusOf(ISSUES, narrow)]).toEqual([200, 403])
  expect(await statusOf('/organizations/globex/', standing('sntryi_', 'ca5cade5'))).toBe(200)
  expect(await statusOf('/auth/', standing('sntryu_', 'da0a0001'))).toBe(200)
})

test('a token that does not work is a 401, and so is a header that is missing or of another kind', async () => {
  expect(await sentry.refusal(ORG, standing('sntryi_', '00000000'))).toEqual(INVALID)
  expect(await sentry.refusal(ORG)).toEqual(NOT_PROVIDED)
  const token = await sentry.tokenFor()
  for (const authorization of [token, `Basic ${btoa(`${token}:`)}`, 'Bearer', `Token ${token}`]) {
    const response = await sentry.api(ORG, undefined, { headers: { authorization } })
    expect([response.status, (await response.json()).detail]).toEqual(NOT_PROVIDED)
  }
})

test('an organization token is known, and can read nothing of what we need', async () => {
  const token = await sentry.tokenFor({ kind: 'organization', scopes: ['event:read', 'org:read'] })
  expect(await (await sentry.api('/', token)).json()).toMatchObject({ auth: { scopes: ['org:ci'] }, user: null })
  for (const path of [ORG, `${ORG}projects/`, ISSUES, '/organizations/', `${ORG}shortids/WEB-1/`]) {
    expect([path, ...(await sentry.refusal(path, token))]).toEqual([path, ...FORBIDDEN])
  }
})

test('an organization token says which organization it is for', async () => {
  const token = await sentry.tokenFor({ kind: 'organization', organization: 'globex' })
  const [, middle = ''] = token.split('_')
  expect(JSON.parse(Buffer.from(middle, 'base64').toString())).toEqual({
    iat: expect.any(Number),
    url: sentry.base,
    region_url: sentry.base,
    org: 'globex',
  })
})

test('each call wants its own permission, and any level of it will do', async () => {
  const [latest] = await (await sentry.api(`${ISSUES}WEB-1/events/?per_page=1`, await sentry.tokenFor())).json()
  const calls: [path: string, resource: string][] = [
    [`${ORG}?detailed=0`, 'org'],
    [`${ORG}projects/`, 'org'],
    [`${ORG}events/?dataset=errors&field=title`, 'org'],
    [`${ORG}eventids/${latest.id}/`, 'org'],
    [ISSUES, 'event'],
    [`${ISSUES}WEB-1/`, 'event'],
    [`${ISSUES}WEB-1/events/`, 'event'],
    [`${ISSUES}WEB-1/events/latest/`, 'event'],
    [`${ORG}shortids/WEB-1/`, 'event'],
    ['/projects/acme/web/issues/', 'event'],
    ['/projects/acme/web/', 'project'],
    ['/projects/acme/web/events/', 'project'],
    [`/projects/acme/web/events/${latest.id}/`, 'project'],
  ]
  for (const [path, resource] of calls) {
    const others = ['org', 'event', 'project', 'member', 'team'].filter((one) => one !== resource)
    const without = await sentry.tokenFor({ scopes: [...others.map((one) => `${one}:admin`), `${resource}:releases`] })
    expect([path, ...(await sentry.refusal(path, without))]).toEqual([path, ...FORBIDDEN])
    for (const level of ['read', 'write', 'admin']) {
      const token = await sentry.tokenFor({ scopes: [`${resource}:${level}`] })
      expect([path, level, await statusOf(path, token)]).toEqual([path, level, 200])
    }
  }
})

test('an unknown organization is a 404, another one’s a 403, and one of another region a 404', async () => {
  const token = await sentry.tokenFor()
  expect(await sentry.refusal('/organizations/initech/', token)).toEqual(MISSING)
  expect(await sentry.refusal('/organizations/globex/', token)).toEqual(FORBIDDEN)
  await sentry.set({ organization: { slug: 'acme', isElsewhere: true } })
  expect(await sentry.refusal(ORG, token)).toEqual(MISSING)
  expect(await sentry.refusal(ISSUES, token)).toEqual(MISSING)
})

test('a person’s token reaches every organization of theirs, unless it wants single sign-on', async () => {
  const lee = await sentry.tokenFor({ kind: 'user', account: 'lee@park.example' })
  const sam = await sentry.tokenFor({ kind: 'user', account: 'sam@acme.example' })
  const slugs = async (token: string) =>
    (await (await sentry.api('/organizations/', token)).json()).map(({ slug }: { slug: string }) => slug)
  expect([await slugs(lee), await slugs(sam)]).toEqual([['acme', 'globex'], ['acme']])
  expect(await slugs(await sentry.tokenFor({ organization: 'globex' }))).toEqual(['globex'])
  expect(await sentry.refusal('/organizations/globex/', sam)).toEqual(FORBIDDEN)
  await sentry.set({ organization: { slug: 'acme', requiresSso: true } })
  expect(await sentry.refusal(ORG, lee)).toEqual(FORBIDDEN)
  expect(await statusOf(ORG, await sentry.tokenFor())).toBe(200)
})

test('who a token is belongs to people’s tokens alone', async () => {
  const token = await sentry.tokenFor({ kind: 'user', account: 'priya@acme.example' })
  expect(await (await sentry.api('/auth/', token)).json()).toMatchObject({ name: 'Priya Nair' })
  expect(await (await sentry.api('/users/me/regions/', token)).json()).toEqual({
    regions: [{ name: 'us', url: sentry.base }],
  })
  expect(await sentry.refusal('/auth/', await sentry.tokenFor())).toEqual(FORBIDDEN)
  expect(await sentry.refusal('/auth/')).toEqual(NOT_PROVIDED)
})

test('an integration’s permissions can be edited, and its token goes on with the new ones', async () => {
  const token = await sentry.tokenFor()
  await sentry.set({ scopes: { token, scopes: ['org:read'] } })
  expect([await statusOf(ORG, token), await statusOf(ISSUES, token)]).toEqual([200, 403])
  await sentry.set({ scopes: { token, scopes: ['org:read', 'event:read'] } })
  expect(await statusOf(ISSUES, token)).toBe(200)
  const personal = await sentry.tokenFor({ kind: 'user' })
  await expect(sentry.set({ scopes: { token: personal, scopes: [] } })).rejects.toThrow(': 400 ')
})

test('tokens do not expire, and end when they are revoked, with their integration, or with all of an account', async () => {
  const made = [await sentry.make(), await sentry.make(), await sentry.make({ organization: 'globex' })] as const
  const person = await sentry.tokenFor({ kind: 'user', account: 'lee@park.example' })
  await sentry.control.clock(400 * 86_400)
  expect(await statusOf(ORG, made[0].token)).toBe(200)
  const revoke = (what: object) => sentry.control.revoke({ provider: 'sentry', ...what })
  expect(await revoke({ token: made[0].token })).toMatchObject({ ended: 1 })
  expect(await sentry.refusal(ORG, made[0].token)).toEqual(INVALID)
  expect(await statusOf(ORG, made[1].token)).toBe(200)
  expect(await revoke({ integration: made[1].integration })).toMatchObject({ ended: 1 })
  expect(await statusOf(ORG, made[1].token)).toBe(401)
  await revoke({ account: 'globex' })
  expect(await statusOf('/organizations/globex/', made[2].token)).toBe(401)
  expect(await statusOf('/organizations/globex/', person)).toBe(200)
  await revoke({ account: 'lee@park.example' })
  expect(await statusOf('/organizations/globex/', person)).toBe(401)
})

test('the log names the account and never the token', async () => {
  const token = await sentry.tokenFor()
  await sentry.api(`${ISSUES}?limit=1`, token)
  const log = await sentry.control.log()
  expect(log).toMatchObject([{ provider: 'sentry', query: ['limit'], account: 'acme', token: 'sntr…', status: 200 }])
  expect(JSON.stringify(log)).not.toContain(token)
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    sentry.set({ makeToken: { kind: 'refresh' } }),
    sentry.set({ makeToken: { organization: 'initech' } }),
    sentry.set({ makeToken: { account: 'nobody@acme.example' } }),
    sentry.set({ region: 'de' }),
    sentry.set({ issues: [{ shortId: 'WEB-999' }] }),
    sentry.set({ projects: [{ slug: 'web' }] }),
    sentry.control.revoke({ provider: 'sentry' }),
    sentry.control.webhook('sentry', { subscription: 'one', organization: 'initech' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})
