import { newBoard, options, paste, selects, visit } from './on-board.ts'
import { connectGithub, expect, newFile, test } from './support.ts'

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

test('T-PAL-7 Ctrl Shift V keeps a link plain, and an unknown host is never asked', async ({
  page,
  context,
  org,
  sandbox,
  account,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const url = await newFile(sandbox, account)
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
