import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, DANA, LEE, SAM } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const BAD_TOKEN = [401, 'Token is invalid, expired, or not supported for this endpoint.']
const NO_REPOSITORY =
  'You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.'
const DAY = 86_400
const statusOf = async (...call: Parameters<typeof bitbucket.api>) => (await bitbucket.api(...call)).status

test('an API token works with the e-mail address of its account', async () => {
  const dana = await bitbucket.tokenFor()
  expect(dana.token).toMatch(/^ATATT3\S+=[0-9A-F]{8}$/)
  const user = await (await bitbucket.api('/user', dana)).json()
  expect(user).toMatchObject({ type: 'user', display_name: 'Dana Kowalski', nickname: 'dana', username: 'dana-k' })
  expect(user.uuid).toMatch(/^\{[0-9a-f-]{36}\}$/)
  expect(user.account_id).toMatch(/^712020:[0-9a-f-]{36}$/)
  expect(user.links.self.href).toContain(`/2.0/users/%7B`)
})

test('the user name in the place of the e-mail address is a 401 without words, and so is somebody else’s address', async () => {
  const { token } = await bitbucket.tokenFor()
  for (const email of ['dana-k', 'dana', SAM, 'x-bitbucket-api-token-auth', '']) {
    const response = await bitbucket.api('/user', { email, token })
    expect([email, response.status, await response.text()]).toEqual([email, 401, ''])
  }
})

test('an API token is not a bearer token', async () => {
  const { token } = await bitbucket.tokenFor()
  for (const authorization of [`Bearer ${token}`, token, `Basic ${token}`, 'Basic']) {
    expect(await bitbucket.refusal('/user', undefined, { headers: { authorization } })).toEqual(BAD_TOKEN)
  }
})

test('an app password, a token without scopes and one for Jira are refused in the same words as a wrong token', async () => {
  for (const kind of ['app-password', 'unscoped', 'jira']) {
    const made = await bitbucket.tokenFor(DANA, { kind })
    expect([kind, ...(await bitbucket.refusal('/user', made))]).toEqual([kind, ...BAD_TOKEN])
    expect([kind, ...(await bitbucket.refusal('/repositories/acme', made))]).toEqual([kind, ...BAD_TOKEN])
  }
  expect((await bitbucket.tokenFor(DANA, { kind: 'app-password' })).token).toMatch(/^ATBB/)
  expect(await bitbucket.refusal('/user', { email: DANA, token: 'ATATT3wrong' })).toEqual(BAD_TOKEN)
})

test('a wrong token is refused for what is public too', async () => {
  expect(await statusOf('/repositories/acme/shop-theme')).toBe(200)
  expect(await bitbucket.refusal('/repositories/acme/shop-theme', { email: DANA, token: 'x' })).toEqual(BAD_TOKEN)
})

test('a token ends with its last day, at most a year after it was made', async () => {
  const week = await bitbucket.tokenFor(DANA, { days: 7 })
  const year = await bitbucket.tokenFor()
  await bitbucket.control.clock(7 * DAY - 60)
  expect(await statusOf('/user', week)).toBe(200)
  await bitbucket.control.clock(61)
  expect(await bitbucket.refusal('/user', week)).toEqual(BAD_TOKEN)
  await bitbucket.control.clock(358 * DAY)
  expect(await bitbucket.refusal('/user', year)).toEqual(BAD_TOKEN)
  await expect(bitbucket.tokenFor(DANA, { days: 366 })).rejects.toThrow(': 400 ')
})

test('a revoked token is refused like an expired one', async () => {
  const [one, two] = [await bitbucket.tokenFor(), await bitbucket.tokenFor()]
  expect(await bitbucket.control.revoke({ provider: 'bitbucket', token: one.token })).toMatchObject({ ended: 1 })
  expect(await bitbucket.refusal('/user', one)).toEqual(BAD_TOKEN)
  expect(await statusOf('/user', two)).toBe(200)
  await bitbucket.control.revoke({ provider: 'bitbucket', account: DANA })
  expect(await bitbucket.refusal('/user', two)).toEqual(BAD_TOKEN)
})

const NEEDS: [path: string, scope: string][] = [
  ['/user', 'read:user:bitbucket'],
  ['/user/emails', 'read:email:bitbucket'],
  ['/user/workspaces', 'read:workspace:bitbucket'],
  ['/workspaces/acme', 'read:workspace:bitbucket'],
  ['/workspaces/acme/members', 'read:workspace:bitbucket'],
  ['/workspaces/acme/projects', 'read:project:bitbucket'],
  ['/workspaces/acme/search/code?search_query=backoff', 'read:repository:bitbucket'],
  ['/repositories/acme', 'read:repository:bitbucket'],
  ['/repositories/acme/orders-mobile', 'read:repository:bitbucket'],
  ['/repositories/acme/orders-mobile/refs/branches', 'read:repository:bitbucket'],
  ['/repositories/acme/orders-mobile/src/main/README.md', 'read:repository:bitbucket'],
  ['/repositories/acme/orders-mobile/commits', 'read:repository:bitbucket'],
  ['/repositories/acme/orders-mobile/pullrequests', 'read:pullrequest:bitbucket'],
  ['/repositories/acme/orders-mobile/pullrequests/3', 'read:pullrequest:bitbucket'],
  ['/repositories/acme/orders-mobile/hooks', 'read:webhook:bitbucket'],
]

test.each(NEEDS)('%s needs %s, which nothing else implies', async (path, scope) => {
  const others = ['read', 'write', 'admin', 'delete']
    .flatMap((verb) =>
      ['user', 'workspace', 'project', 'repository', 'pullrequest', 'webhook'].map((one) => `${verb}:${one}:bitbucket`),
    )
    .filter((one) => one !== scope)
  expect(await statusOf(path, await bitbucket.tokenFor(DANA, { scopes: [scope] }))).toBe(200)
  const refused = await bitbucket.api(path, await bitbucket.tokenFor(DANA, { scopes: others }))
  expect(refused.status).toBe(403)
  expect(await refused.json()).toEqual({
    type: 'error',
    error: {
      message: 'Your credentials lack one or more required privilege scopes.',
      detail: { granted: others, required: [scope] },
    },
  })
})

test('a missing scope is told before whether the thing exists', async () => {
  const token = await bitbucket.tokenFor(DANA, { scopes: ['read:repository:bitbucket'] })
  expect(await statusOf('/repositories/acme/nothing/pullrequests', token)).toBe(403)
  expect(await bitbucket.refusal('/repositories/acme/nothing', token)).toEqual([404, NO_REPOSITORY])
})

test('a token limited to one workspace knows of no other', async () => {
  const dana = await bitbucket.tokenFor(DANA, { workspace: 'acme' })
  const slugs = (await bitbucket.values('/user/workspaces', dana)).map(
    ({ workspace }: { workspace: { slug: string } }) => workspace.slug,
  )
  expect(slugs).toEqual(['acme'])
  expect(await statusOf('/repositories/acme/orders-mobile', dana)).toBe(200)
  expect(await bitbucket.refusal('/repositories/globex-labs/scanner-firmware', dana)).toEqual([404, NO_REPOSITORY])
  expect(await statusOf('/repositories/globex-labs', dana)).toBe(404)
})

test('nobody reads what is public, and nothing of a person', async () => {
  expect(await statusOf('/repositories/acme/shop-theme/src/main/tokens.css')).toBe(200)
  expect(await bitbucket.refusal('/repositories/acme/orders-mobile')).toEqual([404, NO_REPOSITORY])
  for (const path of [
    '/user',
    '/user/workspaces',
    '/repositories/acme?role=member',
    '/repositories/acme/shop-theme/hooks',
  ]) {
    expect([path, ...(await bitbucket.refusal(path))]).toEqual([path, ...BAD_TOKEN])
  }
  expect(await statusOf('/hook_events/repository')).toBe(200)
})

test('the tokens for demos are there after every reset', async () => {
  const standing = (email: string, word: string, checksum: string) => ({
    email,
    token: `ATATT3xFfGF0bitbucket-${word}=${checksum}`,
  })
  const dana = standing(DANA, 'dana', 'B17B0CC3')
  expect(await statusOf('/user', dana)).toBe(200)
  expect(await statusOf('/repositories/acme/payroll-exports/hooks', dana)).toBe(200)
  const narrow = standing(DANA, 'dana-repositories', '2E9051A0')
  expect([await statusOf('/user', narrow), await statusOf('/repositories/acme', narrow)]).toEqual([403, 200])
  expect(await statusOf('/repositories/acme/orders-mobile', standing(SAM, 'sam', '0B5E55ED'))).toBe(200)
  expect(await statusOf('/repositories/acme/orders-mobile', standing(LEE, 'lee', 'CA5CADE5'))).toBe(200)
})
