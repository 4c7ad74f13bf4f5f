import { describe, expect, test } from 'vitest'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { notionApi, notionFixture, notionReader, notShared } from '#tests/support/notion-api.ts'

const [databases, pages] = ['database', 'page'].map(notionReader)
if (!databases || !pages) throw new Error('a reader is missing')
const [ofDatabase, ofPage] = [notionFixture('database'), notionFixture('page')]
const all: Exchanges = { ...ofDatabase, ...ofPage }
/** What a search for pages finds. */
const known = (ofPage['POST /search']?.body as { results: { id: string }[] } | undefined)?.results ?? [] // the fixture's own shape

const at = (what: string) => `1f0c2d3e-0000-4000-8000-0000000000${what}`
const [commissions, bowl, sharpening, stones, photographs] = ['d1', 'e1', 'f1', 'f2', 'f3'].map(at)
if (!commissions || !bowl || !sharpening || !stones || !photographs) throw new Error('an id is missing')
const firstTable = '1f0c2d3e-0000-4000-8000-0000000005a1'
const secondTable = '1f0c2d3e-0000-4000-8000-0000000005a2'
const refused = (status: number, code: string) => ({ status, body: { object: 'error', status, code, message: 'no' } })

describe('databases', () => {
  test('are found by their tables, each once, and the list goes on', async () => {
    const { api, received, bodies } = await notionApi(ofDatabase)
    expect(await databases.list(api, {})).toEqual({
      items: [
        {
          kind: 'database',
          id: commissions,
          title: 'Commissions',
          url: `https://app.notion.com/p/Commissions-${commissions.replaceAll('-', '')}`,
          updatedAt: '2026-11-18T08:30:00.000Z',
          excerpt: 'One row for each commission.',
        },
      ],
      nextCursor: 'c1',
    })
    await databases.search(api, 'comm', { cursor: 'c1' })
    expect(bodies()).toEqual([
      {
        filter: { property: 'object', value: 'data_source' },
        page_size: 100,
        sort: { timestamp: 'last_edited_time', direction: 'descending' },
      },
      { filter: { property: 'object', value: 'data_source' }, page_size: 20, query: 'comm', start_cursor: 'c1' },
    ])
    expect(received.map(({ headers }) => headers['notion-version'])).toEqual(['2026-03-11', '2026-03-11'])
  })

  test('a card has the first rows and where each of them stands', async () => {
    const { api } = await notionApi(all)
    expect(await databases.read(api, commissions)).toMatchObject({
      kind: 'database',
      title: 'Commissions',
      body: {
        hits: [
          { title: 'A bowl of ash', detail: 'Turning', url: expect.stringContaining('app.notion.com') },
          { title: 'Two candlesticks', detail: 'Oiled' },
        ],
      },
    })
  })

  test('a database without a name and without a table that is shared is still a card', async () => {
    const bare = {
      status: 200,
      body: {
        object: 'database',
        id: commissions,
        title: [],
        parent: { type: 'workspace', workspace: true },
        url: 'https://app.notion.com/x',
      },
    }
    const { api } = await notionApi({ [`GET /databases/${commissions}`]: bare })
    expect(await databases.read(api, commissions)).toMatchObject({ title: 'Untitled', body: { hits: [] } })
  })

  test('what is in the trash is not there', async () => {
    const { body } = all[`GET /databases/${commissions}`] ?? {}
    const thrown = { body: { ...(body as object), in_trash: true } }
    const { api } = await notionApi({ ...all, [`GET /databases/${commissions}`]: thrown })
    expect((await failed(databases.read(api, commissions))).failure).toBe('not_found')
  })
})

describe('rows', () => {
  test('of a database are its pages, those of its second table after those of its first', async () => {
    const { api, asked, bodies } = await notionApi(all)
    const first = await pages.list(api, { parent: commissions })
    expect(titles(first.items)).toEqual(['A bowl of ash', 'Two candlesticks'])
    expect(first.items[0]).toMatchObject({
      kind: 'page',
      container: 'Commissions',
      containerId: commissions,
      parent: commissions,
      body: { state: 'Turning' },
    })
    const second = await pages.list(api, { parent: commissions, cursor: first.nextCursor ?? '' })
    expect([titles(second.items), second.nextCursor]).toEqual([['Ash, 40 mm'], undefined])
    expect(asked().filter((line) => line.startsWith('POST'))).toEqual([
      `POST /data_sources/${firstTable}/query`,
      `POST /data_sources/${secondTable}/query`,
    ])
    expect(bodies()[0]).toEqual({
      page_size: 50,
      sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
    })
  })

  test('a page of rows that is not the last leads on inside its table', async () => {
    const query = `POST /data_sources/${secondTable}/query`
    const { body } = all[query] ?? {}
    const { api, bodies } = await notionApi({
      ...all,
      [query]: { body: { ...(body as object), has_more: true, next_cursor: 'a:b' } },
    })
    const page = await pages.list(api, { parent: commissions, cursor: '1' })
    expect(page.nextCursor).toBe('1:a:b')
    await pages.list(api, { parent: commissions, cursor: page.nextCursor ?? '' })
    expect(bodies().at(-1)).toMatchObject({ start_cursor: 'a:b' })
  })

  test('are searched by their titles, whatever the property is called', async () => {
    const { api, bodies } = await notionApi(all)
    await pages.search(api, 'ash', { parent: commissions })
    expect(bodies()[0]).toMatchObject({ filter: { property: 'title', title: { contains: 'ash' } } })
  })
})

describe('pages', () => {
  test('a card has how the page begins, in three lines, who changed it last and when', async () => {
    const { api } = await notionApi(all)
    expect(await pages.read(api, sharpening)).toEqual({
      kind: 'page',
      id: sharpening,
      title: 'Sharpening',
      url: `https://app.notion.com/p/Sharpening-${sharpening.replaceAll('-', '')}`,
      updatedAt: '2026-11-18T08:30:00.000Z',
      excerpt: 'First the stone\nWet it. Then hold the edge at twenty degrees.\nStrop it',
      body: { editor: 'Jon Pell', state: '' },
    })
  })

  test('of a row, its database by name and where it stands', async () => {
    const { api } = await notionApi(all)
    expect(await pages.read(api, bowl)).toMatchObject({
      container: 'Commissions',
      containerId: commissions,
      body: { state: 'Turning' },
    })
  })

  test('below a row belongs to that row’s database; in the column of a page, to that page', async () => {
    const { api } = await notionApi(all)
    expect(await pages.read(api, photographs)).toMatchObject({ container: 'A bowl of ash', containerId: commissions })
    const inColumn = await pages.read(api, stones)
    expect(inColumn.container).toBe('Sharpening')
    expect(inColumn).not.toHaveProperty('containerId')
    expect(inColumn).not.toHaveProperty('isPrivate')
  })

  test('what was found together is not asked about again to tell where it is', async () => {
    const { api, asked } = await notionApi(all)
    const { items, nextCursor } = await pages.search(api, 'e', {})
    expect(items.map(({ title, containerId }) => [title, containerId])).toEqual([
      ['Sharpening', undefined],
      ['Stones', undefined],
      ['Photographs', commissions],
      ['A bowl of ash', commissions],
    ])
    expect(nextCursor).toBe('c2')
    expect(asked()).toEqual(['POST /search', `GET /blocks/${at('c1')}`, `GET /databases/${commissions}`])
  })

  test('one whose place cannot be told is kept off boards; above what is not shared there is nothing to switch', async () => {
    const search = { body: { object: 'list', results: known.filter(({ id }) => id === photographs) } }
    const place = async (reply: Exchanges[string]) => {
      const { api } = await notionApi({ 'POST /search': search, [`GET /pages/${bowl}`]: reply ?? notShared })
      return (await pages.search(api, 'e', {})).items[0]
    }
    expect(await place(notShared)).not.toHaveProperty('isPrivate')
    const endless = { ...known[0], id: bowl, parent: { type: 'page_id', page_id: bowl } }
    expect(await place({ body: endless })).toMatchObject({ isPrivate: true })
    expect(await place({ body: { ...endless, parent: { type: 'agent_id', agent_id: 'x' } } })).toMatchObject({
      isPrivate: true,
    })
  })

  test.each([
    [`GET /users/${'1f0c2d3e-0000-4000-8000-000000000101'}`, { body: { editor: '' } }],
    [`GET /blocks/${sharpening}/children`, { title: 'Sharpening' }],
  ])('without %s the card is there all the same', async (line, expected) => {
    const { api } = await notionApi({ ...all, [line]: refused(403, 'restricted_resource') })
    expect(await pages.read(api, sharpening)).toMatchObject(expected)
  })

  test('a token that is refused in between is not passed over', async () => {
    const { api } = await notionApi({ ...all, [`GET /blocks/${sharpening}/children`]: refused(401, 'unauthorized') })
    expect((await failed(pages.read(api, sharpening))).failure).toBe('expired')
  })

  test('one thing of a list that cannot be read costs none of the others', async () => {
    const search = { body: { object: 'list', results: [{ object: 'page', id: 'x' }, ...known] } }
    const { api } = await notionApi({ ...all, 'POST /search': search })
    expect((await pages.list(api, {})).items).toHaveLength(known.length)
  })
})

describe('an address that does not tell what it leads to', () => {
  test('a database without a view in its address is found as one, and a page with one too', async () => {
    const { api, asked } = await notionApi({
      ...all,
      [`GET /pages/${commissions}`]: refused(400, 'validation_error'),
    })
    expect(await pages.read(api, commissions)).toMatchObject({ kind: 'database', title: 'Commissions' })
    expect(await databases.read(api, sharpening)).toMatchObject({ kind: 'page', title: 'Sharpening' })
    expect(asked().slice(0, 2)).toEqual([`GET /pages/${commissions}`, `GET /databases/${commissions}`])
  })

  test('what is not shared as either is told as what can be done about it', async () => {
    const { api } = await notionApi({})
    for (const reader of [pages, databases])
      expect(await failed(reader.read(api, sharpening))).toMatchObject({ failure: 'setup', detail: 'not_shared' })
  })

  test('a fault that passes is not taken for an answer', async () => {
    const { api, asked } = await notionApi({ [`GET /pages/${sharpening}`]: refused(500, 'internal_server_error') })
    expect((await failed(pages.read(api, sharpening))).failure).toBe('unavailable')
    expect(asked()).toEqual([`GET /pages/${sharpening}`])
  })
})
