import { answersKeys, frame, newBoard, paste, said, shownIds, tabTo, visit } from './on-board.ts'
import { callApi, connectGithub, expect, newFile, test } from './support.ts'

test('T-BRD-1 a note, a section, a reference and a connector come to the board by keyboard only', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  await visit(page, board)
  await tabTo(page, page.getByRole('button', { name: 'Reference' }))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Check the limits')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Note: Check the limits' })).toBeFocused()

  await page.keyboard.press('@')
  await page.keyboard.type(url)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'File: retry.ts' })).toBeFocused()

  await page.reload()
  await answersKeys(page)
  await tabTo(page, page.getByRole('button', { name: 'Reference' }))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Deploy')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'Section: Deploy' })).toBeFocused()

  await page.reload()
  await answersKeys(page)
  await tabTo(page, page.getByRole('button', { name: 'Reference' }))
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Connect two objects' })
  await tabTo(page, dialog.getByLabel('Label'))
  await page.keyboard.type('explains')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: /^Connector: .+ → .+/ })).toBeFocused()
  const { objects } = await board.read()
  expect(objects.map(({ type }) => type)).toEqual(['note', 'reference', 'section', 'connector'])
  expect(objects.find(({ type }) => type === 'connector')?.text).toBe('explains')
})

test('T-BRD-2 the outline lists each object once, under the name and in the order of the API', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'src/retry.ts', text: 'export {}\n' })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  const note = await board.add({ type: 'note', text: 'Read this' })
  const section = await board.add({ type: 'section', text: 'Deploy' })
  const card = await board.add({ type: 'reference', url, section })
  await board.add({ type: 'note', text: 'Then that', section })
  await board.add({ type: 'note', text: 'And this' })
  await board.add({ type: 'connector', from: note, to: card })
  await visit(page, board)
  await expect(page.getByRole('group', { name: 'File: src/retry.ts' })).toBeVisible()
  const { objects } = await board.read()
  expect(await shownIds(page)).toEqual(objects.map(({ id }) => id))
  const names = await page
    .locator('[data-object]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
  expect(names).toEqual([
    'Note: Read this',
    'Section: Deploy',
    'File: src/retry.ts',
    'Note: Then that',
    'Note: And this',
    'Connector: Read this → src/retry.ts',
  ])
})

test('T-BRD-3 an object moves without being dragged, says where it stands, and stays there', async ({ page, org }) => {
  const board = await newBoard(page, org)
  const section = await board.add({ type: 'section', text: 'Deploy' })
  const first = await board.add({ type: 'note', text: 'First', section })
  const second = await board.add({ type: 'note', text: 'Second', section })
  const third = await board.add({ type: 'note', text: 'Third' })
  await visit(page, board)
  await frame(page, second).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(said(page)).toHaveText('Moved up. In section Deploy.')
  await expect(frame(page, second)).toBeFocused()
  expect(await shownIds(page)).toEqual([section, second, first, third])
  await page.keyboard.press('Alt+ArrowUp')
  await expect(said(page)).toHaveText('Already the first.')

  await page.getByRole('button', { name: 'More actions for Third' }).press('Enter')
  await page.getByRole('menuitemradio', { name: 'Deploy' }).press('Enter')
  await expect(said(page)).toHaveText('Moved. In section Deploy.')
  await expect(frame(page, third)).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(said(page)).toHaveText('Moved up. In section Deploy.')
  await expect
    .poll(async () => (await board.read()).objects.map(({ id }) => id))
    .toEqual([section, second, third, first])
  await page.reload()
  await answersKeys(page)
  expect(await shownIds(page)).toEqual([section, second, third, first])
})

test('T-BRD-4 adding, moving and deleting can be undone and done again', async ({ page, org }) => {
  const board = await newBoard(page, org)
  const section = await board.add({ type: 'section', text: 'Deploy' })
  const a = await board.add({ type: 'note', text: 'A', section })
  const b = await board.add({ type: 'note', text: 'B', section })
  await board.add({ type: 'connector', from: a, to: b, text: 'before' })
  const ids = async () => (await board.read()).objects.map(({ id }) => id)
  const start = await ids()
  await visit(page, board)

  await frame(page, b).focus()
  await page.keyboard.press('Delete')
  await expect(said(page)).toHaveText('Removed Note: B. Undo brings it back.')
  await expect.poll(ids).toEqual([section, a])
  await expect(frame(page, a)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect.poll(ids).toEqual(start)
  await expect(frame(page, b)).toBeFocused()

  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(async () => (await ids()).slice(0, 3)).toEqual([section, b, a])
  await page.keyboard.press('Control+z')
  await expect.poll(ids).toEqual(start)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(async () => (await ids()).slice(0, 3)).toEqual([section, b, a])

  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.keyboard.type('C')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await ids()).length).toBe(start.length + 1)
  const withC = await ids()
  await page.getByRole('button', { name: 'Undo: added a note' }).click()
  await expect.poll(async () => (await ids()).length).toBe(start.length)
  await page.getByRole('button', { name: 'Redo: added a note' }).click()
  await expect.poll(ids).toEqual(withC)
})

test('T-BRD-5 whatever has the focus is in view, under nothing that stays in place', async ({ page, org }) => {
  const board = await newBoard(page, org)
  for (let n = 1; n <= 24; n++) await board.add({ type: 'note', text: `Note ${n}\nwith a second line` })
  for (const width of [1280, 800, 375]) {
    await page.setViewportSize({ width, height: 640 })
    await visit(page, board)
    const ids = await shownIds(page)
    const covered: string[] = []
    await frame(page, ids[0] ?? '').focus()
    for (const id of [...ids, ...ids.toReversed()]) {
      await frame(page, id).focus()
      const isSeen = await frame(page, id).evaluate((one) => {
        const { top, bottom, left, right } = one.getBoundingClientRect()
        const x = (left + right) / 2
        return [top + 3, (top + bottom) / 2, bottom - 3].every((y) => one.contains(document.elementFromPoint(x, y)))
      })
      if (!isSeen) covered.push(id)
    }
    expect(covered, `at ${width} px`).toEqual([])
  }
})

test('T-BRD-7 at 320 px a board is an outline without horizontal scroll, also while it is edited', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const text = `${'const aVeryLongLineThatDoesNotFit = 1; '.repeat(4)}\n`
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'src/a/long/path/to/retry.ts', text })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org, 'A board with a long name that has to wrap')
  const section = await board.add({ type: 'section', text: 'Deployment-of-everything-everywhere-at-once' })
  const card = await board.add({ type: 'reference', url, section })
  await callApi(page.request, 'PATCH', board.api(`/objects/${card}`), { size: 'L' })
  const note = await board.add({ type: 'note', text: `https://acme.test/${'x'.repeat(120)}` })
  await board.add({ type: 'connector', from: note, to: card, text: 'explains' })
  await visit(page, board)
  await expect(page.getByText('const aVeryLongLine')).toBeVisible()
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  expect(await overflow()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Reference' }).click()
  await expect(page.getByRole('combobox')).toBeFocused()
  expect(await overflow()).toBe(0)
})

test('what somebody else changes appears, and a note that two people edit tells the second one', async ({
  page,
  org,
}) => {
  const board = await newBoard(page, org)
  const note = await board.add({ type: 'note', text: 'Plan A' })
  const priya = await org.join('member', 'Priya')
  await visit(page, board)
  await frame(page, note).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type(', then C')
  await callApi(priya.page.request, 'PATCH', board.api(`/objects/${note}`), { text: 'Plan B' })
  await expect(page.getByText('Priya also edited this note.')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveCount(0)
  await expect(page.getByText('Plan A, then C', { exact: true })).toBeVisible()
  await expect(frame(page, note)).toContainText('Priya also edited this note.')
  await page.getByText('What it said before').click()
  await expect(page.getByText('Plan B')).toBeVisible()
  expect((await board.read()).objects[0]?.text).toBe('Plan A, then C')
})

test('a link that is pasted twice asks whether to jump to it or to add it again', async ({
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
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' })
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

test('a reader of boards finds nothing to change on one', async ({ page, org }) => {
  const board = await newBoard(page, org)
  await board.add({ type: 'note', text: 'Read me' })
  const reviewer = await org.join('reviewer', 'Lee')
  await visit(reviewer.page, board)
  await expect(reviewer.page.getByText('Read me')).toBeVisible()
  await expect(reviewer.page.getByRole('toolbar')).toHaveCount(0)
  await expect(reviewer.page.getByRole('button', { name: 'Rename' })).toHaveCount(0)
  await reviewer.page.getByRole('group', { name: 'Note: Read me' }).focus()
  await reviewer.page.keyboard.press('Delete')
  await reviewer.page.keyboard.press('@')
  await expect(reviewer.page.getByRole('dialog')).toHaveCount(0)
  expect((await board.read()).objects).toHaveLength(1)
})

test('a board is made, renamed where it stands, and deleted after a question', async ({ page, org }) => {
  await page.goto(org.path('/boards'))
  await expect(page.getByText('No boards yet.')).toBeVisible()
  await page.getByRole('button', { name: 'New board' }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Name').fill('Deploys')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deploys')
  await expect(page).toHaveTitle('Deploys – Boards – Acme – Plugboard')
  await page.getByRole('button', { name: 'Rename this board' }).click()
  await page.keyboard.type('Releases')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Releases')
  await expect(page).toHaveTitle('Releases – Boards – Acme – Plugboard')
  await page.getByRole('button', { name: 'More actions for Releases' }).click()
  await page.getByRole('menuitem', { name: 'Delete board…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete Releases?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No boards yet.')).toBeVisible()
})

test('a board that somebody deletes, or takes the viewer off, leaves nothing on the screen', async ({ page, org }) => {
  const board = await newBoard(page, org)
  await board.add({ type: 'note', text: 'Secret plan' })
  await visit(page, board)
  await expect(page.getByText('Secret plan')).toBeVisible()
  await callApi(page.request, 'DELETE', board.api())
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expect(page.getByText('Secret plan')).toHaveCount(0)
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
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' })
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

test('single keys can be turned off', async ({ page, org }) => {
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('?')
  await page.getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('@')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Add a reference' })).toBeVisible()
})

test('what is wrong with a new board is said, not only shown', async ({ page, org }) => {
  await page.goto(org.path('/boards'))
  await page.getByRole('button', { name: 'New board' }).click()
  const dialog = page.getByRole('dialog')
  const spoken = dialog.locator('[data-live="assertive"]')
  await dialog.getByRole('button', { name: 'Create board' }).click()
  await expect(spoken).toHaveText('Name: enter one, such as “Deploys”.')
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await page.route(/\/boards$/, (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 500, body: 'down' }) : route.continue(),
  )
  await dialog.getByLabel('Name').fill('Deploys')
  await page.keyboard.press('Enter')
  await expect(spoken).not.toHaveText(/Name: enter one/)
  await expect(spoken).not.toBeEmpty()
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription((await spoken.textContent()) ?? '')
})

test('an empty board is as high as the window, also under the line about the mail', async ({ page, org }) => {
  const board = await newBoard(page, org)
  await visit(page, board)
  const notice = page.getByText('Confirm your email address').locator('../..')
  await expect(notice).toBeVisible()
  const [height, room] = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight])
  expect(height).toBe(room)
  const [above, below] = [
    await notice.boundingBox(),
    await page.getByRole('button', { name: 'Reference' }).boundingBox(),
  ]
  expect(above?.x).toBe(below?.x)
})

test('on a phone the label of a connector has a line of its own, and the menu of a card shows all of itself', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n')
  const url = await newFile(sandbox, account, { repository: 'checkout', file: 'src/queue/retry.ts', text: lines })
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  const from = await board.add({ type: 'note', text: 'Answer repeated order requests once' })
  const to = await board.add({ type: 'reference', url })
  const arrow = await board.add({ type: 'connector', from, to, text: 'feeds' })
  await board.add({ type: 'section', text: 'Deploy' })
  await page.setViewportSize({ width: 375, height: 740 })
  await visit(page, board)
  const label = frame(page, arrow).getByText('feeds')
  expect((await label.boundingBox())?.height).toBeLessThan(24)

  const code = frame(page, to).locator('pre')
  await expect(code).toBeVisible()
  const cut = await code.evaluate((one) => {
    const { lineHeight, paddingTop } = getComputedStyle(one)
    return (one.clientHeight - Number.parseFloat(paddingTop)) % Number.parseFloat(lineHeight)
  })
  expect(cut).toBeCloseTo(0, 1)

  await frame(page, to)
    .getByRole('button', { name: /^More actions/ })
    .click()
  await expect(page.getByRole('menuitem', { name: /^Open at/ })).toBeFocused()
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeInViewport({ ratio: 1 })
})
