import { expect, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

test('21: a token that ended unsaid is renewed to end with, since Notion confirms the end of a dead one and ends nothing', async () => {
  const { owner } = await newOrganization()
  await sandbox.control.set({ provider: 'notion', tokenSeconds: 1 })
  const { connection } = await connect(owner, { provider: 'notion', slot: 'organization', account: 'dana@acme' })
  await sandbox.control.set({ provider: 'notion', tokenSeconds: null })
  await sandbox.control.clock(2)
  await sandbox.control.clearLog()
  expect(await disconnect(owner.actor, connection?.id ?? '', false)).toMatchObject({ revocation: 'revoked' })
  const asked = (await sandbox.control.log()).filter(({ method }) => method === 'POST').map(({ path }) => path)
  expect(asked).toEqual(['/notion-api/v1/oauth/token', '/notion-api/v1/oauth/revoke'])
})
