import { expect, test } from 'vitest'
import { configure } from '#lib/connections/configure.ts'
import { findProviderView } from '#lib/connections/queries.ts'
import { ProviderView } from '#lib/connections/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const configured = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) => ({
    events: (await db.auditEvent.findMany({ where: { subjectKind: 'connector' } })).length,
    version: (await db.connector.findFirst({ where: { provider: 'github' } }))?.version ?? null,
  }))

test('settings that are as they were are neither written nor audited', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const patch = (body: object) => dana.patch(dana.at('integrations/github'), body, ProviderView)
  await patch({})
  await patch({ enabled: true })
  expect(await configured(org)).toEqual({ events: 0, version: null })
  await patch({ whoMayConnect: 'members' })
  const once = await configured(org)
  expect(once.events).toBe(1)
  for (const body of [{}, { whoMayConnect: 'members' }, { enabled: true, whoMayConnect: 'members' }])
    expect((await patch(body)).body).toMatchObject({ enabled: true, whoMayConnect: 'members' })
  expect(await configured(org)).toEqual(once)
  await patch({ enabled: false })
  expect((await configured(org)).events).toBe(2)
})

test('two settings changed at the same moment are both kept', async () => {
  const { owner } = await newOrganization()
  for (const [enabled, whoMayConnect] of [
    [false, 'members'],
    [true, 'admins'],
    [false, 'members'],
  ] as const) {
    await Promise.all([
      configure(owner.actor, 'github', { enabled }),
      configure(owner.actor, 'github', { whoMayConnect }),
    ])
    expect(await findProviderView(owner.actor, 'github')).toMatchObject({ enabled, whoMayConnect })
  }
})

test('a provider that never was is not there to be configured, and one that is, is an admin’s to configure', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const priya = await joins(org, 'member', 'Priya Nair')
  const patch = (who: typeof dana, provider: string) => who.patch(who.at(`integrations/${provider}`), {})
  expect((await patch(dana, 'nope')).status).toBe(404)
  expect((await patch(priya, 'zoom')).status).toBe(403)
})

test('a member checks the organization’s connection where the provider lets members connect it', async () => {
  const org = await newOrganization()
  const priya = await joins(org, 'member', 'Priya Nair')
  const { connection } = await connect(org.owner, { slot: 'organization' })
  const verify = () => priya.post(priya.at(`connections/${connection?.id}/verify`))
  expect((await verify()).status).toBe(403)
  await configure(org.owner.actor, 'github', { whoMayConnect: 'members' })
  expect((await verify()).status).toBe(200)
})

test('a guest connects an account of their own and learns nothing of the others', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const guest = await joins(org, 'guest', 'Gil Vega')
  await connect(org.owner, { account: 'dana-k' })
  await dana.post(dana.at('connect-attempts'), { provider: 'github', slot: 'organization' })
  await withOrg(org.owner.actor, (db) => db.connectAttempt.updateMany({ data: { status: 'opened' } }))
  const read = async (who: typeof dana) => (await who.get(who.at('integrations/github'), ProviderView)).body
  const shared = (view: ProviderView) => view.slots.find(({ slot }) => slot === 'organization')
  expect((await read(dana)).coverage).toEqual({ connected: 1, members: 2 })
  expect(shared(await read(dana))).toMatchObject({ status: 'connecting', attempt: { startedBy: 'Dana Kim' } })
  const seen = await read(guest)
  expect(seen.coverage).toBeUndefined()
  expect(shared(seen)).toMatchObject({ status: 'not_configured', attempt: null, connection: null })
  const { attempt, connection } = await connect(guest, { account: 'sam-o' })
  expect(attempt.status).toBe('succeeded')
  const own = (await read(guest)).slots.find(({ slot }) => slot === 'user')
  expect(own?.connection?.id).toBe(connection?.id)
  expect((await sandbox.control.log()).length).toBeGreaterThan(0)
})
