import { symbols } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { CardView } from '#lib/boards/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { everyRow } from '#tests/support/as-superuser.ts'
import { boardWith, cardsOf, onlyCard, states } from '#tests/support/boards.ts'
import { later, payrollFile, payrollRepository, team } from '#tests/support/cards.ts'
import { joins } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
/** What the file of acme/payroll, which only dana-k can open, must not be recognized by. */
const telling = ['payroll', 'gross', 'acme/', 'github.com', 'Decimal', 'from hours and grade']
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

const bare = (card: CardView) => ({ ...card, objectId: '' })

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
  expect(await onlyCard(gil, board)).toMatchObject({
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
  const card = await onlyCard(max, board)
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
    expect(await onlyCard(priya, board)).toMatchObject({ state: 'no_access' })
    counts.push((await apiCalls()).length)
  }
  expect(counts).toEqual([2, 2])
})

test('a thing that was deleted reads gone to who saw it and closed to who did not; no copy stays', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/infra')
  expect(await states(dana, board)).toEqual(['live'])
  await sandbox.control.set({ provider: 'github', removeRepository: { owner: 'acme', name: 'infra' } })
  later(61)
  const gone = await onlyCard(dana, board)
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
