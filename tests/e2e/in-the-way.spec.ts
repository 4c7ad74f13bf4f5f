import type { Page } from '@playwright/test'
import { PHONE } from './axe.ts'
import { fill, open, routes } from './crawl.ts'
import { expect, test } from './house.ts'
import { focusStop, forgetStops, unvisited, watched, watchPage } from './in-the-way.ts'
import { visit as visitBoard } from './on-board.ts'
import { hubOf } from './on-hub.ts'
import { isInShell, openings, openUp } from './openings.ts'
import { showEveryStatus } from './statuses.ts'

/** Low enough that every page scrolls under what stays in place. */
const LOW = { width: 1280, height: 420 }
const LOW_PHONE = { width: 375, height: 480 }
const MORE_THAN_ANY_HAS = 400

/** Goes through the whole page; returns what lay over a stop, and how many stops there were. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ covered: string[]; stops: number }> {
  await forgetStops(page)
  const covered: string[] = []
  for (let stops = 0; stops < MORE_THAN_ANY_HAS; stops++) {
    await page.keyboard.press(key)
    const stop = await focusStop(page)
    if (!stop) return { covered, stops }
    if (stop.covered.length > 0) covered.push(`${stop.name} under ${stop.covered.join(', ')}`)
  }
  throw new Error(`${key} goes on after ${MORE_THAN_ANY_HAS} stops`)
}

test.describe('X-05 X-17 X-18 whatever Tab leads to lies under nothing; nothing moves for who wants less motion; nothing has to be dragged', () => {
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who, { reducedMotion: 'reduce' })
      await watchPage(page)
      for (const viewport of [LOW, LOW_PHONE]) {
        await page.setViewportSize(viewport)
        await open(page, fill(address, house.values))
        await page.evaluate(() => window.getSelection()?.removeAllRanges())
        const there = await walk(page, 'Tab')
        expect.soft(there.covered, `X-05 Tab, ${viewport.width} px`).toEqual([])
        expect.soft(await unvisited(page), `X-05 Tab never came to, ${viewport.width} px`).toEqual([])
        const back = await walk(page, 'Shift+Tab')
        expect.soft(back.covered, `X-05 Shift Tab, ${viewport.width} px`).toEqual([])
        expect.soft(there.stops, 'stops').toBeGreaterThan(1)
        const { moved, dragged } = await watched(page)
        expect.soft(moved, `X-17 ${viewport.width} px`).toEqual([])
        expect.soft(dragged, `X-18 ${viewport.width} px`).toEqual([])
      }
    })

  test('nor what has the focus at first, with anything open', async ({ visit, house }) => {
    test.setTimeout(600_000)
    const page = await visit('member', { reducedMotion: 'reduce' })
    await watchPage(page)
    await page.setViewportSize(PHONE)
    for (const opening of openings) {
      await open(page, fill(opening.at, house.values))
      if (isInShell(opening)) await page.getByRole('button', { name: 'Menu' }).click()
      await openUp(page, opening)
      await forgetStops(page)
      const stop = await focusStop(page)
      expect.soft(stop?.covered, `X-05 ${opening.name}: ${stop?.name}`).toEqual([])
      const { moved, dragged } = await watched(page)
      expect.soft(moved, `X-17 ${opening.name}`).toEqual([])
      expect.soft(dragged, `X-18 ${opening.name}`).toEqual([])
    }
  })
})

test('X-17 what waits stands still for who wants less motion, and turns for everybody else', async ({ page, org }) => {
  const turning = () =>
    page
      .locator('[data-jack="busy"]')
      .evaluateAll((all) => all.map((one) => one.getAnimations({ subtree: true }).length))
  await showEveryStatus(page, org)
  expect(await turning()).toEqual([1, 1, 1])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await turning()).toEqual([0, 0, 0])
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto('/account/preferences')
  await page.getByLabel('Reduce motion').check()
  await page.goto(hubOf(org))
  await page.getByRole('button', { name: 'Refresh statuses' }).click()
  await expect(page.locator('[data-status="expired"]')).toBeVisible()
  expect(await turning()).toEqual([0, 0, 0])
})

/** Every way in which what can be put in order is: nothing else in the product has an order of its own. */
const ways = { 'Move up': 'Alt+ArrowUp', 'Move down': 'Alt+ArrowDown' }

test('X-18 whatever a board lets one put in order has its way in the menu and on the keyboard', async ({
  visit,
  house,
}) => {
  const page = await visit('member')
  await visitBoard(page, { url: fill('/[org]/boards/[board]', house.values) })
  for (const type of ['note', 'section', 'reference']) {
    const object = page.locator(`[data-type="${type}"]`).first()
    const keys = (await object.getAttribute('aria-keyshortcuts'))?.split(' ')
    await object
      .getByRole('button', { name: /^More actions for/ })
      .first()
      .press('Enter')
    for (const [item, key] of Object.entries(ways)) {
      await expect.soft(page.getByRole('menuitem', { name: item }), type).toBeVisible()
      expect.soft(keys, type).toContain(key)
    }
    if (type !== 'section')
      await expect.soft(page.getByRole('menuitemradio', { name: 'No section' }), type).toBeVisible()
    await page.keyboard.press('Escape')
  }
})
