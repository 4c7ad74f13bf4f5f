import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, inPath, type ListedMeeting, zoomClient } from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)

const LEE = 'lee@park.example'
const topics = (meetings: readonly ListedMeeting[]) => meetings.map(({ topic }) => topic)
const invalidField = (field: string) => [400, 300, `Validation Failed: ${field}.`]
const noMeeting = (id: string) => [404, 3001, `Meeting does not exist: ${id}.`]
/** A time this many minutes from now. */
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
/** The last time that a meeting of Dana's took place. */
const lastOf = async (token: string, topic: string) => {
  const found = (await zoom.meetings(token, '&type=previous_meetings')).find((one) => one.topic === topic)
  if (!found) throw new Error(`no ${topic}`)
  return found
}

test('only what the person hosts is listed, each meeting once, none that was instant', async () => {
  const listed = await zoom.meetings(await zoom.tokenFor())
  expect(topics(listed).toSorted()).toEqual([
    'Carrier portal demo with Globex',
    'Incident review: retry storm',
    'Office hours',
    'Payroll cut-over rehearsal',
    'Quarterly planning',
    'Sound check',
    'Weekly platform sync',
  ])
  expect(listed.every(({ id }) => id > 2 ** 32 && String(id).length === 11)).toBe(true)
  const noTime = listed.find(({ type }) => type === 3)
  expect(noTime?.topic).toBe('Office hours')
  expect(noTime).not.toHaveProperty('start_time')
  expect(topics(await zoom.meetings(await zoom.tokenFor('priya@acme.example')))).toEqual(['Design critique'])
})

test('a scheduled meeting stays listed for thirty days after it was held', async () => {
  const token = await zoom.tokenFor()
  const hasDemo = async () => topics(await zoom.meetings(token)).includes('Carrier portal demo with Globex')
  expect(await hasDemo()).toBe(true)
  await zoom.set({ tokenSeconds: 60 * 86_400 })
  await zoom.control.clock(29 * 86_400)
  expect(topics(await zoom.meetings(await zoom.tokenFor()))).not.toContain('Carrier portal demo with Globex')
})

test('upcoming ones come in order, with the one that is live only in the one list', async () => {
  await zoom.set({ meeting: { host: DANA, topic: 'Right now', startsAt: inMinutes(-30), minutes: 60 } })
  const token = await zoom.tokenFor()
  const rest = ['Weekly platform sync', 'Quarterly planning', 'Payroll cut-over rehearsal']
  expect(topics(await zoom.meetings(token, '&type=upcoming'))).toEqual(['Right now', ...rest])
  expect(topics(await zoom.meetings(token, '&type=upcoming_meetings'))).toEqual(rest)
  expect(topics(await zoom.meetings(token, '&type=live'))).toEqual(['Right now'])
  await zoom.control.clock(31 * 60)
  expect(await zoom.meetings(token, '&type=live')).toEqual([])
})

test('previous ones are each time that one was held, the latest first, of half a year', async () => {
  const previous = await zoom.meetings(await zoom.tokenFor(), '&type=previous_meetings')
  const syncs = previous.filter(({ topic }) => topic === 'Weekly platform sync')
  expect([syncs.length, new Set(syncs.map(({ uuid }) => uuid)).size, new Set(syncs.map(({ id }) => id)).size]).toEqual([
    4, 4, 1,
  ])
  const times = previous.flatMap(({ start_time }) => start_time ?? [])
  expect(times).toEqual(times.toSorted().toReversed())
  expect(topics(previous)).toContain('Architecture day')
  expect(topics(previous)).not.toContain('Retrospective of last year')
})

test('a list can be narrowed to days, in a time zone', async () => {
  const token = await zoom.tokenFor()
  const planning = (await zoom.meetings(token)).find(({ topic }) => topic === 'Quarterly planning')
  const on = String(planning?.start_time).slice(0, 10)
  expect(topics(await zoom.meetings(token, `&from=${on}&to=${on}`))).toEqual(['Quarterly planning'])
  // Ten in the morning in UTC is the day before at no place, and the next day only where it is fourteen hours later.
  expect(await zoom.meetings(token, `&from=${on}&to=${on}&timezone=Pacific/Kiritimati`)).toEqual([])
  expect(await zoom.refusal(`/users/me/meetings?timezone=Nowhere/Else`, token)).toEqual(invalidField('timezone'))
})

test('a kind, a day and a size that there is not are refused', async () => {
  const token = await zoom.tokenFor()
  for (const [query, field] of [
    ['type=past', 'type'],
    ['type=constructor', 'type'],
    ['from=2026-2-1', 'from'],
    ['to=2026-02-31', 'to'],
    ['from=2026-02-02&to=2026-02-01', 'from'],
    ['page_size=301', 'page_size'],
    ['page_size=0', 'page_size'],
    ['page_size=many', 'page_size'],
  ])
    expect(await zoom.refusal(`/users/me/meetings?${query}`, token)).toEqual(invalidField(field ?? ''))
})

test('pages are thirty long and go on by a token, which is empty on the last', async () => {
  await zoom.set({ fill: { host: DANA, count: 60 } })
  const token = await zoom.tokenFor()
  const path = '/users/me/meetings?type=upcoming'
  const first = await zoom.read(path, token)
  expect(first).toMatchObject({ page_size: 30, page_number: 1, page_count: 3, total_records: 63 })
  const second = await zoom.read(`${path}&next_page_token=${first.next_page_token}`, token)
  const third = await zoom.read(`${path}&next_page_token=${second.next_page_token}`, token)
  expect([second.page_number, third.meetings.length, third.next_page_token]).toEqual([2, 3, ''])
  const all = [first, second, third].flatMap(({ meetings }) => meetings.map(({ uuid }: ListedMeeting) => uuid))
  expect(new Set(all).size).toBe(63)
  const byNumber = await zoom.read(`${path}&page_number=3`, token)
  expect(byNumber.meetings).toEqual(third.meetings)
})

test('a page token is for fifteen minutes, and for the same question of the same person', async () => {
  await zoom.set({ fill: { host: DANA, count: 3 } })
  const [dana, sam] = [await zoom.tokenFor(), await zoom.tokenFor('sam@acme.example')]
  const path = '/users/me/meetings?page_size=2'
  const next = `&next_page_token=${(await zoom.read(path, dana)).next_page_token}`
  const expired = [400, 300, 'The next page token is invalid or expired.']
  expect((await zoom.get(path + next, dana)).status).toBe(200)
  expect(await zoom.refusal(path + next, sam)).toEqual(expired)
  expect(await zoom.refusal(`${path}&type=upcoming${next}`, dana)).toEqual(expired)
  expect(await zoom.refusal(`${path}&next_page_token=wrong`, dana)).toEqual(expired)
  await zoom.control.clock(15 * 60 + 1)
  expect(await zoom.refusal(path + next, dana)).toEqual(expired)
})

test('a past meeting is asked for by its number, which is the latest time, or by the uuid of one', async () => {
  const token = await zoom.tokenFor()
  const previous = (await zoom.meetings(token, '&type=previous_meetings')).filter(({ type }) => type === 8)
  const [latest, earlier] = previous
  const byNumber = await zoom.read(`/past_meetings/${latest?.id}`, token)
  expect(byNumber).toMatchObject({ uuid: latest?.uuid, participants_count: 4, user_email: DANA, duration: 45 })
  const byUuid = await zoom.read(`/past_meetings/${inPath(earlier?.uuid ?? '')}`, token)
  expect([byUuid.uuid, byUuid.id]).toEqual([earlier?.uuid, latest?.id])
  expect(Date.parse(byUuid.end_time) - Date.parse(byUuid.start_time)).toBe(45 * 60_000)
})

test('a uuid whose slashes would break off is encoded twice, any other once', async () => {
  const token = await zoom.tokenFor()
  const statusOf = async (path: string) => (await zoom.get(`/past_meetings/${path}`, token)).status
  const [review, demo] = ['Incident review: retry storm', 'Carrier portal demo with Globex']
  for (const { uuid } of [await lastOf(token, review), await lastOf(token, demo)]) {
    const once = encodeURIComponent(uuid)
    expect([uuid, await statusOf(once), await statusOf(encodeURIComponent(once))]).toEqual([uuid, 404, 200])
  }
  const instant = 'Yb+8s1cQRm2u/7vJpD5kXg=='
  const once = encodeURIComponent(instant)
  expect([await statusOf(instant), await statusOf(once), await statusOf(encodeURIComponent(once))]).toEqual([
    404, 200, 404,
  ])
  expect(await statusOf('%25')).toBe(404)
})

test('a meeting that was not held yet, is nobody’s, is somebody else’s or was a year ago is no past meeting', async () => {
  const [dana, sam] = [await zoom.tokenFor(), await zoom.tokenFor('sam@acme.example')]
  const planning = (await zoom.meetings(dana)).find(({ topic }) => topic === 'Quarterly planning')
  const alerts = await lastOf(sam, 'Queue depth alerts')
  const old = await zoom.set({
    meeting: { host: DANA, topic: 'Long ago', startsAt: new Date(Date.now() - 366 * 86_400_000).toISOString() },
  })
  for (const rest of ['', '/participants']) {
    const refusal = (id: unknown) => zoom.refusal(`/past_meetings/${String(id)}${rest}`, dana)
    expect(await refusal(planning?.id)).toEqual(noMeeting(String(planning?.id)))
    expect(await refusal('12345678901')).toEqual(noMeeting('12345678901'))
    expect(await refusal(alerts.id)).toEqual([400, 300, 'Cannot access meeting information.'])
    expect(await refusal(old.id)).toEqual([400, 12702, 'Can not access a meeting a year ago.'])
  }
})

test('participants are for paid accounts, with e-mails of the own account only, and nobody when the host was alone', async () => {
  const token = await zoom.tokenFor()
  const sync = await lastOf(token, 'Weekly platform sync')
  const { participants } = await zoom.read(`/past_meetings/${sync.id}/participants`, token)
  expect(participants.map((one: { name: string; user_email: string }) => [one.name, one.user_email])).toEqual([
    ['Dana Kowalski', DANA],
    ['Sam Okafor', 'sam@acme.example'],
    ['Priya Nair', 'priya@acme.example'],
    ['Lee Park', ''],
  ])
  const alone = await lastOf(token, 'Sound check')
  expect((await zoom.read(`/past_meetings/${alone.id}/participants`, token)).participants).toEqual([])
  const lee = await zoom.tokenFor(LEE)
  const intro = await lastOf(lee, 'Intro: backend work')
  const { account_id } = await zoom.read('/users/me', lee)
  expect(await zoom.refusal(`/past_meetings/${intro.id}/participants`, lee)).toEqual([
    400,
    200,
    `Only available for paid account: ${account_id}`,
  ])
  expect((await zoom.read(`/past_meetings/${intro.id}`, lee)).topic).toBe('Intro: backend work')
})
