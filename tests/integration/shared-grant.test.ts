import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { startConnect } from '#lib/attempts/start.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { findConnection, listConnections } from '#lib/connections/queries.ts'
import { probe, verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withSystem } from '#lib/platform/db.ts'
import { type Actor, enter } from '#lib/tenancy/actor.ts'
import {
  auditIn,
  connectBoth,
  connectOne,
  credentialsIn,
  DANA,
  noticesIn,
  probesIn,
  standingsIn,
  tokenCallsAt,
} from '#tests/support/atlassian.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { DANAS_TOKEN } from '#tests/support/sandbox-atlassian.ts'
import { ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const projects = (actor: Actor, id: string) =>
  withConnection(actor, id, (api) => api('/rest/api/3/project/search', { schema: z.object({ total: z.number() }) }))
const spaces = (actor: Actor, id: string) =>
  withConnection(actor, id, (api) =>
    api('/wiki/api/v2/spaces', { schema: z.object({ results: z.array(z.unknown()) }) }),
  )

/** The permissions that the consent page would ask for. */
async function askedOf(actor: Actor, provider: string, more: { slot?: 'user' | 'organization'; also?: string[] } = {}) {
  const { slot = 'user', also } = more
  const start = { provider, slot, also, attempt: randomUUID(), via: 'form', browser: null } as const // as const: names of choices
  const { authorizeUrl } = await startConnect(actor, start)
  return (new URL(authorizeUrl).searchParams.get('scope') ?? '').split(' ')
}
const isOf = (product: string) => (scope: string) => scope.includes(product)

test('T-ATL-1: one consent connects both products, on one Credential', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const { jira, confluence, attempt } = await connectBoth(org.owner)
  expect(attempt).toMatchObject({ status: 'succeeded', also: [{ provider: 'confluence', name: 'Confluence' }] })
  expect(await tokenCallsAt(sandbox)).toHaveLength(1)
  const standings = await standingsIn(org)
  expect(standings.map(({ provider, status }) => [provider, status])).toEqual([
    ['jira', 'connected'],
    ['confluence', 'connected'],
  ])
  expect(new Set(standings.map(({ credentialId }) => credentialId)).size).toBe(1)
  expect(await credentialsIn(org)).toHaveLength(1)
  expect((await projects(actor, jira)).total).toBeGreaterThan(0)
  expect((await spaces(actor, confluence)).results.length).toBeGreaterThan(0)
  expect(await auditIn(org)).toEqual(['connection.created jira', 'connection.created confluence'])
})

test('what each product was given is its own: nothing of the other’s counts as missing or too much', async () => {
  const org = await newOrganization()
  await connectBoth(org.owner)
  for (const { provider, scopes, status, signal, reason } of await listConnections(org.owner.actor)) {
    const other = provider === 'jira' ? 'confluence' : 'jira'
    expect({ status, signal, reason }).toEqual({ status: 'connected', signal: 'green', reason: null })
    expect([...scopes.requested, ...scopes.granted].filter(isOf(other))).toEqual([])
    expect({ missing: scopes.missing, extra: scopes.extra }).toEqual({ missing: [], extra: [] })
  }
})

test('a probe of either knows its own site', async () => {
  const org = await newOrganization()
  const { jira, confluence } = await connectBoth(org.owner)
  for (const id of [jira, confluence])
    expect(await verify(org.owner.actor, id)).toMatchObject({
      status: 'connected',
      account: { label: 'acme.atlassian.net', id: (await findConnection(org.owner.actor, jira)).account.id },
    })
})

test('without the other product nothing of it is asked for, and with it the union is', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  expect((await askedOf(actor, 'jira')).some(isOf('confluence'))).toBe(false)
  const both = await askedOf(actor, 'jira', { also: ['confluence'] })
  expect([both.some(isOf('jira')), both.some(isOf('confluence'))]).toEqual([true, true])
  expect(both.filter((name) => name === 'offline_access')).toHaveLength(1)
})

test('connecting the second product later asks for both, since the newer consent replaces the older: both go on', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const jira = await connectOne(org.owner, 'jira')
  const confluence = await connectOne(org.owner, 'confluence')
  expect(await credentialsIn(org)).toHaveLength(1)
  expect((await projects(actor, jira.id)).total).toBeGreaterThan(0)
  expect((await spaces(actor, confluence.id)).results.length).toBeGreaterThan(0)
  expect((await standingsIn(org)).map(({ status }) => status)).toEqual(['connected', 'connected'])
})

test('what a person connected in another organization is asked for too, and kept apart there', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const jira = await connectOne(acme.owner, 'jira')
  await withSystem('sign-up', (db) =>
    db.membership.create({ data: { organizationId: globex.id, userId: acme.owner.person.id, role: 'member' } }),
  )
  const there = { person: acme.owner.person, actor: await enter(acme.owner.person, globex.slug) }
  await connectOne(there, 'confluence')
  expect((await projects(acme.owner.actor, jira.id)).total).toBeGreaterThan(0)
  expect([(await credentialsIn(acme)).length, (await credentialsIn(globex)).length]).toEqual([1, 1])
})

test('a token pasted in another organization widens no consent', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const dana = await ownerOf(acme)
  const fields = { site: 'acme', email: DANA, token: DANAS_TOKEN }
  const pasted = { provider: 'jira', slot: 'organization', method: 'api_token', fields }
  expect((await dana.post(dana.at('connections'), pasted)).status).toBe(201)
  await withSystem('sign-up', (db) =>
    db.membership.create({ data: { organizationId: globex.id, userId: acme.owner.person.id, role: 'member' } }),
  )
  const there = await enter(acme.owner.person, globex.slug)
  expect((await askedOf(there, 'confluence')).some(isOf('jira'))).toBe(false)
})

test('a member is not asked for what others connected', async () => {
  const org = await newOrganization()
  await connectOne(org.owner, 'jira', { slot: 'organization' })
  const sam = await org.join('member', 'Sam')
  expect((await askedOf(sam.actor, 'confluence')).some(isOf('jira'))).toBe(false)
  const ines = await org.join('admin', 'Ines')
  expect((await askedOf(ines.actor, 'confluence', { slot: 'organization' })).some(isOf('jira'))).toBe(true)
})

test('a consent that takes away what another connection of the account needs is told there at once', async () => {
  const org = await newOrganization()
  const jira = await connectOne(org.owner, 'jira', { slot: 'organization' })
  const sam = await org.join('member', 'Sam')
  await connectOne(sam, 'confluence')
  const { status, reasonCode, scopes } = await findConnection(org.owner.actor, jira.id)
  expect({ status, reasonCode }).toEqual({ status: 'needs_reauth', reasonCode: 'scopes_required' })
  expect(scopes.missing.length).toBeGreaterThan(0)
  expect(await noticesIn(org)).toBe(1)
})

test('disconnecting one product keeps the other; the Credential goes with the last, and the ids come back', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const { jira, confluence } = await connectBoth(org.owner)
  expect(await disconnect(actor, confluence)).toMatchObject({ revocation: 'kept_for_another_connection' })
  expect((await projects(actor, jira)).total).toBeGreaterThan(0)
  expect(await credentialsIn(org)).toHaveLength(1)
  expect((await askedOf(actor, 'jira')).some(isOf('confluence'))).toBe(false)
  await disconnect(actor, jira)
  expect(await credentialsIn(org)).toHaveLength(0)
  const again = await connectBoth(org.owner)
  expect([again.jira, again.confluence]).toEqual([jira, confluence])
})

test('a site without the other product, and somebody without a licence: the first is connected, and it is said why not both', async () => {
  const org = await newOrganization()
  const alone = await connect(org.owner, { provider: 'jira', account: 'dana@kowalski.example', also: ['confluence'] })
  expect(alone.attempt).toMatchObject({ status: 'succeeded' })
  expect(alone.attempt.also).toEqual([
    { provider: 'confluence', name: 'Confluence', detail: expect.stringContaining('no Confluence site') },
  ])
  const lee = await org.join('member', 'Lee')
  const unlicensed = await connect(lee, { provider: 'jira', account: 'lee@park.example', also: ['confluence'] })
  expect(unlicensed.attempt).toMatchObject({ status: 'succeeded', also: [{ provider: 'confluence' }] })
  expect(unlicensed.attempt.also?.[0]?.connectionId).toBeUndefined()
})

test('another account that stands at the second product stays there', async () => {
  const org = await newOrganization()
  const before = await connectOne(org.owner, 'confluence', { account: 'priya@acme.example' })
  const { attempt } = await connect(org.owner, { provider: 'jira', account: DANA, also: ['confluence'] })
  expect(attempt.also?.[0]?.detail).toContain('stays with the account')
  expect((await findConnection(org.owner.actor, before.id)).account).toEqual(before.account)
  expect(await credentialsIn(org)).toHaveLength(2)
})

test('a revoked grant turns both connections, one change and one notice each; reconnecting one brings both back', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const { jira, confluence } = await connectBoth(org.owner)
  await sandbox.control.revoke({ provider: 'jira', account: DANA })
  await verify(actor, jira)
  expect((await standingsIn(org)).map(({ status }) => status)).toEqual(['needs_reauth', 'needs_reauth'])
  expect((await auditIn(org)).slice(2).sort()).toEqual(['connection.revoked confluence', 'connection.revoked jira'])
  expect(await noticesIn(org)).toBe(2)
  await verify(actor, confluence)
  expect(await noticesIn(org)).toBe(2)
  expect((await connectOne(org.owner, 'jira')).id).toBe(jira)
  expect(await probesIn(org)).toContain(confluence)
  await probe(actor, confluence)
  expect((await standingsIn(org)).map(({ status }) => status)).toEqual(['connected', 'connected'])
  expect(await credentialsIn(org)).toHaveLength(1)
})
