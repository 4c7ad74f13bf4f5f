import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, day, inPath, type Recorded, type RecordingFile, zoomClient } from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)
let token: string

beforeEach(async () => {
  token = await zoom.tokenFor()
})

const REVIEW = 'Incident review: retry storm'
const NONE = [404, 3301, 'There is no recording for this meeting.']
const topics = (recordings: readonly Recorded[]) => recordings.map(({ topic }) => topic)
const recorded = async (topic: string): Promise<Recorded> => {
  const found = (await zoom.recordings(token)).find((one) => one.topic === topic)
  if (!found) throw new Error(`no ${topic}`)
  return found
}
const fileOf = ({ recording_files }: Recorded, type: string): RecordingFile => {
  const found = recording_files.find(({ file_type }) => file_type === type)
  if (!found) throw new Error(`no ${type}`)
  return found
}
const download = (address: string, bearer?: string, redirect: 'follow' | 'manual' = 'follow') =>
  fetch(address, { redirect, headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } })
const transcriptOf = (id: string | number) => zoom.read(`/meetings/${id}/transcript`, token)

test('recordings of a month are listed, the latest first, with their files', async () => {
  const list = await zoom.recordings(token)
  expect(topics(list)).toEqual([
    'Carrier portal demo with Globex',
    'Office hours',
    'Dana Kowalski’s Zoom Meeting',
    'Weekly platform sync',
    REVIEW,
    'Weekly platform sync',
  ])
  const last = list.at(-1)
  expect(last?.recording_files.map(({ file_type }) => file_type)).toEqual(['MP4', 'M4A', 'CHAT', 'TRANSCRIPT'])
  expect(last).toMatchObject({ type: '8', duration: 45, recording_count: 4 })
  expect(last?.recording_files.every(({ download_url }) => download_url.startsWith(zoom.web))).toBe(true)
})

test('without days only today is looked at', async () => {
  const answer = await zoom.read('/users/me/recordings', token)
  expect([answer.from === answer.to, answer.from]).toEqual([true, day(0)])
  expect([answer.meetings, answer.next_page_token]).toEqual([[], ''])
  const { topic, start_time } = await recorded(REVIEW)
  const on = start_time.slice(0, 10)
  expect(topics(await zoom.recordings(token, on, on))).toEqual([topic])
})

test('more than a month is cut to its last month without a word', async () => {
  expect(topics(await zoom.recordings(token, day(-80), day(-60)))).toEqual(['Architecture day'])
  const answer = await zoom.read(`/users/me/recordings?from=${day(-80)}&to=${day(0)}`, token)
  expect([answer.from, answer.to]).toEqual([day(-80), day(0)])
  expect(topics(answer.meetings)).not.toContain('Architecture day')
  expect(answer.meetings).toHaveLength(6)
})

test('a Basic user has no recordings, nor has a free account or who turned recording off', async () => {
  const total = async (account: string) => (await zoom.recordings(await zoom.tokenFor(account))).length
  expect([await total('priya@acme.example'), await total('lee@park.example')]).toEqual([0, 0])
  const { id } = await recorded(REVIEW)
  await zoom.set({ person: { email: DANA, cloudRecording: false } })
  expect(await zoom.recordings(token)).toEqual([])
  expect(await zoom.refusal(`/meetings/${id}/recordings`, token)).toEqual(NONE)
  await zoom.set({ person: { email: DANA, cloudRecording: true, type: 1 } })
  expect(await zoom.recordings(token)).toEqual([])
})

test('a recording is asked for by its meeting’s number, which is the latest, or by the uuid of one', async () => {
  const [later, earlier] = (await zoom.recordings(token)).filter(({ topic }) => topic === 'Weekly platform sync')
  expect((await zoom.read(`/meetings/${later?.id}/recordings`, token)).uuid).toBe(later?.uuid)
  const one = await zoom.read(`/meetings/${inPath(earlier?.uuid ?? '')}/recordings`, token)
  expect([one.uuid, one.id]).toEqual([earlier?.uuid, later?.id])
  const { uuid } = await recorded(REVIEW)
  const statusOf = async (path: string) => (await zoom.get(`/meetings/${path}/recordings`, token)).status
  expect([await statusOf(encodeURIComponent(uuid)), await statusOf(inPath(uuid))]).toEqual([404, 200])
})

test('a meeting that was not recorded, is to come, or is somebody else’s has no recording; an unknown one does not exist', async () => {
  const sam = await zoom.tokenFor('sam@acme.example')
  const [alerts] = await zoom.recordings(sam)
  const upcoming = (await zoom.meetings(token)).find(({ topic }) => topic === 'Quarterly planning')
  for (const id of [alerts?.id, upcoming?.id]) {
    expect(await zoom.refusal(`/meetings/${id}/recordings`, token)).toEqual(NONE)
    expect(await zoom.refusal(`/meetings/${id}/transcript`, token)).toEqual(NONE)
  }
  expect((await zoom.refusal('/meetings/12345678901/recordings', token)).slice(0, 2)).toEqual([404, 3001])
})

test('a trashed recording is not listed, and one that is deleted is gone', async () => {
  const { id } = await recorded(REVIEW)
  await zoom.set({ recording: { meeting: REVIEW, trashed: true } })
  expect(topics(await zoom.recordings(token))).not.toContain(REVIEW)
  expect(await zoom.refusal(`/meetings/${id}/recordings`, token)).toEqual(NONE)
  expect((await transcriptOf(id)).download_restriction_reason).toBe('DELETED_OR_TRASHED')
  await zoom.set({ recording: { meeting: REVIEW, deleted: true } })
  expect(await zoom.refusal(`/meetings/${id}/transcript`, token)).toEqual(NONE)
})

test('a transcript says where it is, or why there is none', async () => {
  const { id, uuid } = await recorded(REVIEW)
  expect(await transcriptOf(id)).toEqual({
    meeting_id: uuid,
    meeting_topic: REVIEW,
    transcript_created_time: expect.stringMatching(/Z$/),
    can_download: true,
    download_url: fileOf(await recorded(REVIEW), 'TRANSCRIPT').download_url,
    download_restriction_reason: null,
  })
  for (const [transcript, reason] of [
    ['processing', 'NOT_READY'],
    ['none', 'NO_TRANSCRIPT_DATA'],
    ['unsupported', 'UNSUPPORTED'],
  ] as const) {
    await zoom.set({ recording: { meeting: REVIEW, transcript } })
    const told = await transcriptOf(id)
    expect([told.can_download, told.download_url, told.download_restriction_reason]).toEqual([false, null, reason])
    expect((await recorded(REVIEW)).recording_files.map(({ file_type }) => file_type)).toEqual(['MP4', 'M4A'])
  }
})

test('a transcript is WebVTT that names who speaks, as long as its file says', async () => {
  const file = fileOf(await recorded(REVIEW), 'TRANSCRIPT')
  const response = await download(file.download_url, token)
  const text = await response.text()
  expect([response.headers.get('content-type'), Buffer.byteLength(text)]).toEqual([
    'text/vtt; charset=utf-8',
    file.file_size,
  ])
  expect(text).toMatch(/^WEBVTT\r\n\r\n1\r\n00:00:03\.120 --> 00:00:09\.480\r\nSam Okafor: At 03:12 the carrier/)
})

test('a download leads on to another address, which needs no token and is good for a minute', async () => {
  const { download_url } = fileOf(await recorded(REVIEW), 'MP4')
  const led = await download(download_url, token, 'manual')
  const location = led.headers.get('location') ?? ''
  expect([led.status, (await download(location)).status]).toEqual([302, 200])
  expect((await download(location.replace(/ticket=.*/, 'ticket=wrong'))).status).toBe(403)
  await zoom.control.clock(61)
  expect((await download(location)).status).toBe(403)
  await zoom.set({ downloads: 'direct' })
  expect((await download(download_url, token, 'manual')).status).toBe(200)
})

test('a file opens to its host’s token, in the header only, and to nobody else’s', async () => {
  const { download_url } = fileOf(await recorded(REVIEW), 'TRANSCRIPT')
  const sam = await zoom.tokenFor('sam@acme.example')
  const statusOf = async (address: string, bearer?: string) => (await download(address, bearer)).status
  expect([await statusOf(download_url), await statusOf(`${download_url}?access_token=${token}`)]).toEqual([401, 401])
  expect([await statusOf(download_url, sam), await statusOf(download_url, token)]).toEqual([401, 200])
  expect(await statusOf(`${zoom.web}/rec/download/nothing`, token)).toBe(404)
  await zoom.control.clock(3601)
  expect(await statusOf(download_url, token)).toBe(401)
})

test('a file takes the scope of recording files; the one of a transcript opens that alone; that of a recording nothing', async () => {
  const found = await recorded(REVIEW)
  const addresses = ['MP4', 'TRANSCRIPT'].map((type) => fileOf(found, type).download_url)
  const statuses = async (scope: string) => {
    await zoom.set({ grantScopes: [scope] })
    const narrow = await zoom.tokenFor()
    return Promise.all(addresses.map(async (address) => (await download(address, narrow)).status))
  }
  expect(await statuses('cloud_recording:read:list_recording_files')).toEqual([200, 200])
  expect(await statuses('cloud_recording:read:meeting_transcript')).toEqual([401, 200])
  expect(await statuses('cloud_recording:read:recording')).toEqual([401, 401])
})

test('a download token is given on request, for its time and its recording alone', async () => {
  const { id } = await recorded(REVIEW)
  const path = `/meetings/${id}/recordings`
  expect(await zoom.read(path, token)).not.toHaveProperty('download_access_token')
  const { download_access_token, recording_files } = await zoom.read(
    `${path}?include_fields=download_access_token&ttl=60`,
    token,
  )
  const other = fileOf(await recorded('Weekly platform sync'), 'MP4')
  const statusOf = async ({ download_url }: RecordingFile) =>
    (await download(download_url, download_access_token)).status
  expect([await statusOf(recording_files[0]), await statusOf(other)]).toEqual([200, 401])
  expect((await zoom.refusal('/users/me', download_access_token))[0]).toBe(401)
  await zoom.control.clock(61)
  expect(await statusOf(recording_files[0])).toBe(401)
  for (const ttl of ['604801', '-1', 'week'])
    expect((await zoom.refusal(`${path}?ttl=${ttl}`, token)).slice(0, 2)).toEqual([400, 300])
})

test('a recording made by control is there once its meeting is over', async () => {
  const startsAt = new Date(Date.now() + 3_600_000).toISOString()
  const recording = { lines: ['Dana Kowalski: One thing.'], chat: ['Dana Kowalski: a link'] }
  const made = await zoom.set({ meeting: { host: DANA, topic: 'Soon', startsAt, minutes: 10, type: 1, recording } })
  expect(await zoom.refusal(`/meetings/${String(made.id)}/recordings`, token)).toEqual(NONE)
  await zoom.set({ tokenSeconds: 86_400 })
  const longer = await zoom.tokenFor()
  await zoom.control.clock(2 * 3600)
  const answer = await zoom.read(`/meetings/${String(made.id)}/recordings`, longer)
  expect([answer.uuid, answer.type, answer.recording_count]).toEqual([made.uuid, '1', 4])
})

test('the pages that answers link to are there, and a person removes the app on one', async () => {
  const found = await recorded(REVIEW)
  const html = await (await fetch(fileOf(found, 'MP4').play_url ?? '')).text()
  expect(html).toContain('every worker tried again in the same second')
  const [{ join_url = '' } = {}]: { join_url?: string }[] = (await zoom.read('/users/me/meetings', token)).meetings
  expect((await fetch(join_url)).status).toBe(200)
  expect(await (await fetch(`${zoom.web}/meeting/${found.id}`)).text()).toContain(REVIEW)
  const installed = `${zoom.web}/user/installed`
  expect(await (await fetch(installed)).text()).toContain(`Uninstall Plugboard of ${DANA}`)
  const left = await fetch(installed, { method: 'POST', body: new URLSearchParams({ account: DANA }) })
  expect(await left.text()).toContain('No apps are added.')
  expect((await zoom.get('/users/me', token)).status).toBe(401)
})
