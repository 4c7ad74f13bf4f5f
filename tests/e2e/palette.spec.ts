import { newBoard, options, paste, selects, visit } from './on-board.ts'
import { callApi, connectGithub, consent, expect, newFile, test } from './support.ts'

test('T-PAL-1 @, a few letters and Enter put a card on the board', async ({ page, org, sandbox, account }) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '# Checkout\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await expect(page.getByText('Press @ or paste a link to add your first reference.')).toBeVisible()
  await page.keyboard.press('@')
  await page.keyboard.type('checko')
  await selects(page, `${account}/checkout`)
  await page.keyboard.press('Enter')
  const card = page.getByRole('group', { name: `Repository: ${account}/checkout` })
  await expect(card).toBeFocused()
  await expect(card.locator('[data-freshness]')).toHaveText('live')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('T-PAL-1 with Ctrl and Enter the palette stays open for the next', async ({ page, org, sandbox, account }) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '# Checkout\n' })
  await newFile(sandbox, account, { repository: 'billing', file: 'README.md', text: '# Billing\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('Control+k')
  for (const name of ['checkout', 'billing']) {
    await page.getByRole('combobox').fill(name)
    await selects(page, `${account}/${name}`)
    await page.keyboard.press('Control+Enter')
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(async () => (await board.read()).objects.length).toBe(2)
  const names = page.locator('[data-type="reference"]')
  await expect(names.nth(0)).toHaveAccessibleName(`Repository: ${account}/checkout`)
  await expect(names.nth(1)).toHaveAccessibleName(`Repository: ${account}/billing`)
})

test('T-PAL-2 the field is a combobox whose active option follows the arrows', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  for (const repository of ['api-one', 'api-two', 'api-three'])
    await newFile(sandbox, account, { repository, file: 'README.md', text: '#\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.getByRole('button', { name: 'Reference' }).click()
  const field = page.getByRole('combobox', { name: 'Find something, or paste a link' })
  await expect(field).toBeFocused()
  await field.fill('api-')
  await expect(options(page).filter({ hasText: 'Repository' })).toHaveCount(3)
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  const list = await page.getByRole('listbox').getAttribute('id')
  await expect(field).toHaveAttribute('aria-controls', list ?? 'none')
  const all = await options(page).evaluateAll((some) => some.map((one) => one.id))
  expect(new Set(all).size).toBe(all.length)
  const steps = [
    ['', 0],
    ['ArrowDown', 1],
    ['ArrowDown', 2],
    ['ArrowUp', 1],
    ['End', all.length - 1],
    ['ArrowDown', 0],
    ['ArrowUp', all.length - 1],
    ['Home', 0],
  ] as const // as const: pairs
  for (const [key, at] of steps) {
    if (key) await page.keyboard.press(key)
    await expect(field).toHaveAttribute('aria-activedescendant', all[at] ?? 'none')
    await expect(options(page).nth(at)).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('option', { selected: true })).toHaveCount(1)
  }
  await expect(field).toBeFocused()
  await expect(page.getByRole('dialog').locator('[data-live="polite"]')).toHaveText('3 results, 1 source')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Reference' })).toBeFocused()
})

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

test('T-PAL-7 Ctrl Shift V keeps a link plain, and an unknown host is never asked', async ({
  page,
  context,
  org,
  sandbox,
  account,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await paste(page, url, 'Control+Shift+v')
  const plain = page.getByRole('link', { name: url })
  await expect(plain).toHaveAttribute('rel', 'noreferrer noopener')
  await expect(plain).toHaveAttribute('target', '_blank')

  // a host that nobody knows, but which would be heard of if it were asked: the sandbox under another name
  const unknown = `${sandbox.url.replace('127.0.0.1', 'localhost')}/nobody/asks?for=this`
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await paste(page, unknown)
  await expect(page.getByRole('link', { name: unknown })).toBeVisible()
  const { objects } = await board.read()
  expect(objects.map(({ type, text }) => [type, text])).toEqual([
    ['note', url],
    ['note', unknown],
  ])
  expect(asked.filter((address) => address.startsWith(unknown))).toEqual([])
  expect((await sandbox.control.log()).filter(({ path }) => path.includes('nobody'))).toEqual([])

  await paste(page, 'https://www.example.com/plan?utm_source=mail&page=2#part')
  const added = async () => (await board.read()).objects.at(-1)?.text
  await expect.poll(added).toBe('https://www.example.com/plan?page=2#part')
})

test('the palette says nothing of results before anything is asked', async ({ page, org, account }) => {
  await connectGithub(page, org, { account })
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  const counted = page.getByRole('dialog').locator('[data-live="polite"]')
  await expect(page.getByRole('option', { name: 'GitHub' })).toBeVisible()
  await page.waitForTimeout(1500) // three times as long as it takes to be said
  await expect(counted).toBeEmpty()
})

test('T-PAL-7 in the palette a link can be a card or stay plain', async ({ page, org }) => {
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('https://wiki.acme.test/page')
  await expect(options(page)).toHaveText([/^Add as a card/, /^Add as a plain link/])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'https://wiki.acme.test/page' })).toBeVisible()
})

test('@ in a note asks for a reference, which goes behind the note and leaves its words as they were', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '# Checkout\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  const note = await board.add({ type: 'note', text: 'See' })
  await board.add({ type: 'note', text: 'Below' })
  await visit(page, board)
  await page.getByRole('group', { name: 'Note: See' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' dana@acme.test and ')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.type('@')
  await page.keyboard.type('checkout')
  await selects(page, `${account}/checkout`)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused()
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('See dana@acme.test and ')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await board.read()).objects.map(({ type }) => type))
    .toEqual(['note', 'reference', 'note'])
  await expect
    .poll(async () => (await board.read()).objects[0])
    .toMatchObject({ id: note, text: 'See dana@acme.test and' })
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
