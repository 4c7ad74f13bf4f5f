import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { hostIn } from './hosts.ts'
import { readMeetingId, readRecordingId, recordingId, uuidInPath } from './ids.ts'
import { joinUrl } from './links.ts'
import { zoom } from './provider.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(zoom, { status, headers: new Headers(headers), body: typeof body === 'string' ? body : JSON.stringify(body) })
const refusal = (code: number, message = 'Of the secret meeting.') => ({ code, message })

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('answers that are failures', () => {
  test.each([
    [401, refusal(124), 'expired'],
    [401, refusal(200), 'expired'],
    [400, refusal(200, 'Only available for paid account: x'), 'plan'],
    [400, refusal(300), 'forbidden'],
    [400, refusal(3161), 'forbidden'],
    [400, refusal(12702), 'not_found'],
    [400, refusal(4711), 'scope'],
    [404, refusal(1001), 'not_found'],
    [404, refusal(3001), 'not_found'],
    [404, refusal(3301), 'not_found'],
    [400, refusal(99), 'unavailable'],
    [400, '<html>', 'unavailable'],
    [500, {}, 'unavailable'],
  ])('%d %j is %s', (status, body, failure) => {
    expect(judged(status, body)).toMatchObject({ failure, status })
  })

  test('a permission that is missing is named, and nothing else of what Zoom wrote', () => {
    const lacking = (message: string) => judged(400, refusal(4711, message)).detail
    expect(lacking('Invalid access token, does not contain scopes:[user:read:settings].')).toBe('user:read:settings')
    expect(lacking('… scopes:[a:read:b, c:read:d]')).toBe('a:read:b, c:read:d')
    expect(lacking('… scopes:[<script>]')).toBeNull()
  })

  test.each([
    [{ 'retry-after': '2026-11-21T00:00:00Z', 'x-ratelimit-type': 'Daily-limit' }, 43_200],
    [{ 'x-ratelimit-type': 'QPS', 'x-ratelimit-reset': String(NOW.getTime() / 1000 + 4) }, 3],
    [{ 'x-ratelimit-type': 'QPS', 'x-ratelimit-reset': '1705312800' }, 1],
    [{ 'retry-after': '9999-01-01T00:00:00Z', 'x-ratelimit-type': 'Daily-limit' }, 90_000],
    [{ 'x-ratelimit-type': 'QPS', 'x-ratelimit-reset': '99999999999' }, 90_000],
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': 'tomorrow' }, 1],
    [{}, 1],
  ])('429 with %j is a wait of %d seconds', (headers, seconds) => {
    const { failure, retryAt } = judged(429, refusal(429), headers)
    expect([failure, ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000]).toEqual(['rate_limited', seconds])
  })
})

test('what is left of a day is told, what is left of a second is not', () => {
  const told = (headers: Record<string, string>) => zoom.limit?.(new Headers(headers))
  const day = { 'x-ratelimit-type': 'Daily-limit', 'x-ratelimit-limit': '2000', 'x-ratelimit-remaining': '12' }
  expect(told(day)).toEqual({ limit: 2000, remaining: 12, resetsAt: new Date('2026-11-21T00:00:00Z') })
  expect(told({ ...day, 'retry-after': '2026-11-20T18:00:00Z' })?.resetsAt).toEqual(new Date('2026-11-20T18:00:00Z'))
  expect(told({ ...day, 'retry-after': '9999-01-01T00:00:00Z' })?.resetsAt).toEqual(new Date('2026-11-21T13:00:00Z'))
  for (const odd of [{}, { ...day, 'x-ratelimit-type': 'QPS' }, { ...day, 'x-ratelimit-remaining': 'few' }])
    expect(told(odd)).toBeNull()
})

test('lists are counted apart from single things', () => {
  const counted = ['/users/me/meetings', '/users/me/recordings', '/past_meetings/84410012345/participants']
  expect(counted.map((path) => zoom.budget?.(path))).toEqual(['medium', 'medium', 'medium'])
  for (const path of ['/users/me', '/users/me/settings', '/past_meetings/84410012345', '/meetings/x/recordings'])
    expect(zoom.budget?.(path)).toBe('light')
})

describe('ids', () => {
  test('a meeting is its number', () => {
    expect(readMeetingId('84410012345')).toBe('84410012345')
    for (const text of ['', '~', '084410012345', '8441001234x', '12345678', '8441001234567', '../users'])
      expect(() => readMeetingId(text)).toThrow(expect.objectContaining({ failure: 'not_found' }))
  })

  test('a recording is read back as it was named, whatever its name has in it', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9+/]{22}==$/)
    fc.assert(
      fc.property(name, (uuid) => {
        const id = recordingId({ meeting: '84410012345', uuid })
        expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
        expect(readRecordingId(id)).toEqual({ meeting: '84410012345', uuid })
      }),
    )
    const odd = (uuid: string) => recordingId({ meeting: '84410012345', uuid })
    for (const text of [
      '',
      '84410012345',
      '84410012345~',
      '84410012345~!',
      odd('../../users/me'),
      odd('a b c d e f g'),
    ])
      expect(() => readRecordingId(text)).toThrow(expect.objectContaining({ failure: 'not_found' }))
  })

  test('its name is encoded twice where it begins with a slash or has two in a row', () => {
    expect(uuidInPath('q0Fh3x/2S0e1vD8mLr7Yzw==')).toBe('q0Fh3x%2F2S0e1vD8mLr7Yzw%3D%3D')
    expect(uuidInPath('/hB0Kq2Tm6e2W9c5rXyAg==')).toBe('%252FhB0Kq2Tm6e2W9c5rXyAg%253D%253D')
    expect(uuidInPath('hB0Kq//Tm6e2W9c5rXyAg==')).toBe('hB0Kq%252F%252FTm6e2W9c5rXyAg%253D%253D')
  })
})

describe('pasted links', () => {
  const found = (link: string) =>
    zoom.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [[kind, id]] : []
    })

  test.each([
    'https://zoom.us/j/84410012345',
    'https://us05web.zoom.us/j/84410012345?pwd=abc.1',
    'https://acme.zoom.us/j/84410012345#success',
    'https://zoom.us/s/84410012345',
    'https://zoom.us/meeting/84410012345/',
  ])('%s is a meeting', (link) => {
    expect(found(link)).toEqual([['meeting', '84410012345']])
  })

  test.each([
    'https://zoom.us/',
    'https://zoom.us/my/dana',
    'https://zoom.us/j/12345',
    'https://zoom.us/j/84410012345/x',
    'https://zoom.us/rec/play/abc',
    'https://zoom.us.evil.example/j/84410012345',
    'https://evilzoom.us/j/84410012345',
    'https://a.b.zoom.us/j/84410012345',
    'https://zoom.us:8443/j/84410012345',
    'ftp://zoom.us/j/84410012345',
  ])('%s is none of ours', (link) => {
    expect(found(link)).toEqual([])
  })

  test('where a meeting is joined is told without its passcode', () => {
    expect(joinUrl('https://us05web.zoom.us/j/84410012345?pwd=secret', '84410012345')).toBe(
      'https://us05web.zoom.us/j/84410012345',
    )
    for (const none of [undefined, 'no address'])
      expect(joinUrl(none, '84410012345')).toBe('https://zoom.us/j/84410012345')
  })
})

test('why it ended is told plainly: a newer authorization of the same person', () => {
  for (const code of ['refresh_refused', 'token_refused'])
    expect(zoom.remedies?.[code]).toContain('the newer one ended this')
  expect(zoom.before.join(' ')).toContain('a newer authorization ends the older one')
})

test('the API of an account’s region is asked, and no host that is not Zoom’s own', () => {
  expect(hostIn({ api_url: 'https://api-eu.zoom.us' })).toEqual({ api: 'https://api-eu.zoom.us' })
  for (const api_url of [
    'https://api.zoom.us',
    'https://evil.example',
    'http://api-eu.zoom.us',
    'https://api-eu.zoom.us.evil.example',
    'x',
  ])
    expect(hostIn({ api_url })).toEqual({})
  expect(hostIn('<html>')).toEqual({})
  const at = (api: string, told?: string) => zoom.endpoints({ ...zoom.origins, api }, told ? { api: told } : {}).api
  expect(at('https://api.zoom.us', 'https://api-eu.zoom.us')).toBe('https://api-eu.zoom.us/v2')
  expect(at('https://api.zoom.us', 'https://evil.example')).toBe('https://api.zoom.us/v2')
  expect(at('http://127.0.0.1:9/api', 'https://api-eu.zoom.us')).toBe('http://127.0.0.1:9/api/v2')
})
