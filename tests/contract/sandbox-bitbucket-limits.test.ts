import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, SAM } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const REPOSITORY = '/repositories/acme/orders-mobile'
const FILE = `${REPOSITORY}/src/main/README.md`
const statusOf = async (...call: Parameters<typeof bitbucket.api>) => (await bitbucket.api(...call)).status
const TOO_MANY = 'Rate limit for this resource has been exceeded'

test('too many requests in an hour are a 429 that does not say when to come back', async () => {
  await bitbucket.set({ limits: { repositories: 2 } })
  const dana = await bitbucket.tokenFor()
  expect([await statusOf(REPOSITORY, dana), await statusOf(`${REPOSITORY}/commits`, dana)]).toEqual([200, 200])
  const refused = await bitbucket.api(REPOSITORY, dana)
  expect([refused.status, refused.headers.get('retry-after'), (await refused.json()).error.message]).toEqual([
    429,
    null,
    TOO_MANY,
  ])
  expect(await statusOf('/user', dana)).toBe(200)
})

test('the hour rolls: each request counts until an hour after itself', async () => {
  await bitbucket.set({ limits: { repositories: 2 } })
  const dana = await bitbucket.tokenFor()
  await bitbucket.api(REPOSITORY, dana)
  await bitbucket.control.clock(1800)
  await bitbucket.api(REPOSITORY, dana)
  await bitbucket.control.clock(1700)
  expect(await statusOf(REPOSITORY, dana)).toBe(429)
  await bitbucket.control.clock(110)
  expect([await statusOf(REPOSITORY, dana), await statusOf(REPOSITORY, dana)]).toEqual([200, 429])
})

test('all tokens of a person count together, and nobody else’s', async () => {
  await bitbucket.set({ limits: { repositories: 1 } })
  const [one, two] = [await bitbucket.tokenFor(), await bitbucket.tokenFor()]
  const sam = await bitbucket.tokenFor(SAM)
  expect([await statusOf(REPOSITORY, one), await statusOf(REPOSITORY, two), await statusOf(REPOSITORY, sam)]).toEqual([
    200, 429, 200,
  ])
})

test('raw files have a limit of their own', async () => {
  await bitbucket.set({ limits: { repositories: 1, files: 2 } })
  const dana = await bitbucket.tokenFor()
  expect([await statusOf(FILE, dana), await statusOf(FILE, dana), await statusOf(FILE, dana)]).toEqual([200, 200, 429])
  expect([await statusOf(`${FILE}?format=meta`, dana), await statusOf(REPOSITORY, dana)]).toEqual([200, 429])
})

test('nobody’s requests count by address: sixty an hour', async () => {
  for (let turn = 0; turn < 60; turn += 1) await bitbucket.api('/repositories/acme/shop-theme')
  expect(await bitbucket.refusal('/repositories/acme/shop-theme')).toEqual([429, TOO_MANY])
  expect(await statusOf('/repositories/acme/shop-theme', await bitbucket.tokenFor())).toBe(200)
})

test('what is left can be set', async () => {
  await bitbucket.set({ rateRemaining: 1 })
  const dana = await bitbucket.tokenFor()
  expect([await statusOf(REPOSITORY, dana), await statusOf(REPOSITORY, dana)]).toEqual([200, 429])
  await bitbucket.control.clock(3601)
  expect(await statusOf(REPOSITORY, dana)).toBe(200)
})

test('an API token’s answers say nothing of the limit, until they are told to', async () => {
  const dana = await bitbucket.tokenFor()
  expect((await bitbucket.api(REPOSITORY, dana)).headers.get('x-ratelimit-limit')).toBeNull()
  await bitbucket.set({ showsLimits: true, limits: { repositories: 3 } })
  const near = async () => {
    const { headers } = await bitbucket.api(REPOSITORY, dana)
    return ['limit', 'resource', 'nearlimit'].map((name) => headers.get(`x-ratelimit-${name}`))
  }
  expect(await near()).toEqual(['3', 'repositories', 'false'])
  expect(await near()).toEqual(['3', 'repositories', 'true'])
})
