import { expect, test } from 'vitest'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { OrganizationAnswer, OrganizationList } from '#lib/tenancy/schema.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const ownOf = async (viewer: Viewer) => (await viewer.get('/api/v1/orgs', OrganizationList)).body.items
const breakAtGithub = async (viewer: Viewer, account: string) => {
  await sandbox.control.revoke({ provider: 'github', account })
  await withConnection(viewer.actor, viewer.connectionId, (api, { provider }) =>
    provider.identify(api, { token: '' }),
  ).catch(() => {})
}

test('the list of organizations says how many tools need attention in each, as far as the person may know', async () => {
  const org = await newOrganization('Acme')
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  const gil = await joins(org, 'guest', 'Gil Vega', 'lee-p')
  expect((await ownOf(dana)).map(({ attention }) => attention)).toEqual([0])
  await breakAtGithub(dana, 'dana-k')
  expect((await ownOf(dana)).map(({ slug, attention }) => [slug, attention])).toEqual([[org.slug, 1]])
  expect((await ownOf(priya)).map(({ attention }) => attention)).toEqual([0])
  await breakAtGithub(gil, 'lee-p')
  expect((await ownOf(gil)).map(({ role, attention }) => [role, attention])).toEqual([['guest', 0]])
})

test('looking at all of one’s organizations does not change which was used last', async () => {
  const org = await newOrganization('Acme')
  const dana = await ownerOf(org)
  const { body: other } = await dana.post('/api/v1/orgs', { name: 'Globex' }, OrganizationAnswer)
  await withOrg(org.owner.actor, (db) =>
    db.membership.updateMany({ data: { lastActiveAt: new Date(Date.now() - 3_600_000) } }),
  )
  await dana.get(`/api/v1/orgs/${other.slug}`)
  expect((await ownOf(dana)).map(({ slug }) => slug)).toEqual([other.slug, org.slug])
  expect((await ownOf(dana)).map(({ slug }) => slug)).toEqual([other.slug, org.slug])
})
