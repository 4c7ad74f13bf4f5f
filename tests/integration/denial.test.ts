// With a no, some providers send nothing back that leads to whose it was: the state is empty, or left out.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { connect, newBrowser, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const accounts = { notion: 'dana@acme', slack: 'dana@acme-corp' } as const // as const: the keys are its words

for (const provider of ['notion', 'slack'] as const)
  test(`who cancels at ${provider} has cancelled, also when the answer carries no state`, async () => {
    const { owner } = await newOrganization()
    await sandbox.control.set({ provider, stateOnDenial: false })
    const said = { provider, slot: 'organization', account: accounts[provider], decision: 'deny' } as const // words of unions
    const { attempt, callback, connection } = await connect(owner, said)
    expect(callback.searchParams.get('state') ?? '').toBe('')
    expect({ status: attempt.status, connection }).toEqual({ status: 'denied', connection: null })
  })

test('a denial without a state that two attempts of a browser could have got ends neither', async () => {
  const { owner } = await newOrganization()
  await sandbox.control.set({ provider: 'notion', stateOnDenial: false })
  const browser = newBrowser()
  const place = { provider: 'notion', slot: 'organization', browser } as const // words of unions
  const first = randomUUID()
  await startConnect(owner.actor, { ...place, attempt: first, via: 'form', also: undefined })
  const { attempt } = await connect(owner, { ...place, account: 'dana@acme', decision: 'deny' })
  expect([(await findAttempt(owner.actor, first)).status, attempt.status]).not.toContain('denied')
})
