import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, googleClient, refusalOf } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)
let token: string

beforeEach(async () => {
  token = (await google.tokens()).access_token
})
const Q4 = 'Q4 plan: fewer failed orders'
const OLD = 'Q2 plan (old)'
const list = async (query: Record<string, string>, by = token) => (await google.drive('/files', by, query)).json()
const refusal = async (query: Record<string, string>, path = '/files'): Promise<string> =>
  refusalOf(await google.drive(path, token, query))

test('without fields a list has four fields of each file, with them exactly these', async () => {
  const { files, ...rest } = await list({ pageSize: '3' })
  expect(rest).toEqual({ kind: 'drive#fileList', incompleteSearch: false, nextPageToken: expect.any(String) })
  for (const file of files) expect(Object.keys(file)).toEqual(['kind', 'id', 'name', 'mimeType'])
  const some = await list({
    q: `name = '${Q4}'`,
    fields: 'files(id,owners/displayName,lastModifyingUser(displayName,me))',
  })
  expect(some).toEqual({
    files: [
      {
        id: expect.stringMatching(/^1\w{43}$/),
        owners: [{ displayName: 'Dana Kowalski' }],
        lastModifyingUser: { displayName: 'Sam Okafor', me: false },
      },
    ],
  })
  expect((await list({ fields: '*' })).files[0]).toHaveProperty('webViewLink')
  expect((await list({ fields: 'files' })).files[0]).toHaveProperty('capabilities.canEdit')
  expect(await list({ fields: '' })).toEqual({})
})

test('a field that does not exist is refused, wherever it stands', async () => {
  for (const fields of [
    'items',
    'files(id,title)',
    'files/owners/nick',
    'files(id',
    'files(id))',
    'files(id/name)',
    ',',
  ]) {
    expect(await refusal({ fields })).toBe('400 invalidParameter fields')
  }
})

test.each([
  [`name = '${Q4}'`, [Q4]],
  ["name contains 'Q4'", [Q4]],
  ["name contains 'few orders'", [Q4]],
  ["name contains 'ewer'", []],
  ["mimeType = 'application/vnd.google-apps.presentation'", ['Board meeting November']],
  ["mimeType contains 'image/'", ['acme-logo.png']],
  ["name contains 'plan' and trashed = false", [Q4]],
  ["name contains 'plan' and not trashed = false", [OLD]],
  ["name contains 'plan' and trashed != false", [OLD]],
  ['starred = true', [Q4]],
  ["fullText contains 'jitter' and not 'me' in owners", ['Job queue: design']],
  ["fullText contains 'jitt'", []],
  [`fullText contains '"dead letters"'`, ['Job queue: design']],
  [`fullText contains '"letters dead"'`, []],
  ["fullText contains 'dead letters retry'", ['Job queue: design']],
  ["'lee@park.example' in owners", ['Statement of work: scanner app']],
  ["sharedWithMe and mimeType contains 'image'", ['acme-logo.png']],
  ["sharedWithMe = true and 'priya@acme.example' in owners and name contains 'Int'", ['Interview notes: support team']],
  ["'sam@acme.example' in writers and mimeType != 'application/vnd.google-apps.document'", ['Engineering']],
  // from left to right: the last condition holds for all of it
  ["name contains 'Q4' or name contains 'Q2' and trashed = true", [OLD]],
  ["name contains 'Q4' or (name contains 'Q2' and trashed = true)", [Q4, OLD]],
  [String.raw`name contains 'It\'s \\ gone'`, []],
])('q: %s', async (q, expected) => {
  expect((await google.names(token, q)).toSorted()).toEqual(expected.toSorted())
})

test('times are compared with and without a zone', async () => {
  const [file] = (await list({ q: `name = '${Q4}'`, fields: 'files(modifiedTime)' })).files
  const at = file.modifiedTime
  const found = (q: string) => google.names(token, `name = '${Q4}' and ${q}`).then((names) => names.length)
  expect(await found(`modifiedTime = '${at}'`)).toBe(1)
  expect(await found(`modifiedTime = '${at.replace('Z', '')}'`)).toBe(1)
  expect(await found(`modifiedTime > '${at}'`)).toBe(0)
  expect(await found(`(modifiedTime < '2020-01-01' or viewedByMeTime > '2020-01-01T00:00:00+02:00')`)).toBe(1)
})

test.each([
  'title = "x"',
  "title = 'x'",
  "id = 'x'",
  "name like 'x'",
  "name < 'x'",
  "name contains 'x",
  "name contains 'it's'",
  "name contains 'x' AND trashed = false",
  "fullText = 'x'",
  "trashed = 'false'",
  'trashed = no',
  'sharedWithMe = false',
  "modifiedTime > 'yesterday'",
  'modifiedTime > 2026',
  "parents in 'root'",
  "'root' in names",
  "(name = 'x'",
  "name = 'x')",
  "name = 'x' and",
  "name = 'x' name = 'y'",
])('q is refused: %s', async (q) => {
  expect(await refusal({ q })).toBe('400 invalid q')
})

test('lists come newest first, or in the order asked for, but a full text search only by how well it fits', async () => {
  const everything = await google.names(token, 'trashed = false')
  expect(everything[0]).toBe(Q4)
  const byName = await google.names(token, 'trashed = false', { orderBy: 'folder,name desc' })
  expect(byName.slice(0, 2)).toEqual(['People', 'Engineering'])
  const rest = byName.slice(2)
  expect(rest).toEqual(rest.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? 1 : -1)))
  expect((await google.names(token, "fullText contains 'plan'"))[0]).toMatch(/plan/i)
  expect(await refusal({ orderBy: 'title' })).toBe('400 invalid orderBy')
  expect(await refusal({ orderBy: 'name asc' })).toBe('400 invalid orderBy')
  const q = "fullText contains 'plan'"
  expect(await refusal({ q, orderBy: 'modifiedTime desc' })).toBe('403 forbidden orderBy')
})

test('pages follow one another without a gap, and the last has no token', async () => {
  await google.set({ fill: { owner: DANA, prefix: 'Filler', count: 250 } })
  const seen: string[] = []
  const sizes: number[] = []
  let pageToken: string | undefined
  do {
    const page = await list({ q: "name contains 'Filler'", ...(pageToken === undefined ? {} : { pageToken }) })
    seen.push(...page.files.map(({ id }: { id: string }) => id))
    sizes.push(page.files.length)
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  expect(sizes).toEqual([100, 100, 50])
  expect(new Set(seen).size).toBe(250)
})

test('a page token is refused when it is not one, is of another list, or is of yesterday', async () => {
  expect(await refusal({ pageToken: 'BOGUS' })).toBe('400 invalid pageToken')
  const { nextPageToken } = await list({ pageSize: '2' })
  expect((await list({ pageSize: '2', pageToken: nextPageToken })).files).toHaveLength(2)
  expect(await refusal({ pageToken: nextPageToken, q: 'trashed = false' })).toBe('400 invalid pageToken')
  await google.control.clock(86_400)
  token = (await google.tokens({ prompt: 'consent' })).access_token
  expect(await refusal({ pageToken: nextPageToken })).toBe('400 invalid pageToken')
})

test('a page has 1 to 1000 files', async () => {
  expect(await refusal({ pageSize: '0' })).toBe('400 invalidParameter pageSize')
  expect(await refusal({ pageSize: '1001' })).toBe('400 invalidParameter pageSize')
  expect(await refusal({ pageSize: 'NOPE' })).toBe('400 invalid pageSize')
})

test('a shortcut names its target; size is text; a file of another kind is downloaded, a document is not', async () => {
  const fields = 'files(id,mimeType,size,shortcutDetails)'
  const [shortcut] = (await list({ q: "mimeType = 'application/vnd.google-apps.shortcut'", fields })).files
  expect(shortcut.shortcutDetails.targetMimeType).toBe('application/vnd.google-apps.document')
  const target = await google.drive(`/files/${shortcut.shortcutDetails.targetId}`, token, { supportsAllDrives: 'true' })
  expect((await target.json()).name).toBe('Product roadmap')
  const [pdf] = (await list({ q: "mimeType = 'application/pdf'", fields })).files
  expect(pdf.size).toBe('284113')
  const media = await google.drive(`/files/${pdf.id}`, token, { alt: 'media' })
  expect([media.headers.get('content-type'), (await media.arrayBuffer()).byteLength]).toEqual([
    'application/pdf',
    284_113,
  ])
  const id = await google.idOf(token, Q4)
  expect(await refusal({ alt: 'media' }, `/files/${id}`)).toBe('403 fileNotDownloadable alt')
})
