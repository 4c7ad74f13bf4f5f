import { describe, expect, test } from 'vitest'
import { confluence } from '#lib/providers/confluence/provider.ts'
import { confluenceApi, confluenceFixture, confluenceReader, lathe } from '#tests/support/atlassian-api.ts'
import { failed, titles } from '#tests/support/github-api.ts'

const all = Object.assign({}, ...['space', 'page', 'page-search'].map((name) => confluenceFixture(name)))
const [spaces, pages, searches] = ['space', 'page', 'page_search'].map(confluenceReader)
if (!spaces || !pages || !searches) throw new Error('a reader is missing')
const works = 'lathe.space.WORKS'

describe('spaces', () => {
  test('come page by page; of the next page’s address only its cursor is used, and each leads to the site', async () => {
    const { api, received } = await confluenceApi(all)
    const first = await spaces.list(api, {})
    expect(first.items.map(({ id, title, url }) => [id, title, url])).toEqual([
      [works, 'Works', 'https://lathe.atlassian.net/wiki/spaces/WORKS'],
      ['lathe.space.~7120200c1a', 'Ines Brandt', 'https://lathe.atlassian.net/wiki/spaces/~7120200c1a'],
    ])
    const second = await spaces.list(api, { cursor: String(first.nextCursor) })
    expect([titles(second.items), second.nextCursor]).toEqual([['Archive of 2024'], undefined])
    expect(received.map(({ path, query }) => [path, query.get('status'), query.get('cursor')])).toEqual([
      ['/wiki/api/v2/spaces', 'current', null],
      ['/wiki/api/v2/spaces', 'current', 'eyJpZCI6Mn0'],
    ])
  })

  test('are found by name and by key, on the later pages too', async () => {
    const { api } = await confluenceApi(all)
    const found = async (typed: string) => titles((await spaces.search(api, typed, {})).items)
    expect(await found('WORK')).toEqual(['Works'])
    expect(await found('archive 2024')).toEqual(['Archive of 2024'])
    expect(await found('no such')).toEqual([])
  })

  test('a card says what a space is for; one that nobody shows is not found', async () => {
    const { api } = await confluenceApi(all)
    expect((await spaces.read(api, works)).body).toEqual({
      key: 'WORKS',
      description: 'How we turn things.',
      type: 'Space',
      state: 'current',
    })
    for (const id of ['lathe.space.GONE', 'quarry.space.WORKS', 'lathe.WORKS', 'lathe.space.~', '98432'])
      expect((await failed(spaces.read(api, id))).failure).toBe('not_found')
  })
})

describe('pages', () => {
  test('a card has how the page begins, its space, who changed it last and when', async () => {
    const { api, received } = await confluenceApi(all)
    expect(await pages.read(api, 'lathe.98432')).toEqual({
      kind: 'page',
      id: 'lathe.98432',
      title: 'Sharpening',
      url: 'https://lathe.atlassian.net/wiki/spaces/WORKS/pages/98432/Sharpening',
      parent: works,
      container: 'Works',
      updatedAt: '2026-11-18T08:30:00.000Z',
      excerpt: 'First the stone\nWet it. Then hold the edge at twenty degrees.',
      body: { editor: 'Jon Pell', state: 'current' },
    })
    expect(received[0]?.query.get('body-format')).toBe('atlas_doc_format')
  })

  test.each([
    [401, { code: 401, message: 'Unauthorized; scope does not match' }],
    [500, {}],
  ])('where a search is answered with %d the card is there all the same, without the editor', async (status, body) => {
    const { api } = await confluenceApi({ ...all, 'GET /wiki/rest/api/search': { status, body } })
    expect(await pages.read(api, 'lathe.98432')).toMatchObject({ title: 'Sharpening', body: { editor: '' } })
  })

  test('a token that is refused in between is not passed over', async () => {
    const { api } = await confluenceApi({ ...all, 'GET /wiki/rest/api/search': { status: 401, body: {} } })
    expect((await failed(pages.read(api, 'lathe.98432'))).failure).toBe('expired')
  })

  test('those of a space come the last changed first, those below a page in its own order', async () => {
    const { api, received } = await confluenceApi(all)
    const first = await pages.list(api, { parent: works })
    expect([titles(first.items), first.nextCursor]).toEqual([['Sharpening'], 'bmV4dA'])
    expect(first.items[0]).toMatchObject({ container: 'Works', parent: works })
    expect(titles((await pages.list(api, { parent: 'lathe.98432' })).items)).toEqual(['Stones'])
    expect(received.map(({ path, query }) => [path, query.get('sort')])).toEqual([
      ['/wiki/api/v2/spaces', null],
      ['/wiki/api/v2/spaces/65538/pages', '-modified-date'],
      ['/wiki/api/v2/pages/98432/children', null],
    ])
  })

  test('what is typed is looked for in titles, without the marks, and cannot become a query of its own', async () => {
    const { api, received } = await confluenceApi(all)
    const { items, nextCursor } = await pages.search(api, 'sharp" OR type = blogpost', {})
    expect(items).toMatchObject([{ title: 'Sharpening', excerpt: 'Wet the stone & hold', container: 'Works' }])
    expect(nextCursor).toBe('_f_Mg')
    await pages.search(api, 'sharp', { parent: works })
    await pages.search(api, 'sharp', { parent: 'lathe.98432' })
    expect(received.map(({ query }) => query.get('cql'))).toEqual([
      'type = page AND title ~ "sharp* OR* type* blogpost*" ORDER BY lastmodified DESC',
      'space = "WORKS" AND (type = page AND title ~ "sharp*") ORDER BY lastmodified DESC',
      'ancestor = 98432 AND (type = page AND title ~ "sharp*") ORDER BY lastmodified DESC',
    ])
  })

  test('a page of another site is not found, though its number is one of ours, and nobody is asked', async () => {
    const { api, received } = await confluenceApi(all)
    for (const id of ['quarry.98432', 'lathe.x', '98432', '~', 'lathe.'])
      expect((await failed(pages.read(api, id))).failure).toBe('not_found')
    expect(received).toEqual([])
  })
})

describe('CQL', () => {
  test('a query finds itself, to be kept on a board, and its pages alone', async () => {
    const { api } = await confluenceApi(all)
    const { items } = await searches.search(api, 'type = page', {})
    expect(titles(items)).toEqual(['type = page', 'Sharpening'])
    expect(await searches.read(api, String(items[0]?.id))).toMatchObject({
      kind: 'page_search',
      url: 'https://lathe.atlassian.net/wiki/search?cql=type+%3D+page',
      body: { total: 3, hits: [{ title: 'Sharpening', detail: 'Works' }, { title: 'Works' }, { title: 'edge.pdf' }] },
    })
  })

  test('what Confluence says of a query that it refuses is told as it is, without the names of exceptions', async () => {
    const { api } = await confluenceApi(all)
    expect(await searches.search(api, 'titel ~ "stone"', {})).toEqual({
      items: [],
      message: 'Could not parse cql : titel ~ "stone"',
    })
  })

  test('words that are no query are looked for in everything that pages say', async () => {
    const { api, received } = await confluenceApi(all)
    await searches.search(api, 'wet stone', { parent: works })
    expect(received[0]?.query.get('cql')).toBe(
      'space = "WORKS" AND (type = page AND text ~ "wet stone") ORDER BY lastmodified DESC',
    )
  })
})

test.each([
  ['https://lathe.atlassian.net/wiki/spaces/WORKS/pages/98432/Sharpening', 'page', 'lathe.98432'],
  ['https://lathe.atlassian.net/wiki/spaces/WORKS/pages/edit-v2/98432', 'page', 'lathe.98432'],
  ['https://lathe.atlassian.net/wiki/spaces/~7120200c1a/pages/98432', 'page', 'lathe.98432'],
  ['https://lathe.atlassian.net/wiki/x/gIAB', 'page', 'lathe.98432'],
  ['https://lathe.atlassian.net/wiki/pages/viewpage.action?pageId=98432', 'page', 'lathe.98432'],
  ['https://lathe.atlassian.net/wiki/spaces/WORKS/overview', 'space', works],
  ['https://lathe.atlassian.net/wiki/spaces/WORKS/pages', 'space', works],
  ['https://lathe.atlassian.net/wiki/spaces/WORKS', 'space', works],
  ['https://lathe.atlassian.net/wiki/display/WORKS', 'space', works],
])('%s is its %s', (link, kind, id) => {
  const matched = confluence.readers.flatMap(({ kind: one, match }) => {
    const found = match?.(new URL(link))
    return found ? [[one, found]] : []
  })
  expect(matched).toEqual([[kind, id]])
})

test.each([
  'https://lathe.atlassian.net/browse/LTH-7',
  'https://lathe.atlassian.net/wiki/home',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/blog',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/blog/2026/11/18/98440/A+new+lathe',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/whiteboard/98441',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/folder/98442',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/pages/x/y',
  'https://a.b.atlassian.net/wiki/spaces/WORKS',
  'https://lathe.atlassian.net/wiki/x/not%20a%20number',
  'https://lathe.atlassian.net/spaces/WORKS',
  'https://lathe.atlassian.net.evil.example/wiki/spaces/WORKS',
])('%s is nothing of Confluence’s', (link) => {
  expect(confluence.readers.map(({ match }) => match?.(new URL(link)) ?? null).filter(Boolean)).toEqual([])
})

test('an account is known by its site and itself, and is called by its site', async () => {
  const { api } = await confluenceApi(confluenceFixture('account'))
  expect(await confluence.identify(api, { token: 't', config: lathe })).toEqual({
    id: '5e0f6a11-lathe/712020:0c1a',
    owner: '712020:0c1a',
    person: 'Ines Brandt',
    label: 'lathe.atlassian.net',
    url: 'https://lathe.atlassian.net',
  })
})
