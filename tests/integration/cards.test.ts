import { expect, test } from 'vitest'
import { purgeCopies } from '#lib/boards/jobs.ts'
import { readCards } from '#lib/boards/read-cards.ts'
import { CardList, CardView } from '#lib/boards/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { everyRow } from '#tests/support/as-superuser.ts'
import { boardWith, cardsOf, onlyCard, states } from '#tests/support/boards.ts'
import { later, payrollFile, payrollRepository, team } from '#tests/support/cards.ts'
import { joins } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const apiCalls = async () => (await sandbox.control.log()).filter(({ origin }) => origin === '/github-api')

test('a card shows what its viewer may read, live, with where it opens', async () => {
  const { dana } = await team()
  const { board, objects } = await boardWith(dana, payrollFile)
  const card = await onlyCard(dana, board)
  expect(card).toMatchObject({ objectId: objects[0], provider: 'github', kind: 'file', state: 'live' })
  expect(card.resource).toMatchObject({ title: 'gross.py', container: 'acme/payroll', connectionId: dana.connectionId })
  expect(card.resource?.url).toContain('/acme/payroll/blob/main/payroll/gross.py')
  expect(card.message).toBeUndefined()
})

test('a card is asked for again after a minute, or at once when its viewer wants it', async () => {
  const { dana } = await team()
  const { board, objects } = await boardWith(dana, payrollRepository)
  const first = await onlyCard(dana, board)
  await sandbox.control.clearLog()
  const again = await onlyCard(dana, board)
  expect(again).toEqual(first)
  expect(await apiCalls()).toEqual([])
  const path = dana.at(`boards/${board}/cards/${objects[0]}`)
  await dana.get(`${path}?refresh=1`, CardView)
  expect(await apiCalls()).not.toEqual([])
  await sandbox.control.clearLog()
  later(61)
  expect(await onlyCard(dana, board)).toMatchObject({ state: 'live' })
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
  expect(await onlyCard(robin, board)).toEqual({
    objectId: expect.any(String),
    provider: 'github',
    kind: 'repository',
    state: 'needs_connection',
    message: 'Connect your GitHub to see this',
  })
})
