import { expect, test } from 'vitest'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { configure } from '#lib/connections/configure.ts'
import { findConnection, listActivity } from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { listResources } from '#lib/resources/list-resources.ts'
import { titles } from '#tests/support/github-api.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { slackReader } from '#tests/support/slack-api.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const SEED =
  'channels:read channels:history channels:join groups:read groups:history users:read users:read.email chat:write team:read'.split(
    ' ',
  )
const connectSlack = (org: TestOrganization, more: Parameters<typeof connect>[1] = {}) =>
  connect(org.owner, { provider: 'slack', slot: 'organization', account: 'dana@acme-corp', ...more })
async function connected(org: TestOrganization): Promise<string> {
  const { connection } = await connectSlack(org)
  if (!connection) throw new Error('not connected')
  return connection.id
}
const setSearch = (org: TestOrganization, isOn: boolean) =>
  configure(org.owner.actor, 'slack', { options: { message_search: isOn } })
const channelsOf = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, async (api) => titles((await slackReader('channel').list(api, {})).items))
const found = (org: TestOrganization, id: string, query: string) =>
  withConnection(org.owner.actor, id, async (api) =>
    titles((await slackReader('message').search(api, query, {})).items),
  )
const standing = async (org: TestOrganization, id: string) => {
  const { status, signal, reason } = await findConnection(org.owner.actor, id)
  return { status, signal, reason }
}
const fine = { status: 'connected', signal: 'green', reason: null }
const searches = async () => (await sandbox.control.log()).filter(({ path }) => path.endsWith('/search.messages'))

test('an admin connects Slack for everyone: Connected, under the workspace’s name', async () => {
  const org = await newOrganization()
  const { attempt, connection } = await connectSlack(org)
  expect(attempt.status).toBe('succeeded')
  expect(connection).toMatchObject({
    ...fine,
    slot: 'organization',
    account: { id: 'T05ACMECRP1', label: 'acme-corp' },
  })
  expect(connection?.scopes).toEqual({ requested: SEED, granted: SEED, missing: [], extra: [] })
  expect(await channelsOf(org, connection?.id ?? '')).toContain('#engineering')
})

test('Slack has no account of a member’s own', async () => {
  const org = await newOrganization()
  await expect(connectSlack(org, { slot: 'user' })).rejects.toMatchObject({ kind: 'fields-not-accepted' })
})

test('a code that Slack refuses, with 200, connects nothing and names its code', async () => {
  const org = await newOrganization()
  const body = { ok: false, error: 'invalid_code' }
  await sandbox.control.faults([{ provider: 'slack', path: '/slack-web/api/oauth.v2.access', status: 200, body }])
  const { attempt, connection } = await connectSlack(org)
  expect(attempt).toMatchObject({
    status: 'failed',
    problem: { detail: 'Slack refused the code exchange (invalid_code). Connect again.' },
  })
  expect(connection).toBeNull()
})

test('cancelling at Slack changes nothing and says so', async () => {
  const org = await newOrganization()
  const { attempt } = await connectSlack(org, { decision: 'deny' })
  expect(attempt.problem?.detail).toBe('You cancelled at Slack. Nothing changed.')
})

test('T-CON-15 permissions that were left out are named, and what was given works', async () => {
  const org = await newOrganization()
  const granted = SEED.filter((name) => name !== 'users:read.email')
  await sandbox.control.set({ provider: 'slack', grantScopes: granted })
  const { connection } = await connectSlack(org)
  expect(connection).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'scopes_missing',
    reason: '1 permission missing: users:read.email',
    nextAction: { id: 'grant_missing' },
  })
  expect(await channelsOf(org, connection?.id ?? '')).toContain('#engineering')
})

test('without the permission that nothing works without, the connection asks for it', async () => {
  const org = await newOrganization()
  await sandbox.control.set({ provider: 'slack', grantScopes: SEED.filter((name) => name !== 'channels:read') })
  const { connection } = await connectSlack(org)
  expect(connection).toMatchObject({ status: 'needs_reauth', reasonCode: 'scopes_required' })
  expect(connection?.reason).toContain('channels:read')
})

test('another workspace on reconnect is asked about, and the old one stays until somebody chooses', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const { attempt } = await connectSlack(org, { account: 'sam@globex-labs' })
  expect(attempt).toMatchObject({ status: 'mismatch' })
  expect(attempt.choices?.map(({ label }) => label)).toEqual(['Keep acme-corp', 'Switch to Globex Labs'])
  expect((await findConnection(org.owner.actor, id)).account?.label).toBe('acme-corp')
  await chooseAccount(org.owner.actor, attempt.id, 'switch')
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ id, account: { label: 'Globex Labs' } })
})

test('T-ACT-2 removed at Slack: the next read finds out, with 200, and the connection says why', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await sandbox.control.revoke({ provider: 'slack', workspace: 'acme-corp' })
  await expect(channelsOf(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  expect(await standing(org, id)).toEqual({
    status: 'needs_reauth',
    signal: 'amber',
    reason: 'Connection invalid: access revoked at Slack',
  })
  const { items } = await listActivity(org.owner.actor, 'slack', { level: 'problem', limit: 50 })
  expect(items).toMatchObject([{ explanation: 'Slack no longer accepts the token.', connectionId: id }])
})

test('one call that is refused says nothing of a connection whose token Slack still takes', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const body = { ok: false, error: 'invalid_auth' }
  await sandbox.control.faults([{ provider: 'slack', path: '/slack-web/api/conversations.list', status: 200, body }])
  await expect(channelsOf(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  expect(await standing(org, id)).toEqual(fine)
})

test('a channel that an admin turns on is joined, and then its messages are read', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const read = () =>
    withConnection(org.owner.actor, id, async (api) =>
      titles((await slackReader('message').list(api, { parent: 'C05ENGINR01' })).items),
    )
  await expect(read()).rejects.toMatchObject({ failure: 'setup', detail: 'invite' })
  const asked = listResources(org.owner.actor, id, { kind: 'message', parent: 'C05ENGINR01' })
  await expect(asked).rejects.toMatchObject({ kind: 'provider-refused', message: slack.remedies?.invite })
  expect(slack.remedies?.invite).toContain('`/invite @Plugboard`')
  await withConnection(org.owner.actor, id, (api, { provider }) =>
    Promise.resolve(provider.sharing?.turnedOn?.(api, 'C05ENGINR01')),
  )
  expect((await read()).length).toBeGreaterThan(2)
  expect(await standing(org, id)).toEqual(fine)
})

test('messages are searched as the person who connected, only while an admin has that on', async () => {
  const org = await newOrganization()
  await setSearch(org, true)
  const id = await connected(org)
  expect((await findConnection(org.owner.actor, id)).scopes.granted).toContain('search:read')
  expect((await found(org, id, 'retry')).length).toBeGreaterThan(0)
  await setSearch(org, false)
  await sandbox.control.clearLog()
  await expect(found(org, id, 'retry')).rejects.toMatchObject({ failure: 'scope' })
  expect(await searches()).toEqual([])
  await setSearch(org, true)
  expect((await found(org, id, 'retry')).length).toBeGreaterThan(0)
})

test('message search that was turned on after connecting asks for its permission, and that is no broken connection', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await setSearch(org, true)
  const missing = { status: 'connected', signal: 'amber', reason: '1 permission missing: message search' }
  expect(await standing(org, id)).toEqual(missing)
  await connectSlack(org)
  expect(await standing(org, id)).toEqual(fine)
})

test('the person who connected leaves the workspace: search is missing, channels are read on', async () => {
  const org = await newOrganization()
  await setSearch(org, true)
  const id = await connected(org)
  await sandbox.control.set({ provider: 'slack', person: { account: 'dana@acme-corp', deactivated: true } })
  await expect(found(org, id, 'retry')).rejects.toMatchObject({ failure: 'scope', detail: 'second_token' })
  const missing = { status: 'connected', signal: 'amber', reason: '1 permission missing: message search' }
  expect(await standing(org, id)).toEqual(missing)
  expect(await channelsOf(org, id)).toContain('#engineering')
  await verify(org.owner.actor, id)
  expect(await standing(org, id)).toEqual(missing)
})
