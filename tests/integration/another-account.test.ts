import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { purge } from '#lib/attempts/purge.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { ImpactView } from '#lib/connections/leave-schema.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { titles } from '#tests/support/github-api.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { slackReader } from '#tests/support/slack-api.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

// Every test here leaves no connection at Slack behind: whether one is the last of its workspace decides what Slack is asked.
const sandbox = withSandbox()
const ELEVEN_MINUTES_MS = 11 * 60 * 1000

const toSlack = (org: TestOrganization, account = 'dana@acme-corp') =>
  connect(org.owner, { provider: 'slack', slot: 'organization', account })
async function connected(org: TestOrganization, account?: string): Promise<string> {
  const { connection } = await toSlack(org, account)
  if (!connection) throw new Error('not connected')
  return connection.id
}
const channelsOf = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, async (api) => titles((await slackReader('channel').list(api, {})).items))
const endings = async () =>
  (await sandbox.control.log())
    .map(({ path }) => path.split('/api/')[1] ?? '')
    .filter((method) => method === 'apps.uninstall' || method === 'auth.revoke')

/** An organization whose Slack somebody came back to with another workspace. */
async function undecided() {
  const org = await newOrganization()
  const id = await connected(org)
  const { attempt } = await toSlack(org, 'sam@globex-labs')
  expect(attempt).toMatchObject({ status: 'mismatch', connectionId: id })
  return { org, id, attempt: attempt.id }
}

test('keeping the workspace that was connected takes the app out of the other one, where nobody else uses it', async () => {
  const { org, id, attempt } = await undecided()
  await chooseAccount(org.owner.actor, attempt, 'keep')
  expect(await endings()).toEqual(['apps.uninstall'])
  expect(await channelsOf(org, id)).toContain('#engineering')
  expect(await findConnection(org.owner.actor, id)).toMatchObject({
    status: 'connected',
    account: { label: 'acme-corp' },
  })
  await disconnect(org.owner.actor, id)
})

test('where another organization lives on that other workspace, keeping the own one ends nothing there', async () => {
  const globex = await newOrganization('Globex')
  const theirs = await connected(globex, 'sam@globex-labs')
  const { org, id, attempt } = await undecided()
  await chooseAccount(org.owner.actor, attempt, 'keep')
  expect(await endings()).toEqual([])
  expect(await channelsOf(globex, theirs)).not.toEqual([])
  await disconnect(org.owner.actor, id)
  await disconnect(globex.owner.actor, theirs)
})

test('what waits for a choice elsewhere is not ended by somebody who keeps', async () => {
  const [first, second] = [await undecided(), await undecided()]
  await chooseAccount(first.org.owner.actor, first.attempt, 'keep')
  expect(await endings()).toEqual([])
  await chooseAccount(second.org.owner.actor, second.attempt, 'switch')
  expect(await channelsOf(second.org, second.id)).not.toEqual([])
  await disconnect(first.org.owner.actor, first.id)
  await disconnect(second.org.owner.actor, second.id)
})

test('cancelling takes the app out as well', async () => {
  const { org, id, attempt } = await undecided()
  await cancelAttempt(org.owner.actor, attempt)
  expect(await endings()).toEqual(['apps.uninstall'])
  expect(await channelsOf(org, id)).toContain('#engineering')
  await disconnect(org.owner.actor, id)
})

test('so does never choosing, once the time is up', async () => {
  const { org, id } = await undecided()
  const restore = shiftClock(ELEVEN_MINUTES_MS)
  await purge().finally(restore)
  expect(await endings()).toEqual(['apps.uninstall'])
  expect(await channelsOf(org, id)).toContain('#engineering')
  await disconnect(org.owner.actor, id)
})

test('reconnecting goes on with the workspace that is connected; once it was disconnected any may be chosen', async () => {
  const org = await newOrganization()
  const started = async () => {
    const asked = { provider: 'slack', slot: 'organization', via: 'form', browser: newBrowser() } as const // as const: names
    const { authorizeUrl } = await startConnect(org.owner.actor, { ...asked, attempt: randomUUID() })
    return new URL(authorizeUrl).searchParams.get('team')
  }
  expect(await started()).toBeNull()
  const id = await connected(org)
  const { account } = await findConnection(org.owner.actor, id)
  expect(account.id).toMatch(/^T\w+$/)
  expect(await started()).toBe(account.id)
  await disconnect(org.owner.actor, id)
  expect(await started()).toBeNull()
})

test('a grant that waited for the choice works like any other, also one that ends and is renewed', async () => {
  await sandbox.control.set({ provider: 'github', expiringTokens: true })
  const org = await newOrganization()
  const { connection } = await connect(org.owner, { account: 'dana-k' })
  const { attempt } = await connect(org.owner, { account: 'dana-personal' })
  await chooseAccount(org.owner.actor, attempt.id, 'switch')
  const switched = await findConnection(org.owner.actor, String(connection?.id))
  expect(switched).toMatchObject({ status: 'connected', account: { label: '@dana-personal' } })
  expect(switched.credential.renewsItself).toBe(true)
  expect(switched.expiresAt).not.toBeNull()
  expect(switched.capabilities.renewableUntil).toEqual(expect.any(String))
})

test('who may connect for everyone may know what another account would touch, and nobody besides who may disconnect', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const priya = await joins(org, 'member', 'Priya Nair')
  const dana = await ownerOf(org)
  const asked = (viewer: typeof priya) => viewer.get(viewer.at(`connections/${id}/impact`))
  expect((await asked(dana)).status).toBe(200)
  expect((await asked(priya)).status).toBe(403)
  await configure(org.owner.actor, 'slack', { whoMayConnect: 'members' })
  expect(ImpactView.parse((await asked(priya)).body)).toMatchObject({ boards: 0, cards: 0, shownOn: [] })
  await disconnect(org.owner.actor, id)
})
