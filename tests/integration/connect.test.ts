import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { completeConnect } from '#lib/attempts/complete.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { findProviderView } from '#lib/connections/queries.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { connect, newBrowser, newOrganization, newPerson, type TestOrganization } from '#tests/support/organization.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const tokenCalls = async () => (await sandbox.control.log()).filter(({ path }) => path === TOKEN_PATH).length
const auditOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, async (db) => {
    const events = await db.auditEvent.findMany({ orderBy: { sequence: 'asc' } })
    return events.map(({ action, after }) => [action, after] as const)
  })
const slotOf = async (org: TestOrganization, slot = 'user') =>
  (await findProviderView(org.owner.actor, 'github')).slots.find((entry) => entry.slot === slot)

/** An attempt that has been answered at GitHub but whose answer has not reached us. */
async function pending(org: TestOrganization, account = 'dana-k') {
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const { person, actor } = org.owner
  const { authorizeUrl } = await startConnect(actor, {
    provider: 'github',
    slot: 'user',
    attempt,
    via: 'form',
    browser,
  })
  const url = new URL(await sandbox.consent(authorizeUrl, { account }))
  return { attempt, browser, authorizeUrl, arrival: { url, callback: 'github', person, browser } }
}

test('a member who authorizes at GitHub is connected under their own name', async () => {
  const org = await newOrganization()
  const { attempt, connection } = await connect(org.owner, { account: 'dana-k' })
  expect(attempt.status).toBe('succeeded')
  expect(connection).toMatchObject({
    status: 'connected',
    signal: 'green',
    slot: 'user',
    account: { label: '@dana-k' },
  })
  expect(connection?.scopes.missing).toEqual([])
  expect((await auditOf(org)).map(([action]) => action)).toContain('connection.created')
})

test('an admin connects the organization apart from their own account', async () => {
  const org = await newOrganization()
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  expect(await slotOf(org, 'organization')).toMatchObject({ status: 'connected', signal: 'green' })
  expect(await slotOf(org, 'user')).toMatchObject({ status: 'not_configured', connection: null })
})

test('19: a member may not connect the organization, and is told who can', async () => {
  const org = await newOrganization()
  const priya = await org.join('member', 'Priya Nair')
  await expect(connect(priya, { slot: 'organization' })).rejects.toThrow('Only owners and admins')
})

test('cancelling at GitHub changes nothing and says so', async () => {
  const org = await newOrganization()
  const { attempt } = await connect(org.owner, { decision: 'deny' })
  expect(attempt).toMatchObject({ status: 'denied', problem: { detail: 'You cancelled at GitHub. Nothing changed.' } })
  expect(await slotOf(org)).toMatchObject({ status: 'not_configured' })
  expect(await auditOf(org)).toContainEqual(['connection.denied', { reason: 'denied' }])
  expect(await tokenCalls()).toBe(0)
})

test('an attempt that was cancelled here is not redeemed by a later approval', async () => {
  const org = await newOrganization()
  const { attempt, arrival } = await pending(org)
  await cancelAttempt(org.owner.actor, attempt)
  expect(await completeConnect(arrival)).toEqual({ attempt })
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({ status: 'cancelled' })
  expect(await tokenCalls()).toBe(0)
})

test('9: an answer with an unknown or missing state ends on a page, without a token call, audited', async () => {
  const org = await newOrganization()
  const { arrival } = await pending(org)
  const unknown = new URL(arrival.url)
  unknown.searchParams.set('state', newBrowser())
  const missing = new URL(arrival.url)
  missing.searchParams.delete('state')
  for (const url of [unknown, missing])
    expect(await completeConnect({ ...arrival, url })).toEqual({ problem: 'state_unknown' })
  expect(await tokenCalls()).toBe(0)
  const refused = (await auditOf(org)).filter(([action]) => action === 'connection.failed')
  expect(refused).toEqual([
    ['connection.failed', { reason: 'state_unknown' }],
    ['connection.failed', { reason: 'state_unknown' }],
  ])
})

test('9: a used answer, and one older than ten minutes, are refused without a token call', async () => {
  const org = await newOrganization()
  const used = await pending(org)
  await completeConnect(used.arrival)
  expect(await tokenCalls()).toBe(1)
  expect(await completeConnect(used.arrival)).toEqual({ problem: 'used' })
  const old = await pending(org)
  const restore = shiftClock(10 * 60 * 1000 + 1000)
  try {
    expect(await completeConnect(old.arrival)).toEqual({ attempt: old.attempt })
    expect(await findAttempt(org.owner.actor, old.attempt)).toMatchObject({
      status: 'failed',
      problem: { kind: 'timed_out' },
    })
  } finally {
    restore()
  }
  expect(await tokenCalls()).toBe(1)
  expect((await auditOf(org)).map(([, after]) => after)).toEqual(
    expect.arrayContaining([{ reason: 'used' }, { reason: 'timed_out' }]),
  )
})

test("9: an answer in another person's session is refused and nothing is stored", async () => {
  const org = await newOrganization()
  const priya = await org.join('member', 'Priya Nair')
  const stranger = await newPerson('Mallory')
  const { arrival, attempt } = await pending(org)
  for (const person of [priya.person, stranger])
    expect(await completeConnect({ ...arrival, person })).toEqual({ problem: 'other_user' })
  expect(await tokenCalls()).toBe(0)
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({ status: 'opened' })
  expect(await withOrg(org.owner.actor, (db) => db.credential.count())).toBe(0)
  expect(await auditOf(org)).toContainEqual(['connection.failed', { reason: 'other_user' }])
})

test('9: an answer in another browser is refused', async () => {
  const org = await newOrganization()
  const { arrival } = await pending(org)
  for (const browser of [newBrowser(), null])
    expect(await completeConnect({ ...arrival, browser })).toEqual({ problem: 'other_browser' })
  expect(await tokenCalls()).toBe(0)
  expect(await auditOf(org)).toContainEqual(['connection.failed', { reason: 'other_browser' }])
})

test('9: an answer for a member who was removed meanwhile is refused', async () => {
  const org = await newOrganization()
  const priya = await org.join('member', 'Priya Nair')
  const { arrival } = await pending({ ...org, owner: priya })
  await withSystem('sign-up', (db) =>
    db.membership.updateMany({
      where: { organizationId: org.id, userId: priya.person.id },
      data: { leftAt: new Date() },
    }),
  )
  expect(await completeConnect(arrival)).toEqual({ problem: 'not_allowed' })
  expect(await tokenCalls()).toBe(0)
})

test('a session that ended while the person was at GitHub is told, and the attempt cannot be redeemed later', async () => {
  const org = await newOrganization()
  const { arrival, attempt } = await pending(org)
  expect(await completeConnect({ ...arrival, person: null })).toEqual({ problem: 'session_ended' })
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({
    status: 'failed',
    problem: { kind: 'session_ended' },
  })
  expect(await completeConnect(arrival)).toEqual({ problem: 'used' })
  expect(await tokenCalls()).toBe(0)
})

test('10: of two simultaneous answers with one state exactly one is exchanged', async () => {
  const org = await newOrganization()
  const { arrival, attempt } = await pending(org)
  const landings = await Promise.all([completeConnect(arrival), completeConnect(arrival)])
  expect(landings).toContainEqual({ attempt })
  expect(await tokenCalls()).toBe(1)
  expect(await slotOf(org)).toMatchObject({ status: 'connected' })
})

test('11: neither the state nor the verifier is in the database in clear', async () => {
  const org = await newOrganization()
  const { authorizeUrl } = await pending(org)
  const state = new URL(authorizeUrl).searchParams.get('state') ?? ''
  expect(Buffer.from(state, 'base64url')).toHaveLength(32)
  const [row] = await withOrg(org.owner.actor, (db) => db.connectAttempt.findMany())
  expect(JSON.stringify(row)).not.toContain(state)
  expect(row?.verifier).toContain('ciphertext')
  expect(new URL(authorizeUrl).searchParams.get('code_challenge_method')).toBe('S256')
})

test('12: the redirect URI is the configured one in both legs', async () => {
  const org = await newOrganization()
  const { authorizeUrl, arrival } = await pending(org)
  expect(new URL(authorizeUrl).searchParams.get('redirect_uri')).toBe('http://localhost:3000/api/callback/github')
  await completeConnect({ ...arrival, url: new URL(arrival.url.href.replace('localhost:3000', 'evil.example')) })
  expect(await slotOf(org)).toMatchObject({ status: 'connected' }) // GitHub compares both and took it
})

test('25: an answer brought to another provider’s address is refused before the token call', async () => {
  const org = await newOrganization()
  const { arrival } = await pending(org)
  expect(await completeConnect({ ...arrival, callback: 'slack' })).toEqual({ problem: 'other_provider' })
  expect(await tokenCalls()).toBe(0)
})

test('25: an answer that names another issuer than GitHub is refused before the token call', async () => {
  const org = await newOrganization()
  const { arrival, attempt } = await pending(org)
  const url = new URL(arrival.url)
  url.searchParams.set('iss', 'https://evil.example/login/oauth')
  expect(await completeConnect({ ...arrival, url })).toEqual({ attempt })
  expect((await findAttempt(org.owner.actor, attempt)).problem).toMatchObject({
    kind: 'authorize_refused',
    code: 'issuer_mismatch',
  })
  expect(await tokenCalls()).toBe(0)
})

test('25: parallel attempts of two organizations do not disturb each other', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [one, two] = [await pending(acme, 'dana-k'), await pending(globex, 'sam-o')]
  await completeConnect(two.arrival)
  await completeConnect(one.arrival)
  expect((await slotOf(acme))?.connection?.account.label).toBe('@dana-k')
  expect((await slotOf(globex))?.connection?.account.label).toBe('@sam-o')
})

test('a refused code exchange is told with its code', async () => {
  const org = await newOrganization()
  const { arrival, attempt } = await pending(org)
  await sandbox.control.clock(11 * 60)
  await completeConnect(arrival)
  const view = await findAttempt(org.owner.actor, attempt)
  expect(view.problem).toMatchObject({ kind: 'exchange_refused', code: 'bad_verification_code' })
  expect(view.problem?.detail).toBe('GitHub refused the code exchange (bad_verification_code). Connect again.')
})

test('26: another account than before asks first, and keeping the old one changes nothing', async () => {
  const org = await newOrganization()
  const before = (await connect(org.owner, { account: 'dana-k' })).connection
  const { attempt } = await connect(org.owner, { account: 'dana-personal' })
  expect(attempt).toMatchObject({ status: 'mismatch', accountLabel: '@dana-personal', previousLabel: '@dana-k' })
  expect(attempt.choices?.[0]?.id).toBe('keep')
  expect((await slotOf(org))?.connection?.account.label).toBe('@dana-k')
  await chooseAccount(org.owner.actor, attempt.id, 'keep')
  expect((await slotOf(org))?.connection).toMatchObject({
    id: before?.id,
    status: 'connected',
    account: { label: '@dana-k' },
  })
  await expect(chooseAccount(org.owner.actor, attempt.id, 'switch')).rejects.toThrow('nothing left to choose')
})

test('26: switching the account keeps the connection id and ends the old token', async () => {
  const org = await newOrganization()
  const before = (await connect(org.owner, { account: 'dana-k' })).connection
  const { attempt } = await connect(org.owner, { account: 'dana-personal' })
  await chooseAccount(org.owner.actor, attempt.id, 'switch')
  expect((await slotOf(org))?.connection).toMatchObject({ id: before?.id, account: { label: '@dana-personal' } })
  const ended = (await sandbox.control.log()).filter(
    ({ method, path }) => method === 'DELETE' && path.includes('/applications/'),
  )
  expect(ended.map(({ status }) => status)).toEqual([204])
})

test('reconnecting keeps the id and retires the replaced token alone', async () => {
  const org = await newOrganization()
  const first = (await connect(org.owner)).connection
  await connect(org.owner, { slot: 'organization', account: 'sam-o' })
  const again = (await connect(org.owner)).connection
  expect(again).toMatchObject({ id: first?.id, status: 'connected' })
  const ended = (await sandbox.control.log()).filter(({ method }) => method === 'DELETE')
  expect(ended.map(({ path }) => path.split('/').at(-1))).toEqual(['token'])
})

test('a permission GitHub did not give leaves the connection asking for it, never silently green', async () => {
  const org = await newOrganization()
  await sandbox.control.set({ provider: 'github', grantScopes: ['read:user'] })
  const { attempt, connection } = await connect(org.owner)
  expect(attempt.status).toBe('succeeded')
  expect(connection).toMatchObject({ status: 'needs_reauth', signal: 'amber', reasonCode: 'scopes_required' })
  expect(connection?.scopes.missing).toContain('repo')
})

test('37: abandoned attempts are forgotten a day after their end', async () => {
  const org = await newOrganization()
  for (let count = 0; count < 5; count++) await pending(org)
  const { purge } = await import('#lib/attempts/purge.ts')
  await purge()
  expect(await withOrg(org.owner.actor, (db) => db.connectAttempt.count())).toBe(5)
  const restore = shiftClock(25 * 60 * 60 * 1000)
  try {
    await purge()
  } finally {
    restore()
  }
  expect(await withOrg(org.owner.actor, (db) => db.connectAttempt.count())).toBe(0)
})
