import { expect, test } from 'vitest'
import { noteLimit } from '#lib/connections/note-limit.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { inFuture } from '#lib/platform/clock.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

test('30: the budget that is shown is within 5 % of what the provider said last, however fast it is used', async () => {
  const { owner } = await newOrganization()
  const { connection } = await connect(owner)
  const id = connection?.id ?? ''
  for (const limit of [5000, 600, 40]) {
    const resetsAt = inFuture(3_600_000)
    let writes = 0
    let last = -1
    for (let remaining = limit; remaining >= 0; remaining -= Math.max(1, Math.floor(limit / 100))) {
      await noteLimit(owner.actor, id, { limit, remaining, resetsAt })
      const shown = (await findConnection(owner.actor, id)).rateLimit
      expect(Math.abs((shown?.remaining ?? -1) - remaining), `${remaining} of ${limit}`).toBeLessThanOrEqual(
        limit * 0.05,
      )
      if (shown?.remaining !== last) writes += 1
      last = shown?.remaining ?? -1
    }
    expect(writes, 'not every answer is written').toBeLessThan(limit >= 600 ? 40 : 41)
    expect(last).toBe(0)
  }
})
