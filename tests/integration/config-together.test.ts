import { expect, test } from 'vitest'
import { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const before = { whoMayConnect: 'admins', options: { message_search: false }, inAnswers: true } as const // as const: words

const save = (by: Viewer, change: object) => by.patch(by.at('integrations/slack'), change)
const policyOf = async (by: Viewer) => {
  const { whoMayConnect, inAnswers, options } = (await by.get(by.at('integrations/slack'), ProviderView)).body
  return { whoMayConnect, inAnswers, search: options[0]?.on }
}

test('T-CFG-4 of two admins who save, the second learns who was first and when, and nothing of theirs is saved', async () => {
  const org = await newOrganization()
  const [dana, sam] = [await ownerOf(org), await joins(org, 'admin', 'Sam Ortiz')]
  expect((await save(sam, { whoMayConnect: 'members', was: before })).status).toBe(200)
  const restore = shiftClock(3 * 60_000)
  const refused = await save(dana, { inAnswers: false, was: before }).finally(restore)
  expect(refused).toMatchObject({
    status: 409,
    body: { type: '/problems/conflict', detail: 'Sam Ortiz changed this 3 min ago. Review.' },
  })
  expect(await policyOf(dana)).toEqual({ whoMayConnect: 'members', inAnswers: true, search: false })
  const again = { inAnswers: false, was: { ...before, whoMayConnect: 'members' } }
  expect((await save(dana, again)).status).toBe(200)
  expect(await policyOf(sam)).toEqual({ whoMayConnect: 'members', inAnswers: false, search: false })
})

test('T-CFG-4 an option, what is set for the whole organization and one’s own other page count too; turning it off does not', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  await save(dana, { options: { message_search: true } })
  expect((await save(dana, { inAnswers: false, was: before })).body).toMatchObject({
    detail: 'You changed this 1 min ago. Review.',
  })
  await save(dana, { options: { message_search: false } })
  await save(dana, { enabled: false })
  expect((await save(dana, { inAnswers: false, was: before })).status).toBe(200)
  await dana.patch(`/api/v1/orgs/${org.slug}`, { whoMayConnect: 'members' })
  const stale = await save(dana, { inAnswers: true, was: { ...before, inAnswers: false } })
  expect(stale.body).toMatchObject({ detail: 'You changed this 1 min ago. Review.' })
})

test('T-CFG-4 who is named is who changed what the page shows, also with turning it off; another policy names nobody', async () => {
  const org = await newOrganization()
  const [dana, sam] = [await ownerOf(org), await joins(org, 'admin', 'Sam Ortiz')]
  await save(sam, { enabled: false, inAnswers: false })
  await save(dana, { enabled: true })
  const rotation = await dana.patch(dana.at('rotation'), { everyDays: 60 })
  expect(rotation.status).toBe(200)
  expect((await save(dana, { options: { message_search: true }, was: before })).body).toMatchObject({
    detail: 'Sam Ortiz changed this 1 min ago. Review.',
  })
})

test('T-CFG-3 another way to connect, and back: the same id, the same selections, and the old secret ends where we gave it', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { connection } = await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  const id = String(connection?.id)
  const selected = { connectionId: id, kind: 'repository', resourceId: '710201', onBoards: true }
  await withOrg(org.owner.actor, (db) => db.sharedResource.create({ data: { organizationId: org.id, ...selected } }))
  const selections = () => withOrg(org.owner.actor, (db) => db.sharedResource.findMany())
  const before = await selections()
  await sandbox.control.clearLog()

  const made = await sandbox.control.set({ provider: 'github', makePat: { account: 'dana-k', scopes: ['repo'] } })
  const pasted = { provider: 'github', slot: 'organization', method: 'pat', fields: { token: String(made.token) } }
  const byKey = await dana.post(dana.at('connections'), pasted, ConnectionView)
  expect(byKey.body).toMatchObject({ id, method: 'pat', status: 'connected' })
  const ended = async () => (await sandbox.control.log()).filter(({ method }) => method === 'DELETE')
  expect((await ended()).map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([['token', 204]])

  const back = (await connect(org.owner, { slot: 'organization', account: 'dana-k' })).connection
  expect(back).toMatchObject({ id, method: 'oauth2', status: 'connected' })
  expect(await ended()).toHaveLength(1)
  expect(await selections()).toEqual(before)
})
