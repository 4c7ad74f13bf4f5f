import { fill, open } from './crawl.ts'
import { expect, test } from './house.ts'
import { isDialog, openings, openUp } from './openings.ts'

const MORE_THAN_ANY_HAS = 30

test.describe('X-07 a dialog names itself, takes the focus, keeps it in, and Escape closes it', () => {
  for (const opening of openings.filter(isDialog))
    test(opening.name, async ({ visit, house }) => {
      const page = await visit('member')
      await open(page, fill(opening.at, house.values))
      await openUp(page, opening)
      const shown = opening.shows(page)
      const role = await shown.evaluate((one) => one.getAttribute('role') ?? one.tagName.toLowerCase())
      await expect(shown).toHaveAttribute('aria-modal', 'true')
      await expect(shown).toHaveAccessibleName(/\S/)
      const isInside = () =>
        shown.evaluate((one) => one.contains(document.activeElement) && document.activeElement !== one)
      expect(await isInside(), 'the focus is in it at once').toBe(true)
      if (role === 'alertdialog') {
        await expect(shown.getByRole('button', { name: 'Cancel' })).toBeFocused()
        await expect(shown, 'what follows is read with its name').toHaveAccessibleDescription(/\S/)
      }
      for (const key of ['Tab', 'Shift+Tab'])
        for (let stop = 0; stop < MORE_THAN_ANY_HAS; stop++) {
          await page.keyboard.press(key)
          const isOut = await page.evaluate(() => {
            const active = document.activeElement
            // a browser's own bar comes between the last and the first stop of a modal
            return active !== null && active !== document.body && active.closest('dialog') === null
          })
          expect(isOut, `${key} ${stop + 1}`).toBe(false)
        }
      await page.keyboard.press('Escape')
      await expect(shown).toHaveCount(0)
    })
})
