import { answersKeys, frame, newBoard, said, shownIds, tabTo, visit } from './on-board.ts'
import { callApi, connectGithub, expect, newFile, test } from './support.ts'

test('T-BRD-1 a note, a section, a reference and a connector come to the board by keyboard only', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const url = await newFile(sandbox, account)
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
