import { frame, newBoard, paste, tabTo, visit } from './on-board.ts'
import { connectGithub, expect, newFile, test } from './support.ts'

test('a link that is pasted twice asks whether to jump to it or to add it again', async ({
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
  await paste(page, url)
  const card = page.getByRole('group', { name: 'File: retry.ts' })
  await expect(card).toBeFocused()
  await paste(page, url)
  await expect(page.getByRole('list', { name: 'Board' })).toContainText('Already on this board.')
  await expect(page.getByRole('button', { name: 'Jump to it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(card).toBeFocused()
  await paste(page, url)
  await page.getByRole('button', { name: 'Add again' }).click()
  await expect(card).toHaveCount(2)
})

test('a link that was just pasted can be a card, a mention or a plain link, for eight seconds or as long as one is at it', async ({
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
  await page.clock.install()
  await visit(page, board)
  const card = page.getByRole('group', { name: 'File: retry.ts' })
  const choice = page.getByRole('group', { name: 'Show the link as' })
  const sizes = async () => (await board.read()).objects.map((object) => Reflect.get(object, 'size'))

  await paste(page, url)
  await expect(card).toBeFocused()
  await expect(choice.getByRole('button', { name: 'Card' })).toHaveAttribute('aria-pressed', 'true')
  await tabTo(page, choice.getByRole('button', { name: 'Mention' }))
  await page.clock.runFor(20_000)
  await page.keyboard.press('Enter')
  await expect(choice).toHaveCount(0)
  await expect(card).toBeFocused()
  await expect.poll(sizes).toEqual(['S'])

  await page.keyboard.press('Delete')
  await expect(card).toHaveCount(0)
  await paste(page, url)
  await choice.getByRole('button', { name: 'Link' }).click()
  await expect(page.getByText(url)).toBeVisible()
  await expect.poll(async () => (await board.read()).objects.map(({ text }) => text)).toEqual([url])

  await paste(page, url)
  await expect(choice).toBeVisible()
  await page.clock.runFor(7_000)
  await expect(choice).toBeVisible()
  await page.clock.runFor(1_500)
  await expect(choice).toHaveCount(0)
  await expect(card).toBeVisible()
})

test('several pasted links become several cards, one behind the other', async ({ page, context, org }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const board = await newBoard(page, org)
  const note = await board.add({ type: 'note', text: 'Above' })
  await board.add({ type: 'note', text: 'Below' })
  await visit(page, board)
  await frame(page, note).focus()
  await paste(page, 'https://one.acme.test/a\nhttps://two.acme.test/b')
  await expect
    .poll(async () => (await board.read()).objects.map(({ text }) => text))
    .toEqual(['Above', 'https://one.acme.test/a', 'https://two.acme.test/b', 'Below'])
})

test('a card is read again by R, takes another size and a caption that everybody sees', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const file = { repository: 'checkout', file: 'retry.ts', text: 'export const retries = 3\n' }
  const url = await newFile(sandbox, account, file)
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  const card = await board.add({ type: 'reference', url })
  await visit(page, board)
  await expect(page.getByText('retries = 3')).toBeVisible()
  await newFile(sandbox, account, { ...file, text: 'export const retries = 5\n' })
  await page.keyboard.press('r')
  await expect(page.getByText('retries = 5')).toBeVisible()

  const before = await frame(page, card).boundingBox()
  await page.getByRole('button', { name: 'More actions for retry.ts' }).click()
  await page.getByRole('menuitemradio', { name: 'Large' }).click()
  await expect.poll(async () => (await frame(page, card).boundingBox())?.width).toBeGreaterThan(before?.width ?? 0)

  await frame(page, card).focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Read this first')
  await page.keyboard.press('Enter')
  await expect(frame(page, card)).toContainText('Caption: Read this first')
  const priya = await org.join('member', 'Priya')
  await visit(priya.page, board)
  await expect(frame(priya.page, card)).toContainText('Caption: Read this first')
  await expect(frame(priya.page, card)).toContainText('Connect your GitHub to see this')
})

test('a card opens at its source in a new tab that learns nothing of the board', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const url = await newFile(sandbox, account)
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await board.add({ type: 'reference', url })
  await visit(page, board)
  const link = page.getByRole('link', { name: 'retry.ts (opens in new tab)' })
  await expect(link).toHaveAttribute('rel', 'noreferrer noopener')
  await page.getByRole('button', { name: 'More actions for retry.ts' }).click()
  const item = page.getByRole('menuitem', { name: /^Open at GitHub/ })
  await expect(item).toContainText('opens in new tab')
  const opened = page.context().waitForEvent('page')
  await item.click()
  const tab = await opened
  await tab.waitForLoadState()
  expect(tab.url()).toBe(url)
  expect(await tab.evaluate(() => [document.referrer, window.opener])).toEqual(['', null])
})

test('what was deleted at its source says so to who has seen it, and can be replaced', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const file = { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' }
  const url = await newFile(sandbox, account, file)
  await newFile(sandbox, account, { ...file, file: 'backoff.ts' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  const card = await board.add({ type: 'reference', url })
  await board.add({ type: 'note', text: 'Below' })
  await visit(page, board)
  await expect(frame(page, card).locator('[data-card]')).toHaveAttribute('data-card', 'live')
  const repository = { owner: account, name: 'checkout', files: { 'retry.ts': null } }
  await sandbox.control.set({ provider: 'github', repository })
  await page.keyboard.press('r')
  await expect(frame(page, card)).toContainText('This file was deleted or moved')
  await expect(page.getByRole('button', { name: '1 card needs attention' })).toBeVisible()
  await frame(page, card).getByRole('button', { name: 'Replace link' }).click()
  await page.keyboard.type(url.replace('retry.ts', 'backoff.ts'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'File: backoff.ts' })).toBeVisible()
  await expect(frame(page, card)).toHaveCount(0)
  await expect.poll(async () => (await board.read()).objects.map(({ type }) => type)).toEqual(['reference', 'note'])
})
