import { expect, onTestFinished, test } from 'vitest'
import { AuditPage } from '#lib/audit/schema.ts'
import { ActivityList } from '#lib/connections/activity-schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { SwitchList } from '#lib/resources/schema.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { detailOf, engineering, incidents, payroll, switches, turn, withSlack } from '#tests/support/sharing.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const calls = async (path: string) =>
  (await sandbox.control.log()).filter((one) => one.path.endsWith(path) && one.origin === '/slack-web')

test('only owners and admins switch, only what is switched, and what is not theirs does not exist', async () => {
  const { org, dana, sam, slack } = await withSlack(sandbox)
  const robin = await joins(org, 'reviewer', 'Robin')
  const gus = await joins(org, 'guest', 'Gus')
  const ada = await joins(org, 'admin', 'Ada')
  const other = await ownerOf(await newOrganization('Globex'))
  const { connection: github } = await connect(org.owner, { slot: 'organization' })
  const bulk = (viewer: Viewer, ids: string[]) =>
    viewer.patch(viewer.at(`connections/${slack}/resources`), { kind: 'channel', ids, onBoards: true })
  const refused = await turn(sam, slack, payroll, true)
  expect(refused.status).toBe(403)
  expect(detailOf(refused)).toBe('Only owners and admins can do this. Ask one of them.')
  const statuses = [
    await turn(robin, slack, payroll, true),
    await turn(gus, slack, payroll, true),
    await turn(other, slack, payroll, true),
    await turn(dana, crypto.randomUUID(), payroll, true),
    await turn(dana, slack, 'C0NOBODY00', true),
    await turn(dana, slack, 'C0NOBODY00', false),
    await turn(dana, String(github?.id), payroll, true),
    await bulk(sam, [payroll]),
    await bulk(other, [payroll]),
  ].map(({ status }) => status)
  expect(statuses).toEqual([403, 404, 404, 404, 404, 404, 404, 403, 404])
  const message = await dana.patch(dana.at(`connections/${slack}/resources/message/${payroll}`), { onBoards: true })
  expect(message.status).toBe(422)
  expect(detailOf(message)).toBe('Here it is switched by channel: channel.')
  const lists = [gus, other].map((viewer) =>
    viewer.get(viewer.at(`connections/${slack}/resources?kind=channel&switches=1`)),
  )
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual([404, 404])
  expect((await switches(dana, slack)).items.find(({ id }) => id === payroll)?.onBoards).toBe(false)
  expect((await turn(ada, slack, payroll, true)).status).toBe(200)
  expect((await switches(robin, slack)).items.map(({ id }) => id)).toContain(payroll)
})

test('what is switched is in the audit log and in the activity, with its name; what is as it was is not', async () => {
  const { dana, slack } = await withSlack(sandbox)
  for (const onBoards of [true, true, false, false]) await turn(dana, slack, payroll, onBoards)
  const { items } = (await dana.get(dana.at('audit-events?provider=slack'), AuditPage)).body
  const events = items.filter(({ action }) => action.startsWith('resource.'))
  expect(events.map(({ action }) => action)).toEqual(['resource.unshared', 'resource.shared'])
  expect(events[1]).toMatchObject({
    subject: { kind: 'channel', id: payroll, name: '#payroll-migration' },
    before: { onBoards: false },
    after: { onBoards: true, isPrivate: true },
  })
  const activity = (await dana.get(dana.at('integrations/slack/activity'), ActivityList)).body.items
  expect(activity.slice(0, 2).map(({ who, what }) => `${who} ${what}`)).toEqual([
    'Dana Kim took #payroll-migration off boards',
    'Dana Kim made #payroll-migration available on boards',
  ])
})

test('a public channel is joined when it is turned on; where Slack refuses that, it stays off and says so', async () => {
  const { dana, slack } = await withSlack(sandbox)
  await turn(dana, slack, incidents, false)
  await sandbox.control.clearLog()
  expect((await turn(dana, slack, incidents, true)).status).toBe(200)
  expect(await calls('/conversations.join')).toHaveLength(1)
  await turn(dana, slack, engineering, false)
  const refusedAs = async (error: string) => {
    const body = { ok: false, error }
    await sandbox.control.faults([{ provider: 'slack', path: '/api/conversations.join', status: 200, body, times: 1 }])
    const { status, body: problem } = await turn(dana, slack, engineering, true)
    return [status, detailOf({ body: problem })]
  }
  expect(await refusedAs('missing_scope')).toEqual([
    502,
    'Slack did not let Plugboard into #engineering. It stays off.',
  ])
  expect(await refusedAs('is_archived')).toEqual([502, 'This channel is archived at Slack. It stays off.'])
  expect((await switches(dana, slack)).items.find(({ id }) => id === engineering)?.onBoards).toBe(false)
})

test('while Slack does not answer the last list is shown with its time, and a channel can be taken off all the same', async () => {
  const { dana, sam, slack } = await withSlack(sandbox)
  await sandbox.control.faults([{ provider: 'slack', path: '/**', status: 503, times: 50 }])
  const none = await dana.get(dana.at(`connections/${slack}/resources?kind=channel&switches=1`))
  expect(none.status).toBe(502)
  expect((await turn(dana, slack, engineering, false)).status).toBe(200)
  expect((await turn(dana, slack, engineering, true)).status).toBe(502)
  await sandbox.control.clearFaults()
  const first = await switches(dana, slack)
  onTestFinished(shiftClock(3600_000))
  await sandbox.control.faults([{ provider: 'slack', path: '/**', status: 503, times: 50 }])
  const last = await switches(dana, slack)
  expect(last.message).toBe("Slack didn't answer (503)")
  expect(last.asOf).toBe(first.asOf)
  expect(last.items).toEqual(first.items)
  expect(last.items.find(({ id }) => id === engineering)?.onBoards).toBe(false)
  expect((await switches(sam, slack)).items.map(({ id }) => id)).not.toContain(engineering)
})

test('several are switched at once; what cannot be is told and holds up none of the others', async () => {
  const { dana, slack } = await withSlack(sandbox)
  const path = dana.at(`connections/${slack}/resources`)
  const ids = [payroll, 'C0NOBODY00', incidents]
  const off = (await dana.patch(path, { kind: 'channel', ids, onBoards: false }, SwitchList)).body
  expect(off.items.map(({ id, onBoards }) => [id, onBoards])).toEqual([
    [payroll, false],
    [incidents, false],
  ])
  expect(off.refused.map(({ id }) => id)).toEqual(['C0NOBODY00'])
  const on = (await dana.patch(path, { kind: 'channel', ids: [payroll, incidents], onBoards: true }, SwitchList)).body
  expect(on.refused).toEqual([])
  const now = await switches(dana, slack)
  expect(now.items.filter(({ id }) => ids.includes(id)).map(({ onBoards }) => onBoards)).toEqual([true, true])
})

test('T-RES-3 a list of two thousand comes a page at a time and is searched here: Slack is asked for it once', async () => {
  const { dana, slack } = await withSlack(sandbox)
  await sandbox.control.set({ provider: 'slack', fill: { prefix: 'team', count: 2000 } })
  await sandbox.control.clearLog()
  const first = await switches(dana, slack)
  expect(first.items).toHaveLength(50)
  expect(first.total).toBeGreaterThan(2000)
  const asked = (await calls('/conversations.list')).length
  const second = await switches(dana, slack, `&cursor=${first.nextCursor}`)
  expect(second.items).toHaveLength(50)
  expect(second.items.some(({ id }) => first.items.some((one) => one.id === id))).toBe(false)
  const found = await switches(dana, slack, '&q=%23team-199')
  expect(found.total).toBe(11)
  expect(found.items.map(({ title }) => title)).toEqual(expect.arrayContaining(['#team-199', '#team-1990']))
  expect(await calls('/conversations.list')).toHaveLength(asked)
  expect((await dana.get(dana.at(`connections/${slack}/resources?kind=channel&switches=1&cursor=x`))).status).toBe(422)
})
