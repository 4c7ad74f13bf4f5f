import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, FILES_ONLY, googleClient, refusalOf } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)
let token: string

beforeEach(async () => {
  token = (await google.tokens()).access_token
})

const SAM = 'sam@acme.example'
const EVERYWHERE = { supportsAllDrives: 'true', includeItemsFromAllDrives: 'true' }
const Q4 = 'Q4 plan: fewer failed orders'
const as = async (account: string, scope?: string): Promise<string> =>
  (await google.tokens(scope === undefined ? {} : { scope }, account)).access_token
const list = async (query: Record<string, string>, by = token) => (await google.drive('/files', by, query)).json()
const refusal = async (query: Record<string, string>, path = '/files'): Promise<string> =>
  refusalOf(await google.drive(path, token, query))

test('everybody sees what is theirs and what is shared with them', async () => {
  const sam = await as(SAM)
  expect(await google.names(sam, "name contains 'Salary' or name contains 'Recipes'")).toEqual([])
  expect(await google.names(sam, `name = '${Q4}'`)).toEqual([Q4])
  const salaries = await google.idOf(token, 'Salary bands 2027 (draft)')
  const response = await google.drive(`/files/${salaries}`, sam)
  expect([response.status, await response.json()]).toEqual([
    404,
    {
      error: {
        code: 404,
        message: `File not found: ${salaries}.`,
        errors: [
          {
            message: `File not found: ${salaries}.`,
            domain: 'global',
            reason: 'notFound',
            location: 'fileId',
            locationType: 'parameter',
          },
        ],
      },
    },
  ])
  expect(await refusal({}, '/files/1nothing')).toBe('404 notFound fileId')
})

test('a person’s own corpus has of a shared drive only what they opened, and only when it is asked for', async () => {
  const drives =
    "name contains 'roadmap' and mimeType != 'application/vnd.google-apps.shortcut' or name contains 'Usability'"
  expect(await google.names(token, drives)).toEqual([])
  expect(await google.names(token, drives, { ...EVERYWHERE, corpora: 'user' })).toEqual(['Product roadmap'])
  const all = ['Product roadmap', 'Usability study: returns']
  expect((await google.names(token, drives, { ...EVERYWHERE, corpora: 'allDrives' })).toSorted()).toEqual(all)
  const { drives: own } = await (await google.drive('/drives', token)).json()
  expect(own).toEqual([{ kind: 'drive#drive', id: expect.stringMatching(/^0A\w+Uk9PVA$/), name: 'Product' }])
  const inDrive = { ...EVERYWHERE, corpora: 'drive', driveId: own[0].id }
  expect((await google.names(token, drives, inDrive)).toSorted()).toEqual(all)
  const lee = await as('lee@park.example')
  expect((await google.drive('/files', lee, inDrive)).status).toBe(404)
  expect((await google.drive(`/drives/${own[0].id}`, lee)).status).toBe(404)
})

test('the parameters of shared drives go together', async () => {
  expect(await refusal({ includeItemsFromAllDrives: 'true' })).toBe('400 invalid includeItemsFromAllDrives')
  expect(await refusal({ corpora: 'allDrives' })).toBe('400 invalid includeItemsFromAllDrives')
  expect(await refusal({ ...EVERYWHERE, corpora: 'drive' })).toBe('400 invalid driveId')
  expect(await refusal({ ...EVERYWHERE, driveId: 'x' })).toBe('400 invalid driveId')
  expect(await refusal({ corpora: 'everything' })).toBe('400 invalid corpora')
})

test('a file of a shared drive is there only for who says that they know shared drives, and has no owner', async () => {
  const id = await google.idOf(token, 'Usability study: returns')
  expect((await google.drive(`/files/${id}`, token)).status).toBe(404)
  const file = await (await google.drive(`/files/${id}`, token, { fields: '*', supportsAllDrives: 'true' })).json()
  expect(file).toMatchObject({ driveId: expect.stringMatching(/^0A/), capabilities: { canEdit: true } })
  expect(file).not.toHaveProperty('owners')
})

test('a search of all drives may say that it is incomplete', async () => {
  await google.set({ incompleteSearch: true })
  expect((await list({})).incompleteSearch).toBe(false)
  expect((await list({ corpora: 'allDrives', ...EVERYWHERE })).incompleteSearch).toBe(true)
})

test('a file’s page asks for access, or shows what anyone with the link may read', async () => {
  const linkOf = async (by: string, name: string): Promise<string> =>
    (await list({ q: `name = '${name}'`, fields: 'files(webViewLink)' }, by)).files[0].webViewLink
  const locked = await linkOf(token, Q4)
  expect(locked).toMatch(/\/google-docs\/document\/d\/1\w{43}\/edit\?usp=drivesdk$/)
  const page = await (await fetch(locked)).text()
  expect(page).toContain('You need access')
  expect(page).not.toContain('Failed orders')
  const open = await linkOf(await as('priya@acme.example'), 'How we write documents')
  expect(await (await fetch(open)).text()).toContain('Say the most important thing first')
})

test('a link opens a file to anybody who has it, with its resource key where it has one, and lists it to nobody', async () => {
  const writing = await google.idOf(await as('priya@acme.example'), 'How we write documents')
  expect((await google.drive(`/files/${writing}`, token)).status).toBe(200)
  expect(await google.names(token, "name contains 'How we write'")).toEqual([])
  const guide = await google.idOf(await as('lee@park.example'), 'Carrier integration guide')
  expect((await google.drive(`/files/${guide}`, token)).status).toBe(404)
  const keys = { 'x-goog-drive-resource-keys': `${guide}/0-sAnDb0xKeyCarrierGuide1` }
  expect((await google.drive(`/files/${guide}`, token, {}, keys)).status).toBe(200)
})

test('drive.file lists almost nothing and opens only what was picked with the app', async () => {
  const id = await google.idOf(token, Q4)
  await google.control.revoke({ provider: 'google-docs', account: DANA })
  token = await as(DANA, `openid ${FILES_ONLY}`)
  expect((await list({})).files).toEqual([])
  expect(await refusal({}, `/files/${id}`)).toBe('403 appNotAuthorizedToFile Authorization')
  expect(await refusal({}, '/files/1nothing')).toBe('404 notFound fileId')
  expect((await google.document(id, token)).status).toBe(404)
  await google.set({ files: [{ id, pickedBy: [DANA] }] })
  expect(await google.names(token, 'trashed = false')).toEqual([Q4])
  expect((await google.document(id, token)).status).toBe(200)
})

test('control makes, changes, shares and deletes files', async () => {
  const made = await google.set({
    files: [{ owner: DANA, name: 'Fresh note', lines: ['# Fresh', 'Words like zeppelin'], share: { [SAM]: 'reader' } }],
  })
  const [{ id }] = made.files as [{ id: string }] // control answers the one it made
  const sam = await as(SAM)
  expect(await google.names(sam, "fullText contains 'zeppelin'")).toEqual(['Fresh note'])
  await google.set({ files: [{ id, name: 'Renamed', share: { [SAM]: null } }] })
  expect((await google.drive(`/files/${id}`, sam)).status).toBe(404)
  expect((await (await google.drive(`/files/${id}`, token)).json()).name).toBe('Renamed')
  await google.set({ removeFile: id })
  expect((await google.drive(`/files/${id}`, token)).status).toBe(404)
  await expect(google.set({ files: [{ id: 'x', name: 'y' }] })).rejects.toThrow('no file x')
})
