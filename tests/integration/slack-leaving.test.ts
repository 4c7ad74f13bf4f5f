import { expect, test } from 'vitest'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { titles } from '#tests/support/github-api.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { slackReader } from '#tests/support/slack-api.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

// Every test here leaves no connection behind: whether one is the last of its workspace decides what Slack is asked.
const sandbox = withSandbox()

async function connected(org: TestOrganization): Promise<string> {
  const { connection } = await connect(org.owner, {
    provider: 'slack',
    slot: 'organization',
    account: 'dana@acme-corp',
  })
  if (!connection) throw new Error('not connected')
  return connection.id
}
const setSearch = (org: TestOrganization, isOn: boolean) =>
  configure(org.owner.actor, 'slack', { options: { message_search: isOn } })
const channelsOf = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, async (api) => titles((await slackReader('channel').list(api, {})).items))
const endings = async () =>
  (await sandbox.control.log())
    .map(({ path }) => path.split('/api/')[1] ?? '')
    .filter((method) => method === 'apps.uninstall' || method === 'auth.revoke')

test('T-DIS-8 disconnecting one organization leaves another with the same workspace connected, and asks Slack nothing', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [id, other] = [await connected(acme), await connected(globex)]
  const said = await disconnect(acme.owner.actor, id)
  expect(said).toMatchObject({
    revocation: 'kept_for_another_connection',
    detail: expect.stringMatching(/^Token deleted here\./),
    connection: { status: 'disconnected' },
  })
  expect(await endings()).toEqual([])
  expect(await channelsOf(globex, other)).toContain('#engineering')
  expect(await findConnection(globex.owner.actor, other)).toMatchObject({ status: 'connected', signal: 'green' })
  expect((await disconnect(globex.owner.actor, other)).revocation).toBe('revoked')
  expect(await endings()).toEqual(['apps.uninstall'])
})

test('an app that may not uninstall itself ends both of its tokens', async () => {
  const org = await newOrganization()
  await setSearch(org, true)
  const id = await connected(org)
  await setSearch(org, false)
  await sandbox.control.set({ provider: 'slack', uninstallForbidden: true })
  expect((await disconnect(org.owner.actor, id)).revocation).toBe('revoked')
  expect(await endings()).toEqual(['apps.uninstall', 'auth.revoke', 'auth.revoke'])
})

test('a workspace that removed the app already is as good as left', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await sandbox.control.revoke({ provider: 'slack', workspace: 'acme-corp' })
  expect((await disconnect(org.owner.actor, id)).detail).toBe('Slack confirmed that the token was revoked.')
})
