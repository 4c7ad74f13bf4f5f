import type { Page } from '@playwright/test'
import { A60, connecting, waiting } from './on-connect.ts'
import {
  badgeOf,
  connectButton,
  hide,
  hubOf,
  keepTabs,
  pressInto,
  providerOf,
  rowOf,
  said,
  show,
  stopClock,
} from './on-hub.ts'
import { appUrl, consent, expect, sandboxUrl, test } from './support.ts'

/** Every address this tab has in its history. */
async function historyOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  return entries.map(({ url }) => url)
}

test("T-CON-1 one click opens one new page at GitHub's authorize address, and the tab one came from stays", async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  const tab = await pressInto(page, connectButton(page))
  const url = new URL(tab.url())
  expect(url.origin + url.pathname).toBe(`${sandboxUrl}/github-web/login/oauth/authorize`)
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  expect(page.context().pages()).toHaveLength(2)
  expect(page.url()).toBe(appUrl + hubOf(org))
})

test('T-CON-2 the page says in the exact words what to do, and how long it has been', async ({ page, org }) => {
  await page.goto(hubOf(org))
  await connecting(page)
  await expect(rowOf(page).getByText(A60, { exact: true })).toBeVisible()
  await expect(rowOf(page).getByRole('timer')).toHaveText(/^0:\d\d of 4:00$/)
  await expect(badgeOf(rowOf(page))).toHaveText('Waiting for GitHub')
  await rowOf(page).getByText('What GitHub will ask you to allow').click()
  await expect(rowOf(page).getByText('Plugboard only reads.')).toBeVisible()
})

test('T-CON-3 X-24 the attempt is asked for every 2 s, also while the page is hidden', async ({ page, org }) => {
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  await pressInto(page, connectButton(page))
  await clock.run(10_000)
  await hide(page)
  await clock.run(20_000)
  const polls = await clock.polls()
  expect(polls.length).toBeGreaterThan(12)
  const gaps = polls.slice(1).map((at, before) => at - (polls[before] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1800)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(2200)
})

test('T-CON-4 X-24 after 4 minutes nobody asks any more', async ({ page, org }) => {
  test.setTimeout(90_000)
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  await pressInto(page, connectButton(page))
  await clock.run(240_000, 2000)
  const polls = await clock.polls()
  expect(polls.length).toBeGreaterThan(100)
  expect(polls.length).toBeLessThanOrEqual(121)
  await clock.run(60_000, 2000)
  expect(await clock.polls()).toHaveLength(polls.length)
})

test('T-CON-5 approving turns the row to Connected, green, with the account, within 2.5 s and without a reload', async ({
  page,
  org,
  account,
}) => {
  await keepTabs(page)
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  await page.evaluate(() => Reflect.set(window, 'isSamePage', true))
  const tab = await pressInto(page, connectButton(page))
  await clock.run(4000)
  await expect(waiting(page)).toBeVisible()
  await consent(tab, account)
  await expect(tab.getByRole('heading', { name: 'GitHub connected' })).toBeVisible()
  await clock.run(2500)
  const row = rowOf(page)
  await expect(badgeOf(row)).toHaveAttribute('data-status', 'connected')
  await expect(badgeOf(row)).toHaveAttribute('data-signal', 'green')
  await expect(row.getByText(`You @${account}`)).toBeVisible()
  await expect(row.getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(said(page)).toHaveText(`GitHub connected as @${account}.`)
  expect(await page.evaluate(() => Reflect.get(window, 'isSamePage'))).toBe(true)
})

test('T-CON-6 after 4 minutes the page says Connection timeout, and Dismiss leaves the badge as it was', async ({
  page,
  org,
}) => {
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  await pressInto(page, connectButton(page))
  await clock.run(4000)
  await page.clock.fastForward(240_000)
  await clock.run(200)
  const alert = rowOf(page).getByRole('alert')
  await expect(alert.getByRole('heading', { name: 'Connection timeout' })).toBeVisible()
  await expect(alert).toContainText(
    "We stopped checking after 4 minutes. If you finished at GitHub it may have worked: refresh to see the card's status. If it still says Not configured, connect again.",
  )
  for (const name of ['Refresh', 'Connect again', 'Dismiss'])
    await expect(alert.getByRole('button', { name, exact: true })).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toHaveCount(0)
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
  await expect(connectButton(page)).toBeFocused()
})

for (const how of ['Refresh', 'focus'] as const)
  test(`T-CON-7 X-24 approving at 4:30 shows as Connected after ${how}`, async ({ page, org, account }) => {
    const clock = await stopClock(page, () => page.goto(hubOf(org)))
    const tab = await pressInto(page, connectButton(page))
    await clock.run(4000)
    await hide(page)
    await page.clock.fastForward(266_000)
    await clock.run(200)
    await expect(page.getByRole('heading', { name: 'Connection timeout' })).toBeVisible()
    // an older browser has no channel between tabs: then only what the person does asks again
    await tab.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'))
    await consent(tab, account)
    await tab.waitForURL(/\/connect\/result\//)
    if (how === 'Refresh') await page.getByRole('button', { name: 'Refresh', exact: true }).click()
    else await show(page)
    await clock.run(500)
    await expect(badgeOf(rowOf(page))).toHaveText('Connected')
    await expect(rowOf(page).getByText(`GitHub connected as @${account}.`)).toBeVisible()
  })

test('T-CON-8 a tab that does not open gets help within 4 s: allow popups, try again, embedded frames', async ({
  page,
  org,
}) => {
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  await page.evaluate(() => document.addEventListener('submit', (event) => event.preventDefault(), true))
  await connectButton(page).click()
  await clock.run(4000)
  const row = rowOf(page)
  await expect(row.getByRole('heading', { name: "The GitHub tab didn't open" })).toBeVisible()
  await expect(row.getByText(`Allow popups for ${new URL(appUrl).host}, then try again.`)).toBeVisible()
  await expect(
    row.getByText('Inside an embedded frame? Your browser may need permission for popups from this frame.'),
  ).toBeVisible()
  for (const name of ['Try again', 'Continue in this tab'])
    await expect(row.getByRole('button', { name, exact: true })).toBeVisible()
  await row.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(row.getByText('Cancelled. Nothing changed.')).toBeVisible()
})

test('T-CON-11 a provider page with Cross-Origin-Opener-Policy connects all the same', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await sandbox.control.set({ provider: 'github', coop: true })
  await page.goto(hubOf(org))
  const opened = page
    .context()
    .waitForEvent('response', (response) => response.url().includes('/login/oauth/authorize'))
  const tab = await connecting(page)
  expect((await opened).headers()['cross-origin-opener-policy']).toBe('same-origin')
  await consent(tab, account)
  await expect(rowOf(page).getByText(`GitHub connected as @${account}.`)).toBeVisible()
})

test('T-CON-17 continuing in this tab ends on the same row with the same words', async ({ page, org, account }) => {
  await page.goto(`${hubOf(org)}?q=git`)
  await rowOf(page).getByRole('button', { name: 'More actions for GitHub' }).click()
  await page.getByRole('menuitem', { name: 'Continue in this tab' }).click()
  await page.waitForURL(/\/login\/oauth\/authorize/)
  await consent(page, account)
  await page.waitForURL(`**${hubOf(org)}?q=git`)
  await expect(rowOf(page).getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  expect(page.context().pages()).toHaveLength(1)
})

test('T-CON-18 no code, state or token stays in any address of ours', async ({ page, org, account }) => {
  await keepTabs(page)
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  await consent(tab, account)
  await expect(tab.getByRole('heading', { name: 'GitHub connected' })).toBeVisible()
  const own = [...(await historyOf(tab)), ...(await historyOf(page))].filter((url) => url.startsWith(appUrl))
  expect(own.some((url) => url.includes('/connect/result/'))).toBe(true)
  expect(own.filter((url) => /[?&#](code|state|token|access_token)=/.test(url))).toEqual([])
})

test("GitHub's tab says that it worked and closes itself", async ({ page, org, account }) => {
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  const closed = tab.waitForEvent('close')
  await consent(tab, account)
  await closed
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
})

test('somebody who browses on is followed by a chip, and hears from any page that it worked', async ({
  page,
  org,
  account,
}) => {
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  await page.getByRole('link', { name: 'Members' }).click()
  const chip = page.getByRole('link', { name: /Waiting for GitHub \d:\d\d/ })
  await expect(chip).toBeVisible()
  const isCut = await chip.getByText('Waiting for GitHub').evaluate((one) => one.scrollWidth > one.clientWidth)
  expect(isCut, 'words of the chip are cut off').toBe(false)
  await consent(tab, account)
  await expect(said(page)).toHaveText(`GitHub connected as @${account}.`)
  await page.getByRole('link', { name: 'GitHub connected' }).click()
  await expect(rowOf(page).getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(rowOf(page).getByRole('link', { name: 'Add a reference to a board' })).toBeVisible()
  await rowOf(page).getByRole('link', { name: "Open GitHub's page here" }).click()
  await page.waitForURL(`**${providerOf(org)}`)
})

test('an attempt outlives a reload, and another tab of the same person shows the same one', async ({
  page,
  org,
  account,
}) => {
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  await page.reload()
  await expect(waiting(page)).toBeVisible()
  const second = await page.context().newPage()
  await second.goto(providerOf(org))
  await expect(waiting(second)).toBeVisible()
  await consent(tab, account)
  for (const one of [page, second]) await expect(rowOf(one).getByText(`GitHub connected as @${account}.`)).toBeVisible()
})

test('another admin reads who is connecting it for everyone, and since when', async ({ page, org }) => {
  const sam = await org.join('admin', 'Sam Ortiz')
  await sam.page.goto(providerOf(org))
  const section = sam.page.locator('[data-slot="organization"]')
  await pressInto(sam.page, section.getByRole('button', { name: 'Connect GitHub' }))
  await expect(waiting(sam.page)).toBeVisible()
  await page.goto(providerOf(org))
  await expect(page.getByText(/^Sam Ortiz is connecting GitHub now \(started .* ago|just now\)\.$/)).toBeVisible()
})
