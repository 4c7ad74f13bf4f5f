import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  ACME,
  apiToken,
  atlassianClient,
  BOTH,
  basic,
  CONFLUENCE_SCOPES,
  DANA,
  DANAS_TOKEN,
  GLOBEX,
  JIRA_SCOPES,
  KOWALSKI,
  refusal,
  SAM,
} from '#tests/support/sandbox-atlassian.ts'

const atlassian = await newSandbox(atlassianClient)
let token: string

beforeEach(async () => {
  token = await atlassian.tokenFor()
})

const CURRENT = '/rest/api/user/current'
const SPACES = '/api/v2/spaces?limit=1'
const SCOPE_MISMATCH = [401, { code: 401, message: 'Unauthorized; scope does not match' }]
const NOT_PERMITTED = [403, { message: 'Current user not permitted to use Confluence', statusCode: 403 }]
const set = (settings: Record<string, unknown>) => atlassian.control.set({ provider: 'confluence', ...settings })
const list = async (path: string, as = token) => (await (await atlassian.wiki(path, as)).json()).results
const titles = async (path: string, as = token): Promise<string[]> =>
  (await list(path, as)).map(({ title }: { title: string }) => title)
const find = async (cql: string, query: Record<string, string> = {}, as = token) =>
  (await atlassian.wiki(`/rest/api/search?${new URLSearchParams({ cql, excerpt: 'none', ...query })}`, as)).json()

test('whoever connects is told who they are', async () => {
  expect(await (await atlassian.wiki(CURRENT, token)).json()).toMatchObject({
    type: 'known',
    accountType: 'atlassian',
    email: DANA,
    displayName: 'Dana Kowalski',
  })
})

test.each([
  [SPACES, 'read:confluence-space.summary read:space-details:confluence search:confluence'],
  ['/api/v2/pages', 'read:confluence-content.summary read:space:confluence'],
  ['/api/v2/pages/98452', 'read:confluence-content.all'],
  ['/rest/api/search?cql=type%3Dpage', 'read:space:confluence read:page:confluence'],
  [CURRENT, 'search:confluence'],
  [CURRENT, JIRA_SCOPES],
])('%s is refused with a 401 to a token with %s alone', async (path, scope) => {
  const response = await atlassian.wiki(path, await atlassian.tokenFor(DANA, scope))
  expect(response.headers.get('x-failure-category')).toBe('FAILURE_CLIENT_SCOPE_CHECK')
  expect(await refusal(response)).toEqual(SCOPE_MISMATCH)
})

test('one granular scope opens the search and the person', async () => {
  const details = await atlassian.tokenFor(DANA, 'read:content-details:confluence')
  expect((await atlassian.wiki('/rest/api/search?cql=type%3Dpage', details)).status).toBe(200)
  expect((await atlassian.wiki(CURRENT, details)).status).toBe(200)
})

test('without a licence every call is a 403, though the site has its entry', async () => {
  const lee = await atlassian.tokenFor('lee@park.example')
  expect(await refusal(await atlassian.wiki(SPACES, lee))).toEqual(NOT_PERMITTED)
  expect(await refusal(await atlassian.wiki(CURRENT, lee))).toEqual(NOT_PERMITTED)
  expect((await atlassian.jira('/rest/api/3/myself', lee)).status).toBe(200)
  const sites = await (await atlassian.get('/oauth/token/accessible-resources', lee)).json()
  expect(sites.map(({ id }: { id: string }) => id)).toEqual([ACME, ACME])
})

test('a site that never bought it, or keeps the app from it, says each in its way', async () => {
  const kowalski = await atlassian.tokenFor('dana@kowalski.example')
  expect((await atlassian.wiki(SPACES, kowalski, KOWALSKI)).status).toBe(404)
  await set({ siteIs: { site: 'kowalski', confluence: 'on' } })
  expect((await atlassian.wiki(SPACES, kowalski, KOWALSKI)).status).toBe(200)
  await set({ siteIs: { site: 'acme', confluence: 'blocked' } })
  expect(await refusal(await atlassian.wiki(SPACES, token))).toEqual(SCOPE_MISMATCH)
  expect((await atlassian.jira('/rest/api/3/myself', token)).status).toBe(200)
  await set({ siteIs: { site: 'acme', confluence: 'on' } })
  expect((await atlassian.wiki(SPACES, token)).status).toBe(200)
})

test('a site that was not granted answers as to somebody without a licence', async () => {
  expect(await refusal(await atlassian.wiki(SPACES, token, GLOBEX))).toEqual(NOT_PERMITTED)
})

test('the first version’s reads of content and spaces are gone', async () => {
  for (const path of ['/rest/api/space', '/rest/api/space/ENG', '/rest/api/content', '/rest/api/content/98452']) {
    const [status, body] = await refusal(await atlassian.wiki(path, token))
    expect([status, body]).toMatchObject([410, { statusCode: 410, message: expect.stringContaining('GoneException') }])
  }
})

test('API tokens work as they do for Jira', async () => {
  const site = (path: string, credential?: string) => atlassian.get(`${atlassian.site}/acme/wiki${path}`, credential)
  expect((await site(SPACES, basic(DANA, DANAS_TOKEN))).status).toBe(200)
  expect((await site(CURRENT, basic(DANA, 'ATATT3x=0'))).status).toBe(401)
  expect(await (await site(SPACES, basic(DANA, 'ATATT3x=0'))).json()).toMatchObject({ results: [] })
  expect((await site(SPACES, token)).status).toBe(401)
  const scoped = basic(DANA, apiToken('dana-scoped', '5C09ED00'))
  expect((await atlassian.wiki(SPACES, scoped)).status).toBe(200)
  expect((await atlassian.wiki('/rest/api/search?cql=type%3Dpage', scoped)).status).toBe(401)
  expect((await site(SPACES, scoped)).status).toBe(401)
})

test('spaces are those one may view, with ids that are texts', async () => {
  const names = async (query: string, as = token) =>
    (await list(`/api/v2/spaces?${query}`, as)).map(({ key }: { key: string }) => key.slice(0, 4))
  expect(await names('')).toEqual(['ENG', 'PROD', 'HELP', 'FIN', 'OLD', '~712'])
  expect(await names('', await atlassian.tokenFor('priya@acme.example'))).toEqual(['ENG', 'PROD', 'HELP', 'OLD'])
  expect(await names('status=current&type=global')).toEqual(['ENG', 'FIN'])
  expect(await names('keys=PROD,ENG&sort=-name')).toEqual(['PROD', 'ENG'])
  expect(await names('ids=98306')).toEqual(['ENG'])
  for (const wrong of ['type=wiki', 'status=live', 'limit=0', 'limit=251', 'cursor=x', 'ids=ENG', 'sort=size'])
    expect((await atlassian.wiki(`/api/v2/spaces?${wrong}`, token)).status).toBe(400)
})

test('a list’s next page is told relative to the gateway, in the body and in a header', async () => {
  const seen: string[] = []
  let path: string | undefined = '/wiki/api/v2/spaces?limit=4'
  while (path !== undefined) {
    const response: Response = await atlassian.get(`/ex/confluence/${ACME}${path}`, token)
    const { results, _links } = await response.json()
    seen.push(...results.map(({ id }: { id: string }) => id))
    expect(_links.base).toBe(`${atlassian.site}/acme/wiki`)
    expect(response.headers.get('link')).toContain(`<${_links.base}>; rel="base"`)
    expect(response.headers.get('link')?.includes('rel="next"')).toBe(_links.next !== undefined)
    path = _links.next
  }
  expect([seen.length, new Set(seen).size]).toEqual([6, 6])
})

test('pages are listed by space, title, status and order', async () => {
  expect(await titles('/api/v2/pages?space-id=131074&sort=-modified-date')).toEqual([
    'Roadmap Q1 2027',
    'Interview: three warehouses about parcels',
    'Product',
  ])
  expect(await titles('/api/v2/pages?space-id=98306&status=archived')).toEqual(['Deploying by hand'])
  expect(await titles('/api/v2/pages?title=Runbooks')).toEqual(['Runbooks'])
  expect(await titles('/api/v2/spaces/98306/pages?depth=root&status=current')).toEqual(['Engineering'])
  expect(await titles('/api/v2/pages/98431/children')).toEqual([
    'Replaying dead letters',
    'The carrier is down',
    'PostgreSQL 18: the plan',
  ])
  for (const wrong of ['space-id=ENG', 'sort=size', 'status=live', 'body-format=markdown'])
    expect((await atlassian.wiki(`/api/v2/pages?${wrong}`, token)).status).toBe(400)
})

test('a page has no text unless a format is named', async () => {
  const page = async (query = '') => (await atlassian.wiki(`/api/v2/pages/98452${query}`, token)).json()
  const bare = await page()
  expect(bare).toMatchObject({
    id: '98452',
    spaceId: '98306',
    parentId: '98431',
    version: { number: 3 },
    _links: { webui: '/spaces/ENG/pages/98452/Replaying+dead+letters', base: `${atlassian.site}/acme/wiki` },
  })
  expect(bare.body).toEqual({})
  expect((await page('?body-format=storage')).body.storage.value).toMatch(/^<p>A job .*<h2>Before<\/h2>/)
  expect(JSON.parse((await page('?body-format=atlas_doc_format')).body.atlas_doc_format.value).type).toBe('doc')
  expect(await (await fetch(`${bare._links.base}${bare._links.webui}`)).text()).toContain('Replaying dead letters')
  expect(await (await fetch(`${bare._links.base}${bare._links.tinyui}`)).text()).toContain('Replaying dead letters')
})

test('what one may not view is not there: restricted pages, others’ drafts, closed spaces', async () => {
  const priya = await atlassian.tokenFor('priya@acme.example')
  const status = async (path: string, as: string) => (await atlassian.wiki(path, as)).status
  expect([await status('/api/v2/pages/98481', token), await status('/api/v2/pages/98481', priya)]).toEqual([200, 404])
  expect([await status('/api/v2/spaces/196610', token), await status('/api/v2/spaces/196610', priya)]).toEqual([
    200, 404,
  ])
  const sam = await atlassian.tokenFor(SAM)
  expect(await status('/api/v2/pages/98495?get-draft=true', sam)).toBe(200)
  expect(await status('/api/v2/pages/98495', sam)).toBe(404)
  expect(await status('/api/v2/pages/98495?get-draft=true', token)).toBe(404)
  expect(await refusal(await atlassian.wiki('/api/v2/pages/1', token))).toEqual([
    404,
    { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] },
  ])
})

test.each([
  ['type = page AND text ~ "dead letter"', 'Replaying dead letters'],
  ['type = page AND space = PROD AND title ~ "road*"', 'Roadmap Q1 2027'],
  ['label = "on-call" AND type = page ORDER BY title', 'Replaying dead letters, Runbooks, The carrier is down'],
  ['space in (ENG, "FIN") AND creator = currentUser() AND title ~ "pay*"', 'On-call pay'],
  ['type = page AND lastmodified >= "2026-11-20"', 'Roadmap Q1 2027, PostgreSQL 18: the plan'],
  ['type = space AND title ~ finance', 'Finance Engineering'],
  ['id = 98460', 'The carrier is down'],
  ['text ~ "Half a page"', ''],
])('%s', async (cql, expected) => {
  const { results } = await find(cql)
  expect(results.map(({ title }: { title: string }) => title).join(', ')).toBe(expected)
})

test('a search counts what it finds, and its next page’s address leaves the context out', async () => {
  const page = await find('type = page', { limit: '2' })
  expect(page).toMatchObject({ start: 0, limit: 2, size: 2, cqlQuery: 'type = page', _links: { context: '/wiki' } })
  expect(page.totalSize).toBeGreaterThan(10)
  expect(page._links.next).toMatch(/^\/rest\/api\/search\?next=true&cursor=/)
  const next = await (await atlassian.wiki(page._links.next, token)).json()
  expect(next).toMatchObject({ start: 2, size: 2 })
  const again = await find('type = page', { start: '2', limit: '2' })
  expect(again.results.map(({ url }: { url: string }) => url)).toEqual(
    next.results.map(({ url }: { url: string }) => url),
  )
})

test('what was looked for is marked in titles and excerpts, unless that is not wanted', async () => {
  const { results } = await find('title ~ jitter', { excerpt: 'highlight' })
  expect(results[0]).toMatchObject({
    title: 'Decision: full @@@hl@@@jitter@@@endhl@@@ on every retry',
    excerpt: expect.stringContaining('@@@hl@@@jitter@@@endhl@@@'),
    resultGlobalContainer: { title: 'Engineering', displayUrl: '/spaces/ENG' },
    entityType: 'content',
  })
})

test.each(['', 'title', 'typ = page', 'type = banana', 'title = "x"', 'title ~ "x'])(
  '“%s” is a query that makes no sense',
  async (cql) => {
    const response = await atlassian.wiki(`/rest/api/search?cql=${encodeURIComponent(cql)}`, token)
    expect(await refusal(response)).toMatchObject([400, { statusCode: 400, message: expect.any(String) }])
  },
)

test('the hour’s points of Confluence are its own', async () => {
  await set({ pointsRemaining: 0 })
  const refused = await atlassian.wiki(SPACES, token)
  expect([refused.status, refused.headers.get('ratelimit-reason')]).toEqual([429, 'confluence-quota-global-based'])
  expect((await atlassian.jira('/rest/api/3/myself', token)).status).toBe(200)
})

test('control makes and changes pages, and what is not shared any more is gone', async () => {
  const { page } = await set({ page: { space: 'PROD', title: 'Gift cards', body: 'Not before March.' } })
  const { id } = page as { id: string } // control answers with it
  expect(await titles('/api/v2/pages?title=Gift%20cards')).toEqual(['Gift cards'])
  await set({ page: { id, body: 'In April.', by: SAM } })
  expect(await (await atlassian.wiki(`/api/v2/pages/${id}`, token)).json()).toMatchObject({ version: { number: 2 } })
  await set({ page: { id, readers: [SAM] } })
  expect((await atlassian.wiki(`/api/v2/pages/${id}`, token)).status).toBe(404)
  await set({ fill: { site: 'acme', space: 'HELP', prefix: 'Question', count: 30 } })
  expect((await list('/api/v2/spaces/163842/pages')).length).toBe(25)
  for (const nonsense of [
    { page: { id: '1' } },
    { page: { space: 'NOPE' } },
    { space: { key: 'NOPE' } },
    { pages: [] },
  ])
    await expect(set(nonsense)).rejects.toThrow(': 400 ')
})

test('requests are told apart in the log by product, and by account', async () => {
  await atlassian.control.clearLog()
  await atlassian.wiki(SPACES, token)
  await atlassian.jira('/rest/api/3/myself', token)
  const log = await atlassian.control.log()
  expect(log.map(({ provider, account }) => [provider, account])).toEqual([
    ['confluence', DANA],
    ['jira', DANA],
  ])
})

test('scopes of both products in one consent open both', async () => {
  const both = await atlassian.tokenFor(DANA, BOTH)
  const statuses = [await atlassian.wiki(SPACES, both), await atlassian.jira('/rest/api/3/myself', both)]
  expect(statuses.map(({ status }) => status)).toEqual([200, 200])
  expect((await atlassian.wiki(SPACES, await atlassian.tokenFor(DANA, CONFLUENCE_SCOPES))).status).toBe(200)
})
