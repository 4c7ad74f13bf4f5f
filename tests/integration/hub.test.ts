import { expect, test } from 'vitest'
import { listActivity, listProviders } from '#lib/connections/queries.ts'
import type { ConnectionView, SlotName, SlotView } from '#lib/connections/schema.ts'
import { verify } from '#lib/connections/verify.ts'
import { withOrg } from '#lib/platform/db.ts'
import { providers } from '#lib/providers/registry.ts'
import { newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { connectSource, type SourceId, sourceIds } from '#tests/support/sources.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const slotOf = async (org: TestOrganization, provider: string, slot: SlotName = 'organization') => {
  const { items } = await listProviders(org.owner.actor)
  return items.find(({ id }) => id === provider)?.slots.find((one) => one.slot === slot)
}

type Stored = { status: string; reasonCode: string; method: string }

/** A connection for everyone as the rules would leave it, whatever came before. */
const stands = ({ owner }: TestOrganization, provider: string, stored: Stored) =>
  withOrg(owner.actor, (db) =>
    db.connection.create({
      data: {
        organizationId: owner.actor.organizationId,
        provider,
        slot: 'organization',
        slotKey: 'organization',
        accountId: 'acme',
        accountLabel: 'acme',
        createdById: owner.person.id,
        since: new Date(),
        scopesRequested: [],
        scopesGranted: [],
        ...stored,
      },
    }),
  )

const dead = [
  ['expired', 'expired'],
  ['needs_reauth', 'token_refused'],
  ['needs_reauth', 'revoked'],
  ['needs_reauth', 'refresh_refused'],
] as const // as const: pairs of words

test('T-HUB-4 expired and revoked: why begins with Connection invalid, and the repair is Reconnect or Replace key', async () => {
  const repairs: string[] = []
  for (const { id, auth, slots } of providers) {
    if (!slots.includes('organization')) continue
    for (const way of auth) {
      const { type: method, slots: only } = way
      if (only && !only.includes('organization')) continue
      for (const [status, reasonCode] of dead) {
        const org = await newOrganization()
        await stands(org, id, { status, reasonCode, method })
        const slot = await slotOf(org, id)
        expect(slot, `${id} ${method} ${reasonCode}`).toMatchObject({ status, signal: 'amber' })
        expect(slot?.reason, `${id} ${method} ${reasonCode}`).toMatch(/^Connection invalid: /)
        expect(slot?.nextAction, `${id} ${method} ${reasonCode}`).toMatchObject({ may: true })
        repairs.push(`${'fields' in way ? 'key' : 'oauth'}: ${slot?.nextAction?.label}`)
      }
    }
  }
  expect([...new Set(repairs)].sort()).toEqual(['key: Replace key', 'oauth: Reconnect'])
})

/** Every provider connected; the connections by their providers. */
async function allConnected({ owner }: TestOrganization): Promise<Map<SourceId, ConnectionView>> {
  const connected = new Map<SourceId, ConnectionView>()
  for (const id of sourceIds) connected.set(id, await connectSource(owner, id))
  return connected
}

/** Looks at a connection three times while its provider answers each request with this status. */
async function failing({ owner }: TestOrganization, { provider, id }: ConnectionView, status: number): Promise<void> {
  await sandbox.control.faults([{ provider, path: '/**', status }])
  for (const _ of [1, 2, 3]) await verify(owner.actor, id).catch(() => null)
  await sandbox.control.clearFaults()
}

type Row = Pick<SlotView, 'slot' | 'status' | 'signal' | 'reason'>

/** Every row but one, as far as its badge goes. */
async function others(org: TestOrganization, provider: string): Promise<[string, Row[]][]> {
  const { items } = await listProviders(org.owner.actor)
  return items
    .filter(({ id }) => id !== provider)
    .map(({ id, slots }) => [id, slots.map(({ slot, status, signal, reason }) => ({ slot, status, signal, reason }))])
}

test('T-HUB-9 a provider that answers 500 turns its own row, and leaves the other 12 as they are', async () => {
  const org = await newOrganization()
  const connected = await allConnected(org)
  expect([...connected.keys()].sort()).toEqual(providers.map(({ id }) => id).sort())
  for (const [provider, connection] of connected) {
    const before = await others(org, provider)
    expect(before).toHaveLength(12)
    await failing(org, connection, 500)
    expect(await slotOf(org, provider, connection.slot), provider).toMatchObject({ status: 'error', signal: 'red' })
    expect(await others(org, provider), provider).toEqual(before)
  }
})

test('T-HUB-5 an error’s button is View logs, and the failure is the newest among the problems', async () => {
  const org = await newOrganization()
  for (const [provider, connection] of await allConnected(org)) {
    await failing(org, connection, 503)
    expect((await slotOf(org, provider, connection.slot))?.nextAction, provider).toEqual({
      id: 'view_logs',
      label: 'View logs',
      who: 'anyone',
      may: true,
    })
    const { items } = await listActivity(org.owner.actor, provider, { limit: 50, level: 'problem' })
    expect(items[0], provider).toMatchObject({ level: 'problem', what: expect.stringContaining('keeps failing') })
    expect(items[0]?.requestId).toBeTruthy()
  }
})
