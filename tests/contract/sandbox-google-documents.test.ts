import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, googleClient } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)
let token: string

beforeEach(async () => {
  token = (await google.tokens()).access_token
})

type Part = {
  startIndex?: number
  endIndex?: number
  paragraph?: { elements: { startIndex: number; endIndex: number; textRun: { content: string } }[] }
  table?: { rows: number; columns: number; tableRows: (Part & { tableCells: (Part & { content: Part[] })[] })[] }
}
/** The text of a tab as a reader puts it together. */
const textOf = (content: Part[]): string =>
  content
    .map(({ paragraph, table }) => {
      if (paragraph) return paragraph.elements.map(({ textRun }) => textRun.content).join('')
      return (table?.tableRows ?? [])
        .flatMap(({ tableCells }) => tableCells.map((cell) => textOf(cell.content)))
        .join('')
    })
    .join('')
const Q4 = 'Q4 plan: fewer failed orders'
const fetchDocument = async (name: string, query: Record<string, string> = {}) =>
  (await google.document(await google.idOf(token, name), token, query)).json()
const exported = async (name: string, mimeType?: string) =>
  google.drive(`/files/${await google.idOf(token, name)}/export`, token, {
    supportsAllDrives: 'true',
    ...(mimeType === undefined ? {} : { mimeType }),
  })
const reasonOf = async (response: Response): Promise<string> =>
  `${response.status} ${(await response.json()).error.errors[0].reason}`

test('a document has its first tab at the top, and no tabs unless they are asked for', async () => {
  const document = await fetchDocument(Q4)
  expect(Object.keys(document).toSorted()).toEqual(
    'body documentId documentStyle lists namedStyles revisionId suggestionsViewMode title'.split(' '),
  )
  expect(textOf(document.body.content)).toContain('Failed orders fall below 0.2 %')
  const withTabs = await fetchDocument(Q4, { includeTabsContent: 'true' })
  expect(withTabs).not.toHaveProperty('body')
  expect(withTabs.tabs).toEqual([
    {
      tabProperties: { tabId: 't.0', title: 'Tab 1', index: 0 },
      documentTab: expect.objectContaining({ body: document.body }),
    },
  ])
})

test('every piece of text stands where its numbers say, tables included', async () => {
  const { body } = await fetchDocument(Q4)
  let at = 1
  for (const { startIndex, endIndex, paragraph } of (body.content as Part[]).slice(1)) {
    expect(startIndex).toBe(at)
    at = endIndex ?? 0
    for (const run of paragraph?.elements ?? []) {
      expect(run.endIndex - run.startIndex).toBe(run.textRun.content.length)
    }
    expect(paragraph?.elements.at(-1)?.endIndex ?? at).toBe(at)
  }
  const part = (body.content as Part[]).find(({ table: one }) => one)
  const table = part?.table
  const [row] = table?.tableRows ?? []
  const [cell] = row?.tableCells ?? []
  const starts = [part, row, cell, cell?.content[0]].map((one) => (one?.startIndex ?? 0) - (part?.startIndex ?? 0))
  expect(starts).toEqual([0, 1, 2, 3])
  expect([table?.rows, table?.columns]).toEqual([4, 3])
  expect(textOf(table?.tableRows[1]?.tableCells[1]?.content ?? [])).toBe('Backoff with jitter in acme/api\n')
})

test('tabs below others are child tabs', async () => {
  const { tabs } = await fetchDocument('Onboarding: your first two weeks', { includeTabsContent: 'true' })
  const titles = tabs.map((tab: { tabProperties: { title: string } }) => tab.tabProperties.title)
  expect(titles).toEqual(['Start here', 'Week one', 'Week two'])
  expect(tabs[1].childTabs[0].tabProperties).toEqual({
    tabId: expect.stringMatching(/^t\./),
    title: 'Accounts',
    index: 0,
    parentTabId: tabs[1].tabProperties.tabId,
    nestingLevel: 1,
  })
})

test('fields choose from a document, and are refused when the document has none such', async () => {
  const fields = 'documentId,title,tabs(tabProperties/title)'
  const document = await fetchDocument('Onboarding: your first two weeks', { includeTabsContent: 'true', fields })
  expect(Object.keys(document).toSorted()).toEqual(['documentId', 'tabs', 'title'])
  expect(document.tabs[0]).toEqual({ tabProperties: { title: 'Start here' } })
  const { error } = await fetchDocument(Q4, { fields: 'name' })
  expect(error).toMatchObject({
    code: 400,
    status: 'INVALID_ARGUMENT',
    details: [{ fieldViolations: [{ field: 'name' }] }],
  })
})

test('a document that is not there, not shared, or no document is told in the newer form', async () => {
  const told = async (id: string, by = token) => (await (await google.document(id, by)).json()).error
  expect(await told('1nothing')).toEqual({ code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' })
  const lee = (await google.tokens({}, 'lee@park.example')).access_token
  expect(await told(await google.idOf(token, Q4), lee)).toEqual({
    code: 403,
    message: 'The caller does not have permission',
    status: 'PERMISSION_DENIED',
  })
  expect(await told(await google.idOf(token, 'Cloud budget 2026'))).toMatchObject({
    code: 400,
    status: 'FAILED_PRECONDITION',
  })
})

test('who may only read a document is not told its revision', async () => {
  expect(await fetchDocument('Security review 2026')).not.toHaveProperty('revisionId')
  expect((await fetchDocument('Security review 2026')).suggestionsViewMode).toBe('PREVIEW_WITHOUT_SUGGESTIONS')
})

test('text is exported with a byte order mark and the line ends of Windows, Markdown with neither', async () => {
  const text = Buffer.from(await (await exported(Q4, 'text/plain')).arrayBuffer()).toString('utf8')
  expect(text.startsWith('\uFEFFQ4 plan: fewer failed orders\r\nOwner: Dana Kowalski. ')).toBe(true)
  const markdown = await (await exported(Q4, 'text/markdown')).text()
  expect(markdown).toMatch(/^# Q4 plan: fewer failed orders\nOwner: \*\*Dana/)
  expect((await exported(Q4, 'application/pdf')).headers.get('content-type')).toBe('application/pdf')
  expect(await (await exported('Cloud budget 2026', 'text/csv')).text()).toContain('October,8200,8611')
})

test('what cannot be exported says why', async () => {
  expect(await reasonOf(await exported(Q4))).toBe('400 required')
  expect(await reasonOf(await exported(Q4, 'image/gif'))).toBe('400 badRequest')
  expect(await reasonOf(await exported('Carrier contract (signed).pdf', 'text/plain'))).toBe('403 fileNotExportable')
  expect(await reasonOf(await exported('Security review 2026', 'text/plain'))).toBe('403 cannotExportFile')
  expect(await reasonOf(await exported('All meeting notes 2019 to 2025', 'text/plain'))).toBe(
    '403 exportSizeLimitExceeded',
  )
})

test('about answers only what is asked for, and refuses to be asked for nothing', async () => {
  const fields = 'user(displayName,emailAddress,permissionId,photoLink)'
  const { user } = await (await google.drive('/about', token, { fields })).json()
  expect(user).toEqual({
    displayName: 'Dana Kowalski',
    emailAddress: DANA,
    permissionId: expect.stringMatching(/^06\d{18}$/),
    photoLink: expect.stringMatching(/^http/),
  })
  expect((await fetch(user.photoLink)).headers.get('content-type')).toBe('image/svg+xml')
  const refused = await (await google.drive('/about', token)).json()
  expect(refused.error).toMatchObject({
    code: 400,
    message: "The 'fields' parameter is required for this method.",
    errors: [{ reason: 'required', location: 'fields' }],
  })
})

test('changes come page by page; only the last page says where to begin next', async () => {
  const start = async () => (await (await google.drive('/changes/startPageToken', token)).json()).startPageToken
  const changes = async (query: Record<string, string>) => (await google.drive('/changes', token, query)).json()
  const from = await start()
  expect(from).toBe('2323')
  expect(await changes({ pageToken: from })).toEqual({ kind: 'drive#changeList', newStartPageToken: from, changes: [] })
  const [shared, lost] = [await google.idOf(token, Q4), await google.idOf(token, 'Interview notes: support team')]
  await google.set({
    files: [
      { id: shared, name: 'Q4 plan' },
      { id: lost, share: { [DANA]: null } },
    ],
  })
  const first = await changes({ pageToken: from, pageSize: '1' })
  expect(first).toMatchObject({ changes: [{ fileId: shared, removed: false, file: { name: 'Q4 plan' } }] })
  expect(first).not.toHaveProperty('newStartPageToken')
  const last = await changes({ pageToken: first.nextPageToken })
  expect(last.changes.at(-1)).toMatchObject({ fileId: lost, removed: true, changeType: 'file' })
  expect(last).not.toHaveProperty('nextPageToken')
  expect(last.newStartPageToken).toBe(await start())
  expect((await changes({ pageToken: from, includeRemoved: 'false' })).changes).toHaveLength(1)
  expect((await google.drive('/changes', token)).status).toBe(400)
  expect((await google.drive('/changes', token, { pageToken: 'x' })).status).toBe(400)
})
