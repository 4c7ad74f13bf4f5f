import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import { providers } from '#lib/providers/registry.ts'
import { startSearch } from '#lib/resources/search-resources.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { connectSource, sourceIds } from '#tests/support/sources.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const MINUTE_MS = 60_000

test('every provider of the registry can be connected by the tests that are about all of them', () => {
  expect([...sourceIds].sort()).toEqual(providers.map(({ id }) => id).sort())
})

test('T-PAL-3 a source that never answers costs the others nothing, whichever it is', async () => {
  const { owner } = await newOrganization()
  for (const id of sourceIds) await connectSource(owner, id)
  // what is looked at is no limit of the providers'
  await sandbox.control.set({ provider: 'slack', limits: { 'conversations.list': 10_000 } })
  await sandbox.control.set({ provider: 'notion', rate: { perSecond: 1_000, burst: 10_000 } })
  await sandbox.control.set({ provider: 'sentry', rateLimit: { limit: 10_000, windowSeconds: 1 } })
  const asked = providers.filter(({ readers }) =>
    readers.some(({ search, searchOnDemand }) => search && !searchOnDemand),
  )
  expect(asked.length).toBeGreaterThan(6)
  for (const [at, { id: dead }] of asked.entries()) {
    await sandbox.control.faults([{ provider: dead, path: '/**', delayMs: 600_000 }])
    const ending = new AbortController()
    const patient = { patienceMs: 600_000, signal: ending.signal }
    // each so much later that nothing of the search before is kept any more
    const coming = await withClockShifted(at * 6 * MINUTE_MS, () => startSearch(owner.actor, { q: 'a' }, patient))
    const silent = coming[asked.findIndex(({ id }) => id === dead)]
    const others = await Promise.all(coming.filter((one) => one !== silent))
    expect(
      others.map(({ provider, state }) => `${provider} ${state}`),
      `while ${dead} is silent`,
    ).toEqual(asked.flatMap(({ id }) => (id === dead ? [] : [`${id} ok`])))
    expect(await Promise.race([silent, Promise.resolve('has not answered')])).toBe('has not answered')
    ending.abort()
    expect(await silent).toMatchObject({ provider: dead, state: expect.not.stringMatching(/^ok$/) })
    await sandbox.control.clearFaults()
  }
})
