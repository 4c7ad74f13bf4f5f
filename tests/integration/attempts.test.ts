import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { completeConnect } from '#lib/attempts/complete.ts'
import { keepProof } from '#lib/attempts/keep-proof.ts'
import { purge } from '#lib/attempts/purge.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { configure } from '#lib/connections/configure.ts'
import { openUndecided } from '#lib/connections/held-proof.ts'
import { findConnection } from '#lib/connections/queries.ts'
import type { SlotName } from '#lib/connections/schema.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { changeRole } from '#lib/tenancy/change-role.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

type Seat = TestOrganization['owner']

const sandbox = withSandbox()
const TEN_MINUTES_MS = 10 * 60 * 1000

const tokenCalls = async () => (await sandbox.control.log()).filter(({ path }) => path === TOKEN_PATH).length
/** What GitHub was asked to end, and its answer. */
const ended = async () =>
  (await sandbox.control.log())
    .filter(({ method }) => method === 'DELETE')
    .map(({ path, status }) => [path.split('/').at(-1), status])
const failures = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) => {
    const events = await db.auditEvent.findMany({ where: { action: 'connection.failed' } })
    return events.map(({ result, after }) => ({ result, after }))
  })
const rowOf = ({ owner }: TestOrganization, id: string) =>
  withOrg(owner.actor, (db) => db.connectAttempt.findFirstOrThrow({ where: { id } }))
const demote = (org: TestOrganization, { person }: Seat, role: 'member' | 'reviewer') =>
  changeRole(org.owner.actor, person.id, role)

/** An attempt that was answered at GitHub and whose answer has not reached us. */
async function answered({ person, actor }: Seat, slot: SlotName) {
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const started = await startConnect(actor, { provider: 'github', slot, attempt, via: 'form', browser })
  const url = new URL(await sandbox.consent(started.authorizeUrl, { account: 'dana-k' }))
  return { attempt, arrival: { url, callback: 'github', person, browser } }
}

/** An organization whose connection somebody came back to with another account. */
async function undecided(role: 'owner' | 'admin' = 'owner') {
  const org = await newOrganization()
  const connection = (await connect(org.owner, { slot: 'organization', account: 'dana-k' })).connection?.id ?? ''
  const who = role === 'owner' ? org.owner : await org.join('admin', 'Ada Byron')
  const { attempt } = await connect(who, { slot: 'organization', account: 'sam-o' })
  expect(attempt.status).toBe('mismatch')
  await sandbox.control.clearLog()
  return { org, connection, who, id: attempt.id }
}
const works = async (org: TestOrganization, id: string) =>
  (await withConnection(org.owner.actor, id, (api, { provider }) => provider.identify(api, { token: '' }))).label

const changes: { what: string; kind: string; slot: SlotName; begin?: object; change: Change }[] = [
  {
    what: 'an admin who became a member',
    kind: 'not_allowed',
    slot: 'organization',
    change: (org, admin) => demote(org, admin, 'member'),
  },
  {
    what: 'an admin who became a reviewer, for their own account',
    kind: 'not_allowed',
    slot: 'user',
    change: (org, admin) => demote(org, admin, 'reviewer'),
  },
  {
    what: 'a member once only admins may',
    kind: 'not_allowed',
    slot: 'organization',
    begin: { whoMayConnect: 'members' },
    change: async (org, member) => {
      await demote(org, member, 'member')
      await configure(org.owner.actor, 'github', { whoMayConnect: 'admins' })
    },
  },
  {
    what: 'anybody once the provider is turned off',
    kind: 'disabled',
    slot: 'user',
    change: (org) => configure(org.owner.actor, 'github', { enabled: false }),
  },
]
type Change = (org: TestOrganization, who: Seat) => Promise<unknown>

test.for(changes)(
  'the right to connect is asked again at the end: not $what',
  async ({ kind, slot, begin, change }) => {
    const org = await newOrganization()
    const who = await org.join('admin', 'Ada Byron')
    if (begin) await configure(org.owner.actor, 'github', begin)
    const { attempt, arrival } = await answered(who, slot)
    await change(org, who)
    expect(await completeConnect(arrival)).toEqual({ attempt })
    expect(await findAttempt(who.actor, attempt)).toMatchObject({ status: 'failed', problem: { kind } })
    expect(await tokenCalls()).toBe(0)
    expect(await withOrg(org.owner.actor, (db) => db.credential.count())).toBe(0)
    expect(await failures(org)).toEqual([{ result: 'refused', after: { reason: kind } }])
  },
)

test('a member connects for everyone where members may, up to the end', async () => {
  const org = await newOrganization()
  await configure(org.owner.actor, 'github', { whoMayConnect: 'members' })
  const { attempt } = await connect(await org.join('member', 'Priya Nair'), { slot: 'organization' })
  expect(attempt.status).toBe('succeeded')
})

test('an admin who became a member cannot switch the account, and the new token ends at GitHub', async () => {
  const { org, connection, who, id } = await undecided('admin')
  await demote(org, who, 'member')
  await expect(chooseAccount(who.actor, id, 'switch')).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await findAttempt(who.actor, id)).toMatchObject({ status: 'failed', problem: { kind: 'not_allowed' } })
  expect(await rowOf(org, id)).toMatchObject({ grant: null, verifier: null })
  expect(await ended()).toEqual([['grant', 204]])
  expect(await works(org, connection)).toBe('@dana-k')
  expect(await failures(org)).toEqual([{ result: 'refused', after: { reason: 'not_allowed' } }])
})

test('cancelling instead of choosing ends the new token at GitHub; the old one works on', async () => {
  const { org, connection, who, id } = await undecided()
  expect(await cancelAttempt(who.actor, id)).toMatchObject({ status: 'cancelled' })
  expect(await rowOf(org, id)).toMatchObject({ grant: null, verifier: null })
  expect(await ended()).toEqual([['grant', 204]])
  expect(await works(org, connection)).toBe('@dana-k')
})

test('a choice nobody made in ten minutes is wiped, and its token ends at GitHub', async () => {
  const { org, connection, who, id } = await undecided()
  await purge()
  expect((await rowOf(org, id)).grant).not.toBeNull()
  const restore = shiftClock(TEN_MINUTES_MS + 1000)
  try {
    await purge()
    await purge()
    expect(await findAttempt(who.actor, id)).toMatchObject({ status: 'timed_out', problem: { kind: 'timed_out' } })
    await expect(chooseAccount(who.actor, id, 'switch')).rejects.toThrow('nothing left to choose')
  } finally {
    restore()
  }
  expect(await rowOf(org, id)).toMatchObject({ grant: null, verifier: null })
  expect(await ended()).toEqual([['grant', 204]])
  expect(await works(org, connection)).toBe('@dana-k')
})

test('a verifier is wiped when its attempt can no longer be redeemed', async () => {
  const org = await newOrganization()
  const { attempt, arrival } = await answered(org.owner, 'user')
  const restore = shiftClock(TEN_MINUTES_MS + 1000)
  try {
    await purge()
    expect(await rowOf(org, attempt)).toMatchObject({ status: 'timed_out', verifier: null })
    expect(await completeConnect(arrival)).toEqual({ attempt })
  } finally {
    restore()
  }
  expect(await tokenCalls()).toBe(0)
})

test('an attempt that timed out while its answer was proven is not kept, and its token ends', async () => {
  const { org, connection, who, id } = await undecided()
  const before = await rowOf(org, id)
  const proof = await openUndecided(before)
  if (!proof || !('identity' in proof)) throw new Error('the attempt holds no proof')
  const restore = shiftClock(TEN_MINUTES_MS + 1000)
  await purge().finally(restore)
  await sandbox.control.clearLog()
  expect(await keepProof(who.actor, before, proof)).toBe('timed_out')
  expect((await findConnection(org.owner.actor, connection)).account.label).toBe('@dana-k')
  expect((await ended()).map(([what]) => what)).toEqual(['grant'])
})

const start = ({ actor }: Seat, attempt: string) =>
  startConnect(actor, { provider: 'github', slot: 'user', attempt, via: 'form', browser: newBrowser() })

test('the id of an attempt counts once, also for another organization and at the same moment', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const id = randomUUID()
  await start(acme.owner, id)
  await expect(start(globex.owner, id)).rejects.toMatchObject({ kind: 'already-exists' })
  const both = randomUUID()
  const outcomes = await Promise.allSettled([start(acme.owner, both), start(globex.owner, both)])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { kind: 'already-exists' } }])
})

test('what cannot be started names the field, or that the provider is not there yet', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const post = (body: object) => dana.post(dana.at('connect-attempts'), { provider: 'github', slot: 'user', ...body })
  expect((await post({ method: 'zzz' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/method' }] })
  expect((await post({ also: ['confluence', 'nope'] })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/also' }],
  })
  expect((await post({ also: ['confluence'] })).body).toMatchObject({ status: 422, errors: [{ pointer: '/also' }] })
  expect((await post({ also: [] })).status).toBe(201)
  expect((await post({ provider: 'nope' })).status).toBe(404)
})

test('over the API a refused choice is 403', async () => {
  const org = await newOrganization()
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  const ada = await joins(org, 'admin', 'Ada Byron')
  const { attempt } = await connect(ada, { slot: 'organization', account: 'sam-o' })
  await configure(org.owner.actor, 'github', { enabled: false })
  const choice = await ada.post(ada.at(`connect-attempts/${attempt.id}/choose`), { choice: 'switch' })
  expect(choice.body).toMatchObject({
    type: '/problems/forbidden',
    detail: 'GitHub is turned off for this organization. Ask an admin.',
  })
})
