import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, zoomClient } from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)

const MEETINGS = '/users/me/meetings'
const PER_SECOND = {
  code: 429,
  message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
}
const PER_DAY = {
  code: 429,
  message:
    'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
}
const said = ({ headers }: Response, ...names: string[]) => names.map((name) => headers.get(`x-ratelimit-${name}`))
const statusOf = async (path: string, token: string) => (await zoom.get(path, token)).status
const SECOND_MS = 1000

test('every answer says its category and what is left of its second, which the plan decides', async () => {
  await zoom.set({ windowSeconds: 600 })
  const seen = async (account: string) => {
    const token = await zoom.tokenFor(account)
    const [light, medium] = [await zoom.get('/users/me', token), await zoom.get(MEETINGS, token)]
    return [light, medium].map((one) => said(one, 'category', 'type', 'limit', 'remaining'))
  }
  expect(await seen(DANA)).toEqual([
    ['Light', 'QPS', '80', '79'],
    ['Medium', 'QPS', '60', '59'],
  ])
  expect((await seen('sam@globex.example')).map(([, , limit]) => limit)).toEqual(['30', '20'])
  expect((await seen('lee@park.example')).map(([, , limit]) => limit)).toEqual(['4', '2'])
})

test('each endpoint has its category', async () => {
  const token = await zoom.tokenFor()
  const paths = ['/users/me', '/users/me/settings', MEETINGS, '/users/me/recordings', '/past_meetings/1']
  const rest = ['/past_meetings/1/participants', '/meetings/1/recordings']
  const seen = await Promise.all([...paths, ...rest].map((path) => zoom.get(path, token)))
  expect(seen.flatMap((one) => said(one, 'category'))).toEqual([
    'Light',
    'Medium',
    'Medium',
    'Medium',
    'Light',
    'Medium',
    'Light',
  ])
})

test('a free account that asks a third time in a second is refused until the second is over', async () => {
  await zoom.set({ windowSeconds: 600 })
  const token = await zoom.tokenFor('lee@park.example')
  expect([await statusOf(MEETINGS, token), await statusOf(MEETINGS, token)]).toEqual([200, 200])
  const refused = await zoom.get(MEETINGS, token)
  expect([refused.status, await refused.json()]).toEqual([429, PER_SECOND])
  expect(said(refused, 'category', 'type', 'limit', 'remaining')).toEqual(['Medium', 'QPS', '2', '0'])
  const reset = Number(said(refused, 'reset')[0]) * SECOND_MS
  expect(Math.abs(reset - Date.now() - 600 * SECOND_MS)).toBeLessThan(60 * SECOND_MS)
  expect(refused.headers.get('retry-after')).toBeNull()
  expect(await statusOf('/users/me', token)).toBe(200)
  await zoom.control.clock(601)
  expect(await statusOf(MEETINGS, token)).toBe(200)
})

test('a limit is the account’s: its people share it, other accounts have their own', async () => {
  await zoom.set({ rateRemaining: { account: 'acme', category: 'Medium', of: 'second', remaining: 1 } })
  const [dana, sam] = [await zoom.tokenFor(DANA), await zoom.tokenFor('sam@acme.example')]
  const other = await zoom.tokenFor('sam@globex.example')
  expect([await statusOf(MEETINGS, dana), await statusOf(MEETINGS, sam), await statusOf(MEETINGS, other)]).toEqual([
    200, 429, 200,
  ])
})

test('a day that is used up says with a date and a time when the next begins', async () => {
  await zoom.set({ tokenSeconds: 3 * 86_400, limits: { Light: { perDay: 2 } }, windowSeconds: 600 })
  const token = await zoom.tokenFor()
  expect([await statusOf('/users/me', token), await statusOf('/users/me', token)]).toEqual([200, 200])
  const refused = await zoom.get('/users/me', token)
  expect([refused.status, await refused.json()]).toEqual([429, PER_DAY])
  expect(said(refused, 'category', 'type', 'limit', 'remaining', 'reset')).toEqual([
    'Light',
    'Daily-limit',
    '2',
    '0',
    null,
  ])
  const until = refused.headers.get('retry-after') ?? ''
  expect(until).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00Z$/)
  expect(Date.parse(until)).toBeGreaterThan(Date.now())
  await zoom.control.clock(86_400)
  expect(await statusOf('/users/me', token)).toBe(200)
})

test('what is left of a day can be set, and a refused call costs nothing', async () => {
  await zoom.set({ rateRemaining: { account: 'park', category: 'Medium', of: 'day', remaining: 1 } })
  const token = await zoom.tokenFor('lee@park.example')
  await zoom.get('/users/me', 'eyJwrong')
  expect([await statusOf(MEETINGS, token), await statusOf(MEETINGS, token)]).toEqual([200, 429])
})

test('a fault stands in for an answer', async () => {
  const token = await zoom.tokenFor()
  await zoom.control.faults([{ path: '/zoom-api/v2/users/*/recordings', status: 503, times: 1 }])
  const path = '/users/me/recordings'
  expect([await statusOf(path, token), await statusOf(MEETINGS, token), await statusOf(path, token)]).toEqual([
    503, 200, 200,
  ])
})
