import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { notionClient, VERSION } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)
let token: string

beforeEach(async () => {
  token = (await notion.connect()).access_token
})

/** Status, code and message of a refusal, which has the shape of every one. */
async function refusal(response: Response): Promise<[number, string, string]> {
  const { object, status, code, message, request_id } = await response.json()
  expect([object, status, request_id]).toEqual(['error', response.status, response.headers.get('x-notion-request-id')])
  return [status, code, message]
}
const bare = (path: string, headers: Record<string, string>) => fetch(`${notion.web}/v1${path}`, { headers })

test('a request without a token, with a foreign one or with an odd header is not authorized', async () => {
  const odd: Record<string, string>[] = [
    {},
    { authorization: 'Bearer ntn_wrong' },
    { authorization: token },
    { authorization: `Basic ${token}` },
  ]
  for (const headers of odd)
    expect(await refusal(await bare('/users/me', { 'notion-version': VERSION, ...headers }))).toEqual([
      401,
      'unauthorized',
      'API token is invalid.',
    ])
})

test('the version is asked for on every call; an unknown one is refused with those that there are', async () => {
  const authorization = `Bearer ${token}`
  expect(await refusal(await bare('/users/me', { authorization }))).toEqual([
    400,
    'missing_version',
    'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
  ])
  const [status, code, message] = await refusal(await notion.get('/users/me', token, '2026-01-01'))
  expect([status, code]).toEqual([400, 'validation_error'])
  expect(message).toMatch(/should be `"2021-05-11"`, .*, or `"2026-03-11"`, instead was `"2026-01-01"`\.$/)
  for (const version of ['2022-06-28', '2025-09-03', '2026-03-11'])
    expect((await notion.get('/users/me', token, version)).status).toBe(200)
})

test('users/me is the connection, in whose name and in which workspace', async () => {
  const { bot_id, owner, workspace_id } = await notion.connect('dana@acme')
  const me = await notion.read('/users/me', (await notion.connect()).access_token)
  expect(me).toMatchObject({
    object: 'user',
    id: bot_id,
    name: 'Plugboard',
    type: 'bot',
    bot: { owner, workspace_id, workspace_name: 'Acme' },
  })
})

test('what nobody shared answers like what is not there', async () => {
  const made = await notion.set({ page: { title: 'Nobody’s business', owners: ['sam'] } })
  const id = String(made.id)
  const about = async (path: string) => refusal(await notion.get(path, token))
  const message = (kind: string, of: string) =>
    `Could not find ${kind} with ID: ${of}. Make sure the relevant pages and databases are shared with your integration "Plugboard".`
  expect(await about(`/pages/${id}`)).toEqual([404, 'object_not_found', message('page', id)])
  expect(await about(`/blocks/${id}/children`)).toEqual([404, 'object_not_found', message('block', id)])
  const nothing = '00000000-0000-4000-8000-000000000000'
  expect(await about(`/pages/${nothing}`)).toEqual([404, 'object_not_found', message('page', nothing)])
  expect(await about(`/databases/${nothing}`)).toEqual([404, 'object_not_found', message('database', nothing)])
  expect(await about(`/data_sources/${nothing}`)).toEqual([404, 'object_not_found', message('data_source', nothing)])
})

test('a page that is no longer shared is gone at once, and comes back', async () => {
  const id = await notion.idOf(token, 'Brand guide')
  const status = async () => (await notion.get(`/pages/${id}`, token)).status
  await notion.set({ unshare: { account: 'dana@acme', page: 'Brand guide' } })
  expect(await status()).toBe(404)
  await notion.set({ share: { account: 'dana@acme', page: id } })
  expect(await status()).toBe(200)
})

test('ids are taken with dashes and without, and answered with them', async () => {
  const id = await notion.idOf(token, 'On-call')
  expect((await notion.read(`/pages/${id.replaceAll('-', '')}`, token)).id).toBe(id)
  expect((await notion.read(`/pages/${id.toUpperCase()}`, token)).id).toBe(id)
  expect(await refusal(await notion.get('/pages/On-call', token))).toEqual([
    400,
    'validation_error',
    'path failed validation: path.page_id should be a valid uuid, instead was `"On-call"`.',
  ])
})

test('a database is no page and no data source, and the other way round', async () => {
  const source = await notion.idOf(token, 'Product roadmap')
  const { parent } = await notion.read(`/data_sources/${source}`, token)
  const page = await notion.idOf(token, 'On-call')
  const told = async (path: string) => (await refusal(await notion.get(path, token))).slice(0, 2)
  expect(await told(`/data_sources/${parent.database_id}`)).toEqual([404, 'object_not_found'])
  expect(await told(`/databases/${source}`)).toEqual([404, 'object_not_found'])
  expect(await told(`/pages/${parent.database_id}`)).toEqual([400, 'validation_error'])
  expect(await told(`/databases/${page}`)).toEqual([400, 'validation_error'])
})

test('a page has its properties, its place and its address, and no content', async () => {
  const page = await notion.read(`/pages/${await notion.idOf(token, 'Retries and')}`, token)
  expect(page).toMatchObject({
    object: 'page',
    created_time: '2026-11-10T13:02:00.000Z',
    last_edited_time: '2026-11-16T08:20:00.000Z',
    in_trash: false,
    icon: { type: 'emoji', emoji: '♻️' },
    parent: { type: 'page_id', page_id: await notion.idOf(token, 'Engineering handbook') },
    properties: { title: { id: 'title', type: 'title', title: [{ plain_text: 'Retries and backoff' }] } },
    url: `${notion.url}/notion-app/p/Retries-and-backoff-${page.id.replaceAll('-', '')}`,
    public_url: null,
  })
  expect(await (await fetch(page.url)).text()).toContain('Full jitter')
})

test('addresses may be those of the real Notion', async () => {
  await notion.set({ links: 'https://app.notion.com/p' })
  const { url, id } = await notion.read(`/pages/${await notion.idOf(token, 'On-call')}`, token)
  expect(url).toBe(`https://app.notion.com/p/On-call-${id.replaceAll('-', '')}`)
})

test('content comes level by level', async () => {
  const id = await notion.idOf(token, 'On-call')
  const { results } = await notion.read(`/blocks/${id}/children`, token)
  const types = results.map(({ type }: { type: string }) => type)
  for (const type of ['paragraph', 'heading_2', 'numbered_list_item', 'callout', 'table', 'toggle', 'child_page'])
    expect(types).toContain(type)
  const child = (type: string) => results.find((one: { type: string }) => one.type === type)
  expect(child('child_page')).toMatchObject({ child_page: { title: 'Replaying dead letters' }, has_children: true })
  const inside = await notion.read(`/blocks/${child('toggle').id}/children`, token)
  expect(inside.results.map(({ type }: { type: string }) => type)).toEqual([
    'paragraph',
    'bulleted_list_item',
    'bulleted_list_item',
  ])
  expect(inside.results[0].parent).toEqual({ type: 'block_id', block_id: child('toggle').id })
  const rows = await notion.read(`/blocks/${child('table').id}/children`, token)
  expect(rows.results).toHaveLength(4)
  expect((await notion.read(`/blocks/${child('callout').id}`, token)).callout.rich_text[0].plain_text).toMatch(
    /^Nobody/,
  )
})

test('a page’s content also comes as Markdown', async () => {
  const answer = await notion.read(`/pages/${await notion.idOf(token, 'Replaying dead letters')}/markdown`, token)
  expect(answer).toMatchObject({ object: 'page_markdown', truncated: false, unknown_block_ids: [] })
  expect(answer.markdown).toContain('- [x] Mend the cause and deploy it')
  expect(answer.markdown).toContain('```bash\nbin/jobs dead')
})

test('a missing capability is a 403', async () => {
  const id = await notion.idOf(token, 'On-call')
  expect(await refusal(await notion.get(`/comments?block_id=${id}`, token))).toEqual([
    403,
    'restricted_resource',
    'Insufficient permissions for this endpoint.',
  ])
  await notion.set({ capabilities: { content: false, comments: true, users: 'none' } })
  expect((await notion.get(`/comments?block_id=${id}`, token)).status).toBe(200)
  for (const path of ['/users', `/pages/${id}`, `/blocks/${id}/children`])
    expect((await refusal(await notion.get(path, token)))[0]).toBe(403)
  expect((await refusal(await notion.post('/search', token)))[0]).toBe(403)
  expect((await notion.read('/users/me', token)).bot.owner.user).toEqual({ object: 'user', id: expect.any(String) })
})

test('people are listed without guests, and without e-mail addresses where the capability lacks them', async () => {
  const names = async () =>
    (await notion.read('/users', token)).results.map((user: { name: string; person?: { email?: string } }) => [
      user.name,
      user.person?.email,
    ])
  expect(await names()).toEqual([
    ['Dana Kowalski', 'dana@acme.example'],
    ['Sam Okafor', 'sam@acme.example'],
    ['Priya Nair', 'priya@acme.example'],
    ['Plugboard', undefined],
  ])
  await notion.set({ capabilities: { users: 'names' } })
  expect((await names())[0]).toEqual(['Dana Kowalski', undefined])
})

test('paths and methods that there are not', async () => {
  for (const path of ['/nothing', '/search', '/pages', '/data_sources/x/query'])
    expect(await refusal(await notion.get(path, token))).toEqual([400, 'invalid_request_url', 'Invalid request URL.'])
})

test('three requests a second on average, after a burst; Retry-After is in whole seconds', async () => {
  await notion.set({ rate: { perSecond: 0.5, burst: 2 } })
  const ask = () => notion.get('/users/me', token)
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
  const limited = await ask()
  expect(limited.headers.get('retry-after')).toBe('2')
  expect(await limited.json()).toEqual({
    request_id: expect.any(String),
    object: 'error',
    status: 429,
    code: 'rate_limited',
    message: 'You have been rate limited. Please try again in a few minutes.',
    additional_data: { rate_limit_reason: 'public_api_request_rate_limit' },
  })
  await notion.control.clock(2)
  expect((await ask()).status).toBe(200)
})

test('a connection’s limit is its own; the workspace’s is of all its connections', async () => {
  const sam = (await notion.connect('sam@acme')).access_token
  const globex = (await notion.connect('sam@globex')).access_token
  await notion.set({ rateRemaining: 1, rate: { perSecond: 0.01, burst: 1 } })
  const statuses = async () => [
    (await notion.get('/users/me', token)).status,
    (await notion.get('/users/me', sam)).status,
    (await notion.get('/users/me', globex)).status,
  ]
  expect(await statuses()).toEqual([200, 200, 200])
  expect(await statuses()).toEqual([429, 429, 429])
  await notion.set({ rate: { perSecond: 3, burst: 60 }, spaceRate: { perSecond: 0.01, burst: 1 } })
  expect(await statuses()).toEqual([200, 429, 200])
  const { additional_data } = await (await notion.get('/users/me', token)).json()
  expect(additional_data).toEqual({ rate_limit_reason: 'public_api_space_request_rate_limit' })
})

test('an overload is a fault of its own', async () => {
  const body = { object: 'error', status: 529, code: 'service_overload', message: 'Overloaded.' }
  await notion.control.faults([
    { path: '/notion-api/v1/search', status: 529, headers: { 'retry-after': '3' }, body, times: 1 },
  ])
  const response = await notion.post('/search', token)
  expect([response.status, response.headers.get('retry-after')]).toEqual([529, '3'])
  expect((await notion.post('/search', token)).status).toBe(200)
})
