import { expect, onTestFinished, test } from 'vitest'
import { BoardView } from '#lib/boards/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { SearchAnswer, SwitchView } from '#lib/resources/schema.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { cardsOf, newBoard, states } from '#tests/support/boards.ts'
import { detailOf, engineering, payroll, resources, switches, turn, withSlack } from '#tests/support/sharing.ts'
import type { Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const link = (channel: string) => `https://acme-corp.slack.com/archives/${channel}`
const told = 'Cut-over on 1 December'
const found = async (viewer: Viewer, q: string): Promise<string[]> =>
  (await viewer.get(viewer.at(`search?q=${q}`), SearchAnswer)).body.sources.flatMap(({ items }) =>
    items.map(({ title }) => title),
  )
const add = (viewer: Viewer, board: string, what: object) =>
  viewer.post(viewer.at(`boards/${board}/objects`), { type: 'reference', ...what })
const calls = async (path: string) =>
  (await sandbox.control.log()).filter((one) => one.path.endsWith(path) && one.origin === '/slack-web')

const sealedCopies = (slack: string): Promise<number> =>
  asSuperuser(async (client) => {
    const sql = 'SELECT 1 FROM "CardCopy" WHERE "connectionId" = $1 AND sealed IS NOT NULL'
    return (await client.query(sql, [slack])).rows.length
  })
/** Switches a channel off past the product, so that nothing is wiped: as if a look had ended a moment later. */
const turnOffSilently = (slack: string, channel: string) =>
  asSuperuser((client) =>
    client.query(
      `INSERT INTO "SharedResource" ("organizationId", "connectionId", kind, "resourceId", "onBoards")
     SELECT "organizationId", id, 'channel', $2, FALSE FROM "Connection" WHERE id = $1`,
      [slack, channel],
    ),
  )
const typeOf = ({ body }: { body: unknown }) => (body as { type: string }).type

test('T-RES-1 a private channel is off from the start, and the list of those who decide says so', async () => {
  const { dana, sam, slack } = await withSlack(sandbox)
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
  const { dana, sam, slack } = await withSlack(sandbox)
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
  const { dana, sam, slack } = await withSlack(sandbox)
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
  const { dana, sam, slack } = await withSlack(sandbox)
  const done = await turn(dana, slack, payroll, true)
  expect(SwitchView.parse(done.body)).toEqual({ kind: 'channel', id: payroll, onBoards: true })
  const board = await newBoard(sam)
  expect((await add(sam, board, { url: link(payroll) })).status).toBe(201)
  const [message] = (await resources(sam, slack, `kind=message&parent=${payroll}`)).body.items
  const { kind = '', id = '' } = message ?? {}
  expect((await add(sam, board, { connection: slack, kind, resource: id })).status).toBe(201)
  const [channel, said] = await cardsOf(sam, board)
  expect(channel).toMatchObject({ state: 'live', resource: { title: '#payroll-migration', isPrivate: true } })
  expect(said).toMatchObject({ state: 'live', resource: { container: '#payroll-migration', containerId: payroll } })
  expect(await states(dana, board)).toEqual(['live', 'live'])
})

test('T-RES-2 a channel that is taken off shows nothing to anybody at the next look, nor does anything in it, and no copy is kept', async () => {
  const { dana, sam, slack } = await withSlack(sandbox)
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
    const seen = await cardsOf(viewer, board)
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
  const { dana, sam, slack } = await withSlack(sandbox)
  await turn(dana, slack, engineering, true)
  const board = await newBoard(sam)
  const [message] = (await resources(sam, slack, `kind=message&parent=${engineering}`)).body.items
  await add(sam, board, { connection: slack, kind: 'message', resource: String(message?.id) })
  expect(await states(sam, board)).toEqual(['live'])
  expect(await states(dana, board)).toEqual(['live'])
  await turnOffSilently(slack, engineering)
  await sandbox.control.clearLog()
  const [fresh] = await cardsOf(sam, board)
  expect(fresh?.state).toBe('not_shared')
  expect(fresh?.resource).toBeUndefined()
  expect(await sandbox.control.log()).toEqual([])
  expect(await sealedCopies(slack)).toBe(1)
  onTestFinished(shiftClock(120_000))
  await sandbox.control.faults([{ provider: 'slack', path: '/**', status: 503, times: 50 }])
  const [old] = await cardsOf(dana, board)
  expect(old?.state).toBe('not_shared')
  expect(old?.resource).toBeUndefined()
  expect(await sealedCopies(slack)).toBe(0)
})

test('a public channel that turns private at Slack later is off, also when it was turned on here before', async () => {
  const { dana, sam, slack } = await withSlack(sandbox)
  for (const onBoards of [false, true]) await turn(dana, slack, engineering, onBoards)
  const board = await newBoard(sam)
  await add(sam, board, { url: link(engineering) })
  expect(await states(sam, board)).toEqual(['live'])
  await sandbox.control.set({ provider: 'slack', channel: { name: 'engineering', private: true } })
  onTestFinished(shiftClock(120_000))
  expect(await states(sam, board)).toEqual(['not_shared'])
})
