import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { AuditPage } from '#lib/audit/schema.ts'
import { BoardView, CardList } from '#lib/boards/schema.ts'
import { ActivityList } from '#lib/connections/activity-schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { ResourceList, SearchAnswer, SwitchList, SwitchView } from '#lib/resources/schema.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

// The channels of the sandbox's workspace: Plugboard was invited to payroll-migration.
const [engineering, incidents, payroll] = ['C05ENGINR01', 'C05INCDNTS1', 'C05PAYROLL1']
const link = (channel: string) => `https://acme-corp.slack.com/archives/${channel}`
const told = 'Cut-over on 1 December'

type Sharing = { org: TestOrganization; dana: Viewer; sam: Viewer; slack: string }

/** An organization with Slack, its owner and a member. */
async function withSlack(): Promise<Sharing> {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const { attempt, connection } = await connect(org.owner, {
    provider: 'slack',
    slot: 'organization',
    account: 'dana@acme-corp',
  })
  expect(attempt.problem).toBeUndefined()
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'payroll-migration' } })
  return { org, dana, sam, slack: String(connection?.id) }
}

const resources = (viewer: Viewer, slack: string, query: string) =>
  viewer.get(viewer.at(`connections/${slack}/resources?${query}`), ResourceList)
const switches = async (viewer: Viewer, slack: string, more = ''): Promise<ResourceList> =>
  (await resources(viewer, slack, `kind=channel&switches=1${more}`)).body
const turn = (viewer: Viewer, slack: string, channel: string, onBoards: boolean) =>
  viewer.patch(viewer.at(`connections/${slack}/resources/channel/${channel}`), { onBoards })
const found = async (viewer: Viewer, q: string): Promise<string[]> =>
  (await viewer.get(viewer.at(`search?q=${q}`), SearchAnswer)).body.sources.flatMap(({ items }) =>
    items.map(({ title }) => title),
  )
const newBoard = async (viewer: Viewer): Promise<string> =>
  (await viewer.post(viewer.at('boards'), { name: 'Team' }, BoardView)).body.id
const add = (viewer: Viewer, board: string, what: object) =>
  viewer.post(viewer.at(`boards/${board}/objects`), { type: 'reference', ...what })
const cards = async (viewer: Viewer, board: string) =>
  (await viewer.get(viewer.at(`boards/${board}/cards`), CardList)).body.items
const states = async (viewer: Viewer, board: string) => (await cards(viewer, board)).map(({ state }) => state)
const calls = async (path: string) =>
  (await sandbox.control.log()).filter((one) => one.path.endsWith(path) && one.origin === '/slack-web')

async function asSuperuser(sql: string, values: unknown[] = []): Promise<pg.QueryResult['rows']> {
  const client = new pg.Client({ connectionString: process.env.SUPERUSER_DATABASE_URL })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
const sealedCopies = async (slack: string): Promise<number> =>
  (await asSuperuser('SELECT 1 FROM "CardCopy" WHERE "connectionId" = $1 AND sealed IS NOT NULL', [slack])).length
/** Switches a channel off past the product, so that nothing is wiped: as if a look had ended a moment later. */
const turnOffSilently = (slack: string, channel: string) =>
  asSuperuser(
    `INSERT INTO "SharedResource" ("organizationId", "connectionId", kind, "resourceId", "onBoards")
     SELECT "organizationId", id, 'channel', $2, FALSE FROM "Connection" WHERE id = $1`,
    [slack, channel],
  )

const detailOf = ({ body }: { body: unknown }) => (body as { detail: string }).detail
const typeOf = ({ body }: { body: unknown }) => (body as { type: string }).type

test('T-RES-1 a private channel is off from the start, and the list of those who decide says so', async () => {
  const { dana, sam, slack } = await withSlack()
  const { items, total, asOf } = await switches(dana, slack)
  const one = (title: string) => items.find((item) => item.title === title)
  expect(one('#payroll-migration')).toMatchObject({
    isPrivate: true,
    onBoards: false,
    audience: expect.stringContaining('read messages from #payroll-migration'),
  })
  expect(one('#engineering')).toMatchObject({ isPrivate: false, onBoards: true })
  expect(one('#engineering')?.audience).toBeUndefined()
  expect(total).toBe(items.length)
  expect(Date.parse(String(asOf))).toBeGreaterThan(0)
  expect(JSON.stringify(items)).not.toContain(told)
  const asSam = await switches(sam, slack)
  expect(asSam.items.map(({ title }) => title)).toContain('#engineering')
  expect(JSON.stringify(asSam)).not.toContain('payroll')
  expect(asSam.total).toBe(items.filter(({ onBoards }) => onBoards).length)
})

test('T-RES-1 a channel that is not on boards cannot be referenced, neither by a result nor by a pasted link, and is named to nobody', async () => {
  const { dana, sam, slack } = await withSlack()
  const board = await newBoard(sam)
  const { channel } = await sandbox.control.set({
    provider: 'slack',
    channel: { name: 'payroll-migration', messages: [{ text: 'Cut-over moved' }] },
  })
  const { messages } = channel as { messages: string[] } // as the sandbox answers
  const message = `${link(payroll)}/p${messages.at(-1)?.replace('.', '')}`
  const [first] = (await resources(dana, slack, `kind=message&parent=${payroll}`)).body.items
  expect(first).toBeUndefined()
  for (const viewer of [sam, dana]) {
    const refused = [
      await add(viewer, board, { url: link(payroll) }),
      await add(viewer, board, { url: message }),
      await add(viewer, board, { connection: slack, kind: 'channel', resource: payroll }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(refused.map(typeOf)).toEqual(Array(3).fill('/problems/not-on-boards'))
    const who = viewer === dana ? 'You can allow it in Integrations → Slack → Resources.' : 'Ask Dana Kim to allow it.'
    expect(refused.map(detailOf)).toEqual([
      `This channel isn't available on boards. ${who}`,
      `This message isn't available on boards. ${who}`,
      `This channel isn't available on boards. ${who}`,
    ])
    const read = await viewer.get(viewer.at(`connections/${slack}/resources/channel/${payroll}`))
    expect(read.status).toBe(404)
  }
  const { objects } = (await sam.get(sam.at(`boards/${board}`), BoardView)).body
  expect(objects).toEqual([])
})

test('T-PAL-9 what is not available on boards is absent from every result, for those who decide it too', async () => {
  const { dana, sam, slack } = await withSlack()
  const listed = async (viewer: Viewer) =>
    (await resources(viewer, slack, 'kind=channel')).body.items.map(({ title }) => title)
  for (const viewer of [sam, dana]) {
    expect(await found(viewer, 'payroll')).toEqual([])
    expect(await listed(viewer)).not.toContain('#payroll-migration')
  }
  expect(await found(sam, 'engineering')).toContain('#engineering')
  expect((await turn(dana, slack, payroll, true)).status).toBe(200)
  expect((await turn(dana, slack, engineering, false)).status).toBe(200)
  expect(await found(sam, 'payroll')).toEqual(['#payroll-migration'])
  expect(await listed(sam)).toContain('#payroll-migration')
  expect(await found(sam, 'engineering')).not.toContain('#engineering')
  expect(await listed(sam)).not.toContain('#engineering')
})

test('a private channel that an admin turns on is everybody’s to reference and to read', async () => {
  const { dana, sam, slack } = await withSlack()
  const done = await turn(dana, slack, payroll, true)
  expect(SwitchView.parse(done.body)).toEqual({ kind: 'channel', id: payroll, onBoards: true })
  const board = await newBoard(sam)
  expect((await add(sam, board, { url: link(payroll) })).status).toBe(201)
  const [message] = (await resources(sam, slack, `kind=message&parent=${payroll}`)).body.items
  const { kind = '', id = '' } = message ?? {}
  expect((await add(sam, board, { connection: slack, kind, resource: id })).status).toBe(201)
  const [channel, said] = await cards(sam, board)
  expect(channel).toMatchObject({ state: 'live', resource: { title: '#payroll-migration', isPrivate: true } })
  expect(said).toMatchObject({ state: 'live', resource: { container: '#payroll-migration', containerId: payroll } })
  expect(await states(dana, board)).toEqual(['live', 'live'])
})

test('T-RES-2 a channel that is taken off shows nothing to anybody at the next look, nor does anything in it, and no copy is kept', async () => {
  const { dana, sam, slack } = await withSlack()
  await turn(dana, slack, payroll, true)
  const board = await newBoard(sam)
  const [message] = (await resources(sam, slack, `kind=message&parent=${payroll}`)).body.items
  await add(sam, board, { url: link(payroll) })
  await add(sam, board, { connection: slack, kind: 'message', resource: String(message?.id) })
  await add(sam, board, { url: link(engineering) })
  for (const viewer of [sam, dana]) expect(await states(viewer, board)).toEqual(['live', 'live', 'live'])
  expect(await sealedCopies(slack)).toBe(6)
  const before = (await sam.get(sam.at(`boards/${board}`), BoardView)).body.shared
  expect((await turn(dana, slack, payroll, false)).status).toBe(200)
  expect(await sealedCopies(slack)).toBe(0)
  await sandbox.control.clearLog()
  for (const viewer of [sam, dana]) {
    const seen = await cards(viewer, board)
    expect(seen.map(({ state }) => state)).toEqual(['not_shared', 'not_shared', 'live'])
    expect(JSON.stringify(seen)).not.toMatch(/payroll|Cut-over/i)
    expect(seen[0]?.message).toBe("This channel isn't available on boards")
    expect(seen[1]?.message).toBe("This message isn't available on boards")
    expect(seen[0]?.action?.id).toBe(viewer === dana ? 'change' : 'ask_admin')
  }
  const asked = (await calls('/conversations.info')).flatMap(({ query }) => query)
  expect(asked.length).toBeGreaterThan(0)
  const after = (await sam.get(sam.at(`boards/${board}`), BoardView)).body.shared
  expect(after).not.toBe(before)
  await turn(dana, slack, payroll, true)
  expect(await states(sam, board)).toEqual(['live', 'live', 'live'])
  expect((await sam.get(sam.at(`boards/${board}`), BoardView)).body.shared).not.toBe(after)
})

test('T-RES-2 a copy that was kept while a channel was being taken off is not shown, nor when Slack does not answer, and goes', async () => {
  const { dana, sam, slack } = await withSlack()
  await turn(dana, slack, engineering, true)
  const board = await newBoard(sam)
  const [message] = (await resources(sam, slack, `kind=message&parent=${engineering}`)).body.items
  await add(sam, board, { connection: slack, kind: 'message', resource: String(message?.id) })
  expect(await states(sam, board)).toEqual(['live'])
  expect(await states(dana, board)).toEqual(['live'])
  await turnOffSilently(slack, engineering)
  await sandbox.control.clearLog()
  const [fresh] = await cards(sam, board)
  expect(fresh?.state).toBe('not_shared')
  expect(fresh?.resource).toBeUndefined()
  expect(await sandbox.control.log()).toEqual([])
  expect(await sealedCopies(slack)).toBe(1)
  onTestFinished(shiftClock(120_000))
  await sandbox.control.faults([{ provider: 'slack', path: '/**', status: 503, times: 50 }])
  const [old] = await cards(dana, board)
  expect(old?.state).toBe('not_shared')
  expect(old?.resource).toBeUndefined()
  expect(await sealedCopies(slack)).toBe(0)
})

test('only owners and admins switch, only what is switched, and what is not theirs does not exist', async () => {
  const { org, dana, sam, slack } = await withSlack()
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
  const { dana, slack } = await withSlack()
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
  const { dana, slack } = await withSlack()
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

test('a public channel that turns private at Slack later is off, also when it was turned on here before', async () => {
  const { dana, sam, slack } = await withSlack()
  for (const onBoards of [false, true]) await turn(dana, slack, engineering, onBoards)
  const board = await newBoard(sam)
  await add(sam, board, { url: link(engineering) })
  expect(await states(sam, board)).toEqual(['live'])
  await sandbox.control.set({ provider: 'slack', channel: { name: 'engineering', private: true } })
  onTestFinished(shiftClock(120_000))
  expect(await states(sam, board)).toEqual(['not_shared'])
})

test('while Slack does not answer the last list is shown with its time, and a channel can be taken off all the same', async () => {
  const { dana, sam, slack } = await withSlack()
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
  const { dana, slack } = await withSlack()
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
  const { dana, slack } = await withSlack()
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
