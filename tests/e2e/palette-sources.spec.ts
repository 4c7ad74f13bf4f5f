import { newBoard, options, selects, visit } from './on-board.ts'
import { callApi, connectGithub, consent, expect, newFile, test } from './support.ts'

test('T-PAL-4 one walks down a file tree by keyboard to a file and adds it', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'src/queue/retry.ts', text: 'export {}\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await expect(options(page).first()).toContainText('GitHub')
  await page.keyboard.press('Enter')
  const where = page.getByRole('navigation', { name: 'Where you are' })
  await expect(where.locator('[aria-current]')).toHaveText('GitHub')
  for (const name of [`${account}/checkout`, 'src', 'queue']) {
    await page.keyboard.type(name)
    await selects(page, name)
    await page.keyboard.press('ArrowRight')
    await expect(where.locator('[aria-current]')).toContainText(name)
  }
  await expect(where).toContainText('All sources/GitHub')
  await page.keyboard.press('Backspace')
  await expect(where.locator('[aria-current]')).toHaveText('src')
  await page.keyboard.press('ArrowLeft')
  await expect(where.locator('[aria-current]')).toHaveText(`${account}/checkout`)
  for (const name of ['src', 'queue']) {
    await page.keyboard.type(name)
    await selects(page, name)
    await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.type('retry')
  await selects(page, 'retry.ts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'File: src/queue/retry.ts' })).toBeFocused()
})

test('T-PAL-5 a code search is made on Enter, and it or what it finds can be added', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  await newFile(sandbox, account, {
    repository: 'checkout',
    file: 'src/retry.ts',
    text: 'export const backoffMs = 250\n',
  })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('code: backoffMs')
  await selects(page, 'Code search for “backoffMs”')
  const isOurs = (call: { path: string; account?: string }) =>
    call.path.endsWith('/search/code') && call.account === account
  const searches = async () => (await sandbox.control.log()).filter(isOurs).length
  expect(await searches()).toBe(0)
  await page.keyboard.press('Enter')
  await expect(options(page).nth(1)).toContainText('retry.ts')
  expect(await searches()).toBe(1)
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'File: src/retry.ts' })).toBeVisible()
  const search = page.getByRole('group', { name: 'Code search: backoffMs' })
  await expect(search).toContainText('src/retry.ts')
  await expect(search).toContainText('1 result')
})

test('issues and pull requests of a repository are found and added', async ({ page, org, sandbox, account }) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'a.md', text: 'a\n' })
  const issues = [
    { title: 'Orders are sent twice', number: 7, labels: ['bug'], assignees: [account] },
    { title: 'Send once', number: 8, pull: { head: 'fix' } },
  ]
  await sandbox.control.set({ provider: 'github', repository: { owner: account, name: 'checkout', issues } })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  for (const [door, title] of [
    ['Issues', '#7 Orders are sent twice'],
    ['Pull requests', '#8 Send once'],
  ] as const) {
    await page.keyboard.press('@')
    await page.keyboard.type('checkout')
    await selects(page, `${account}/checkout`)
    await page.keyboard.press('ArrowRight')
    await page.getByRole('option', { name: door }).click()
    await expect(options(page).first()).toContainText(title)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-type="reference"]').filter({ hasText: title })).toBeVisible()
  }
  const issue = page.getByRole('group', { name: 'Issue: #7 Orders are sent twice' })
  await expect(issue).toContainText('Open')
  await expect(issue).toContainText(`assigned to ${account}`)
  await expect(issue.getByRole('list', { name: 'Labels' })).toContainText('bug')
})

test('a source that fails or waits says so in its group', async ({ page, org, sandbox, account }) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '#\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.route('**/search?**', (route) =>
    route.fulfill({
      contentType: 'application/x-ndjson',
      body: `${JSON.stringify({
        provider: 'github',
        name: 'GitHub',
        connectionId: null,
        state: 'limited',
        message: 'GitHub asked us to wait until 14:20 UTC',
        items: [],
      })}\n`,
    }),
  )
  await page.keyboard.press('@')
  await page.keyboard.type('checkout')
  await expect(page.getByRole('group', { name: 'GitHub GitHub asked us to wait until 14:20 UTC' })).toBeVisible()
  await page.unroute('**/search?**')
  await page.route('**/search?**', (route) => route.abort())
  await page.keyboard.type('s')
  await expect(page.getByText('Plugboard cannot be reached.')).toBeVisible()
  await expect(page.getByRole('combobox')).toHaveValue('checkouts')
})

test('connecting from the palette comes back to the same question, answered', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '#\n' })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('checkout')
  const row = page.getByRole('option', { name: /GitHub\s*Connect your account/ })
  await expect(row).toBeVisible()
  const tab = page.waitForEvent('popup')
  await page.keyboard.press('Enter')
  await consent(await tab, account)
  await selects(page, `${account}/checkout`)
  await expect(page.getByRole('combobox')).toHaveValue('checkout')
  await page.getByRole('combobox').press('Enter')
  await expect(page.getByRole('group', { name: `Repository: ${account}/checkout` })).toBeVisible()
  expect(await callApi(page.request, 'GET', board.api('/cards'))).toMatchObject({ items: [{ state: 'live' }] })
})
