import type { Page } from '@playwright/test'
import { badgeOf, connectButton, hubOf, pressInto, rowOf, stopClock } from './on-hub.ts'
import { consent, expect, test } from './support.ts'

/** Everything that is said to a screen reader from now on, in order; the router's own words are left out. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    const isSpoken = (node: Node | null) => {
      const one = node instanceof Element ? node : node?.parentElement
      return one?.closest('[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]') ?? null
    }
    const last = new Map<Element, string>()
    new MutationObserver((changes) => {
      const regions = new Set(changes.flatMap(({ target }) => isSpoken(target) ?? []))
      for (const region of regions) {
        const text = (region.textContent ?? '').trim()
        if (text !== '' && text !== last.get(region)) heard.push(text)
        last.set(region, text)
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  return () => page.evaluate(() => Reflect.get(window, 'heard') as string[]) // made above
}

test('X-15 connecting says what to do and how it ended, and nothing while it waits', async ({ page, org, account }) => {
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  const heard = await listen(page)
  const tab = await pressInto(page, connectButton(page))
  await clock.run(4000) // in small steps: what is asked in them is answered before three seconds say that no tab opened
  await clock.run(26_000, 2000)
  expect((await clock.polls()).length, 'it was asked again and again').toBeGreaterThan(8)
  const waiting = await heard()
  expect(waiting).toEqual([
    "Complete GitHub authorization in the new tab, then return here. We'll detect when you're connected.",
  ])
  await consent(tab, account)
  await clock.run(4000)
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  await clock.run(60_000, 2000)
  expect(await heard()).toEqual([...waiting, `GitHub connected as @${account}.`])
})

test('X-15 cancelling is said once', async ({ page, org }) => {
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  const heard = await listen(page)
  await pressInto(page, connectButton(page))
  await clock.run(6000)
  const before = await heard()
  await rowOf(page).getByRole('button', { name: 'Cancel GitHub' }).click()
  await clock.run(30_000, 2000)
  expect((await heard()).slice(before.length)).toEqual(['Cancelled. Nothing changed.'])
})
