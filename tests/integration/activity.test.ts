import { expect, test } from 'vitest'
import { startConnect } from '#lib/attempts/start.ts'
import { listAuditEvents } from '#lib/audit/queries.ts'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { noteFirstRun } from '#lib/connections/note-first-run.ts'
import {
  findConnection,
  listActivity,
  listOwnAccounts,
  listProviders,
  readFirstRun,
  readHub,
} from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const page = { limit: 50 }
const told = async (actor: Actor) =>
  (await listActivity(actor, 'github', page)).items.map(({ who, what, explanation, level }) => ({
    line: `${who} ${what}`,
    explanation,
    level,
  }))
const idOf = (made: Awaited<ReturnType<typeof connect>>): string => made.connection?.id ?? ''
const doneIn = async (actor: Actor) => (await readFirstRun(actor)).steps.filter(({ done }) => done).map(({ id }) => id)

/** A board with one reference, as the boards' own verbs would leave it. */
const refer = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) => {
    const organizationId = owner.actor.organizationId
    const by = { createdById: owner.person.id }
    const board = await db.board.create({ data: { organizationId, name: 'First', ...by } })
    const reference = await db.reference.create({
      data: { organizationId, provider: 'github', kind: 'file', externalId: 'a' },
    })
    await db.boardObject.create({
      data: {
        organizationId,
        boardId: board.id,
        referenceId: reference.id,
        type: 'reference',
        position: 0,
        updatedById: owner.person.id,
        ...by,
      },
    })
  })

test("a provider's activity tells in words what people did, newest first", async () => {
  const { owner } = await newOrganization()
  await connect(owner, { decision: 'deny' })
  const id = idOf(await connect(owner, { account: 'dana-k' }))
  await configure(owner.actor, 'github', { whoMayConnect: 'members' })
  await disconnect(owner.actor, id, true)
  expect(await told(owner.actor)).toEqual([
    {
      line: 'Dana Kim disconnected @dana-k by force',
      explanation: 'Cleared here without contacting GitHub.',
      level: 'info',
    },
    {
      line: 'Dana Kim changed who can connect GitHub for everyone',
      explanation: 'Now any member.',
      level: 'info',
    },
    { line: 'Dana Kim connected @dana-k', explanation: null, level: 'info' },
    { line: 'Dana Kim cancelled at GitHub', explanation: 'Nothing changed.', level: 'info' },
  ])
})

test('activity can be narrowed to problems, and goes on where the page before ended', async () => {
  const { owner } = await newOrganization()
  await connect(owner, { decision: 'deny' })
  await connect(owner)
  await disconnect(owner.actor, idOf(await connect(owner)))
  const first = await listActivity(owner.actor, 'github', { limit: 2 })
  const second = await listActivity(owner.actor, 'github', { limit: 2, cursor: first.nextCursor ?? '' })
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 2, null])
  const problems = await listActivity(owner.actor, 'github', { ...page, level: 'problem' })
  expect(problems.items).toEqual([])
})

test('19: a member reads what they did and what befell their own connection; an admin does not read whose account it was', async () => {
  const { owner, join } = await newOrganization()
  const [sam, lee] = [await join('member', 'Sam Ortiz'), await join('reviewer', 'Lee Park')]
  await connect(owner, { account: 'dana-k' })
  await connect(sam, { account: 'lee-p' })
  expect((await told(sam.actor)).map(({ line }) => line)).toEqual(['Sam Ortiz connected @lee-p'])
  const all = ['Sam Ortiz connected their own account', 'Dana Kim connected @dana-k']
  expect((await told(owner.actor)).map(({ line }) => line)).toEqual(all)
  expect((await told(lee.actor)).map(({ line }) => line)).toEqual([
    'Sam Ortiz connected their own account',
    'Dana Kim connected their own account',
  ])
})

test('three failures in a row turn a connection to an error that the activity explains, and the next success ends it', async () => {
  const { owner } = await newOrganization()
  const id = idOf(await connect(owner))
  const status = async () => (await findConnection(owner.actor, id)).status
  const ask = () => withConnection(owner.actor, id, (api, { provider }) => provider.identify(api, { token: '' }))
  await sandbox.control.faults([{ provider: 'github', path: '/user', status: 503 }])
  const seen: string[] = []
  for (const _ of [1, 2, 3]) {
    await expect(ask()).rejects.toMatchObject({ failure: 'unavailable' })
    seen.push(await status())
  }
  expect(seen).toEqual(['connected', 'connected', 'error'])
  expect((await told(owner.actor))[0]).toEqual({
    line: 'Plugboard noticed that GitHub keeps failing',
    explanation: 'GitHub returned 503',
    level: 'problem',
  })
  await sandbox.control.clearFaults()
  await ask()
  expect(await status()).toBe('connected')
  expect((await told(owner.actor))[0]).toMatchObject({
    line: 'Plugboard noticed that GitHub works again',
    level: 'info',
  })
})

test('a probe that is forbidden, not refused, reads as no access until one passes', async () => {
  const { owner } = await newOrganization()
  const id = idOf(await connect(owner))
  await sandbox.control.faults([
    { provider: 'github', path: '/user', status: 403, body: { message: 'Forbidden' }, times: 1 },
  ])
  expect(await verify(owner.actor, id)).toMatchObject({
    status: 'no_access',
    signal: 'amber',
    reason: 'The account lacks the permission needed at GitHub',
    nextAction: { id: 'who_can_help' },
  })
  expect((await told(owner.actor))[0]).toMatchObject({
    line: 'Plugboard noticed that access is missing',
    level: 'problem',
  })
  expect(await verify(owner.actor, id)).toMatchObject({ status: 'connected', signal: 'green' })
})

test('29: what happens to a connection leaves one event each that names who, from where, before and after, without a secret', async () => {
  const { owner, join } = await newOrganization()
  const sam = await join('admin', 'Sam Ortiz')
  const id = idOf(await connect(owner, { slot: 'organization', account: 'dana-k' }))
  await connect(owner, { slot: 'organization', account: 'dana-k' })
  await configure(owner.actor, 'github', { enabled: false })
  await configure(owner.actor, 'github', { enabled: true })
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  await verify(sam.actor, id)
  await disconnect(sam.actor, id, true)
  const { items } = await listAuditEvents(owner.actor, { limit: 50 })
  const account = { account: '@dana-k' }
  expect(
    items.toReversed().map(({ actor, action, before, after, ip }) => [actor.name, action, before, after, ip]),
  ).toEqual([
    [
      'Dana Kim',
      'connection.created',
      null,
      expect.objectContaining({ ...account, status: 'connected' }),
      '203.0.113.7',
    ],
    [
      'Dana Kim',
      'connection.reconnected',
      { ...account, status: 'connected' },
      expect.objectContaining({ ...account, status: 'connected', scopes: expect.any(Array), missing: [] }),
      '203.0.113.7',
    ],
    [
      'Dana Kim',
      'connector.disabled',
      { enabled: true, whoMayConnect: null },
      { enabled: false, whoMayConnect: null },
      '203.0.113.7',
    ],
    [
      'Dana Kim',
      'connector.enabled',
      { enabled: false, whoMayConnect: null },
      { enabled: true, whoMayConnect: null },
      '203.0.113.7',
    ],
    [
      'Sam Ortiz',
      'connection.revoked',
      { status: 'connected' },
      expect.objectContaining({ status: 'needs_reauth', reason: 'token_refused' }),
      '203.0.113.7',
    ],
    [
      'Sam Ortiz',
      'connection.forced',
      { ...account, status: 'needs_reauth' },
      expect.objectContaining({ revocation: 'skipped' }),
      '203.0.113.7',
    ],
  ])
  expect(JSON.stringify(items)).not.toMatch(/gh[opsur]_/)
})

test('guests have no hub, and the connection for everyone is not shown to them', async () => {
  const { owner, join } = await newOrganization()
  const guest = await join('guest', 'Gil Vega')
  await connect(owner, { slot: 'organization' })
  await expect(readHub(guest.actor)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(listActivity(guest.actor, 'github', page)).rejects.toMatchObject({ kind: 'forbidden' })
  const { items } = await listProviders(guest.actor)
  expect(items.flatMap(({ slots }) => slots.filter(({ connection }) => connection))).toEqual([])
})

test('while somebody is at GitHub the slot says so, and what is beneath', async () => {
  const { owner } = await newOrganization()
  await connect(owner)
  const start = { provider: 'github', slot: 'user', attempt: crypto.randomUUID(), via: 'form', browser: null } as const
  await startConnect(owner.actor, start)
  const github = (await readHub(owner.actor)).items.find(({ id }) => id === 'github')
  expect(github?.slots.find(({ slot }) => slot === 'user')).toMatchObject({
    status: 'connecting',
    beneath: { status: 'connected', signal: 'green', nextAction: { id: 'overview' } },
    attempt: { id: start.attempt },
  })
})

test('T-FRX-2: the first steps are ticked by the real thing', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  expect((await readFirstRun(actor)).steps.map(({ id }) => id)).toEqual([
    'hub',
    'provider',
    'oauth',
    'key',
    'status',
    'board',
  ])
  expect(await doneIn(actor)).toEqual([])
  await noteFirstRun(actor, { seen: 'hub' })
  expect(await doneIn(actor)).toEqual(['hub'])
  await connect(org.owner)
  expect(await doneIn(actor)).toEqual(['hub', 'provider', 'oauth', 'status'])
  expect((await readFirstRun(actor)).steps.find(({ id }) => id === 'key')).toMatchObject({ done: false, spared: true })
  await refer(org)
  expect(await doneIn(actor)).toEqual(['hub', 'provider', 'oauth', 'status', 'board'])
})

test('how the first steps are shown is kept, and marks set at once are both kept', async () => {
  const { owner } = await newOrganization()
  await Promise.all([noteFirstRun(owner.actor, { seen: 'provider' }), noteFirstRun(owner.actor, { show: 'collapsed' })])
  expect(await readFirstRun(owner.actor)).toMatchObject({ show: 'collapsed' })
  await noteFirstRun(owner.actor, { show: 'dismissed' })
  expect(await readFirstRun(owner.actor)).toMatchObject({ show: 'dismissed' })
  await noteFirstRun(owner.actor, { show: 'open' })
  expect(await readFirstRun(owner.actor)).toMatchObject({ show: 'open' })
  expect(await doneIn(owner.actor)).toEqual(['provider'])
})

test('somebody who joined is asked for the accounts that the boards need, and for nothing else', async () => {
  const org = await newOrganization()
  const sam = await org.join('member', 'Sam Ortiz')
  expect(await readFirstRun(sam.actor)).toMatchObject({ steps: [], accounts: [] })
  await refer(org)
  expect((await readFirstRun(sam.actor)).accounts).toEqual([{ provider: 'github', name: 'GitHub', done: false }])
  await connect(sam)
  expect((await readFirstRun(sam.actor)).accounts).toEqual([{ provider: 'github', name: 'GitHub', done: true }])
})

test("the account page lists one's own accounts in every organization", async () => {
  const acme = await newOrganization('Acme')
  await connect(acme.owner, { slot: 'organization', account: 'dana-k' })
  expect(await listOwnAccounts(acme.owner.person)).toEqual([])
  await connect(acme.owner, { account: 'dana-k' })
  const found = await listOwnAccounts(acme.owner.person)
  expect(found).toMatchObject([{ organization: { name: 'Acme' }, provider: { name: 'GitHub' } }])
  expect(found[0]?.provider.slots.find(({ slot }) => slot === 'user')?.connection?.account.label).toBe('@dana-k')
})
