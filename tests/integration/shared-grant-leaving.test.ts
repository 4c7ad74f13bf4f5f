// One grant, two connections: what leaves with the first, what is said of it, and who goes on.
import { expect, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { LeaveLine } from '#lib/connections/leave-schema.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connectBoth, credentialsIn, tokenCallsAt } from '#tests/support/atlassian.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

/** Disconnects as the page does: a line a step. */
async function told(viewer: Viewer, id: string, force = false): Promise<{ status: number; lines: LeaveLine[] }> {
  const headers = { accept: 'application/x-ndjson', cookie: viewer.cookie }
  const address = viewer.at(`connections/${id}${force ? '?force=true' : ''}`)
  const answer = await dispatch(ownRequest('DELETE', address, { headers }))
  const text = await answer.text()
  const lines = answer.ok ? text.trim().split('\n') : []
  return { status: answer.status, lines: lines.map((line) => LeaveLine.parse(JSON.parse(line))) }
}

for (const force of [false, true])
  test(`a token that another product goes on with is not said to be deleted (by force: ${force})`, async () => {
    const org = await newOrganization()
    const { jira, confluence } = await connectBoth(org.owner)
    const { lines } = await told(await ownerOf(org), confluence, force)
    expect(lines.slice(-2)).toMatchObject([
      { ended: 'token', isKept: true },
      { detail: 'Disconnected here. Jira still uses this token.', connection: { status: 'disconnected' } },
    ])
    expect(await credentialsIn(org)).toHaveLength(1)
    const last = await told(await ownerOf(org), jira, force)
    expect(last.lines.at(-2)).toEqual({ ended: 'token' })
    expect(last.lines.at(-1)).toMatchObject({ detail: expect.stringMatching(/^Token deleted here/) })
    expect(await credentialsIn(org)).toHaveLength(0)
  })

test('nor one that the same account goes on with for everyone', async () => {
  const org = await newOrganization()
  const own = String((await connect(org.owner)).connection?.id)
  await connect(org.owner, { slot: 'organization' })
  expect((await disconnect(org.owner.actor, own)).detail).toBe(
    'Disconnected here. Another GitHub connection still uses this token.',
  )
})

test('T-DIS-7 who may not force a disconnect is refused before a line is written', async () => {
  const org = await newOrganization()
  const shared = String((await connect(org.owner, { slot: 'organization' })).connection?.id)
  const priya = await joins(org, 'member', 'Priya Nair')
  expect(await told(priya, shared, true)).toEqual({ status: 403, lines: [] })
  expect(await told(priya, crypto.randomUUID(), true)).toEqual({ status: 404, lines: [] })
  expect(await findConnection(org.owner.actor, shared)).toMatchObject({ status: 'connected' })
})

test('who waited for a renewal that another connection began, and was refused, renews for itself', async () => {
  const org = await newOrganization()
  const { jira, confluence } = await connectBoth(org.owner)
  const restore = shiftClock(24 * 60 * 60 * 1000)
  try {
    await sandbox.control.clearLog()
    // somebody else renews it, and is gone before the answer
    await withOrg(
      org.owner.actor,
      (db) => db.$executeRaw`
        UPDATE "Credential" SET "leaseId" = gen_random_uuid(), "leaseUntil" = clock_timestamp() + interval '3 seconds'`,
    )
    const read = (id: string) => withConnection(org.owner.actor, id, async () => 'read')
    const first = read(jira).catch(String)
    await new Promise((resolve) => setTimeout(resolve, 50)) // so that the other one finds it waiting
    const second = read(confluence)
    await disconnect(org.owner.actor, jira, true)
    expect(await first).toContain('connected again')
    expect(await second).toBe('read')
    expect(await tokenCallsAt(sandbox)).toHaveLength(1)
  } finally {
    restore()
  }
})
