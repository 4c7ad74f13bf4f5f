import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { badgeOf, hubOf, pressInto, rowOf, rowsOf, said } from './on-hub.ts'
import { expect, type Org, test } from './support.ts'

// A site that no other test looks at: what it has of Confluence is the site's, not a person's.
const SITE = 'kowalski'
const HOST = 'kowalski.atlassian.net'
const JIRA_IS_THERE = 'Jira is connected through your Atlassian site. Nothing to configure.'
const STEPS = [
  /admin\.atlassian\.com/,
  /Apps.*Platform Experiences.*Sites/,
  /your site.*Connected Apps/,
  /Plugboard.*View app details/,
  /Connections/,
  /Confluence.*Connect/,
  /Review.*Connect/,
]

const pageOf = (org: Org) => org.path('/settings/integrations/confluence')
const verify = (page: Page) => page.getByRole('button', { name: 'Verify Access', exact: true })
const access = (page: Page) => page.locator('#access')
const attention = (page: Page) => page.getByRole('link', { name: /needs? attention$/ })

const siteHas = (sandbox: SandboxClient, confluence: 'on' | 'blocked' | 'off') =>
  sandbox.control.set({ provider: 'confluence', siteIs: { site: SITE, confluence } })

/** What axe finds, in light on a desktop and in dark on a phone, where nothing may stick out. */
async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 375],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 800 })
    expect((await new AxeBuilder({ page }).analyze()).violations, `${name}, ${colorScheme}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (size) await page.setViewportSize(size)
}

/** Turns the organization's mode, and hears what comes of it. */
async function turn(page: Page, org: Org, mode: 'Native' | 'Standard', words: string): Promise<void> {
  await page.goto(org.path('/settings/general'))
  await page.getByRole('radio', { name: mode }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('main').getByText(words, { exact: true })).toBeVisible()
}

/** Jira for the organization, allowed for both products by somebody on that site. */
async function connectJira(page: Page, org: Org, email: string): Promise<void> {
  await page.goto(org.path('/settings/integrations/jira'))
  const shared = page.locator('[data-slot="organization"]').first()
  await expect(shared.getByRole('checkbox', { name: /^Also connect Confluence/ })).toBeChecked()
  const tab = await pressInto(page, shared.getByRole('button', { name: 'Connect Jira' }))
  await tab.getByRole('radio', { name: email }).check()
  await tab.getByRole('button', { name: 'Accept' }).click()
  await expect(badgeOf(shared)).toHaveText('Connected')
}

test('native mode: T-HUB-12 Jira has no row, T-CNF-1 to 6 Confluence is verified, and what an admin does about it', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  test.setTimeout(400_000)
  const email = `dana.${randomUUID().slice(0, 8)}@kowalski.example`
  await sandbox.control.set({ provider: 'jira', person: { email, name: 'Dana Kim' } })
  await sandbox.control.set({ provider: 'jira', member: { site: SITE, email } })
  await siteHas(sandbox, 'blocked')
  await turn(page, org, 'Native', 'Connect Jira for the organization first. Then turn native mode on.')
  await connectJira(page, org, email)
  await turn(page, org, 'Native', 'Saved')
  await look(page, 'general')

  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/connections')) asked.push(request.url())
  })

  await test.step('T-HUB-12 T-CNF-2 the hub', async () => {
    await page.goto(hubOf(org))
    await expect(rowsOf(page)).toHaveCount(12)
    await expect(rowOf(page, 'jira')).toHaveCount(0)
    await expect(page.getByText(JIRA_IS_THERE)).toBeVisible()
    await expect(page.getByRole('button', { name: /Jira/ })).toHaveCount(0)
    await expect(page.getByText('of 12 connected')).toBeVisible()
    const row = rowOf(page, 'confluence')
    await expect(row.getByRole('button', { name: /Connect/ })).toHaveCount(0)
    const before = page.url()
    await verify(page).click()
    await expect(badgeOf(row)).toHaveText('Setup required')
    expect([page.url(), context.pages().length]).toEqual([before, 1])
    await look(page, 'hub')
    await row.getByRole('link', { name: 'View setup steps' }).click()
    await expect(page).toHaveURL(`${pageOf(org)}#access`)
  })

  await test.step('T-CNF-1 T-CNF-3 T-CNF-4 its page: seven steps, then a second press', async () => {
    await expect(verify(page)).toHaveCount(1)
    await expect(page.getByRole('button', { name: /Connect\b/ })).toHaveCount(0)
    await expect(access(page).getByRole('listitem')).toHaveText(STEPS)
    await look(page, 'setup')
    await siteHas(sandbox, 'on')
    await verify(page).click()
    await expect(access(page).getByText(`Confluence is on for ${HOST}.`)).toBeVisible()
    await expect(badgeOf(access(page))).toHaveText('Connected')
    await look(page, 'connected')
  })

  await test.step('back from Atlassian Admin it is verified once, by itself', async () => {
    await siteHas(sandbox, 'blocked')
    await verify(page).click()
    await expect(badgeOf(access(page))).toHaveText('Setup required')
    await siteHas(sandbox, 'on')
    asked.length = 0
    const back = () => page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await back()
    await context.route('https://admin.atlassian.com/**', (route) => route.fulfill({ body: 'Admin' }))
    const link = access(page).getByRole('link', { name: 'Open admin.atlassian.com (opens in a new tab)' })
    const admin = await pressInto(page, link)
    await admin.close()
    await back()
    await expect(said(page)).toHaveText(`Confluence is on for ${HOST}.`)
    await expect(badgeOf(access(page))).toHaveText('Connected')
    await back()
    await back()
    expect(asked).toHaveLength(1)
  })

  await test.step('T-CNF-5 T-CNF-6 no subscription: never Setup required, and skipped', async () => {
    await siteHas(sandbox, 'off')
    await verify(page).click()
    await expect(badgeOf(access(page))).toHaveText('Not available')
    const text = `${HOST} has no Confluence subscription. Confluence needs a paid Confluence Cloud subscription.`
    await expect(access(page).getByText(text, { exact: true })).toBeVisible()
    await expect(page.getByText('Setup required')).toHaveCount(0)
    await expect(access(page).getByRole('link', { name: 'See plans (opens in a new tab)' })).toBeVisible()
    await look(page, 'not-available')
    await page.goto(hubOf(org))
    await expect(attention(page)).toHaveText('1 needs attention')
    await page.goto(pageOf(org))
    await access(page).getByRole('button', { name: 'Skip Confluence' }).click()
    await expect(access(page).getByRole('button', { name: 'Skip Confluence' })).toHaveCount(0)
    await page.goto(hubOf(org))
    await expect(attention(page)).toHaveText('0 need attention')
    await expect(badgeOf(rowOf(page, 'confluence'))).toHaveText('Not available')
  })

  await test.step('an account without access, and an answer that never came', async () => {
    await siteHas(sandbox, 'on')
    await sandbox.control.set({ provider: 'jira', member: { site: SITE, email, confluence: false } })
    await page.goto(pageOf(org))
    await verify(page).click()
    await expect(badgeOf(access(page))).toHaveText('No access')
    await expect(access(page).getByText(/^You need to be a site admin of/)).toBeVisible()
    await expect(access(page).getByText(/^Ask a site admin of .* to give Dana Kim access/)).toBeVisible()
    await look(page, 'no-access')

    await sandbox.control.set({ provider: 'jira', member: { site: SITE, email, confluence: true } })
    const connections = new RegExp(`${org.slug}/connections$`)
    await page.route(connections, (route) => route.abort())
    await verify(page).click()
    await expect(access(page).getByRole('button', { name: 'Retry' })).toBeVisible()
    await page.unroute(connections)
    await access(page).getByRole('button', { name: 'Retry' }).click()
    await expect(badgeOf(access(page))).toHaveText('Connected')
    await expect(access(page).getByRole('button', { name: 'Retry' })).toHaveCount(0)
  })

  await test.step('it is ended in Atlassian Admin, or cleared here; standard mode asks for a consent again', async () => {
    await access(page).getByRole('button', { name: 'Disconnect…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Confluence is disconnected in Atlassian Admin')
    await expect(dialog).toContainText('Clears the saved setup here without contacting Confluence.')
    await expect(dialog.getByRole('listitem')).toHaveCount(5)
    await expect(dialog.getByRole('link', { name: 'Open Atlassian Admin (opens in a new tab)' })).toBeVisible()
    await look(page, 'disconnect')
    await dialog.getByRole('button', { name: 'Force Disconnect' }).click()
    await expect(badgeOf(access(page))).toHaveText('Disconnected')
    await turn(page, org, 'Standard', 'Saved')
    await page.goto(hubOf(org))
    await expect(rowsOf(page)).toHaveCount(13)
    await expect(rowOf(page, 'jira').locator('[data-slot="organization"]').locator('[data-status]')).toHaveText(
      'Connected',
    )
    await expect(rowOf(page, 'confluence').locator('#connect-confluence')).toBeVisible()
    await expect(verify(page)).toHaveCount(0)
  })
})
