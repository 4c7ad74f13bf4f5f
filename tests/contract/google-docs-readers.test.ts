import { describe, expect, test } from 'vitest'
import { googleDocs } from '#lib/providers/google-docs/provider.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { googleApi, googleFixture, googleReader, refusal } from '#tests/support/google-api.ts'

const all = googleFixture('document')
const [documents, searches] = ['document', 'document_search'].map(googleReader)
if (!documents || !searches) throw new Error('a reader is missing')

const bevels = '1aBevelAndEdge_00000000000000000000000000-x'
const ofKind = "mimeType = 'application/vnd.google-apps.document' and trashed = false"

describe('documents', () => {
  test('come page by page, the last changed first, those of shared drives too, and only what is shown is asked for', async () => {
    const { api, received } = await googleApi(all)
    const first = await documents.list(api, {})
    expect(titles(first.items)).toEqual(['Bevels and edges', 'Untitled document'])
    const second = await documents.list(api, { cursor: String(first.nextCursor) })
    expect([titles(second.items), second.nextCursor]).toEqual([['Stones and oil'], undefined])
    const [asked, next] = received.map(({ query }) => Object.fromEntries(query))
    expect(asked).toMatchObject({
      q: ofKind,
      orderBy: 'modifiedTime desc',
      corpora: 'user',
      supportsAllDrives: 'true',
      includeItemsFromAllDrives: 'true',
      fields: expect.stringMatching(/^nextPageToken,files\(id,name,/),
    })
    expect(next).toEqual({ ...asked, pageToken: '~!!~AI9FV7Q' })
  })

  test('one that was shared long ago keeps the key it needs, which is sent with every question about it', async () => {
    const { api, received } = await googleApi(all)
    const { items } = await documents.list(api, {})
    expect(items[1]).toMatchObject({ id: '0BxOldShare0000~0-k3yOfOld', updatedAt: '2019-03-01T08:00:00.000Z' })
    expect((await documents.read(api, String(items[1]?.id))).title).toBe('Old share')
    const keys = received.slice(1).map(({ headers }) => headers['x-goog-drive-resource-keys'])
    expect(keys).toEqual(['0BxOldShare0000/0-k3yOfOld', '0BxOldShare0000/0-k3yOfOld'])
  })

  test('a card has how the document begins, in lines, who changed it last, and when', async () => {
    const { api, received } = await googleApi(all)
    expect(await documents.read(api, bevels)).toEqual({
      kind: 'document',
      id: bevels,
      title: 'Bevels and edges',
      url: `https://docs.google.com/document/d/${bevels}/edit?usp=drivesdk`,
      updatedAt: '2026-11-18T08:30:00.000Z',
      excerpt: 'First the stone\nWet it.\nThen hold the edge.\nGrit\n400',
      body: { editor: 'Jon Pell' },
    })
    const text = received.find(({ path }) => path.startsWith('/v1/'))
    expect(text?.query.get('includeTabsContent')).toBe('true')
  })

  test('a long document is cut, and its beginning is enough', async () => {
    const paragraph = { paragraph: { elements: [{ textRun: { content: `${'turn '.repeat(200)}\n` } }] } }
    const content = Array.from({ length: 500 }, () => paragraph)
    const body = { documentId: bevels, tabs: [{ documentTab: { body: { content } } }] }
    const { api } = await googleApi({ ...all, [`GET /v1/documents/${bevels}`]: { body } })
    expect((await documents.read(api, bevels)).excerpt).toHaveLength(400)
  })

  test.each([
    ['403', refusal(403, 'insufficientFilePermissions')],
    ['429', refusal(429, 'rateLimitExceeded')],
    ['503', { status: 503 }],
  ])('where its text is answered with %s, the card is there all the same', async (_, reply) => {
    const { api } = await googleApi({ ...all, [`GET /v1/documents/${bevels}`]: reply })
    expect(await documents.read(api, bevels)).not.toHaveProperty('excerpt')
  })

  test.each([
    ['expired', { status: 401 }],
    ['setup', refusal(403, 'accessNotConfigured')],
  ])('a text that is refused for the whole account (%s) is not passed over', async (failure, reply) => {
    const { api } = await googleApi({ ...all, [`GET /v1/documents/${bevels}`]: reply })
    expect((await failed(documents.read(api, bevels))).failure).toBe(failure)
  })

  test('a shortcut is the document that it leads to, and one that leads nowhere is none', async () => {
    const { api } = await googleApi(all)
    expect((await documents.read(api, '1sShortcutToBevels')).id).toBe(bevels)
    expect((await failed(documents.read(api, '1sShortcutToItself'))).failure).toBe('not_found')
  })

  test('what is no document, is in the trash or is not shared with the account is not found', async () => {
    const { api } = await googleApi(all)
    for (const id of ['1sSpreadsheet', '1tInTheTrash', '1nNobodyShared'])
      expect((await failed(documents.read(api, id))).failure).toBe('not_found')
  })

  test('an id that cannot be Drive’s is not found, and nobody is asked', async () => {
    const { api, received } = await googleApi(all)
    for (const id of ['~', 'short', `${bevels}~`, `${bevels}~a~b`, '../about/aaaa', `${bevels}/export`])
      expect((await failed(documents.read(api, id))).failure).toBe('not_found')
    expect(received).toEqual([])
  })

  test('titles are searched word by word, and no word ends the query', async () => {
    const { api, received } = await googleApi(all)
    await documents.search(api, String.raw`jon's  a\ or`, {})
    expect(received[0]?.query.get('q')).toBe(
      String.raw`${ofKind} and name contains 'jon\'s' and name contains 'a\\' and name contains 'or'`,
    )
    expect(await documents.search(api, '   ', {})).toEqual({ items: [] })
    expect(received).toHaveLength(1)
  })
})

describe('a search for what documents say', () => {
  test('finds itself, to be kept on a board, and its documents; Drive orders them', async () => {
    const { api, received } = await googleApi(googleFixture('document-search'))
    const { items } = await searches.search(api, ' wet "the edge" ', {})
    expect(titles(items)).toEqual(['wet "the edge"', 'Bevels and edges'])
    expect(received[0]?.query.get('q')).toBe(`${ofKind} and fullText contains 'wet' and fullText contains '"the edge"'`)
    expect(received[0]?.query.has('orderBy')).toBe(false)
    expect(await searches.read(api, String(items[0]?.id))).toMatchObject({
      kind: 'document_search',
      title: 'wet "the edge"',
      url: 'https://drive.google.com/drive/search?q=type%3Adocument+wet+%22the+edge%22',
      body: { hits: [{ title: 'Bevels and edges', detail: 'Jon Pell' }] },
    })
  })

  test('a later page is without itself, and for nothing nobody is asked', async () => {
    const { api, received } = await googleApi(googleFixture('document-search'))
    expect(titles((await searches.search(api, 'wet', { cursor: 'x' })).items)).toEqual(['Bevels and edges'])
    for (const none of ['', '"', 'x'.repeat(2000)]) expect(await searches.search(api, none, {})).toEqual({ items: [] })
    for (const id of ['~', 'bm8=', '_', 'a'.repeat(1500)])
      expect((await failed(searches.read(api, id))).failure).toBe('not_found')
    expect(received).toHaveLength(1)
  })
})

const search = 'type%3Adocument+wet+stone'
test.each([
  [`https://docs.google.com/document/d/${bevels}/edit?usp=sharing`, 'document', bevels],
  [`https://docs.google.com/document/d/${bevels}`, 'document', bevels],
  [`https://docs.google.com/document/d/${bevels}/edit?tab=t.0#heading=h.1`, 'document', bevels],
  [`https://docs.google.com/document/u/1/d/${bevels}/preview`, 'document', bevels],
  [`https://docs.google.com/a/lathe.example/document/d/${bevels}/view`, 'document', bevels],
  ['https://docs.google.com/document/d/0BxOldShare0000/edit?resourcekey=0-k3y', 'document', '0BxOldShare0000~0-k3y'],
  [`https://drive.google.com/drive/search?q=${search}`, 'document_search', 'd2V0IHN0b25l'],
  [`https://drive.google.com/drive/u/0/search?q=${search}`, 'document_search', 'd2V0IHN0b25l'],
])('%s is its %s', (link, kind, id) => {
  const matched = googleDocs.readers.flatMap(({ kind: one, match }) => {
    const found = match?.(new URL(link))
    return found ? [[one, found]] : []
  })
  expect(matched).toEqual([[kind, id]])
})

test.each([
  'https://docs.google.com/document/u/0/',
  'https://docs.google.com/document/d/e/2PACX-1vQpublished/pub',
  `https://docs.google.com/spreadsheets/d/${bevels}/edit`,
  `https://drive.google.com/file/d/${bevels}/view`,
  'https://drive.google.com/drive/search?q=wet',
  'https://drive.google.com/drive/my-drive',
  `https://mail.google.com/document/d/${bevels}/edit`,
  `https://docs.google.com.evil.example/document/d/${bevels}/edit`,
])('%s is nothing of Google Docs’', (link) => {
  expect(googleDocs.readers.map(({ match }) => match?.(new URL(link)) ?? null).filter(Boolean)).toEqual([])
})

describe('an account', () => {
  test('is known by what stays of it, and called by its address', async () => {
    const { api, asked } = await googleApi(googleFixture('account'))
    expect(await googleDocs.identify(api, { token: 't' })).toEqual({
      id: '104839204718820011',
      label: 'ines@lathe.example',
    })
    expect(asked().toSorted()).toEqual(['GET /drive/v3/about', 'GET /oauth2/v3/userinfo'])
  })

  test('that did not allow Drive is known all the same, and Drive is not asked', async () => {
    const { api, asked } = await googleApi(googleFixture('account'))
    const grant = { token: 't', scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email'] }
    expect((await googleDocs.identify(api, grant)).label).toBe('ines@lathe.example')
    expect(asked()).toEqual(['GET /oauth2/v3/userinfo'])
  })

  test('whose Drive does not open is not connected', async () => {
    const off = { ...googleFixture('account'), 'GET /drive/v3/about': refusal(403, 'accessNotConfigured') }
    expect(await failed(googleDocs.identify((await googleApi(off)).api, { token: 't' }))).toMatchObject({
      failure: 'setup',
      detail: 'api_off',
    })
  })
})
