import type { Page } from '@playwright/test'
import { fill, open, routes } from './crawl.ts'
import { expect, test } from './house.ts'
import { clippedTexts, focusRing, smallTargets, sticksOut, stretchTexts } from './measure.ts'
import { isInShell, openings, openUp } from './openings.ts'

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 812 }

test.describe('X-04 the focus is seen at every stop: a ring of 2 px that stands out 3 to 1, light and dark', () => {
  const MOST_STOPS = 60
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who)
      await page.setViewportSize(DESKTOP)
      for (const colorScheme of ['light', 'dark'] as const) {
        // as const: words of a union
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await open(page, fill(address, house.values))
        await page.evaluate(() => window.getSelection()?.removeAllRanges())
        const names: string[] = []
        for (let stop = 0; stop < MOST_STOPS; stop++) {
          await page.keyboard.press('Tab')
          const ring = await focusRing(page)
          if (!ring) break
          names.push(ring.name)
          expect.soft(ring.width, `${colorScheme}: ${ring.name}`).toBeGreaterThanOrEqual(2)
          expect.soft(ring.contrast, `${colorScheme}: ${ring.name}`).toBeGreaterThanOrEqual(3)
        }
        expect(names.length, 'stops').toBeGreaterThan(1)
      }
    })

  test('the ring is there in the pixels too', async ({ visit, house }) => {
    const page = await visit('member')
    await open(page, fill('/[org]/boards', house.values))
    const button = page.getByRole('button', { name: 'New board' })
    const box = await button.boundingBox()
    if (!box) throw new Error('the button is not drawn')
    const clip = { x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12 }
    const before = await page.screenshot({ clip })
    await button.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await expect(button).toBeFocused()
    expect((await page.screenshot({ clip })).equals(before)).toBe(false)
  })
})

test.describe('X-12 everything to press is 24 px large, or has room around it', () => {
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who)
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport)
        await open(page, fill(address, house.values))
        expect.soft(await smallTargets(page), `${viewport.width} px`).toEqual([])
      }
    })

  test('also in all that opens', async ({ visit, house }) => {
    test.setTimeout(600_000)
    const page = await visit('member')
    await page.setViewportSize(DESKTOP)
    for (const opening of openings) {
      await open(page, fill(opening.at, house.values))
      await openUp(page, opening)
      expect.soft(await smallTargets(page), opening.name).toEqual([])
    }
  })
})

test.describe('X-13 nothing scrolls sideways at 320 px, nor when a window of 1280 px is zoomed to 400 %', () => {
  const NARROW = [
    { width: 320, height: 640 },
    { width: 320, height: 256 }, // 1280 x 1024 at 400 %
  ]
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who)
      for (const viewport of NARROW) {
        await page.setViewportSize(viewport)
        await page.goto(fill(address, house.values)) // cards below so low a window are not asked for
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await page.waitForLoadState('networkidle')
        expect.soft(await sticksOut(page), `${viewport.width} x ${viewport.height}`).toEqual([])
      }
    })

  test('also with anything open', async ({ visit, house }) => {
    test.setTimeout(600_000)
    const page = await visit('member')
    await page.setViewportSize({ width: 320, height: 640 })
    for (const opening of openings) {
      await open(page, fill(opening.at, house.values))
      if (isInShell(opening)) await page.getByRole('button', { name: 'Menu' }).click()
      await openUp(page, opening)
      expect.soft(await sticksOut(page), opening.name).toEqual([])
    }
  })
})

/** Looks at a page with its texts as wide as a reader may want them and as long as in another language. */
async function stretched(page: Page, viewport: typeof DESKTOP, address: string): Promise<string[]> {
  await page.setViewportSize(viewport)
  await open(page, address)
  await stretchTexts(page)
  return [...(await clippedTexts(page)), ...(await sticksOut(page))]
}

test.describe('X-14 texts with wide spacing, and two fifths longer, are neither cut off nor over each other', () => {
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who, { bypassCSP: true }) // the styles of a reader's own are no page's
      for (const viewport of [DESKTOP, PHONE])
        expect.soft(await stretched(page, viewport, fill(address, house.values)), `${viewport.width} px`).toEqual([])
    })
})
