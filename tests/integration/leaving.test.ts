import { expect, onTestFinished, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { ImpactView, LeaveLine } from '#lib/connections/leave-schema.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { withOrg } from '#lib/platform/db.ts'
import { SwitchView } from '#lib/resources/schema.ts'
import { newBoard, paste, states } from '#tests/support/boards.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { connectSource } from '#tests/support/sources.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const payroll = 'C05PAYROLL1'
const link = (channel: string) => `https://acme-corp.slack.com/archives/${channel}`
const file = 'https://github.com/dana-k/dotfiles'

/** Gone when the test is: whether a connection is the last of its workspace decides what Slack is asked. */
async function toSlack(org: TestOrganization) {
  const connection = await connectSource(org.owner, 'slack')
  onTestFinished(async () => void (await disconnect(org.owner.actor, connection.id, true)))
  return connection
}
const impactOf = async (viewer: Viewer, id: string) =>
  (await viewer.get(viewer.at(`connections/${id}/impact`), ImpactView)).body
const stored = (org: TestOrganization, id: string) =>
  withOrg(org.owner.actor, async (db) => ({
    connection: await db.connection.findFirstOrThrow({ where: { id } }),
    sealed: (await db.credential.findMany()).map(({ sealed }) => sealed),
  }))

test('T-DIS-2 boards and cards are counted and named, those with most cards first; where nothing shows it, nothing is', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { id } = await toSlack(org)
  expect(await impactOf(dana, id)).toMatchObject({ readsCards: true, boards: 0, cards: 0, shownOn: [], answers: false })
  const [team, incidents] = [await newBoard(dana, 'Team'), await newBoard(dana, 'Incidents')]
  await newBoard(dana, 'Empty')
  expect((await paste(dana, team, link('C05ENGINR01'))).status).toBe(201)
  await paste(dana, incidents, link('C05ENGINR01'))
  await paste(dana, incidents, link('C05INCDNTS1'))
  expect(await impactOf(dana, id)).toMatchObject({
    slot: 'organization',
    boards: 2,
    cards: 3,
    shownOn: [
      { id: incidents, name: 'Incidents', cards: 2 },
      { id: team, name: 'Team', cards: 1 },
    ],
  })
})

test('T-DIS-2 boards read GitHub through people’s own accounts: the organization’s connection touches none of them', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const shared = (await connect(org.owner, { slot: 'organization', account: 'sam-o' })).connection?.id ?? ''
  await paste(dana, await newBoard(dana, 'Team'), file)
  expect(await impactOf(dana, shared)).toMatchObject({
    slot: 'organization',
    readsCards: false,
    boards: 0,
    shownOn: [],
  })
  expect(await impactOf(dana, dana.connectionId)).toMatchObject({ slot: 'user', boards: 1, cards: 1 })
})

test('T-DIS-2 what answers questions about boards says so, and a guest learns of no board', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const answering = await connectSource(org.owner, 'openrouter')
  expect(await impactOf(dana, answering.id)).toMatchObject({ answers: true })
  await paste(dana, await newBoard(dana, 'Payroll'), file)
  const gil = await joins(org, 'guest', 'Gil Vega', 'sam-o')
  expect(await impactOf(gil, gil.connectionId)).toMatchObject({ slot: 'user', boards: 0, shownOn: [] })
})

test('T-DIS-4 T-DIS-6 disconnected, boards keep their cards and say so; reconnected, the same id brings back cards and switches', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { id } = await toSlack(org)
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'payroll-migration' } })
  await dana.patch(dana.at(`connections/${id}/resources/channel/${payroll}`), { onBoards: true }, SwitchView)
  const board = await newBoard(dana, 'Team')
  expect((await paste(dana, board, link(payroll))).status).toBe(201)
  expect(await states(dana, board)).toEqual(['live'])
  const switches = () => withOrg(org.owner.actor, (db) => db.sharedResource.findMany({ where: { connectionId: id } }))
  const before = await switches()
  expect(before).toMatchObject([{ resourceId: payroll, onBoards: true }])

  expect((await disconnect(org.owner.actor, id)).connection).toMatchObject({ status: 'disconnected' })
  expect(await states(dana, board)).toEqual(['source_off'])
  expect(await switches()).toEqual(before)

  expect((await toSlack(org)).id).toBe(id)
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'payroll-migration' } })
  expect(await switches()).toEqual(before)
  expect(await states(dana, board)).toEqual(['live'])
})

for (const status of [500, 401])
  test(`T-DIS-5 Slack answers the revocation with ${status}: it is told, and both ways wipe the token`, async () => {
    const org = await newOrganization()
    const { id } = await toSlack(org)
    await sandbox.control.faults([{ provider: 'slack', path: '/slack-web/api/apps.uninstall', status }])
    expect(await disconnect(org.owner.actor, id)).toMatchObject({
      revocation: 'not_confirmed',
      detail: `Disconnected here. Slack didn't confirm the token was revoked (${status}). Remove it at slack.com/apps/manage.`,
      connection: { status: 'disconnected', signal: 'gray' },
    })
    expect((await stored(org, id)).sealed).toEqual([null])
    await sandbox.control.clearFaults()

    await toSlack(org)
    await sandbox.control.faults([{ provider: 'slack', path: '/slack-web/**', status }])
    await sandbox.control.clearLog()
    expect((await disconnect(org.owner.actor, id, true)).connection).toMatchObject({
      status: 'disconnected',
      reasonCode: 'forced',
    })
    expect(await sandbox.control.log()).toEqual([])
    const { connection, sealed } = await stored(org, id)
    expect(sealed).toEqual([null])
    expect(connection).toMatchObject({ config: {}, capabilities: {}, scopesGranted: [], credentialId: null })
    await sandbox.control.clearFaults()
    expect((await toSlack(org)).id).toBe(id)
  })

/** Disconnects as the page does: a line a step. */
async function told(viewer: Viewer, id: string): Promise<{ status: number; lines: LeaveLine[] }> {
  const headers = { accept: 'application/x-ndjson', cookie: viewer.cookie }
  const answer = await dispatch(ownRequest('DELETE', viewer.at(`connections/${id}`), { headers }))
  const text = await answer.text()
  const lines = answer.ok ? text.trim().split('\n') : []
  return { status: answer.status, lines: lines.map((line) => LeaveLine.parse(JSON.parse(line))) }
}

test('each thing a disconnect does is told as it is done, with what the provider said', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [dana, sam] = [await ownerOf(acme), await ownerOf(globex)]
  const [id, other] = [(await toSlack(acme)).id, (await toSlack(globex)).id]
  const kept = await told(dana, id)
  expect(kept.lines.slice(0, 3)).toEqual([
    { ended: 'use' },
    { ended: 'revocation', revocation: 'kept_for_another_connection' },
    { ended: 'token' },
  ])
  expect(kept.lines[3]).toMatchObject({ detail: 'Token deleted here. Another connection still uses this account.' })
  expect((await told(sam, other)).lines[1]).toEqual({ ended: 'revocation', revocation: 'revoked' })
  expect((await told(sam, other)).status).toBe(409)
})

test('T-DIS-7 a member is refused before anything is done, also as lines', async () => {
  const org = await newOrganization()
  const { id } = await toSlack(org)
  const priya = await joins(org, 'member', 'Priya Nair')
  expect(await told(priya, id)).toEqual({ status: 403, lines: [] })
  expect((await priya.delete(priya.at(`connections/${id}?force=true`))).status).toBe(403)
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ status: 'connected' })
})
