// What the tests of integrations share: rows of the hub, badges, and a clock that a test turns.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Org } from './support.ts'

export const hubOf = (org: Org): string => org.path('/settings/integrations')
export const providerOf = (org: Org, rest = ''): string => org.path(`/settings/integrations/github${rest}`)

export const rowsOf = (page: Page): Locator =>
  page.getByRole('list', { name: 'Integrations' }).locator('> [data-provider]')
export const rowOf = (page: Page, provider = 'github'): Locator => page.locator(`[data-provider="${provider}"]`).first()
/** The badge of a row's own line; the organization's second line has another. */
export const badgeOf = (row: Locator): Locator => row.locator('[data-status]').first()
/** What was said to a screen reader last. */
export const said = (page: Page): Locator => page.locator('[data-live="polite"]').last()

export const connectButton = (page: Page): Locator => rowOf(page).getByRole('button', { name: 'Connect GitHub' })

/** Presses a button that opens the provider's page in a tab, and returns that tab once something answered in it. */
export async function pressInto(page: Page, button: Locator): Promise<Page> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), button.click()])
  await tab.waitForURL((url) => url.href !== 'about:blank', { waitUntil: 'domcontentloaded' })
  return tab
}

/** Lets the provider's tabs stay open at their end, to be looked at; before they are opened. */
export const keepTabs = (page: Page) => page.context().addInitScript(() => Reflect.set(window, 'close', () => {}))

/** Says yes to disconnecting a provider that is called so, in the hub; the question `says` what is to be done there. */
export async function disconnect(page: Page, org: Org, name: string, says = ''): Promise<void> {
  await page.goto(hubOf(org))
  const row = rowOf(page, name.toLowerCase().replace(' ', '-'))
  await row.getByRole('button', { name: `More actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const question = page.getByRole('alertdialog', { name: `Disconnect ${name}?` })
  await expect(question).toContainText(says)
  await question.getByRole('button', { name: `Disconnect ${name}` }).click()
  await expect(badgeOf(row)).toHaveText('Disconnected')
}

const isPoll = (url: string): boolean => /\/connect-attempts\/[\w-]+$/.test(new URL(url).pathname)

export type Clock = {
  /** Lets `ms` pass, in steps, each with every answer in before the next. */
  run: (ms: number, stepMs?: number) => Promise<void>
  /** Epoch milliseconds of the page at each time it asked how its attempt stands. */
  polls: () => Promise<number[]>
}

/**
 * Stops the page's clock for the test to turn; before the first page is opened. Answers come in real time, so a step
 * waits for what is on its way.
 */
export async function stopClock(page: Page, open: () => Promise<unknown>): Promise<Clock> {
  let underWay = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) underWay += 1
  })
  const settle = (request: { url: () => string }) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) underWay -= 1
  }
  page.on('requestfinished', settle)
  page.on('requestfailed', settle)
  await page.addInitScript(() => {
    const asked: { at: number; url: string }[] = []
    Reflect.set(window, 'asked', asked)
    const send = window.fetch
    window.fetch = (input, init) => {
      asked.push({ at: Date.now(), url: new Request(input, init).url })
      return send(input, init)
    }
  })
  await page.clock.install()
  await open()
  await page.clock.pauseAt(Date.now() + 1000)
  const idle = () => expect.poll(() => underWay, { intervals: [5, 5, 10, 20, 50, 100] }).toBe(0)
  return {
    run: async (ms, stepMs = 100) => {
      await idle()
      for (let left = ms; left > 0; left -= stepMs) {
        await page.clock.runFor(Math.min(stepMs, left))
        await idle()
      }
    },
    polls: async () => {
      const asked = await page.evaluate(() => Reflect.get(window, 'asked') as { at: number; url: string }[])
      return asked.filter(({ url }) => isPoll(url)).map(({ at }) => at)
    },
  }
}

/** A headless page never hides by itself. */
export const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange'))
  })

export const show = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false })
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('focus'))
  })
