import { randomUUID } from 'node:crypto'
import { frame, visit } from './on-board.ts'
import { live, stateOf, test } from './on-privacy.ts'
import { consent, expect, sandboxUrl } from './support.ts'

test('T-PRV-2 T-PRV-7 connecting one’s own account fills the cards without a reload, and nothing moves', async ({
  page,
  org,
  shared,
  sandbox,
  account,
}) => {
  const priya = await org.join('member', 'Priya')
  const login = `priya-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login, name: 'Priya' } })
  const repository = {
    owner: account,
    name: 'open',
    private: true,
    collaborators: [login],
    files: { 'a.md': 'hello\n' },
  }
  await sandbox.control.set({ provider: 'github', repository })
  const cards = [
    await shared.add({ type: 'reference', url: `${sandboxUrl}/github-web/${account}/open` }),
    await shared.add({ type: 'reference', url: `${sandboxUrl}/github-web/${account}/open/blob/main/a.md` }),
  ]
  await page.close()
  await visit(priya.page, shared)
  await expect(priya.page.getByText('3 cards need your GitHub')).toBeVisible()
  for (const card of cards) await stateOf(priya.page, card, 'needs_connection')
  await priya.page.evaluate(() => {
    Object.assign(window, { isSamePage: true, shifts: [] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = Reflect.get(entry, 'sources').map(({ node }: { node: Element }) => node?.outerHTML?.slice(0, 80))
        Reflect.get(window, 'shifts').push({ value: Reflect.get(entry, 'value'), moved })
      }
    }).observe({ type: 'layout-shift' })
  })
  const tab = priya.page.waitForEvent('popup')
  await priya.page.getByRole('button', { name: 'Connect once' }).click()
  await consent(await tab, login)
  for (const card of cards) await live(priya.page, card)
  await stateOf(priya.page, shared.card, 'no_access')
  await expect(priya.page.getByText('need your GitHub')).toHaveCount(0)
  const [isSame, shifts] = await priya.page.evaluate(() => [
    Reflect.get(window, 'isSamePage'),
    Reflect.get(window, 'shifts'),
  ])
  expect(isSame).toBe(true)
  const total = shifts.reduce((sum: number, { value }: { value: number }) => sum + value, 0)
  expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02)
})

for (const button of ['Connect once', 'Connect GitHub'])
  test(`X-06 ${button} leaves the focus on a card once the cards are filled`, async ({
    page,
    org,
    shared,
    account,
  }) => {
    const priya = await org.join('member', 'Priya')
    await page.close()
    await visit(priya.page, shared)
    await stateOf(priya.page, shared.card, 'needs_connection')
    const tab = priya.page.waitForEvent('popup')
    await priya.page.getByRole('main').getByRole('button', { name: button }).focus()
    await priya.page.keyboard.press('Enter')
    await consent(await tab, account)
    await live(priya.page, shared.card)
    await expect(priya.page.getByText('needs your GitHub')).toHaveCount(0)
    await expect(frame(priya.page, shared.card)).toBeFocused()
  })
