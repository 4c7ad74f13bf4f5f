import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startConnect } from '#lib/attempts/start.ts'
import { listOrganizations } from '#lib/connections/list-organizations.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { probe } from '#lib/connections/verify.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { auditIn, connectOne, credentialsIn, DANA, standingsIn } from '#tests/support/atlassian.ts'
import {
  again,
  asked,
  connectJira,
  nativeOrganization,
  providerIn,
  sharedSlot,
  siteOf,
  turn,
  verify,
} from '#tests/support/native.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { DANAS_TOKEN } from '#tests/support/sandbox-atlassian.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const SPACES = /\/wiki\/api\/v2\/spaces$/
const UNSUBSCRIBED =
  'acme.atlassian.net has no Confluence subscription. Confluence needs a paid Confluence Cloud subscription'

const siteHas = siteOf(sandbox)

const attentionOf = async ({ person }: Viewer) => (await listOrganizations(person))[0]?.attention

test('native mode rests on Jira, connected for the organization by a consent that covers Confluence', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const refusal = async () => ((await turn(dana, 'native')).body as { detail?: string }).detail // a problem's body
  expect(await refusal()).toBe('Connect Jira for the organization first. Then turn native mode on.')

  const fields = { site: 'acme', email: DANA, token: DANAS_TOKEN }
  const pasted = { provider: 'jira', slot: 'organization', method: 'api_token', fields }
  const { body } = await dana.post(dana.at('connections'), pasted, ConnectionView)
  expect(await refusal()).toMatch(/^Jira is connected with a token that somebody made/)
  await dana.delete(dana.at(`connections/${body.id}`))

  await connectOne(org.owner, 'jira', { slot: 'organization' })
  expect(await refusal()).toMatch(/^What Jira was allowed does not include Confluence/)

  await connectJira(org)
  expect(await turn(dana, 'native')).toMatchObject({ status: 200, body: { atlassianMode: 'native' } })
  expect((await auditIn(org)).at(-1)).toBe('policy.changed')
})

test('T-CNF-3 T-CNF-4: kept out of Confluence it says what an admin does; let in, it stands on the grant of Jira', async () => {
  const { org, dana } = await nativeOrganization(siteHas)
  expect(await sharedSlot(dana)).toMatchObject({
    status: 'not_configured',
    nextAction: { id: 'verify_access', label: 'Verify Access', may: true },
    methods: [{ type: 'verified' }],
  })
  expect(await verify(dana)).toMatchObject({ status: 'setup_required', signal: 'amber', reasonCode: 'not_enabled' })
  expect((await providerIn(dana, 'confluence')).verified?.setUp.steps).toHaveLength(7)
  expect(await attentionOf(dana)).toBe(1)

  await siteHas('on')
  expect(await verify(dana)).toMatchObject({
    status: 'connected',
    method: 'verified',
    reason: null,
    account: { label: 'acme.atlassian.net' },
    scopes: { missing: [], extra: [] },
  })
  expect(await credentialsIn(org)).toHaveLength(1)
  expect(new Set((await standingsIn(org)).map(({ credentialId }) => credentialId)).size).toBe(1)
  expect(await attentionOf(dana)).toBe(0)
  expect((await auditIn(org)).slice(-2)).toEqual(['connection.verified confluence', 'connection.verified confluence'])
})

test('T-CNF-5 T-CNF-6: a site without a subscription is not available, and asks for attention until it is skipped', async () => {
  const { dana } = await nativeOrganization(siteHas)
  await siteHas('off')
  const found = await verify(dana)
  expect(found).toMatchObject({ status: 'not_available', signal: 'gray', reason: UNSUBSCRIBED })
  expect(await attentionOf(dana)).toBe(1)

  const skip = () => dana.post(dana.at(`connections/${found.id}/skip`), {}, ConnectionView)
  expect((await skip()).body).toMatchObject({ status: 'not_available', reasonCode: 'skipped' })
  expect((await skip()).status).toBe(200)
  expect(await attentionOf(dana)).toBe(0)
  expect(await verify(dana)).toMatchObject({ status: 'not_available', reasonCode: 'skipped' })

  await siteHas('on')
  expect(await verify(dana)).toMatchObject({ id: found.id, status: 'connected' })
  expect((await dana.post(dana.at(`connections/${found.id}/skip`))).status).toBe(409)
})

test('an account without a licence has no access; a provider that does not answer changes nothing', async () => {
  const { dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  await sandbox.control.set({ provider: 'confluence', member: { site: 'acme', email: DANA, confluence: false } })
  const refused = await verify(dana)
  expect(refused).toMatchObject({ status: 'no_access', capabilities: { person: 'Dana Kowalski' } })
  expect(refused.reason).toMatch(/^You need to be a site admin of acme\.atlassian\.net/)

  await sandbox.control.set({ provider: 'confluence', member: { site: 'acme', email: DANA, confluence: true } })
  await sandbox.control.faults([{ provider: 'confluence', path: '/**/wiki/api/v2/spaces', status: 503 }])
  expect(await dana.post(dana.at('connections'), asked)).toMatchObject({
    status: 502,
    body: { detail: 'Confluence didn’t answer. Nothing changed.' },
  })
  expect(await sharedSlot(dana)).toMatchObject({ status: 'no_access' })
  expect(await sharedSlot(dana, 'jira')).toMatchObject({ status: 'connected', signal: 'green' })
})

test('the grant that both stand on is renewed for either, and Confluence goes on when Jira is disconnected', async () => {
  const { org, jira, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  const { id } = await verify(dana)
  const restore = shiftClock(59 * 60_000)
  const spaces = () => dana.get(dana.at(`connections/${id}/resources?kind=space`))
  await sandbox.control.clearLog()
  expect(JSON.stringify((await spaces()).body)).toContain('Engineering')
  restore()
  const calls = await sandbox.control.log()
  expect(calls.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(1)
  expect(calls.some(({ path }) => SPACES.test(path))).toBe(true)

  expect((await dana.delete(dana.at(`connections/${jira}`))).status).toBe(200)
  expect((await spaces()).status).toBe(200)
  expect(await credentialsIn(org)).toHaveLength(1)
  expect(await providerIn(dana, 'jira')).toMatchObject({ native: { builtIn: null } })
  expect(await dana.post(dana.at('connections'), asked)).toMatchObject({
    status: 409,
    body: { detail: 'Connect Jira for the organization first.' },
  })
})

test('what an admin of the site takes away is found by the next probe, and keeps no token', async () => {
  const { org, jira, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  const { id } = await verify(dana)
  await siteHas('blocked')
  await probe(dana.actor, id)
  expect(await sharedSlot(dana)).toMatchObject({ status: 'setup_required' })
  await dana.delete(dana.at(`connections/${jira}`))
  expect(await credentialsIn(org)).toEqual([])
})

test('T-HUB-12: Jira has nothing to configure as long as there is nothing to do about it', async () => {
  const { jira, dana } = await nativeOrganization(siteHas)
  const said = 'Jira is connected through your Atlassian site. Nothing to configure.'
  expect((await providerIn(dana, 'jira')).native).toEqual({ builtIn: said })
  await sandbox.control.revoke({ provider: 'jira', account: DANA })
  await probe(dana.actor, jira)
  expect(await providerIn(dana, 'jira')).toMatchObject({ native: { builtIn: null } })
  expect(await sharedSlot(dana, 'jira')).toMatchObject({ nextAction: { id: 'reconnect' } })
  expect((await dana.post(dana.at('connections'), asked)).status).toBe(409)

  const start = { provider: 'jira', slot: 'organization', attempt: randomUUID(), via: 'form', browser: null } as const // as const: names of choices
  const { authorizeUrl } = await startConnect(dana.actor, { ...start, connection: jira })
  expect(new URL(authorizeUrl).searchParams.get('scope')).toContain('confluence')
})

test('members see how it stands and cannot verify; what they read is their own account’s, as before', async () => {
  const { org, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  const { id } = await verify(dana)
  const sam = await joins(org, 'member', 'Sam')
  expect((await sam.post(sam.at('connections'), asked)).status).toBe(403)
  expect((await sam.post(sam.at(`connections/${id}/skip`))).status).toBe(403)
  expect((await sam.get(sam.at(`connections/${id}/resources?kind=page`))).status).toBe(403)
  const { slots } = await providerIn(sam, 'confluence')
  expect(slots.map(({ slot, status }) => [slot, status])).toEqual([
    ['organization', 'connected'],
    ['user', 'not_configured'],
  ])
  expect(slots.find(({ slot }) => slot === 'user')).toMatchObject({ nextAction: { id: 'connect', may: true } })
})

test('back in standard mode what stands goes on, and access is connected again instead of verified', async () => {
  const { org, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  await verify(dana)
  const before = await standingsIn(org)
  expect((await turn(dana, 'standard')).status).toBe(200)
  expect(await standingsIn(org)).toEqual(before)
  const standard = await again(dana)
  expect(await providerIn(standard, 'confluence')).not.toHaveProperty('native')
  expect(await dana.post(dana.at('connections'), asked)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/method' }] },
  })
})
