import type { Page } from '@playwright/test'
import { fill, routes, settled } from './crawl.ts'
import { expect, test } from './house.ts'

const MOST_SHIFT = 0.05

/** A slow line: what comes late, comes visibly late. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const speed = 150_000 // bytes a second
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 200,
    downloadThroughput: speed,
    uploadThroughput: speed,
  })
}

/** Adds up how much of the window has moved without anybody having pressed anything (web.dev/articles/cls). */
const noteShifts = (page: Page) =>
  page.addInitScript(() => {
    let moved = 0
    const sources: string[] = []
    Reflect.set(window, 'shifts', () => ({ moved, sources }))
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (Reflect.get(entry, 'hadRecentInput')) continue
        moved += Number(Reflect.get(entry, 'value'))
        const nodes = (Reflect.get(entry, 'sources') ?? []) as { node?: Element }[] // as the Layout Instability API says
        sources.push(...nodes.map(({ node }) => `${node?.nodeName} ${(node?.textContent ?? '').slice(0, 40)}`))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })

const shiftsOf = (page: Page) =>
  page.evaluate(() => (Reflect.get(window, 'shifts') as () => { moved: number; sources: string[] })()) // made above

test.describe('X-23 on a slow line nothing jumps: what stands for what is coming has its size', () => {
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await noteShifts(page)
      await slowDown(page)
      for (const viewport of [
        { width: 1280, height: 800 },
        { width: 375, height: 812 },
      ]) {
        await page.setViewportSize(viewport)
        await page.goto(fill(address, house.values))
        await settled(page)
        const { moved, sources } = await shiftsOf(page)
        expect.soft(moved, `${viewport.width} px: ${sources.join(' | ')}`).toBeLessThanOrEqual(MOST_SHIFT)
      }
    })
})
