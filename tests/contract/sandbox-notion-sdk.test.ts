import {
  APIErrorCode,
  APIResponseError,
  Client,
  collectPaginatedAPI,
  isFullDatabase,
  isFullDataSource,
  isFullPage,
  LogLevel,
} from '@notionhq/client'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, notionClient, REDIRECT_URI, VERSION } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)

const client = (auth?: string, notionVersion = VERSION) =>
  new Client({
    baseUrl: notion.web,
    retry: false,
    logLevel: LogLevel.ERROR,
    notionVersion,
    ...(auth !== undefined && { auth }),
  })
const asApp = { client_id: CLIENT.id, client_secret: CLIENT.secret }

const exchange = async () => {
  const code = await notion.codeFor()
  return client().oauth.token({ ...asApp, grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI })
}

test('the official client exchanges a code, refreshes, introspects and revokes', async () => {
  const first = await exchange()
  expect(first).toMatchObject({ token_type: 'bearer', workspace_name: 'Acme', owner: { type: 'user' } })
  const second = await client().oauth.token({
    ...asApp,
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token ?? '',
  })
  expect(second.bot_id).toBe(first.bot_id)
  expect(await client().oauth.introspect({ ...asApp, token: second.access_token })).toMatchObject({ active: true })
  expect((await client(second.access_token).users.me({})).id).toBe(second.bot_id)
  await client().oauth.revoke({ ...asApp, token: second.access_token })
  const refused = client(second.access_token).users.me({})
  await expect(refused).rejects.toBeInstanceOf(APIResponseError)
  await expect(refused).rejects.toMatchObject({ code: APIErrorCode.Unauthorized, status: 401 })
})

test('the official client walks from a search over a database to its rows and their content', async () => {
  const notionhq = client((await exchange()).access_token)
  const { results } = await notionhq.search({ query: 'roadmap', filter: { property: 'object', value: 'data_source' } })
  const [source] = results
  if (source?.object !== 'data_source' || !isFullDataSource(source)) throw new Error('no full data source was found')
  const database = source.parent.type === 'database_id' ? source.parent.database_id : ''
  const held = await notionhq.databases.retrieve({ database_id: database })
  expect(isFullDatabase(held) && held.data_sources).toEqual([{ id: source.id, name: 'Product roadmap' }])
  const rows = await notionhq.dataSources.query({
    data_source_id: source.id,
    filter: { property: 'Status', status: { equals: 'In progress' } },
    sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
  })
  const [row] = rows.results
  if (row?.object !== 'page' || !isFullPage(row)) throw new Error('no full page was found')
  expect(row.properties.Status).toMatchObject({ type: 'status', status: { name: 'In progress' } })
  const { results: blocks } = await notionhq.blocks.children.list({ block_id: row.id })
  expect(blocks.map((block) => 'type' in block && block.type)).toEqual(['heading_2', 'paragraph', 'to_do', 'to_do'])
  const { markdown } = await notionhq.pages.retrieveMarkdown({ page_id: row.id })
  expect(markdown).toContain('## Why')
})

test('the official client collects all pages of a list', async () => {
  const notionhq = client((await exchange()).access_token)
  const all = await collectPaginatedAPI(notionhq.search, { page_size: 3 })
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.length).toBe((await notionhq.search({})).results.length)
  const people = await collectPaginatedAPI(notionhq.users.list, { page_size: 1 })
  expect(people.map(({ name }) => name)).toContain('Priya Nair')
})

test('the official client reads refusals as its own errors', async () => {
  const { access_token } = await exchange()
  const { id } = await notion.set({ page: { title: 'Private', owners: ['sam'] } })
  const page_id = String(id)
  await expect(client(access_token).pages.retrieve({ page_id })).rejects.toMatchObject({
    code: APIErrorCode.ObjectNotFound,
    request_id: expect.any(String),
  })
  await expect(client(access_token).pages.retrieve({ page_id: 'x' })).rejects.toMatchObject({
    code: APIErrorCode.ValidationError,
  })
  await expect(client(access_token).comments.list({ block_id: page_id })).rejects.toMatchObject({
    code: APIErrorCode.RestrictedResource,
  })
  await notion.set({ rateRemaining: 0 })
  const limited = client(access_token).users.me({})
  await expect(limited).rejects.toMatchObject({
    code: APIErrorCode.RateLimited,
    additional_data: { rate_limit_reason: 'public_api_request_rate_limit' },
  })
})

test('the official client waits as long as a limit says, and goes on', async () => {
  const { access_token } = await exchange()
  const waited: number[] = []
  const patient = new Client({
    baseUrl: notion.web,
    auth: access_token,
    logLevel: LogLevel.ERROR,
    retry: { maxRetries: 1, initialRetryDelayMs: 1, maxRetryDelayMs: 1 },
    fetch: async (input, init) => {
      const response = await fetch(String(input), init as RequestInit) // the client's own type of a request is narrower
      waited.push(response.status)
      return response
    },
  })
  const body = { object: 'error', status: 429, code: 'rate_limited', message: 'You have been rate limited.' }
  const headers = { 'retry-after': '1' }
  await notion.control.faults([{ path: '/notion-api/v1/users/me', status: 429, headers, body, times: 1 }])
  await patient.users.me({})
  expect(waited).toEqual([429, 200])
})

test('the official client of an older version gets what it knows', async () => {
  const { access_token } = await exchange()
  const old = client(access_token, '2022-06-28')
  const { parent } = await notion.read(`/data_sources/${await notion.idOf(access_token, 'Action items')}`, access_token)
  await expect(old.databases.retrieve({ database_id: parent.database_id })).rejects.toMatchObject({
    code: APIErrorCode.ValidationError,
    additional_data: { error_type: 'multiple_data_sources_for_database', minimum_api_version: '2025-09-03' },
  })
})
