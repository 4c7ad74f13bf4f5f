// Whether a connection is the last on an account at Slack or Google, which decides what the provider is asked to end.
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { completeConnect } from '#lib/attempts/complete.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { disconnect, finishDisconnect } from '#lib/connections/disconnect.ts'
import { LeaveLine } from '#lib/connections/leave-schema.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { connectOne, tokenCallsAt } from '#tests/support/atlassian.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { titles } from '#tests/support/github-api.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { DANA } from '#tests/support/sandbox-google.ts'
import { slackReader } from '#tests/support/slack-api.ts'
import { ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const ACME = 'dana@acme-corp'
const GLOBEX = 'sam@globex-labs'
const A_DAY_MS = 24 * 60 * 60 * 1000

const toSlack = (org: TestOrganization, account: string) =>
  connect(org.owner, { provider: 'slack', slot: 'organization', account })
/** Gone when the test is: whether a connection is the last of its workspace decides what Slack is asked. */
async function connected(org: TestOrganization, account: string): Promise<string> {
  const { connection } = await toSlack(org, account)
  if (!connection) throw new Error('not connected')
  onTestFinished(async () => void (await disconnect(org.owner.actor, connection.id, true)))
  return connection.id
}
const channelsOf = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, async (api) => titles((await slackReader('channel').list(api, {})).items))
const slackCalls = async (...methods: string[]) =>
  (await sandbox.control.log())
    .map(({ path }) => path.split('/api/')[1] ?? '')
    .filter((method) => methods.includes(method))
const endings = () => slackCalls('apps.uninstall', 'auth.revoke')
const stop = (org: TestOrganization, id: string) =>
  withOrg(org.owner.actor, (db) => db.connection.update({ where: { id }, data: { status: 'disconnecting' } }))

/** An organization on one workspace whose person came back with another, and has not said which it is to be. */
async function undecided() {
  const org = await newOrganization()
  const id = await connected(org, ACME)
  const { attempt } = await toSlack(org, GLOBEX)
  expect(attempt.status).toBe('mismatch')
  return { org, id, attempt: attempt.id }
}

test('T-DIS-8 a grant that waits for a choice is not ended by the only connection on its workspace that disconnects', async () => {
  const globex = await newOrganization('Globex')
  const theirs = await connected(globex, GLOBEX)
  const { org, id, attempt } = await undecided()
  expect((await disconnect(globex.owner.actor, theirs)).revocation).toBe('kept_for_another_connection')
  expect(await endings()).toEqual([])
  await chooseAccount(org.owner.actor, attempt, 'switch')
  expect(await channelsOf(org, id)).not.toEqual([])
})

test('T-DIS-8 nor by the only connection on its workspace that switches to another', async () => {
  const globex = await newOrganization('Globex')
  await connected(globex, GLOBEX)
  const { org, id, attempt } = await undecided()
  const theirs = await toSlack(globex, ACME)
  await chooseAccount(globex.owner.actor, theirs.attempt.id, 'switch')
  expect(await endings()).toEqual([])
  await chooseAccount(org.owner.actor, attempt, 'switch')
  expect(await channelsOf(org, id)).not.toEqual([])
})

test('of two that disconnect at the same moment neither counts for the other: the workspace is left', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [id, other] = [await connected(acme, ACME), await connected(globex, ACME)]
  await stop(acme, id)
  expect((await disconnect(globex.owner.actor, other)).revocation).toBe('revoked')
  await finishDisconnect(await jobActor(acme.id, 'connections.finish-disconnect'), id)
  expect(await endings()).toEqual(['apps.uninstall', 'apps.uninstall'])
})

test('of two that leave GitHub at the same moment the second is confirmed as well: its grant is gone', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const own = async (org: TestOrganization) => String((await connect(org.owner)).connection?.id)
  const [id, other] = [await own(acme), await own(globex)]
  await stop(acme, id)
  expect((await disconnect(globex.owner.actor, other)).revocation).toBe('revoked')
  await finishDisconnect(await jobActor(acme.id, 'connections.finish-disconnect'), id)
  const asked = (await sandbox.control.log()).filter(({ method }) => method === 'DELETE')
  expect(asked.map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
    ['grant', 204],
    ['grant', 404],
  ])
  const events = await withOrg(acme.owner.actor, (db) => db.auditEvent.findMany({ orderBy: { sequence: 'asc' } }))
  expect(events.at(-1)).toMatchObject({ action: 'connection.disconnected', after: { revocation: 'revoked' } })
})

test('a token that has ended is not renewed where nothing would be ended with it', async () => {
  const org = await newOrganization()
  const jira = await connectOne(org.owner, 'jira')
  await sandbox.control.set({ provider: 'slack', tokenRotation: true })
  const other = await newOrganization('Globex')
  const [slack] = [await connected(org, ACME), await connected(other, ACME)]
  const restore = shiftClock(A_DAY_MS)
  try {
    await sandbox.control.clearLog()
    expect((await disconnect(org.owner.actor, jira.id)).revocation).toBe('not_offered')
    expect(await tokenCallsAt(sandbox)).toEqual([])
    expect((await disconnect(org.owner.actor, slack)).revocation).toBe('kept_for_another_connection')
    expect(await slackCalls('oauth.v2.access')).toEqual([])
  } finally {
    restore()
  }
})

test('where one token can be ended by itself, one that has ended is renewed for that', async () => {
  await sandbox.control.set({ provider: 'github', expiringTokens: true })
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const own = async (org: TestOrganization) => String((await connect(org.owner, { account: 'lee-p' })).connection?.id)
  const [id] = [await own(acme), await own(globex)]
  const restore = shiftClock(A_DAY_MS)
  try {
    await sandbox.control.clearLog()
    expect((await disconnect(acme.owner.actor, id)).revocation).toBe('revoked')
  } finally {
    restore()
  }
  expect((await sandbox.control.log()).map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
    ['access_token', 200],
    ['token', 204],
  ])
})

const googleCalls = async (path: string) =>
  (await sandbox.control.log()).filter((one) => one.path === `/google-oauth/${path}`).map(({ status }) => status)
const toGoogle = (org: TestOrganization) => connect(org.owner, { provider: 'google-docs', slot: 'user', account: DANA })

test('a grant that its refresh token ends is ended by that one: no other token is made for it', async () => {
  const org = await newOrganization()
  const { connection } = await toGoogle(org)
  const restore = shiftClock(A_DAY_MS)
  try {
    await sandbox.control.clearLog()
    expect((await disconnect(org.owner.actor, String(connection?.id))).revocation).toBe('revoked')
  } finally {
    restore()
  }
  expect([await googleCalls('token'), await googleCalls('revoke')]).toEqual([[], [200]])
})

test('access without a refresh token, which is not kept, does not stay at Google either', async () => {
  const [before, org] = [await newOrganization('Elsewhere'), await newOrganization()]
  const { connection } = await toGoogle(before)
  await disconnect(before.owner.actor, String(connection?.id), true) // Google goes on knowing the consent
  const { person, actor } = org.owner
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const asked = { provider: 'google-docs', slot: 'user', attempt, via: 'form', browser } as const // as const: names
  const out = new URL((await startConnect(actor, asked)).authorizeUrl)
  out.searchParams.delete('prompt')
  const back = new URL(await sandbox.consent(out.href, { account: DANA }))
  await completeConnect({ url: back, callback: 'google-docs', person, browser })
  expect(await findAttempt(actor, attempt)).toMatchObject({ problem: { kind: 'no_refresh_token' } })
  expect(await googleCalls('revoke')).toEqual([200])
})

/** The lines of a disconnect, and what happens once Slack was asked. */
async function told(viewer: Viewer, id: string, meanwhile: () => Promise<unknown>): Promise<LeaveLine[]> {
  const headers = { accept: 'application/x-ndjson', cookie: viewer.cookie }
  const answer = dispatch(ownRequest('DELETE', viewer.at(`connections/${id}`), { headers })).then((one) => one.text())
  await expect.poll(endings).toEqual(['apps.uninstall'])
  await meanwhile()
  return (await answer)
    .trim()
    .split('\n')
    .map((line) => LeaveLine.parse(JSON.parse(line)))
}

test('what the provider said is told once it is known to be of the token that is wiped', async () => {
  const org = await newOrganization()
  const id = await connected(org, ACME)
  await sandbox.control.faults([
    { provider: 'slack', path: '/slack-web/api/apps.uninstall', delayMs: 1500, times: 1, after: true },
  ])
  const anotherToken = () => withOrg(org.owner.actor, (db) => db.credential.updateMany({ data: { version: 9 } }))
  const lines = await told(await ownerOf(org), id, anotherToken)
  expect(lines.slice(0, 3)).toEqual([
    { ended: 'use' },
    { ended: 'revocation', revocation: 'skipped' }, // the other one does not open here
    { ended: 'token' },
  ])
})
