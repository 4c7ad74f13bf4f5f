import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { purge } from '#lib/attempts/purge.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { findConnection, listConnections } from '#lib/connections/queries.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connectOne, credentialsIn, DANA, SAM } from '#tests/support/atlassian.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const ACME = '8f2d61b0-4c7e-4a19-9b35-e06a7d1c52f8'
const GLOBEX = 'b16e9a47-d3f0-4825-8c7a-2f94e0b5d613'

/** Sam, who is on two sites, comes back from Atlassian. */
async function asked(org: TestOrganization, also?: string[]) {
  const { attempt } = await connect(org.owner, { provider: 'jira', account: SAM, ...(also ? { also } : {}) })
  return attempt
}
const heldBy = ({ owner }: TestOrganization, id: string) =>
  withOrg(owner.actor, (db) => db.connectAttempt.findFirstOrThrow({ where: { id } }))

test('a grant for several sites asks which one, and connects none of them before that', async () => {
  const org = await newOrganization()
  const attempt = await asked(org)
  expect(attempt.status).toBe('choosing')
  expect(attempt.choices?.map(({ id, label }) => [id, label]).sort()).toEqual([
    [ACME, 'acme'],
    [GLOBEX, 'globex-labs'],
  ])
  expect(await listConnections(org.owner.actor)).toEqual([])
  expect(await credentialsIn(org)).toEqual([])
})

test('the site that was chosen is the one that is connected, with both products', async () => {
  const org = await newOrganization()
  const { id } = await asked(org, ['confluence'])
  const chosen = await chooseAccount(org.owner.actor, id, GLOBEX)
  expect(chosen).toMatchObject({ status: 'succeeded', also: [{ provider: 'confluence' }] })
  const connections = await listConnections(org.owner.actor)
  expect(connections.map(({ account }) => account.label)).toEqual([
    'globex-labs.atlassian.net',
    'globex-labs.atlassian.net',
  ])
  expect(await credentialsIn(org)).toHaveLength(1)
  expect((await heldBy(org, id)).grant).toBeNull()
})

test('what was not offered is not taken, and the question stays; a second answer comes too late', async () => {
  const org = await newOrganization()
  const { id } = await asked(org)
  const choose = (choice: string) => chooseAccount(org.owner.actor, id, choice)
  await expect(choose('keep')).rejects.toMatchObject({ kind: 'fields-not-accepted' })
  await expect(choose(randomUUID())).rejects.toMatchObject({ kind: 'fields-not-accepted' })
  expect((await findAttempt(org.owner.actor, id)).status).toBe('choosing')
  const both = await Promise.allSettled([choose(ACME), choose(GLOBEX)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await listConnections(org.owner.actor)).toHaveLength(1)
})

test('a choice that nobody makes changes nothing: cancelled, or after ten minutes, the grant is wiped', async () => {
  const org = await newOrganization()
  const cancelled = await asked(org)
  expect((await heldBy(org, cancelled.id)).grant).not.toBeNull()
  expect((await cancelAttempt(org.owner.actor, cancelled.id)).status).toBe('cancelled')
  expect((await heldBy(org, cancelled.id)).grant).toBeNull()
  const left = await asked(org)
  const restore = shiftClock(10 * 60_000 + 1000)
  try {
    expect((await findAttempt(org.owner.actor, left.id)).status).toBe('timed_out')
    await expect(chooseAccount(org.owner.actor, left.id, ACME)).rejects.toMatchObject({ kind: 'connect-attempt-ended' })
    await purge()
  } finally {
    restore()
  }
  expect((await heldBy(org, left.id)).grant).toBeNull()
  expect(await listConnections(org.owner.actor)).toEqual([])
})

test('reconnecting keeps the site that was chosen, without asking again, and the id', async () => {
  const org = await newOrganization()
  const { id } = await asked(org)
  const first = await chooseAccount(org.owner.actor, id, GLOBEX)
  const again = await connectOne(org.owner, 'jira', { account: SAM })
  expect(again.id).toBe(first.connectionId)
  expect(again.account.label).toBe('globex-labs.atlassian.net')
})

test('another site than the one that stands is asked about like another account', async () => {
  const org = await newOrganization()
  const { id } = await asked(org)
  await chooseAccount(org.owner.actor, id, GLOBEX)
  await sandbox.control.set({ provider: 'jira', shareSites: ['acme'] })
  await sandbox.control.revoke({ provider: 'jira', account: SAM })
  const { attempt } = await connect(org.owner, { provider: 'jira', account: SAM })
  expect(attempt).toMatchObject({ status: 'mismatch', previousLabel: 'globex-labs.atlassian.net' })
  const [standing] = await listConnections(org.owner.actor)
  const kept = await chooseAccount(org.owner.actor, attempt.id, 'keep')
  expect(kept).toMatchObject({ status: 'cancelled', problem: { kind: 'kept' } })
  expect((await findConnection(org.owner.actor, standing?.id ?? '')).account.label).toBe('globex-labs.atlassian.net')
})

test('another person’s account at the same site is asked about by name', async () => {
  const org = await newOrganization()
  await connectOne(org.owner, 'jira')
  const { attempt } = await connect(org.owner, { provider: 'jira', account: 'priya@acme.example' })
  expect(attempt).toMatchObject({
    status: 'mismatch',
    previousLabel: 'Dana Kowalski (acme.atlassian.net)',
    accountLabel: 'Priya Nair (acme.atlassian.net)',
  })
})

test('somebody without a site is told so', async () => {
  const org = await newOrganization()
  const { attempt } = await connect(org.owner, { provider: 'jira', account: 'marta@acme.example' })
  expect(attempt).toMatchObject({ status: 'failed', problem: { kind: 'no_site' } })
})

test('another account that has one site is connected to it at once', async () => {
  const org = await newOrganization()
  const { attempt, connection } = await connect(org.owner, { provider: 'confluence', account: DANA })
  expect(attempt.status).toBe('succeeded')
  expect(connection?.account.label).toBe('acme.atlassian.net')
})
