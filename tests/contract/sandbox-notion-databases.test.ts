import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { messageOf, notionClient, titles } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)
let token: string
let roadmap: string

beforeEach(async () => {
  token = (await notion.connect()).access_token
  roadmap = await notion.idOf(token, 'Product roadmap')
})

const rows = async (body: object = {}) => titles(await notion.send(`/data_sources/${roadmap}/query`, token, body))

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
