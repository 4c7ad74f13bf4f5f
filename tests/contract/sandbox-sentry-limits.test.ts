import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const sentry = await newSandbox(sentryClient)

const ORG = '/organizations/acme/?detailed=0'
const ISSUES = '/organizations/acme/issues/'
const limitOf = ({ headers }: Response) =>
  ['limit', 'remaining', 'concurrentlimit', 'concurrentremaining'].map((name) =>
    Number(headers.get(`x-sentry-rate-limit-${name}`)),
  )

test('every answer says what is left: 40 a second and 25 at once', async () => {
  const token = await sentry.tokenFor()
  const answers = [await sentry.api(ORG, token), await sentry.api('/organizations/initech/', token)]
  expect(answers.map(limitOf)).toEqual([
    [40, 39, 25, 24],
    [40, 38, 25, 24],
  ])
  const reset = Number(answers[0]?.headers.get('x-sentry-rate-limit-reset'))
  expect(Math.abs(reset - Date.now() / 1000)).toBeLessThan(5)
})

test('a caller who asks too often is told so, for that endpoint alone, until the window ends', async () => {
  await sentry.set({ rateLimit: { limit: 2, windowSeconds: 600 } })
  const token = await sentry.tokenFor()
  const statuses = [await sentry.api(ORG, token), await sentry.api(ORG, token)].map(({ status }) => status)
  const refused = await sentry.api(ORG, token)
  expect([...statuses, refused.status]).toEqual([200, 200, 429])
  expect(await refused.json()).toEqual({
    detail: 'You are attempting to use this endpoint too frequently. Limit is 2 requests in 600 seconds',
  })
  expect([limitOf(refused)[1], refused.headers.get('retry-after')]).toEqual([0, null])
  expect((await sentry.api(ISSUES, token)).status).toBe(200)
  await sentry.control.clock(601)
  expect((await sentry.api(ORG, token)).status).toBe(200)
})

test('a limit is the caller’s, not the token’s', async () => {
  await sentry.set({ rateLimit: { limit: 1, windowSeconds: 600 } })
  const [one, two] = [await sentry.tokenFor(), await sentry.tokenFor()]
  const dana = await sentry.tokenFor({ kind: 'user' })
  const statuses = [await sentry.api(ORG, one), await sentry.api(ORG, two), await sentry.api(ORG, dana)]
  expect(statuses.map(({ status }) => status)).toEqual([200, 429, 200])
})

test('what is left can be set', async () => {
  await sentry.set({ rateLimit: { limit: 40, windowSeconds: 600 }, rateRemaining: 1 })
  const token = await sentry.tokenFor()
  const answers = [await sentry.api(ISSUES, token), await sentry.api(ISSUES, token), await sentry.api(ORG, token)]
  expect(answers.map(({ status }) => status)).toEqual([200, 429, 200])
  await sentry.control.clock(601)
  expect(limitOf(await sentry.api(ISSUES, token))[1]).toBe(39)
})

test('too many at once are told so, and nobody who waits is', async () => {
  await sentry.set({ concurrentLimit: 2, holdMs: 150 })
  const token = await sentry.tokenFor()
  const answers = await Promise.all([1, 2, 3].map(() => sentry.api(ORG, token)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429])
  const refused = answers.find(({ status }) => status === 429)
  expect(await refused?.json()).toEqual({
    detail: 'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 2',
  })
  expect(refused && limitOf(refused)[3]).toBe(0)
  expect(refused && limitOf(refused)[1]).toBeGreaterThan(0)
  expect((await sentry.api(ORG, token)).status).toBe(200)
})

test('a fault stands in for an answer', async () => {
  const token = await sentry.tokenFor()
  await sentry.control.faults([{ path: '/sentry-api/api/0/organizations/*/issues/', status: 503, times: 1 }])
  const answers = [await sentry.api(ISSUES, token), await sentry.api(ORG, token), await sentry.api(ISSUES, token)]
  expect(answers.map(({ status }) => status)).toEqual([503, 200, 200])
})
