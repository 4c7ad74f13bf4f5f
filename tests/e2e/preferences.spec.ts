import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { newBoard, visit } from './on-board.ts'
import { hubOf, providerOf } from './on-hub.ts'
import { connectGithub, expect, type Org, test } from './support.ts'

/** Every absolute time that a page shows. */
const times = (page: Page): Promise<string[]> => page.locator('main time').allTextContents()
const activityOf = async (page: Page, org: Org): Promise<string[]> => {
  await page.goto(providerOf(org, '/activity'))
  await expect(page.locator('main time').first()).not.toContainText('UTC') // the reader's own zone took over
  return times(page)
}

test.use({ timezoneId: 'Asia/Kathmandu' })

/** What somebody gets who exports one kind of event from the page. */
async function csvOf(page: Page, org: Org): Promise<string> {
  await page.goto(`${org.path('/settings/audit')}?action=connection.created`)
  await expect(page.locator('tbody time').first()).not.toContainText('UTC') // the reader's own zone took over
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  return readFile(await (await download).path(), 'utf8')
}

test('T-ACC-2 another time zone and clock change every time a page shows, and no file that one downloads', async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  const own = await activityOf(page, org)
  const file = await csvOf(page, org)
  expect(file).toMatch(/\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,Dana Kim,/)
  expect(own.length).toBeGreaterThan(0)
  for (const time of own) expect(time).toMatch(/ \d\d:\d\d:\d\d GMT\+5:45$/)

  await page.goto('/account/preferences')
  await expect(page.getByLabel('Time zone')).toContainText(/Automatic \(Asia\/Kath?mandu\)/) // its old name and its new one
  await page.getByLabel('Time zone').selectOption('America/Phoenix')
  await expect(page.getByText('A time reads like this')).toContainText('GMT-7')
  await page.getByLabel('12 hours').check()
  await expect(page.getByText('A time reads like this')).toContainText(/ [ap]m GMT-7$/)

  const changed = await activityOf(page, org)
  expect(changed).toHaveLength(own.length)
  for (const time of changed) expect(time).toMatch(/ \d{1,2}:\d\d:\d\d [ap]m GMT-7$/)
  expect(await csvOf(page, org)).toBe(file)
  await page.goto('/account/preferences')
  await expect(page.getByLabel('Time zone')).toHaveValue('America/Phoenix')
  await page.getByLabel('Time zone').selectOption({ index: 0 })
  await page.getByLabel('24 hours').check()
  expect(await activityOf(page, org)).toEqual(own)
})

test('T-ACC-3 a chosen theme, density and motion are in the page as the server sends it, so that nothing flashes', async ({
  page,
  org,
}) => {
  await page.goto('/account/preferences')
  await page.getByLabel('Dark').check()
  await page.getByLabel('Compact').check()
  await page.getByLabel('Reduce motion').check()
  for (const path of ['/account/preferences', org.path('/settings/members'), hubOf(org)]) {
    const html = await (await page.request.get(path)).text()
    expect
      .soft(/<html[^>]*>/.exec(html)?.[0])
      .toMatch(/data-theme="dark".*data-density="compact".*data-motion="reduce"/)
  }
  // what is painted first is what stays
  await page.addInitScript(() => {
    const seen: string[] = []
    Reflect.set(window, 'seen', seen)
    const look = () => {
      if (document.body) seen.push(getComputedStyle(document.documentElement).backgroundColor)
      requestAnimationFrame(look)
    }
    look()
  })
  await page.goto(hubOf(org))
  await page.waitForLoadState('networkidle')
  const colours = new Set(await page.evaluate(() => Reflect.get(window, 'seen') as string[])) // it was put there above
  expect([...colours]).toEqual(['rgb(16, 18, 17)'])
})

test('compact rows are closer together, in the hub too, where one may still choose otherwise', async ({
  page,
  org,
}) => {
  const heights = async (): Promise<number> => {
    await page.goto(org.path('/settings/members'))
    return (await page.getByRole('row').last().boundingBox())?.height ?? 0
  }
  const usual = await heights()
  await page.goto('/account/preferences')
  await page.getByLabel('Compact').check()
  expect(await heights()).toBeLessThan(usual)
  await page.goto(hubOf(org))
  await expect(page.getByLabel('View', { exact: true })).toHaveValue('compact')
  await page.getByLabel('View', { exact: true }).selectOption('Comfortable')
  await expect(page).toHaveURL(/\?view=comfortable$/)
  await page.reload()
  await expect(page.getByLabel('View', { exact: true })).toHaveValue('')
})

test('with Reduce motion nothing moves, though the device does not ask for it', async ({ page, org }) => {
  await page.goto('/account/preferences')
  await page.getByLabel('Reduce motion').check()
  await page.goto(org.path('/settings/members'))
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .map((one) => getComputedStyle(one))
      .filter(({ transitionProperty, animationName }) => transitionProperty !== 'opacity' || animationName === 'turn'),
  )
  expect(moving).toEqual([])
})

test('T-ACC-4 with single-key shortcuts off j does nothing and Ctrl K still opens the search', async ({
  page,
  org,
}) => {
  await page.goto('/account/preferences')
  await page.getByLabel('Single-key shortcuts').uncheck()
  await page.goto(hubOf(org))
  await page.waitForLoadState('networkidle')
  const focused = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80))
  const before = await focused()
  await page.keyboard.press('j')
  expect(await focused()).toBe(before)
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
})
