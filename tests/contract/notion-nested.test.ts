// A database in a row of another: what is inside of both hangs on both switches.
import { expect, test } from 'vitest'
import { notion } from '#lib/providers/notion/provider.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { failed } from '#tests/support/github-api.ts'
import { notionApi, notionFixture, notionReader, notShared } from '#tests/support/notion-api.ts'

const [databases, pages] = ['database', 'page'].map(notionReader)
if (!databases || !pages) throw new Error('a reader is missing')
const at = (what: string) => `1f0c2d3e-0000-4000-8000-0000000000${what}`
const [outer, bowl, inner, fitting] = [at('d1'), at('e1'), at('d2'), at('e9')]
const table = '1f0c2d3e-0000-4000-8000-0000000005a3'
const [ofDatabase, ofPage] = [notionFixture('database'), notionFixture('page')]

const text = (plain_text: string) => [{ type: 'text', plain_text }]
const inBowl = { type: 'page_id', page_id: bowl }
const innerDatabase = {
  object: 'database',
  id: inner,
  title: text('Fittings'),
  description: [],
  parent: inBowl,
  data_sources: [{ id: table, name: 'Fittings' }],
  url: `https://app.notion.com/p/${inner}`,
}
const innerTable = {
  object: 'data_source',
  id: table,
  title: text('Fittings'),
  description: [],
  parent: { type: 'database_id', database_id: inner },
  database_parent: inBowl,
  url: innerDatabase.url,
}
const row = {
  object: 'page',
  id: fitting,
  url: `https://app.notion.com/p/${fitting}`,
  parent: { type: 'data_source_id', data_source_id: table, database_id: inner },
  properties: { Name: { id: 'title', type: 'title', title: text('A brass foot') } },
}
const list = (...results: object[]) => ({ body: { object: 'list', results, has_more: false, next_cursor: null } })
const tables = (ofDatabase['POST /search']?.body as { results: object[] } | undefined)?.results ?? [] // the fixture's own shape
const all: Exchanges = {
  ...ofPage,
  ...ofDatabase,
  [`GET /databases/${inner}`]: { body: innerDatabase },
  [`POST /data_sources/${table}/query`]: list(row),
  [`GET /pages/${fitting}`]: { body: row },
}
const nested = { containerId: inner, within: [outer], container: 'Fittings' }

test('a row hangs on its database and on the one around that, read, listed and found', async () => {
  const { api } = await notionApi({ ...all, 'POST /search': list(row) })
  expect(await pages.read(api, fitting)).toMatchObject(nested)
  expect((await pages.list(api, { parent: inner })).items).toMatchObject([nested])
  expect((await pages.search(api, 'brass', {})).items).toMatchObject([nested])
  expect(await pages.read(api, bowl)).not.toHaveProperty('within')
})

test('so does the database itself, read and found', async () => {
  const { api, asked } = await notionApi({ ...all, 'POST /search': list(...tables, innerTable) })
  expect(await databases.read(api, inner)).toMatchObject({ id: inner, within: [outer] })
  expect(await databases.read(api, outer)).not.toHaveProperty('within')
  const before = asked().length
  const { items } = await databases.search(api, 'i', {})
  expect(items.map(({ id, within }) => [id, within])).toEqual([
    [outer, undefined],
    [inner, [outer]],
  ])
  expect(asked().slice(before)).toEqual(['POST /search', `GET /pages/${bowl}`])
})

test('a list of databases is whole also where nobody tells what one of them is in', async () => {
  const busy = { status: 429, headers: { 'retry-after': '1' }, body: {} }
  const { api } = await notionApi({ 'POST /search': list(...tables, innerTable), [`GET /pages/${bowl}`]: busy })
  expect((await databases.list(api, {})).items.map(({ title }) => title)).toEqual(['Commissions', 'Fittings'])
})

test('what lies above what is not shared cannot be switched, and closes nothing', async () => {
  const { api } = await notionApi({ ...all, [`GET /pages/${bowl}`]: notShared })
  expect(await databases.read(api, inner)).not.toHaveProperty('within')
})

test('what cannot be followed to the top is not read, and says what can be done about it', async () => {
  const endless = { ...row, id: bowl, parent: inBowl }
  const { api } = await notionApi({ ...all, [`GET /pages/${bowl}`]: { body: endless } })
  for (const reading of [pages.read(api, bowl), pages.read(api, fitting), databases.read(api, inner)])
    expect(await failed(reading)).toMatchObject({ failure: 'setup', detail: 'unplaced' })
  expect(notion.remedies?.unplaced).toMatch(/Move it .+\.$/)
})

test('of two answers the one counts that something can be done about', async () => {
  const unreadable = { status: 400, body: { object: 'error', status: 400, code: 'validation_error' } }
  const { api } = await notionApi({ [`GET /pages/${inner}`]: unreadable, [`GET /databases/${outer}`]: unreadable })
  for (const id of [inner, outer])
    expect(await failed(pages.read(api, id))).toMatchObject({ failure: 'setup', detail: 'not_shared' })
})
