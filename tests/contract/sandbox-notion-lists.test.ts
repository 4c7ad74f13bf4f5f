import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { notionClient } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)
let token: string
let roadmap: string

beforeEach(async () => {
  token = (await notion.connect()).access_token
  roadmap = await notion.idOf(token, 'Product roadmap')
})

type Title = { type: string; title?: { plain_text: string }[] }
type Found = { object: string; id: string; title?: Title['title']; properties: Record<string, Title> }
const titleOf = (found: Found): string | undefined =>
  (found.title ?? Object.values(found.properties).find(({ type }) => type === 'title')?.title)?.[0]?.plain_text
const titles = (answer: { results: Found[] }) => answer.results.map(titleOf)
const messageOf = async (response: Response) => {
  const { status, code, message } = await response.json()
  expect([status, code]).toEqual([400, 'validation_error'])
  return message
}
const rows = async (body: object = {}) => titles(await notion.send(`/data_sources/${roadmap}/query`, token, body))

test('a search looks at titles only, newest edit first', async () => {
  const answer = await notion.send('/search', token, { query: 'ROADMAP' })
  expect(titles(answer)).toEqual(['Product roadmap'])
  expect(answer).toMatchObject({ object: 'list', has_more: false, next_cursor: null, type: 'page_or_data_source' })
  expect(answer.page_or_data_source).toEqual({})
  expect(titles(await notion.send('/search', token, { query: 'jitter' }))).toEqual(['Jitter for all retries'])
  const all = (await notion.send('/search', token)).results.map(
    (one: { last_edited_time: string }) => one.last_edited_time,
  )
  expect(all).toEqual(all.toSorted().toReversed())
  const sort = { timestamp: 'last_edited_time', direction: 'ascending' }
  const oldest = (await notion.send('/search', token, { sort })).results.map(
    (one: { last_edited_time: string }) => one.last_edited_time,
  )
  expect(oldest).toEqual(all.toReversed())
})

test('a search filters by kind: pages or data sources, databases no longer', async () => {
  const kinds = async (value: string) => {
    const { results } = await notion.send('/search', token, { filter: { property: 'object', value } })
    return [...new Set(results.map(({ object }: Found) => object))]
  }
  expect(await kinds('page')).toEqual(['page'])
  expect(await kinds('data_source')).toEqual(['data_source'])
  const filter = { property: 'object', value: 'database' }
  expect(await messageOf(await notion.post('/search', token, { filter }))).toBe(
    'body failed validation: body.filter.value should be `"page"` or `"data_source"`, instead was `"database"`.',
  )
})

test('a search leaves the trash out, unless asked for it', async () => {
  expect(titles(await notion.send('/search', token, { query: '2024' }))).toEqual([])
  await notion.set({ edit: { page: 'Brand guide', trashed: true } })
  expect(titles(await notion.send('/search', token, { query: 'brand' }))).toEqual([])
  expect(titles(await notion.send('/search', token, { query: 'brand', filter: { in_trash: true } }))).toEqual([
    'Brand guide',
  ])
})

test('a new page is found after a while', async () => {
  await notion.set({ searchDelaySeconds: 30, page: { title: 'Fresh', parent: 'Engineering handbook' } })
  expect(titles(await notion.send('/search', token, { query: 'Fresh' }))).toEqual([])
  await notion.control.clock(31)
  expect(titles(await notion.send('/search', token, { query: 'Fresh' }))).toEqual(['Fresh'])
})

test('lists come in pages of up to a hundred, by a cursor of that very list', async () => {
  const all = titles(await notion.send('/search', token))
  const seen: (string | undefined)[] = []
  let cursor: string | null = null
  do {
    const answer: { results: Found[]; next_cursor: string | null; has_more: boolean } = await notion.send(
      '/search',
      token,
      {
        page_size: 4,
        ...(cursor === null ? {} : { start_cursor: cursor }),
      },
    )
    expect(answer.has_more).toBe(answer.next_cursor !== null)
    seen.push(...titles(answer))
    cursor = answer.next_cursor
  } while (cursor !== null)
  expect(seen).toEqual(all)
  const { next_cursor } = await notion.send('/search', token, { page_size: 1 })
  expect(await messageOf(await notion.post('/search', token, { query: 'a', start_cursor: next_cursor }))).toBe(
    `The start_cursor provided is invalid: ${next_cursor}`,
  )
  const users = await notion.read('/users?page_size=2', token)
  expect(users.results).toHaveLength(2)
  expect((await notion.read(`/users?page_size=2&start_cursor=${users.next_cursor}`, token)).results).toHaveLength(2)
})

test('a body is checked to the letter', async () => {
  const told = async (body: object) => messageOf(await notion.post('/search', token, body))
  expect(await told({ page_size: 101 })).toBe(
    'body failed validation: body.page_size should be ≤ `100`, instead was `101`.',
  )
  expect(await told({ limit: 5 })).toBe('body failed validation: body.limit should be not present, instead was `5`.')
  expect(await told({ query: 5 })).toBe('body failed validation: body.query should be a valid string, instead was `5`.')
  const broken = await fetch(`${notion.web}/v1/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11', 'content-type': 'application/json' },
    body: '{',
  })
  expect((await broken.json()).code).toBe('invalid_json')
})

test('a database holds data sources, each with columns of its own', async () => {
  const action = await notion.idOf(token, 'Action items')
  const { parent } = await notion.read(`/data_sources/${action}`, token)
  const database = await notion.read(`/databases/${parent.database_id}`, token)
  expect(database).toMatchObject({
    object: 'database',
    title: [{ plain_text: 'Incidents' }],
    parent: { type: 'workspace', workspace: true },
    data_sources: [
      { id: expect.any(String), name: 'Incidents' },
      { id: action, name: 'Action items' },
    ],
    in_trash: false,
    is_inline: false,
  })
  expect(database).not.toHaveProperty('properties')
  const source = await notion.read(`/data_sources/${database.data_sources[0].id}`, token)
  expect(source.properties.Severity).toMatchObject({
    name: 'Severity',
    type: 'select',
    select: { options: [{ name: '1' }, { name: '2' }, { name: '3' }] },
  })
  expect(source.properties['Follow-ups'].relation).toMatchObject({ data_source_id: action })
  expect(source.database_parent).toEqual({ type: 'workspace', workspace: true })
})

test('rows come with their values', async () => {
  const { results, request_status } = await notion.send(`/data_sources/${roadmap}/query`, token)
  expect(request_status).toEqual({ type: 'complete' })
  const { parent, properties } = results[0]
  expect(parent).toEqual({ type: 'data_source_id', data_source_id: roadmap, database_id: expect.any(String) })
  expect(properties).toMatchObject({
    Name: { id: 'title', type: 'title', title: [{ plain_text: 'Boards show live cards' }] },
    Status: { type: 'status', status: { name: 'In progress' } },
    Areas: { multi_select: [{ name: 'api' }, { name: 'web' }] },
    Owner: { people: [{ object: 'user', name: 'Dana Kowalski' }] },
    Ships: { date: { start: '2026-12-10', end: null, time_zone: null } },
    Effort: { number: 8 },
    Promised: { checkbox: true },
    Issue: { url: 'https://github.com/acme/web/issues/7' },
    'Last edited': { last_edited_time: '2026-11-19T09:28:00.000Z' },
  })
  const incidents = await notion.send(`/data_sources/${await notion.idOf(token, 'Incidents')}/query`, token)
  const [first] = incidents.results
  expect(first.properties.Number.unique_id).toEqual({ prefix: 'INC', number: 1 })
  expect(first.properties['Follow-ups']).toMatchObject({ relation: [{ id: expect.any(String) }, {}], has_more: false })
  expect(first.properties.Summary.rich_text[1]).toMatchObject({
    plain_text: 'same second',
    annotations: { bold: true },
  })
})

test('rows are filtered by what their columns hold', async () => {
  const by = (filter: object) => rows({ filter })
  expect(await by({ property: 'Status', status: { equals: 'Done' } })).toHaveLength(2)
  expect(await by({ property: 'Promised', checkbox: { equals: true } })).toHaveLength(3)
  expect(await by({ property: 'Name', title: { contains: 'dark' } })).toEqual(['Dark mode of the web client'])
  expect(await by({ property: 'Areas', multi_select: { contains: 'infra' } })).toHaveLength(2)
  expect(await by({ property: 'Effort', number: { greater_than: 5 } })).toHaveLength(2)
  expect(await by({ property: 'Ships', date: { is_empty: true } })).toEqual(['Order history as a file'])
  expect(await by({ property: 'Ships', date: { before: '2026-10-01' } })).toEqual([
    'Cursors instead of pages in the API',
  ])
  const timestamp = { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-11-13' } }
  expect(await by(timestamp)).toHaveLength(2)
  const both = {
    and: [
      { property: 'Promised', checkbox: { equals: false } },
      { or: [timestamp, { property: 'Effort', number: { equals: 2 } }] },
    ],
  }
  expect(await by(both)).toEqual(['Dark mode of the web client', 'Order history as a file'])
  const { results } = await notion.read('/users', token)
  const priya = results.find((user: { name: string }) => user.name === 'Priya Nair').id
  expect(await by({ property: 'Owner', people: { contains: priya } })).toEqual(['Dark mode of the web client'])
})

test('a filter on a column that is not there, or of another type, is refused', async () => {
  const told = async (filter: object) =>
    messageOf(await notion.post(`/data_sources/${roadmap}/query`, token, { filter }))
  expect(await told({ property: 'Colour', select: { equals: 'red' } })).toBe(
    'Could not find property with name or id: Colour',
  )
  expect(await told({ property: 'Status', select: { equals: 'Done' } })).toBe(
    'database property status does not match filter select',
  )
  expect(await told({ property: 'Name', title: { like: 'x' } })).toContain('body.filter should be')
})

test('rows are sorted by columns or times, what is empty last', async () => {
  const ships = await rows({ sorts: [{ property: 'Ships', direction: 'descending' }] })
  expect([ships[0], ships.at(-1)]).toEqual(['Carrier accounts of one’s own', 'Order history as a file'])
  const status = await rows({
    sorts: [
      { property: 'Status', direction: 'ascending' },
      { property: 'Name', direction: 'ascending' },
    ],
  })
  expect(status.slice(0, 2)).toEqual(['Carrier accounts of one’s own', 'Order history as a file'])
  const edited = await rows({ sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }] })
  expect(edited[0]).toBe('Boards show live cards')
})

test('only the properties asked for come along', async () => {
  const { properties } = await notion.read(`/data_sources/${roadmap}`, token)
  const path = `/data_sources/${roadmap}/query?filter_properties=title&filter_properties=${encodeURIComponent(properties.Status.id)}`
  const { results } = await notion.send(path, token, { page_size: 1 })
  expect(Object.keys(results[0].properties).toSorted()).toEqual(['Name', 'Status'])
})

test('a query ends at ten thousand rows, and says so', async () => {
  await notion.set({ fill: { source: 'Product roadmap', count: 30 }, queryLimit: 20 })
  const path = `/data_sources/${roadmap}/query`
  const first = await notion.send(path, token, { page_size: 10 })
  expect([first.has_more, first.request_status]).toEqual([true, { type: 'complete' }])
  const last = await notion.send(path, token, { page_size: 10, start_cursor: first.next_cursor })
  expect([last.has_more, last.next_cursor, last.request_status]).toEqual([
    false,
    null,
    { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' },
  ])
})

test('before 2025-09-03 the database is the table', async () => {
  const old = '2022-06-28'
  const { parent } = await notion.read(`/data_sources/${roadmap}`, token)
  const database = await notion.read(`/databases/${parent.database_id}`, token, old)
  expect(database.properties.Effort).toMatchObject({ type: 'number' })
  expect(database).not.toHaveProperty('data_sources')
  const answer = await notion.send(`/databases/${parent.database_id}/query`, token, { page_size: 1 }, old)
  expect(answer.type).toBe('page_or_database')
  expect(answer.results[0]).toMatchObject({
    parent: { type: 'database_id', database_id: parent.database_id },
    archived: false,
    in_trash: false,
  })
  const filter = { property: 'object', value: 'database' }
  expect(titles(await notion.send('/search', token, { filter }, old))).toEqual(['Meeting notes', 'Product roadmap'])
  for (const [path, version] of [
    [`/data_sources/${roadmap}/query`, old],
    [`/databases/${parent.database_id}/query`, '2026-03-11'],
  ] as const)
    expect((await (await notion.post(path, token, {}, version)).json()).code).toBe('invalid_request_url')
})

test('an old version cannot speak of a database with several data sources', async () => {
  const incidents = await notion.idOf(token, 'Incidents')
  const { parent } = await notion.read(`/data_sources/${incidents}`, token)
  const response = await notion.get(`/databases/${parent.database_id}`, token, '2022-06-28')
  const { status, code, message, additional_data } = await response.json()
  expect([response.status, status, code, message]).toEqual([
    400,
    400,
    'validation_error',
    'Databases with multiple data sources are not supported in this API version.',
  ])
  expect(additional_data).toEqual({
    error_type: 'multiple_data_sources_for_database',
    database_id: parent.database_id,
    child_data_source_ids: [incidents, expect.any(String)],
    minimum_api_version: '2025-09-03',
  })
})

test('since 2026-03-11 things are in the trash and no longer archived, and transcriptions are meeting notes', async () => {
  const page = await notion.idOf(token, 'Deploying')
  const keys = async (version: string) => Object.keys(await notion.read(`/pages/${page}`, token, version))
  expect(await keys('2026-03-11')).not.toContain('archived')
  expect(await keys('2025-09-03')).toEqual(expect.arrayContaining(['archived', 'in_trash', 'is_archived', 'is_locked']))
  const types = async (version: string) =>
    (await notion.read(`/blocks/${page}/children`, token, version)).results.map(({ type }: { type: string }) => type)
  expect(await types('2026-03-11')).toContain('meeting_notes')
  expect(await types('2025-09-03')).toContain('transcription')
})

test('control makes databases, pages and rows, changes them and takes them away', async () => {
  const made = await notion.set({
    database: {
      title: 'Carriers',
      parent: 'Engineering handbook',
      sources: [{ name: 'Carriers', properties: ['Name: title', 'Country: select(NL, DE)'] }],
    },
  })
  await notion.set({ page: { title: 'North Post', parent: 'Carriers', values: { Country: 'NL' }, content: '# Notes' } })
  const [source] = made.sources as { id: string }[]
  const path = `/data_sources/${source?.id}/query`
  const { results } = await notion.send(path, token)
  expect(titles({ results })).toEqual(['North Post'])
  expect(results[0].properties.Country.select.name).toBe('NL')
  await notion.set({ edit: { page: 'North Post', title: 'North Post NV', values: { Country: 'DE' } } })
  expect(titles(await notion.send(path, token, { filter: { property: 'Country', select: { equals: 'DE' } } }))).toEqual(
    ['North Post NV'],
  )
  await notion.set({ removePage: { page: 'Carriers' } })
  expect((await notion.post(path, token)).status).toBe(404)
  await expect(notion.set({ page: { title: 'x', parent: 'No such page' } })).rejects.toThrow(
    'nothing called No such page',
  )
})
