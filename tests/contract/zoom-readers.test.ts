import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Config } from '#lib/providers/define-api.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { refused, zoomApi, zoomFixture, zoomReader } from '#tests/support/zoom-api.ts'

const [meetings, recordings] = [zoomReader('meeting'), zoomReader('recording')]
const [meeting, recording] = [zoomFixture('meeting'), zoomFixture('recording')]
const wheels = '84410012345'
const farewell = '81150099988'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z'), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Whether anything in it may not be told: a passcode, an address of a person. */
const leaks = (told: unknown) =>
  JSON.stringify(told).match(/n0tARealPlayPasscode|N0tARealPass|n0tReal|@lathe\.example/g)

describe('meetings', () => {
  test('those that are planned and those that were are listed once each, private, the latest first', async () => {
    const { api, asked } = await zoomApi(meeting)
    const { items, nextCursor } = await meetings.list(api, {})
    expect(titles(items)).toEqual([
      'Grinding wheels, weekly',
      'Review of the ash bowl',
      'Farewell of the old lathe',
      'Open workshop',
    ])
    expect(nextCursor).toBeUndefined()
    expect(items.every(({ isPrivate }) => isPrivate === true)).toBe(true)
    expect(items[0]).toMatchObject({
      id: wheels,
      url: 'https://us05web.zoom.us/j/84410012345',
      excerpt: 'Stones, water, patience',
      body: { starts: '2026-11-23T09:00:00Z', minutes: 45 },
    })
    expect(items[0]).not.toHaveProperty('updatedAt') // it is still to come
    expect(leaks(items)).toBeNull()
    expect(asked()).toEqual(['GET /users/me/meetings', 'GET /users/me/meetings'])
  })

  test('a list in several pages is read to its end', async () => {
    const first = { ...(meeting['GET /users/me/meetings?type=scheduled']?.body as object), next_page_token: 't2' }
    const { api, received } = await zoomApi({
      ...meeting,
      'GET /users/me/meetings?type=scheduled': { body: { ...first, meetings: [] } },
      'GET /users/me/meetings?type=scheduled&next_page_token=t2':
        meeting['GET /users/me/meetings?type=scheduled'] ?? {},
    })
    expect((await meetings.list(api, {})).items).toHaveLength(4)
    expect(received.map(({ query }) => query.get('next_page_token')).toSorted()).toEqual([null, null, 't2'].toSorted())
  })

  test('behind more meetings than are looked through nobody says that one is not there', async () => {
    const endless = { body: { meetings: [], next_page_token: 'more' } }
    const { api, received } = await zoomApi({ 'GET /users/me/meetings': endless })
    expect((await failed(meetings.read(api, '99900011122'))).failure).toBe('unavailable')
    expect(received.length).toBeLessThan(10)
  })

  test('an agenda is told without the invitation that was pasted into it', async () => {
    const { body } = meeting['GET /users/me/meetings?type=scheduled'] ?? {}
    const [first] = (body as { meetings: object[] }).meetings // the fixture's own shape
    const agenda = 'Ask ines@lathe.example\nhttps://zoom.us/j/84410012345?pwd=n0tReal\nPasscode: n0tReal'
    const { api } = await zoomApi({
      ...meeting,
      'GET /users/me/meetings?type=scheduled': { body: { meetings: [{ ...first, agenda }] } },
    })
    const [told] = (await meetings.list(api, {})).items
    expect(told?.excerpt).toBe('Ask [e-mail address]')
  })

  test('a topic is found by its words', async () => {
    const { api } = await zoomApi(meeting)
    expect(titles((await meetings.search(api, 'WEEKLY grind', {})).items)).toEqual(['Grinding wheels, weekly'])
    expect((await meetings.search(api, 'kiln', {})).items).toEqual([])
  })

  test('one that is over and comes again tells both, who came, and where its recording is', async () => {
    const { api } = await zoomApi(meeting, { plan: 'licensed' })
    const told = await meetings.read(api, wheels)
    expect(told).toMatchObject({
      kind: 'meeting',
      title: 'Grinding wheels, weekly',
      isPrivate: true,
      body: {
        starts: '2026-11-23T09:00:00Z',
        held: '2026-11-16T09:00:05Z',
        participants: 3,
        names: ['Jon Pell', 'Ines Brandt', 'rui'],
        host: 'Jon Pell',
        recording: 'ready',
        recordingUrl: 'https://us05web.zoom.us/rec/play/mp4-notReal',
      },
    })
    expect(leaks(told)).toBeNull()
  })

  test('one that is over and planned no more is told by its last time', async () => {
    const { api } = await zoomApi(meeting)
    expect(await meetings.read(api, farewell)).toMatchObject({
      title: 'Farewell of the old lathe',
      url: `https://zoom.us/j/${farewell}`,
      updatedAt: '2026-08-02T15:01:00.000Z',
      body: { participants: 1, names: [], recording: 'none' },
    })
  })

  const plans: [Config, object][] = [
    [{ plan: 'free' }, { names: [], recording: 'not_on_plan' }],
    [{ plan: 'basic' }, { names: ['Jon Pell', 'Ines Brandt', 'rui'], recording: 'not_on_plan' }],
  ]
  test.each(plans)('on %j nothing is asked that the plan does not have', async (config, body) => {
    const { api, asked } = await zoomApi(meeting, config)
    expect((await meetings.read(api, wheels)).body).toMatchObject(body)
    expect(asked()).not.toContain(`GET /meetings/${wheels}/recordings`)
    expect(asked().includes(`GET /past_meetings/${wheels}/participants`)).toBe(config.plan === 'basic')
  })

  test('a plan that is not known yet is found out by asking', async () => {
    const paid = refused(400, 200, 'Only available for paid account: x')
    const { api } = await zoomApi({ ...meeting, [`GET /past_meetings/${wheels}/participants`]: paid })
    expect((await meetings.read(api, wheels)).body).toMatchObject({ names: [], recording: 'ready' })
  })

  test('a meeting of somebody else’s is not there, and an outage is not taken for that', async () => {
    const { api } = await zoomApi({ ...meeting, 'GET /past_meetings/99900011122': refused(400, 300) })
    expect((await failed(meetings.read(api, '99900011122'))).failure).toBe('not_found')
    const down = await zoomApi({ ...meeting, [`GET /past_meetings/${wheels}`]: { status: 500 } })
    expect((await failed(meetings.read(down.api, wheels))).failure).toBe('unavailable')
  })

  test('without the permission for what is over, what was planned is shown', async () => {
    const { api } = await zoomApi({ ...meeting, [`GET /past_meetings/${wheels}`]: refused(400, 4711) })
    const { title, body } = await meetings.read(api, wheels)
    expect([title, body]).toEqual(['Grinding wheels, weekly', { starts: '2026-11-23T09:00:00Z', minutes: 45 }])
  })
})

describe('recordings', () => {
  test('are listed month by month, each inside of its meeting, whose switch is theirs', async () => {
    const { api, received } = await zoomApi(recording)
    const { items, nextCursor } = await recordings.list(api, {})
    expect(
      items.map(({ title, containerId, isPrivate, body }) => [title, containerId, isPrivate, body?.transcript]),
    ).toEqual([
      ['Grinding wheels, weekly', wheels, true, 'ready'],
      ['Review of the ash bowl', '87720055501', true, 'none'],
    ])
    expect(leaks(items)).toBeNull()
    await recordings.list(api, nextCursor === undefined ? {} : { cursor: nextCursor })
    const windows = received.map(({ query }) => [query.get('from'), query.get('to')])
    expect(windows).toEqual([
      ['2026-10-25', '2026-11-22'],
      ['2026-09-26', '2026-10-24'],
    ])
  })

  test('half a year of them ends, with pages inside of a month', async () => {
    const empty = { body: { meetings: [], next_page_token: '' } }
    const { api, received } = await zoomApi({
      'GET /users/me/recordings': empty,
      'GET /users/me/recordings?to=2026-11-22': { body: { meetings: [], next_page_token: 'n1' } },
      'GET /users/me/recordings?to=2026-11-22&next_page_token=n1': empty,
    })
    expect(await recordings.list(api, {})).toEqual({ items: [] })
    expect(received).toHaveLength(7)
  })

  test('those of one meeting are found among all', async () => {
    const { api } = await zoomApi(recording)
    expect(titles((await recordings.list(api, { parent: '87720055501' })).items)).toEqual(['Review of the ash bowl'])
    expect((await failed(recordings.list(api, { parent: '../users' }))).failure).toBe('not_found')
  })

  test.each(['free', 'basic'])('on a %s plan there are none, and nobody is asked', async (plan) => {
    const { api, received } = await zoomApi(recording, { plan })
    expect(await recordings.list(api, {})).toEqual({ items: [] })
    expect(received).toEqual([])
  })

  test('one is read by its name, with the files that people can open, and whether a transcript is being made', async () => {
    const { api } = await zoomApi(recording)
    const { items } = await recordings.list(api, {})
    const [first, second] = items
    const one = await recordings.read(api, first?.id ?? '')
    expect(one).toMatchObject({
      id: first?.id,
      containerId: wheels,
      url: 'https://us05web.zoom.us/rec/play/mp4-notReal',
    })
    expect(one.body?.files).toEqual([
      { name: 'Audio', url: 'https://us05web.zoom.us/rec/play/m4a-notReal' },
      { name: 'Video', url: 'https://us05web.zoom.us/rec/play/mp4-notReal' },
      { name: 'Transcript', url: 'https://us05web.zoom.us/rec/play/transcript-notReal' },
    ])
    expect((await recordings.read(api, second?.id ?? '')).body?.transcript).toBe('not_ready')
    expect(leaks(one)).toBeNull()
  })

  test('whose it is says Zoom: under the number of a meeting that is allowed nobody opens another’s', async () => {
    const { api, received } = await zoomApi(recording)
    const under = (name: string) => `${wheels}~${Buffer.from(name).toString('base64url')}`
    expect((await failed(recordings.read(api, under('/hB0Kq//Tm6e2W9c5rXyAg==')))).failure).toBe('not_found')
    expect(received).toHaveLength(1)
    expect((await failed(recordings.read(api, under('87720055501')))).failure).toBe('not_found')
    expect(received).toHaveLength(1)
  })

  test('a list that leads back to itself ends', async () => {
    const again = { body: { meetings: [], next_page_token: 'n1' } }
    const { api, received } = await zoomApi({ 'GET /users/me/recordings': again })
    expect(await recordings.list(api, {})).toEqual({ items: [], nextCursor: '0.n1' })
    expect(received.length).toBeLessThan(20)
  })

  test('a place in the list that Zoom has forgotten begins that window again', async () => {
    const late = refused(400, 300, 'The next page token is invalid or expired.')
    const { api } = await zoomApi({ ...recording, 'GET /users/me/recordings?next_page_token=old': late })
    const { items } = await recordings.list(api, { cursor: '0.old' })
    expect(titles(items)).toEqual(['Grinding wheels, weekly', 'Review of the ash bowl'])
    const shut = await zoomApi({ 'GET /users/me/recordings': refused(400, 300) })
    expect((await failed(recordings.list(shut.api, {}))).failure).toBe('forbidden')
  })

  test('a cursor of a window that there is not begins at the first', async () => {
    const { api, received } = await zoomApi(recording)
    for (const cursor of ['6.x', '9.', 'x', '']) await recordings.list(api, { cursor })
    expect(received.map(({ query }) => [query.get('to'), query.get('next_page_token')])).toEqual(
      Array.from({ length: 4 }, () => ['2026-11-22', null]),
    )
  })

  test('one that is gone is not there', async () => {
    const name = 'q0Fh3xQ2S0e1vD8mLr7Yzw=='
    const path = `GET /meetings/${name}/recordings`
    const { api, asked } = await zoomApi({ [path]: refused(404, 3301) })
    const id = `${wheels}~${Buffer.from(name).toString('base64url')}`
    expect((await failed(recordings.read(api, id))).failure).toBe('not_found')
    expect(asked()).toEqual([path])
  })
})
