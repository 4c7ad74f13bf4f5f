import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 375, height: 812 }

/** What axe finds that keeps people out, as lines to read. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()
  expect(passes.length, 'axe looked at something').toBeGreaterThan(5)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    )
}

/** Looks at what a journey shows now, light and dark, on a desktop and at 375 px, and leaves the page on a desktop in the light. */
export async function expectNoBarriers(page: Page, what: string): Promise<void> {
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['dark', 'light'] as const) {
      // as const: words of a union
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect.soft(await barriers(page), `${what}: ${viewport.width} px, ${colorScheme}`).toEqual([])
    }
  }
}
