import pg from 'pg'
import { symbols } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { purgeCopies } from '#lib/boards/jobs.ts'
import { keepCopies } from '#lib/boards/keep-copies.ts'
import { readCards } from '#lib/boards/read-cards.ts'
import { BoardView, CardList, CardView, ObjectView } from '#lib/boards/schema.ts'
import { chooseAccount } from '#lib/connections/choose-account.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { type Actor, jobActor } from '#lib/tenancy/actor.ts'
import { startSandbox } from '#sandbox/server.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'

const port = Number(process.env.SANDBOX_PORT)
const sandbox = sandboxClient(`http://127.0.0.1:${port}`)
let running: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  running = await startSandbox({ port, appUrl: 'http://localhost:3000' })
})
afterAll(() => running.close())
beforeEach(() => sandbox.control.reset())

const payrollRepository = 'https://github.com/acme/payroll'
const payrollFile = 'https://github.com/acme/payroll/blob/main/payroll/gross.py'
/** What the file of acme/payroll, which only dana-k can open, must not be recognized by. */
const telling = ['payroll', 'gross', 'acme/', 'github.com', 'Decimal', 'from hours and grade']

async function boardWith(viewer: Viewer, ...urls: string[]): Promise<{ board: string; objects: string[] }> {
  const { id: board } = (await viewer.post(viewer.at('boards'), { name: 'Team' }, BoardView)).body
  const objects: string[] = []
  for (const url of urls)
    objects.push(
      (await viewer.post(viewer.at(`boards/${board}/objects`), { type: 'reference', url }, ObjectView)).body.id,
    )
  return { board, objects }
}
const cardsOf = async (viewer: Viewer, board: string) =>
  (await viewer.get(viewer.at(`boards/${board}/cards`), CardList)).body.items
const states = async (viewer: Viewer, board: string) => (await cardsOf(viewer, board)).map(({ state }) => state)
const only = async (viewer: Viewer, board: string): Promise<CardView> =>
  CardView.parse((await cardsOf(viewer, board))[0])
const later = (seconds: number) => onTestFinished(shiftClock(seconds * 1000))
const apiCalls = async () => (await sandbox.control.log()).filter(({ origin }) => origin === '/github-api')

/** Everything the log of this process prints while the test runs, at its most talkative. */
function listen(): string[] {
  const lines: string[] = []
  const stream = Reflect.get(log, symbols.streamSym)
  const { level } = log
  Reflect.set(log, symbols.streamSym, { write: (line: string) => lines.push(line) })
  log.level = 'trace'
  onTestFinished(() => {
    Reflect.set(log, symbols.streamSym, stream)
    log.level = level
  })
  return lines
}

async function everyRow(table: string): Promise<string> {
  const client = new pg.Client({ connectionString: process.env.SUPERUSER_DATABASE_URL })
  await client.connect()
  const { rows } = await client.query(`SELECT * FROM "${table}"`)
  await client.end()
  return JSON.stringify(rows)
}

const isPerson = (actor: Actor): actor is Actor & { userId: string } => actor.userId !== null

const bare = (card: CardView) => ({ ...card, objectId: '' })

async function team(): Promise<{ org: TestOrganization; dana: Viewer; priya: Viewer; gil: Viewer }> {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya', 'priya-n')
  const gil = await joins(org, 'member', 'Gil')
  return { org, dana, priya, gil }
}

test('a card shows what its viewer may read, live, with where it opens', async () => {
  const { dana } = await team()
  const { board, objects } = await boardWith(dana, payrollFile)
  const card = await only(dana, board)
  expect(card).toMatchObject({ objectId: objects[0], provider: 'github', kind: 'file', state: 'live' })
  expect(card.resource).toMatchObject({ title: 'gross.py', container: 'acme/payroll', connectionId: dana.connectionId })
  expect(card.resource?.url).toContain('/acme/payroll/blob/main/payroll/gross.py')
  expect(card.message).toBeUndefined()
})

test('T-PRV-1 to a viewer without GitHub neither the board nor its cards say anything of the thing', async () => {
  const { dana, gil } = await team()
  const { board, objects } = await boardWith(dana, payrollFile, payrollRepository)
  await cardsOf(dana, board)
  await sandbox.control.clearLog()
  const answers = [
    await gil.get(gil.at(`boards/${board}`)),
    await gil.get(gil.at(`boards/${board}/cards`)),
    await gil.get(gil.at(`boards/${board}/cards/${objects[0]}?refresh=1`)),
    await gil.get(gil.at('boards')),
    await gil.patch(gil.at(`boards/${board}/objects/${objects[0]}`), { size: 'L' }),
  ]
  const pointers = JSON.parse(await everyRow('Reference')).map((row: { externalId: string }) => row.externalId)
  const said = JSON.stringify(answers.map(({ body, headers }) => [body, [...headers]]))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  for (const text of [...telling, ...pointers]) expect(said).not.toContain(text)
  expect(await only(gil, board)).toMatchObject({
    state: 'needs_connection',
    message: 'Connect your GitHub to see this',
    action: { id: 'connect', label: 'Connect GitHub' },
  })
  expect(await sandbox.control.log()).toEqual([])
})

test('35: a reference rendered for another user makes no call with the first user’s token', async () => {
  const { org, dana, priya } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api', payrollRepository)
  await sandbox.control.clearLog()
  for (const [viewer, account, expected] of [
    [dana, 'dana-k', ['live', 'live']],
    [sam, 'sam-o', ['live', 'no_access']],
    [priya, 'priya-n', ['no_access', 'no_access']],
  ] as const) {
    expect(await states(viewer, board)).toEqual(expected)
    const calls = await apiCalls()
    expect(calls.length).toBeGreaterThan(0)
    expect(new Set(calls.map((call) => call.account))).toEqual(new Set([account]))
    await sandbox.control.clearLog()
  }
})

test('35: neither answers, logs nor readable rows tell another user what the first one saw', async () => {
  const { dana, priya } = await team()
  const { board } = await boardWith(dana, payrollFile)
  const lines = listen()
  expect(await states(dana, board)).toEqual(['live'])
  const answer = await priya.get(priya.at(`boards/${board}/cards`))
  const everything = JSON.stringify([answer.body, [...answer.headers]])
  const pointers = JSON.parse(await everyRow('Reference')).map((row: { externalId: string }) => row.externalId)
  for (const text of [...telling, ...pointers]) {
    expect(everything).not.toContain(text)
    expect(lines.join('')).not.toContain(text)
    expect(await everyRow('CardCopy')).not.toContain(text)
  }
  expect(await everyRow('CardCopy')).toContain('ciphertext')
})

test('35: a copy opens for nobody but the viewer it was made for, even in their own row and by the same account', async () => {
  const { org, dana } = await team()
  const max = await joins(org, 'member', 'Max', 'dana-k')
  const { board } = await boardWith(dana, payrollFile)
  await cardsOf(dana, board)
  await withOrg(dana.actor, (db) =>
    db.cardCopy.updateMany({
      where: { userId: dana.person.id },
      data: { userId: max.person.id, connectionId: max.connectionId },
    }),
  )
  await sandbox.control.faults([{ provider: 'github', path: '/**', status: 503 }])
  const card = await only(max, board)
  expect(card.state).toBe('error')
  expect(JSON.stringify(card)).not.toContain('payroll')
})

test('T-PRV-4 while the source is down each viewer gets their own last copy and never another’s', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api', payrollRepository)
  expect(await states(dana, board)).toEqual(['live', 'live'])
  later(61)
  await sandbox.control.faults([{ provider: 'github', path: '/**', status: 503 }])
  expect(await states(dana, board)).toEqual(['stale', 'stale'])
  const asSam = await cardsOf(sam, board)
  expect(asSam.map(({ state, message }) => [state, message])).toEqual([
    ['error', "GitHub didn't answer (503)"],
    ['error', "GitHub didn't answer (503)"],
  ])
  expect(asSam.every(({ resource }) => resource === undefined)).toBe(true)
})

test('T-PRV-3 what the provider forbids and what is not there read the same, to the last header', async () => {
  const { dana, priya } = await team()
  const missing = await boardWith(dana, 'https://github.com/acme/never-was')
  const forbidden = await boardWith(dana, 'https://github.com/acme/handbook')
  await sandbox.control.faults([
    { provider: 'github', path: '/repos/acme/handbook', status: 403, body: { message: 'Resource not accessible' } },
  ])
  const path = ({ board, objects }: typeof missing) => priya.at(`boards/${board}/cards/${objects[0]}`)
  const one = await priya.get(path(missing), CardView)
  const other = await priya.get(path(forbidden), CardView)
  expect(one.body.state).toBe('no_access')
  expect(one.body.message).toBe("You don't have access to this repository, or it no longer exists")
  expect(bare(one.body)).toEqual(bare(other.body))
  const headers = (answer: typeof one) => [...answer.headers].filter(([name]) => name !== 'x-request-id')
  expect(headers(one)).toEqual(headers(other))
  expect(one.status).toBe(other.status)
})

test('T-PRV-3 a file that is forbidden takes as many calls as one that is not there: the time tells nothing', async () => {
  const { dana, priya } = await team()
  const missing = await boardWith(dana, 'https://github.com/acme/never-was/blob/main/docs/plan.md')
  const forbidden = await boardWith(dana, 'https://github.com/acme/handbook/blob/main/docs/plan.md')
  await sandbox.control.faults([
    { provider: 'github', path: '/repos/acme/handbook/**', status: 403, body: { message: 'Resource not accessible' } },
  ])
  const counts: number[] = []
  for (const { board } of [missing, forbidden]) {
    await sandbox.control.clearLog()
    expect(await only(priya, board)).toMatchObject({ state: 'no_access' })
    counts.push((await apiCalls()).length)
  }
  expect(counts).toEqual([2, 2])
})

test('a card is asked for again after a minute, or at once when its viewer wants it', async () => {
  const { dana } = await team()
  const { board, objects } = await boardWith(dana, payrollRepository)
  const first = await only(dana, board)
  await sandbox.control.clearLog()
  const again = await only(dana, board)
  expect(again).toEqual(first)
  expect(await apiCalls()).toEqual([])
  const path = dana.at(`boards/${board}/cards/${objects[0]}`)
  await dana.get(`${path}?refresh=1`, CardView)
  expect(await apiCalls()).not.toEqual([])
  await sandbox.control.clearLog()
  later(61)
  expect(await only(dana, board)).toMatchObject({ state: 'live' })
  expect(await apiCalls()).not.toEqual([])
})

test('the same thing twice on a board is read once', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  const again = { type: 'reference', url: payrollRepository, again: true }
  await dana.post(dana.at(`boards/${board}/objects`), again)
  await sandbox.control.clearLog()
  expect(await states(dana, board)).toEqual(['live', 'live'])
  expect((await apiCalls()).filter(({ path }) => path === '/github-api/repos/acme/payroll')).toHaveLength(1)
})

test('a page asks for the cards in view only', async () => {
  const { dana } = await team()
  const { board, objects } = await boardWith(dana, payrollRepository, payrollFile, 'https://github.com/acme/api')
  const some = await dana.get(dana.at(`boards/${board}/cards?objects=${objects[2]},${objects[0]}`), CardList)
  expect(some.body.items.map(({ objectId }) => objectId).toSorted()).toEqual([objects[0], objects[2]].toSorted())
  expect((await dana.get(dana.at(`boards/${board}/cards?objects=nonsense`))).status).toBe(422)
  expect((await dana.get(dana.at(`boards/${board}/cards/${crypto.randomUUID()}`))).status).toBe(404)
})

test('a thing that was deleted reads gone to who saw it and closed to who did not; no copy stays', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/infra')
  expect(await states(dana, board)).toEqual(['live'])
  await sandbox.control.set({ provider: 'github', removeRepository: { owner: 'acme', name: 'infra' } })
  later(61)
  const gone = await only(dana, board)
  expect(gone).toMatchObject({
    state: 'gone',
    message: 'This repository was deleted or moved',
    action: { id: 'remove', label: 'Remove' },
  })
  expect(gone.resource).toBeUndefined()
  expect(await states(dana, board)).toEqual(['gone'])
  expect(await states(sam, board)).toEqual(['no_access'])
  const [copy] = JSON.parse(await everyRow('CardCopy')).filter(
    ({ organizationId }: { organizationId: string }) => organizationId === org.id,
  )
  expect(copy).toMatchObject({ userId: dana.person.id, sealed: null })
})

test('somebody who loses access loses their copy with it, also when the source goes down afterwards', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, 'https://github.com/acme/handbook')
  expect(await states(dana, board)).toEqual(['live'])
  later(61)
  await sandbox.control.faults([{ provider: 'github', path: '/repos/acme/handbook', status: 403, body: {} }])
  expect(await states(dana, board)).toEqual(['no_access'])
  await sandbox.control.clearFaults()
  await sandbox.control.faults([{ provider: 'github', path: '/**', status: 503 }])
  expect(await states(dana, board)).toEqual(['error'])
})

test('a source that asks us to wait is left alone, and its cards show the viewer’s own last copy', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const names = ['api', 'web', 'infra', 'handbook', 'payroll', 'legacy-billing', 'mobile-app']
  const { board } = await boardWith(dana, ...names.map((name) => `https://github.com/acme/${name}`))
  expect(new Set(await states(dana, board))).toEqual(new Set(['live']))
  later(61)
  await sandbox.control.set({ provider: 'github', rateRemaining: { core: 0 } })
  await sandbox.control.clearLog()
  const [card] = await cardsOf(dana, board)
  expect(await states(dana, board)).toEqual(names.map(() => 'limited'))
  expect(card?.message).toMatch(/^GitHub asked us to wait until \d\d:\d\d UTC$/)
  expect(card?.resource?.title).toBeDefined()
  expect(card?.retryAt).toBeDefined()
  // four in flight when the first was told to wait; the second opening asks nothing
  expect((await apiCalls()).length).toBeLessThanOrEqual(4)
  const asSam = await cardsOf(sam, board)
  expect(asSam.map(({ state, resource }) => [state, resource])).toEqual(names.map(() => ['limited', undefined]))
})

test('a token that the provider no longer takes turns the cards to Reconnect after one refusal, not one a card', async () => {
  const { dana } = await team()
  const names = ['api', 'web', 'infra', 'handbook', 'payroll', 'legacy-billing', 'mobile-app']
  const { board } = await boardWith(dana, ...names.map((name) => `https://github.com/acme/${name}`))
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  await sandbox.control.clearLog()
  const cards = await cardsOf(dana, board)
  expect(cards.map(({ state }) => state)).toEqual(names.map(() => 'reauth'))
  expect(cards[0]).toMatchObject({
    message: 'Reconnect your GitHub to see this',
    action: { id: 'reconnect', label: 'Reconnect' },
  })
  // four in flight when the first was refused, and the probe that makes sure
  expect((await apiCalls()).length).toBeLessThanOrEqual(5)
  const connection = await dana.get(dana.at(`connections/${dana.connectionId}`))
  expect(connection.body).toMatchObject({ status: 'needs_reauth' })
  await sandbox.control.clearLog()
  expect(new Set(await states(dana, board))).toEqual(new Set(['reauth']))
  expect(await apiCalls()).toEqual([])
})

test('disconnecting closes the cards at once, wipes the copies, and connecting again opens them', async () => {
  const { org, dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  await disconnect(dana.actor, dana.connectionId)
  expect(await only(dana, board)).toMatchObject({ state: 'needs_connection' })
  const copies = JSON.parse(await everyRow('CardCopy')).filter(
    ({ organizationId }: { organizationId: string }) => organizationId === org.id,
  )
  expect(copies.map(({ sealed }: { sealed: string | null }) => sealed)).toEqual([null])
  await connect(dana, { account: 'dana-k' })
  expect(await states(dana, board)).toEqual(['live'])
})

test('after a switch to another account nothing is shown that the old one read', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  const { attempt } = await connect(dana, { account: 'dana-personal' })
  expect(attempt.status).toBe('mismatch')
  await chooseAccount(dana.actor, attempt.id, 'switch')
  await sandbox.control.faults([{ provider: 'github', path: '/repos/**', status: 503 }])
  expect(await only(dana, board)).toMatchObject({ state: 'error' })
  await sandbox.control.clearFaults()
  const card = await only(dana, board)
  expect(card.resource).toBeUndefined()
})

test('what another account of the same viewer saw is closed, not gone: the account changed, not the thing', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollFile)
  expect(await states(dana, board)).toEqual(['live'])
  await disconnect(dana.actor, dana.connectionId)
  await connect(dana, { account: 'dana-personal' })
  expect(await states(dana, board)).toEqual(['no_access'])
  expect(await only(dana, board)).toMatchObject({
    state: 'no_access',
    message: "You don't have access to this file, or it no longer exists",
    action: { id: 'retry', label: 'Retry' },
  })
})

test('nor is it gone after a switch without disconnecting, however often one looks', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollFile)
  expect(await states(dana, board)).toEqual(['live'])
  const { attempt } = await connect(dana, { account: 'dana-personal' })
  await chooseAccount(dana.actor, attempt.id, 'switch')
  expect(await states(dana, board)).toEqual(['no_access'])
  expect(await states(dana, board)).toEqual(['no_access'])
})

test('a card that an earlier account saw does not tell the present one that the thing is here already', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'dana-k')
  const { board } = await boardWith(dana, payrollFile)
  const again = () => sam.post(sam.at(`boards/${board}/objects`), { type: 'reference', url: payrollFile })
  expect(await states(sam, board)).toEqual(['live'])
  expect((await again()).status).toBe(409)
  await disconnect(sam.actor, sam.connectionId)
  await connect(sam, { account: 'dana-personal' })
  expect((await again()).status).toBe(201)
})

test('a provider that an admin turned off closes its cards', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  expect((await dana.patch(dana.at('integrations/github'), { enabled: false })).status).toBe(200)
  await sandbox.control.clearLog()
  expect(await only(dana, board)).toMatchObject({ state: 'source_off', message: 'GitHub is turned off' })
  expect(await apiCalls()).toEqual([])
})

test('T-PRV-5 a member who was removed gets no card at their next request, and keeps no copy', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api')
  expect(await states(sam, board)).toEqual(['live'])
  expect((await dana.delete(dana.at(`members/${sam.person.id}`))).status).toBeLessThan(300)
  const refused = await sam.get(sam.at(`boards/${board}/cards`))
  expect([401, 404]).toContain(refused.status)
  await forgetMember(await jobActor(org.id, 'test'), sam.person.id)
  const own = await withOrg(dana.actor, (db) => db.cardCopy.findMany({ where: { userId: sam.person.id } }))
  expect(own).toMatchObject([{ sealed: null }])
})

test('what comes in after its viewer disconnected or left is not kept', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api')
  const copies = () => withOrg(dana.actor, (db) => db.cardCopy.findMany({ where: { sealed: { not: null } } }))
  const sights = await Promise.all(
    [dana, sam].map(async (viewer) => {
      const { resource } = await only(viewer, board)
      const [copy] = await withOrg(viewer.actor, (db) => db.cardCopy.findMany({ where: { userId: viewer.person.id } }))
      if (!resource || !copy) throw new Error('the card was not read')
      const sight = { referenceId: copy.referenceId, resource, accountId: '1', at: new Date() }
      const { actor } = viewer
      if (!isPerson(actor)) throw new Error('no person')
      return () => keepCopies(actor, viewer.connectionId, { seen: [sight], lost: [] })
    }),
  )
  expect(await copies()).toHaveLength(2)
  await disconnect(dana.actor, dana.connectionId, true)
  await withOrg(dana.actor, async (db) => {
    await db.membership.updateMany({ where: { userId: sam.person.id }, data: { leftAt: new Date() } })
    await db.cardCopy.updateMany({ data: { sealed: null } })
  })
  for (const keep of sights) await keep()
  expect(await copies()).toEqual([])
})

test('a source that is slow costs its own cards only, and what it brings later is kept', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository, 'https://github.com/acme/web')
  await sandbox.control.faults([{ provider: 'github', path: '/repos/acme/payroll', delayMs: 1_500, times: 1 }])
  const cards = await readCards(dana.actor, board, { patienceMs: 500 })
  expect(cards.map(({ state, message }) => [state, message])).toEqual([
    ['error', "GitHub didn't answer"],
    ['live', undefined],
  ])
  await expect.poll(async () => withOrg(dana.actor, (db) => db.cardCopy.count()), { timeout: 5_000 }).toBe(2)
  await sandbox.control.clearLog()
  expect(await states(dana, board)).toEqual(['live', 'live'])
  expect(await apiCalls()).toEqual([])
})

test('T-BRD-6 a board of many cards has at most four calls in flight', async () => {
  const { dana } = await team()
  const names = ['api', 'web', 'infra', 'handbook', 'payroll', 'legacy-billing', 'mobile-app']
  const { board } = await boardWith(
    dana,
    ...names.flatMap((name) => [
      `https://github.com/acme/${name}`,
      `https://github.com/acme/${name}/blob/main/README.md`,
    ]),
  )
  await sandbox.control.faults([{ provider: 'github', path: '/**', delayMs: 120 }])
  await sandbox.control.clearLog()
  await cardsOf(dana, board)
  const begun = (await apiCalls()).map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b)
  expect(begun.length).toBeGreaterThan(12)
  // every call takes 120 ms at least, so the fifth after one cannot begin while it and three others are under way
  const apart = begun.slice(4).map((at, index) => at - Number(begun[index]))
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(110)
})

test('copies are wiped after a day; that they were seen is kept', async () => {
  const { org, dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  await cardsOf(dana, board)
  later(23 * 3600)
  await purgeCopies()
  const own = async () =>
    JSON.parse(await everyRow('CardCopy')).filter(
      ({ organizationId }: { organizationId: string }) => organizationId === org.id,
    )
  expect((await own())[0].sealed).not.toBeNull()
  later(3600)
  expect(await purgeCopies()).toBeGreaterThan(0)
  expect(await own()).toMatchObject([{ sealed: null }])
  await sandbox.control.faults([{ provider: 'github', path: '/repos/**', status: 503 }])
  expect(await states(dana, board)).toEqual(['error'])
  await sandbox.control.clearFaults()
  await sandbox.control.set({ provider: 'github', removeRepository: { owner: 'acme', name: 'payroll' } })
  expect(await states(dana, board)).toEqual(['gone'])
})

test('36: what a provider’s text looks like changes nothing about what it is: text', async () => {
  const { dana } = await team()
  await sandbox.control.set({
    provider: 'github',
    repository: {
      owner: 'acme',
      name: 'web',
      description: '<script>alert(1)</script><img src=x onerror=alert(1)>',
      issues: [{ number: 901, title: '<svg onload=alert(1)>', body: '[x](javascript:alert(1))' }],
    },
  })
  const { board } = await boardWith(dana, 'https://github.com/acme/web', 'https://github.com/acme/web/issues/901')
  const answer = await dana.get(dana.at(`boards/${board}/cards`), CardList)
  expect(answer.headers.get('content-type')).toContain('application/json')
  const [repository, issue] = answer.body.items
  expect(JSON.stringify(repository?.resource)).toContain('<script>alert(1)</script>')
  expect(issue?.resource?.title).toContain('<svg onload=alert(1)>')
  for (const card of answer.body.items) expect(card.resource?.url).toMatch(/^https?:\/\//)
})

test('a viewer whose role connects nothing is told what the card needs, without a button', async () => {
  const { org, dana } = await team()
  const robin = await joins(org, 'reviewer', 'Robin')
  const { board } = await boardWith(dana, payrollRepository)
  expect(await only(robin, board)).toEqual({
    objectId: expect.any(String),
    provider: 'github',
    kind: 'repository',
    state: 'needs_connection',
    message: 'Connect your GitHub to see this',
  })
})
