import type { Locator, Page } from '@playwright/test'
import { fill, open } from './crawl.ts'
import { expect, test } from './house.ts'
import { openings, openUp } from './openings.ts'
import { callApi, confirmEmail, newFile, newPerson, type Org } from './support.ts'

/** What has the focus, in words; an element that cannot have it reads as the page itself. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement === null || activeElement === document.body ? 'the page itself' : activeElement.outerHTML
  })

/** Goes on with Tab until it has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target.toString()}`)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Opens a menu from its button and chooses an item. */
async function choose(page: Page, button: Locator, item: string | RegExp): Promise<void> {
  await button.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: item }).focus()
  await page.keyboard.press('Enter')
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

/** The mouse does nothing in this page: whatever sends a pointer event throws. */
async function withoutMouse(page: Page): Promise<string[]> {
  const used: string[] = []
  await page.exposeFunction('mouseUsed', (what: string) => used.push(what))
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown', 'touchstart'])
      document.addEventListener(type, () => Reflect.get(window, 'mouseUsed')(type), { capture: true })
  })
  return used
}

test('X-03 sign in, connect GitHub, add a card, disconnect: with the keyboard alone', async ({
  page,
  context,
  org,
  sandbox,
  account,
}) => {
  await newFile(sandbox, account, { repository: 'checkout', file: 'README.md', text: '# Checkout\n' })
  await context.clearCookies()
  const used = await withoutMouse(page)

  await page.goto('/login')
  await type(page, page.getByLabel('Email address'), org.owner.email)
  await type(page, page.getByLabel('Password'), org.owner.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(org.path('/boards'))

  await press(page, page.getByRole('link', { name: 'Integrations', exact: true }))
  await page.waitForURL(org.path('/settings/integrations'))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const opened = context.waitForEvent('page')
  await press(page, page.getByRole('button', { name: 'Connect GitHub' }).first())
  const github = await opened
  const mine = github.getByRole('radio', { name: new RegExp(`^${account}\\b`) })
  await mine.waitFor()
  for (let presses = 0; presses < 500 && !(await mine.isChecked()); presses++) {
    const isInGroup = await github.evaluate(() => document.activeElement?.getAttribute('type') === 'radio')
    await github.keyboard.press(isInGroup ? 'ArrowDown' : 'Tab')
    if (!(await mine.isChecked()) && !isInGroup) await github.keyboard.press('Space')
  }
  await expect(mine).toBeChecked()
  await press(github, github.getByRole('button', { name: 'Authorize' }))
  const row = page.locator('[data-provider="github"]')
  await expect(row.getByText(/^GitHub connected/)).toBeVisible()
  expect(await focused(page)).not.toBe('the page itself')

  await press(page, page.getByRole('link', { name: 'Boards', exact: true }))
  await page.waitForURL(org.path('/boards'))
  await press(page, page.getByRole('button', { name: 'New board' }))
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Release')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/boards\/[0-9a-f-]{36}/)
  await expect(page.getByRole('heading', { level: 1, name: 'Release' })).toBeFocused()
  await page.keyboard.press('@')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('checkout')
  await page.getByRole('option', { name: /checkout Repository/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  const card = page.locator('[data-type="reference"]')
  await expect(card).toContainText(`${account}/checkout`)
  await expect(card).toBeFocused()

  await press(page, page.getByRole('link', { name: 'Integrations', exact: true }))
  await page.waitForURL(org.path('/settings/integrations'))
  await press(page, page.getByRole('button', { name: 'More actions for GitHub' }))
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Disconnect…' })).toBeFocused()
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog', { name: 'Disconnect GitHub?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(question).toContainText('1 board shows GitHub cards.')
  await press(page, question.getByRole('button', { name: 'Disconnect GitHub' }))
  await expect(question).toHaveCount(0)
  await expect(row.getByRole('img', { name: /^Status: Disconnected/ }).first()).toBeVisible()
  expect(await focused(page)).not.toBe('the page itself')
  expect(used).toEqual([])
})

test.describe('X-06 the focus comes back to what opened something', () => {
  for (const opening of openings)
    test(opening.name, async ({ visit, house }) => {
      const page = await visit('member')
      await open(page, fill(opening.at, house.values))
      await openUp(page, opening)
      await page.keyboard.press('Escape')
      await expect(opening.shows(page))
        .toHaveCount(0)
        .catch(() => expect(opening.shows(page)).toBeHidden())
      await expect((opening.home ?? opening.control)(page)).toBeFocused()
    })
})

async function newBoard(page: Page, org: Org, objects: readonly object[]): Promise<string> {
  const { id } = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Quay' })
  for (const object of objects) await callApi(page.request, 'POST', org.api(`/boards/${id}/objects`), object)
  return id
}

test.describe('X-06 after something is gone the focus is on what is next, never on the page itself', () => {
  test('the objects of a board', async ({ page, org }) => {
    const board = await newBoard(page, org, [
      { type: 'note', text: 'One' },
      { type: 'note', text: 'Two' },
      { type: 'note', text: 'Three' },
    ])
    await open(page, org.path(`/boards/${board}`))
    const notes = page.locator('[data-type="note"]')
    await notes.nth(1).focus()
    await page.keyboard.press('Delete')
    await expect(notes).toHaveCount(2)
    await expect(notes.filter({ hasText: 'Three' })).toBeFocused()
    // from its menu too, and behind the last one there is the one before
    await choose(page, notes.filter({ hasText: 'Three' }).getByRole('button', { name: /^More actions/ }), /^Remove/)
    await expect(notes).toHaveCount(1)
    await expect(notes).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(notes).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  })

  test('a board', async ({ page, org }) => {
    await newBoard(page, org, [])
    await open(page, org.path('/boards'))
    await page.getByRole('link', { name: 'Quay' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Quay' })).toBeFocused()
    await choose(page, page.getByRole('button', { name: 'More actions for Quay' }), 'Delete board…')
    await press(page, page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }))
    await page.waitForURL(org.path('/boards'))
    await expect(page.getByText('No boards yet.')).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Boards' })).toBeFocused()
  })

  test('members and invitations', async ({ page, org }) => {
    await confirmEmail(page.request, org.owner)
    await org.join('member', 'Priya Nair')
    await org.join('member', 'Sam Ortiz')
    for (const name of ['Lee Park', 'Kim Bo'])
      await callApi(page.request, 'POST', org.api('/invitations'), { email: newPerson(name).email, role: 'member' })
    await open(page, org.path('/settings/members'))

    const rows = page.getByRole('table', { name: 'Members' }).getByRole('row')
    const names = await rows.allInnerTexts()
    const [first, second] = names.flatMap((text) => /Priya Nair|Sam Ortiz/.exec(text)?.[0] ?? [])
    await choose(page, page.getByRole('button', { name: `More actions for ${first}` }), /^Remove from/)
    await press(page, page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }))
    await expect(rows).toHaveCount(names.length - 1)
    await expect.poll(() => focused(page)).toContain(`More actions for ${second}`)

    const invitations = page.getByRole('table', { name: 'Invitations' }).getByRole('row')
    await expect(invitations).toHaveCount(3)
    const revoke = page.getByRole('button', { name: /^Revoke the invitation/ })
    await revoke.first().focus()
    await page.keyboard.press('Enter')
    await expect(revoke).toHaveCount(1)
    await expect(revoke).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(revoke).toHaveCount(0)
    await expect.poll(() => focused(page)).not.toBe('the page itself')
  })

  test('notices that are put away', async ({ page, org }) => {
    await open(page, org.path('/settings/integrations'))
    for (let dismissed = 0; dismissed < 5; dismissed++) {
      const dismiss = page.locator('main').getByRole('button', { name: 'Dismiss' })
      if ((await dismiss.count()) === 0) break
      await dismiss.first().focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => focused(page)).not.toBe('the page itself')
      await expect.poll(() => focused(page)).not.toMatch(/Dismiss<\/button>$/)
    }
    await expect(page.locator('main').getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  })
})

test('G and a letter lead to a page, ? lists the keys; not while one types, nor where single keys are off', async ({
  page,
  org,
}) => {
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await open(page, org.path('/boards'))
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.waitForURL(org.path('/settings/integrations'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Integrations')
  const filter = page.getByLabel('Filter integrations')
  await filter.pressSequentially('gb?')
  await expect(filter).toHaveValue('gb?')
  await expect(list).toHaveCount(0)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('menuitemradio', { name: /^Acme/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(list).toContainText('G then B')
  await list.getByLabel('Single-key shortcuts').uncheck()
  await expect(list).not.toContainText('G then B')
  await page.keyboard.press('Escape')
  await open(page, '/account/preferences')
  await expect(page.getByLabel('Single-key shortcuts')).not.toBeChecked()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await page.keyboard.press('?')
  await expect(list).toHaveCount(0)
  await page.getByLabel('Single-key shortcuts').check()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await page.waitForURL(org.path('/boards'))
})

test('in the hub / leads to the filter, J and K from name to name, and ? tells so; not where single keys are off', async ({
  page,
  org,
}) => {
  await open(page, org.path('/settings/integrations'))
  const filter = page.getByLabel('Filter integrations')
  const name = (at: number) => page.locator('[data-row-name]').nth(at)
  await page.keyboard.press('/')
  await expect(filter).toBeFocused()
  await page.keyboard.type('j/')
  await expect(filter).toHaveValue('j/')
  await filter.fill('')
  await filter.blur()
  for (const [key, at] of [
    ['j', 0],
    ['j', 1],
    ['k', 0],
    ['k', 0],
  ] as const) {
    // as const: pairs
    await page.keyboard.press(key)
    await expect(name(at)).toBeFocused()
  }
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list).toContainText('Next or previous integration')
  await list.getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await expect(filter).not.toBeFocused()
  await open(page, org.path('/boards'))
  await page.evaluate(() => localStorage.clear())
  await open(page, org.path('/settings/members'))
  await page.keyboard.press('?')
  await expect(list).toContainText('G then B')
  await expect(list).not.toContainText('Next or previous integration')
})

test('a menu starts at its first item, though something further down is checked', async ({ page, org }) => {
  await open(page, org.path('/boards'))
  await page.getByRole('button', { name: /^Account:/ }).click()
  await expect(page.getByRole('menuitem', { name: 'My connections' })).toBeFocused()
})
