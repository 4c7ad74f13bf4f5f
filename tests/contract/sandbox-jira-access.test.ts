import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  ACME,
  apiToken,
  atlassianClient,
  basic,
  DANA,
  DANAS_TOKEN,
  GLOBEX,
  JIRA_SCOPES,
  KOWALSKI,
  refusal,
  SAM,
} from '#tests/support/sandbox-atlassian.ts'

const atlassian = await newSandbox(atlassianClient)

const MYSELF = '/rest/api/3/myself'
const PROJECTS = '/rest/api/3/project/search'
const SCOPE_MISMATCH = [401, { code: 401, message: 'Unauthorized; scope does not match' }]
const UNAUTHORIZED = [401, { code: 401, message: 'Unauthorized' }]
const NOT_SIGNED_IN = [401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 }]
/** A call of a site's own host; the site's name stands in the address. */
const onSite = (path: string, credential?: string, site = 'acme/') =>
  atlassian.get(`${atlassian.site}/${site}${path.slice(1)}`, credential)

test('whoever connects is told who they are, with addresses of the gateway', async () => {
  const me = await (await atlassian.jira(MYSELF, await atlassian.tokenFor())).json()
  expect(me).toMatchObject({
    accountType: 'atlassian',
    displayName: 'Dana Kowalski',
    emailAddress: DANA,
    active: true,
    timeZone: 'Europe/Amsterdam',
  })
  expect(me.self).toMatch(`${atlassian.api}/ex/jira/${ACME}/rest/api/3/user?accountId=`)
})

test('an e-mail address is shown to others only by who wants that', async () => {
  const token = await atlassian.tokenFor()
  const person = async (id: string) =>
    (await atlassian.jira(`/rest/api/3/user?accountId=${encodeURIComponent(id)}`, token)).json()
  expect(await person('5e0a44c17b2f9d0ea91c6d32')).toHaveProperty('emailAddress', SAM)
  expect(await person('712020:c90b7d3e-1f46-4a0c-b8e2-63f5a1d07e44')).not.toHaveProperty('emailAddress')
  const priya = await atlassian.tokenFor('priya@acme.example')
  expect(await (await atlassian.jira(MYSELF, priya)).json()).toHaveProperty('emailAddress', 'priya@acme.example')
})

test.each([
  [MYSELF, 'read:jira-work'],
  [PROJECTS, 'read:jira-user'],
  ['/rest/api/3/issue/ORD-101', 'read:jira-user'],
  ['/rest/api/3/search/jql?jql=project%3DORD', 'read:jira-user'],
  ['/rest/agile/1.0/board', 'read:jira-work read:jira-user'],
  ['/rest/agile/1.0/board/1/sprint', 'read:jira-work read:board-scope:jira-software read:project:jira'],
  ['/rest/agile/1.0/board/1/configuration', JIRA_SCOPES],
  ['/rest/software/1.0/board/1/issue', 'read:jira-work read:board-scope:jira-software'],
])('%s is refused with a 401 to a token with %s alone', async (path, scope) => {
  const response = await atlassian.jira(path, await atlassian.tokenFor(DANA, scope))
  expect(response.headers.get('x-failure-category')).toBe('FAILURE_CLIENT_SCOPE_CHECK')
  expect(await refusal(response)).toEqual(SCOPE_MISMATCH)
})

test('granular scopes open what the classic one does', async () => {
  const token = await atlassian.tokenFor(DANA, 'read:project:jira read:issue-details:jira')
  expect((await atlassian.jira(PROJECTS, token)).status).toBe(200)
  expect((await atlassian.jira('/rest/api/3/issue/ORD-101', token)).status).toBe(200)
  expect((await atlassian.jira(MYSELF, token)).status).toBe(401)
})

test('the gateway knows no token but its own, and only at the sites that were granted', async () => {
  expect(await refusal(await atlassian.jira(MYSELF))).toEqual(UNAUTHORIZED)
  expect(await refusal(await atlassian.jira(MYSELF, 'eyJx.y.z'))).toEqual(UNAUTHORIZED)
  expect(await refusal(await atlassian.jira(MYSELF, basic(DANA, DANAS_TOKEN)))).toEqual(UNAUTHORIZED)
  const token = await atlassian.tokenFor()
  expect(await refusal(await atlassian.jira(MYSELF, token, {}, GLOBEX))).toEqual(SCOPE_MISMATCH)
  expect((await atlassian.jira(MYSELF, token, {}, '00000000-0000-4000-8000-000000000000')).status).toBe(404)
})

test('each site has its own projects under one token', async () => {
  const token = await atlassian.tokenFor(SAM)
  const keys = async (cloud: string) =>
    (await (await atlassian.jira(PROJECTS, token, {}, cloud)).json()).values.map(({ key }: { key: string }) => key)
  expect(await keys(ACME)).toEqual(['OPS', 'ORD', 'PAYR', 'SHOP'])
  expect(await keys(GLOBEX)).toEqual(['TEL'])
})

test('an app’s token does not work on the site’s own host', async () => {
  const token = await atlassian.tokenFor()
  expect([(await onSite(MYSELF, token)).status, (await onSite(PROJECTS, token)).status]).toEqual([401, 401])
})

test('an API token works on the site’s own host, named or not', async () => {
  const login = basic(DANA, DANAS_TOKEN)
  const me = await onSite(MYSELF, login)
  expect(me.status).toBe(200)
  expect((await me.json()).self).toMatch(`${atlassian.site}/acme/rest/api/3/user`)
  expect((await onSite(MYSELF, login, '')).status).toBe(200)
  expect((await onSite(MYSELF, login, 'acme.atlassian.net/')).status).toBe(200)
  expect((await onSite('/rest/agile/1.0/board', login)).status).toBe(200)
})

test('a wrong e-mail address, token or site is refused, and so is a person who is not there', async () => {
  expect(await refusal(await onSite(MYSELF, basic(DANA, 'ATATT3xFfGF0x=00000000')))).toEqual(NOT_SIGNED_IN)
  const swapped = await onSite(MYSELF, basic(SAM, DANAS_TOKEN))
  expect(swapped.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED')
  expect(await refusal(swapped)).toEqual(NOT_SIGNED_IN)
  const nowhere = await onSite(MYSELF, basic(DANA, DANAS_TOKEN), 'acmee/')
  expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN), 'globex-labs/')).status).toBe(403)
})

test('a wrong token is nobody, to whom many reads answer with nothing', async () => {
  const nobody = basic(DANA, 'ATATT3xFfGF0x=00000000')
  const listed = await onSite(PROJECTS, nobody)
  expect([listed.status, (await listed.json()).values]).toEqual([200, []])
  expect((await onSite('/rest/api/3/issue/ORD-101', nobody)).status).toBe(404)
  await atlassian.set({ siteIs: { site: 'acme', anonymous: true } })
  expect((await (await onSite(PROJECTS, nobody)).json()).values).toMatchObject([{ key: 'SHOP' }])
})

test('after a CAPTCHA is due, a good token is refused too, and the header says why', async () => {
  await atlassian.set({ captcha: [DANA] })
  const response = await onSite(MYSELF, basic(DANA, DANAS_TOKEN))
  expect([response.status, response.headers.get('x-seraph-loginreason')]).toEqual([401, 'AUTHENTICATION_DENIED'])
  await atlassian.set({ captcha: [] })
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN))).status).toBe(200)
})

test('an API token with scopes works behind the gateway alone, as far as its scopes go', async () => {
  const login = basic(DANA, apiToken('dana-scoped', '5C09ED00'))
  expect((await atlassian.jira(MYSELF, login)).status).toBe(200)
  expect(await refusal(await atlassian.jira('/rest/agile/1.0/board', login))).toEqual(SCOPE_MISMATCH)
  expect(await refusal(await onSite(MYSELF, login))).toEqual(NOT_SIGNED_IN)
})

test('API tokens are made and ended by control, and end by themselves', async () => {
  const { token } = await atlassian.set({ makeApiToken: { email: SAM, days: 30 } })
  const login = basic(SAM, String(token))
  expect((await onSite(MYSELF, login)).status).toBe(200)
  await atlassian.control.clock(31 * 86_400)
  expect((await onSite(MYSELF, login)).status).toBe(401)
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN))).status).toBe(200)
  expect(await atlassian.control.revoke({ provider: 'jira', token: DANAS_TOKEN })).toEqual({ ok: true, ended: 1 })
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN))).status).toBe(401)
})

test('a site tells its cloud id to anybody, and serves its pages', async () => {
  expect(await (await onSite('/_edge/tenant_info')).json()).toEqual({ cloudId: ACME })
  expect(await (await onSite('/browse/ORD-104')).text()).toContain('off by a factor of 100')
  expect((await onSite('/browse/ORD-999')).status).toBe(404)
  expect(await (await onSite('/jira/software/projects/ORD/boards/1')).text()).toContain('ORD-101')
})

test('who lost Jira on the site is told so with a 403', async () => {
  const token = await atlassian.tokenFor()
  await atlassian.set({ member: { site: 'acme', email: DANA, jira: false } })
  expect((await atlassian.jira(MYSELF, token)).status).toBe(403)
  await atlassian.set({ member: { site: 'acme', email: DANA, removed: true } })
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN))).status).toBe(403)
})

test('an hour’s points are the app’s, over all sites, and end at the top of the hour', async () => {
  const token = await atlassian.tokenFor()
  const left = async (path: string) => Number((await atlassian.jira(path, token)).headers.get('x-ratelimit-remaining'))
  expect(await left(MYSELF)).toBe(65_000 - 3)
  expect(await left(`${PROJECTS}?maxResults=2`)).toBe(65_000 - 3 - 3)
  await atlassian.set({ pointsRemaining: 2 })
  const near = await atlassian.jira(MYSELF, token)
  expect([near.status, near.headers.get('x-ratelimit-nearlimit')]).toEqual([200, 'true'])
  expect(near.headers.get('ratelimit')).toMatch(/^"global-app-quota";r=0;t=\d+$/)
  const refused = await atlassian.jira(MYSELF, await atlassian.tokenFor('dana@kowalski.example'), {}, KOWALSKI)
  expect([refused.status, refused.headers.get('ratelimit-reason')]).toEqual([429, 'jira-quota-global-based'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/)
  expect((await onSite(MYSELF, basic(DANA, DANAS_TOKEN))).status).toBe(200)
  await atlassian.control.clock(3599)
  expect((await atlassian.jira(MYSELF, await atlassian.tokenFor())).status).toBe(200)
})

test('a site answers only so many of the same requests in a second, whoever sends them', async () => {
  await atlassian.set({ burst: { GET: 1 } })
  const token = await atlassian.tokenFor()
  const answers = await Promise.all([1, 2, 3, 4].map(() => atlassian.jira(MYSELF, token)))
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.headers.get('ratelimit-reason')).toBe('jira-burst-based')
  expect(refused?.headers.get('retry-after')).toBe('1')
  expect((await atlassian.jira(PROJECTS, token)).status).toBe(200)
  await atlassian.control.clock(2)
  expect((await atlassian.jira(MYSELF, token)).status).toBe(200)
})
