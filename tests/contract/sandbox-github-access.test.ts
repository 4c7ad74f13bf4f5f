import { request } from 'node:http'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { githubClient } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)

const WRONG = 'gho_000000000000000000000000000000000000'
const statusOf = async (path: string, token?: string, headers?: Record<string, string>) =>
  (await github.api(path, token, headers)).status
const names = async (path: string, token?: string): Promise<string[]> => {
  const list: { full_name: string }[] = await (await github.api(path, token)).json()
  return list.map(({ full_name }) => full_name).sort()
}
const set = (settings: Record<string, unknown>) => github.control.set({ provider: 'github', ...settings })
const makePat = async (pat: Record<string, unknown>): Promise<string> => String((await set({ makePat: pat })).token)

test('a request without a User-Agent is refused', async () => {
  const token = await github.tokenFor('dana-k')
  const status = await new Promise((resolve, reject) => {
    request(`${github.url}/github-api/user`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
})

test('an unknown API version is refused; no version means 2022-11-28', async () => {
  const token = await github.tokenFor('dana-k')
  expect(await statusOf('/user', token, { 'x-github-api-version': '2021-01-01' })).toBe(400)
  const plain = await github.api('/rate_limit', token)
  expect(plain.headers.get('x-github-api-version-selected')).toBe('2022-11-28')
  expect(await plain.json()).toHaveProperty('rate')
  const newest = await github.api('/rate_limit', token, { 'x-github-api-version': '2026-03-10' })
  expect(await newest.json()).not.toHaveProperty('rate')
})

test('a path with a trailing slash is a 404', async () => {
  const token = await github.tokenFor('dana-k')
  expect(await statusOf('/user/', token)).toBe(404)
  expect(await statusOf('/repos/acme/api/', token)).toBe(404)
})

test('a token that does not work is a 401, and so is none where one is needed', async () => {
  const response = await github.api('/user', WRONG)
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ message: 'Bad credentials', status: '401' })
  expect(await statusOf('/user')).toBe(401)
  const basic = await github.api('/user', undefined, { authorization: `Basic ${btoa('dana-k:password')}` })
  expect(basic.status).toBe(401)
})

test('the header may say Bearer or token', async () => {
  const token = await github.tokenFor('dana-k')
  expect(await statusOf('/user', undefined, { authorization: `token ${token}` })).toBe(200)
  expect(await statusOf('/user', undefined, { authorization: token })).toBe(401)
})

test('every answer names the granted and the accepted scopes', async () => {
  const response = await github.api('/user/emails', await github.tokenFor('dana-k', { scope: 'repo user:email' }))
  expect(response.headers.get('x-oauth-scopes')).toBe('repo, user:email')
  expect(response.headers.get('x-accepted-oauth-scopes')).toBe('user, user:email')
})

test('e-mail addresses need user:email and organizations need read:org', async () => {
  const less = await github.tokenFor('dana-k', { scope: 'repo read:user' })
  const more = await github.tokenFor('dana-k', { scope: 'user:email read:org' })
  expect([await statusOf('/user/emails', less), await statusOf('/user/emails', more)]).toEqual([404, 200])
  expect([await statusOf('/user/orgs', less), await statusOf('/user/orgs', more)]).toEqual([403, 200])
})

test('a private repository is a 404 for others, for nobody, and for a token without the scope repo', async () => {
  const [dana, sam, priya, lee] = await Promise.all(
    ['dana-k', 'sam-o', 'priya-n', 'lee-p'].map((who) => github.tokenFor(who)),
  )
  const statuses = (path: string) =>
    Promise.all([dana, sam, priya, lee, undefined].map((token) => statusOf(path, token)))
  expect(await statuses('/repos/acme/api')).toEqual([200, 200, 404, 200, 404])
  expect(await statuses('/repos/acme/payroll/contents/README.md')).toEqual([200, 404, 404, 404, 404])
  expect(await statuses('/repos/acme/web')).toEqual([200, 200, 200, 200, 200])
  const narrow = await github.tokenFor('dana-k', { scope: 'read:user read:org' })
  expect(await statusOf('/repos/acme/api', narrow)).toBe(404)
  expect(await statusOf('/repos/acme/web', narrow)).toBe(200)
  expect(await statusOf('/repos/acme/no-such-repository', dana)).toBe(404)
})

test('everybody lists only what they may see', async () => {
  expect(await names('/user/repos', await github.tokenFor('priya-n'))).toEqual([
    'acme/handbook',
    'acme/web',
    'priya-n/palette',
  ])
  expect(await names('/user/repos', await github.tokenFor('lee-p'))).toEqual(['acme/api', 'lee-p/portfolio'])
  expect(await names('/orgs/acme/repos', await github.tokenFor('lee-p'))).toEqual([
    'acme/api',
    'acme/handbook',
    'acme/web',
  ])
  expect(await names('/user/repos?affiliation=owner', await github.tokenFor('dana-k'))).toEqual(['dana-k/dotfiles'])
  expect(await names('/user/repos?affiliation=collaborator', await github.tokenFor('lee-p'))).toEqual(['acme/api'])
  expect(await names('/user/repos', await github.tokenFor('dana-k', { scope: 'read:user' }))).not.toContain('acme/api')
})

test('a renamed repository answers 301 to its lasting address', async () => {
  const token = await github.tokenFor('dana-k')
  const response = await github.api('/repos/acme/order-service/branches', token)
  expect(response.status).toBe(301)
  const location = response.headers.get('location') ?? ''
  expect(location).toBe(`${github.url}/github-api/repositories/710001/branches`)
  expect(await statusOf(location, token)).toBe(200)
  expect(await statusOf('/repos/acme/order-service', await github.tokenFor('priya-n'))).toBe(404)
  await set({ repository: { owner: 'acme', name: 'shop', renamedFrom: 'web' } })
  expect([await statusOf('/repos/acme/web', token), await statusOf('/repos/acme/shop', token)]).toEqual([301, 200])
})

test('an organization that restricts OAuth Apps answers 403 for private repositories and drops them from lists', async () => {
  await set({ restrictedOrgs: ['acme'] })
  const token = await github.tokenFor('dana-k')
  const response = await github.api('/repos/acme/api', token)
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining('the `acme` organization has enabled OAuth App access restrictions'),
  })
  expect(response.headers.get('x-ratelimit-remaining')).not.toBe('0')
  expect(await statusOf('/repos/acme/web', token)).toBe(200)
  expect(await names('/user/repos', token)).not.toContain('acme/api')
  const orgs: { login: string }[] = await (await github.api('/user/orgs', token)).json()
  expect(orgs.map(({ login }) => login)).toEqual(['globex-labs'])
  expect(await statusOf('/repos/acme/api', await makePat({ account: 'dana-k', scopes: ['repo'] }))).toBe(200)
})

test('an organization with single sign-on answers 403 and says where to sign on', async () => {
  await set({ ssoOrgs: ['acme'] })
  const token = await github.tokenFor('dana-k')
  const response = await github.api('/repos/acme/api', token)
  expect(response.status).toBe(403)
  expect(response.headers.get('x-github-sso')).toMatch(/^required; url=http.*\/orgs\/acme\/sso/)
  const list = await github.api('/user/repos', token)
  expect(list.headers.get('x-github-sso')).toBe('partial-results; organizations=88001')
})

test('the hourly limit is shared by all tokens of a person and counts every call', async () => {
  const [one, two, sam] = [
    await github.tokenFor('dana-k'),
    await makePat({ account: 'dana-k' }),
    await github.tokenFor('sam-o'),
  ]
  const remaining = async (token: string) =>
    Number((await github.api('/user', token)).headers.get('x-ratelimit-remaining'))
  expect([await remaining(one), await remaining(two), await remaining(sam)]).toEqual([4999, 4998, 4999])
})

test('a used-up limit is a 403 with nothing remaining until it resets', async () => {
  const token = await github.tokenFor('dana-k')
  await set({ rateRemaining: { account: 'dana-k', core: 1 } })
  expect(await statusOf('/user', token)).toBe(200)
  const refused = await github.api('/user', token)
  expect(refused.status).toBe(403)
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(await refused.json()).toMatchObject({ message: expect.stringContaining('API rate limit exceeded') })
  const resetAt = Number(refused.headers.get('x-ratelimit-reset')) * 1000
  expect(resetAt - Date.now()).toBeGreaterThan(3500 * 1000)
  expect(await statusOf('/rate_limit', token)).toBe(200)
  expect(await statusOf('/user', await github.tokenFor('sam-o'))).toBe(200)
  await github.control.clock(3601)
  expect(await statusOf('/user', token)).toBe(200)
})

test('searches have limits of their own', async () => {
  const token = await github.tokenFor('dana-k')
  const limit = async (path: string) => {
    const { headers } = await github.api(path, token)
    return [headers.get('x-ratelimit-resource'), headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]
  }
  expect(await limit('/search/code?q=backoff')).toEqual(['code_search', '10', '9'])
  expect(await limit('/search/issues?q=backoff')).toEqual(['search', '30', '29'])
  expect(await limit('/user')).toEqual(['core', '5000', '4999'])
  for (let call = 0; call < 9; call += 1) await github.api('/search/code?q=backoff', token)
  expect(await statusOf('/search/code?q=backoff', token)).toBe(403)
  expect(await statusOf('/search/issues?q=backoff', token)).toBe(200)
})

test('after many failed logins even a good token is refused for a while', async () => {
  await set({ failedLoginLimit: 5 })
  const token = await github.tokenFor('dana-k')
  for (let call = 0; call < 5; call += 1) expect(await statusOf('/user', WRONG)).toBe(401)
  expect(await statusOf('/user', token)).toBe(403)
  await github.control.clock(301)
  expect(await statusOf('/user', token)).toBe(200)
})

test('a classic token shows its expiry and ends with it', async () => {
  const token = await makePat({
    account: 'dana-k',
    scopes: ['repo'],
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  })
  expect(token).toMatch(/^ghp_/)
  const response = await github.api('/user', token)
  expect(response.headers.get('github-authentication-token-expiration')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
  await github.control.clock(3601)
  expect(await statusOf('/user', token)).toBe(401)
})

test('a fine-grained token reaches its repositories with its permissions, and has no scopes', async () => {
  const fineGrained = { resourceOwner: 'acme', repositories: ['api'], permissions: { contents: 'read' } }
  const token = await makePat({ account: 'dana-k', fineGrained })
  expect(token).toMatch(/^github_pat_/)
  const contents = await github.api('/repos/acme/api/contents/README.md', token)
  expect([contents.status, contents.headers.get('x-oauth-scopes')]).toEqual([200, null])
  const issues = await github.api('/repos/acme/api/issues', token)
  expect([issues.status, issues.headers.get('x-accepted-github-permissions')]).toEqual([403, 'issues=read'])
  expect(await issues.json()).toMatchObject({ message: 'Resource not accessible by personal access token' })
  expect(await statusOf('/repos/acme/infra', token)).toBe(404)
  expect(await (await github.api('/user/orgs', token)).json()).toEqual([])
  const pending = await makePat({ account: 'dana-k', fineGrained: { ...fineGrained, isPending: true } })
  expect([await statusOf('/repos/acme/api', pending), await statusOf('/repos/acme/web', pending)]).toEqual([404, 200])
})
