import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { settled } from './crawl.ts'
import { callApi, expect, test } from './support.ts'

const rows = (page: Page) => page.getByRole('table', { name: 'Audit log' }).locator('tbody tr')

test('T-AUD-1, T-AUD-2 the log names who did what; filters stand in the address, are counted and taken out by key', async ({
  page,
  org,
}) => {
  const sam = await org.join('admin', 'Sam Ortiz')
  await callApi(sam.page.request, 'PATCH', org.api('/integrations/slack'), { enabled: false })
  await callApi(sam.page.request, 'PATCH', org.api('/integrations/slack'), { enabled: true })
  await callApi(page.request, 'PATCH', org.api(`/members/${sam.member.id}`), { role: 'reviewer' })
  await page.goto(org.path('/settings/audit'))
  await expect(rows(page).first()).toContainText('Dana Kim changed the role of Sam Ortiz')
  await rows(page).first().getByText('What changed').click()
  await expect(rows(page).first()).toContainText('role: admin → reviewer')

  await page.getByLabel('Who').selectOption('Sam Ortiz')
  await page.getByLabel('Tool').selectOption('Slack')
  await expect(page.locator('[data-total]')).toHaveText('2 events')
  await expect(page.locator('[data-live="polite"]').last()).toHaveText('2 events')
  await expect(rows(page)).toHaveText([/Sam Ortiz enabled Slack/, /Sam Ortiz disabled Slack/])
  await page.getByText('Any action').click()
  await page.getByRole('checkbox', { name: 'connector enabled' }).check()
  await expect(rows(page)).toHaveCount(1)
  expect([...new URL(page.url()).searchParams.keys()].toSorted()).toEqual(['action', 'actor', 'provider'])
  await page.reload()
  await expect(rows(page)).toHaveText([/Sam Ortiz enabled Slack/])

  const chips = page.getByRole('list', { name: 'Active filters' }).getByRole('button')
  await expect(chips).toHaveCount(3)
  await chips.nth(1).focus()
  await page.keyboard.press('Backspace')
  await expect(chips).toHaveText([/Who: Sam Ortiz/, /connector enabled/])
  await expect(chips.nth(1)).toBeFocused()
  await expect(page).not.toHaveURL(/provider=/)
  await page.goBack()
  await expect(chips).toHaveCount(3)

  const when = page.getByLabel('When', { exact: true })
  await when.selectOption('Last 7 days')
  await expect(chips).toHaveText([/Who: Sam Ortiz/, /Tool: Slack/, /^Last 7 days/, /connector enabled/])
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT00/)
  await expect(rows(page)).toHaveCount(1)
  const from = page.getByLabel('From (UTC)')
  await expect(from).toHaveValue(/^\d{4}-\d\d-\d\d$/)
  await from.fill('2 June')
  await from.press('Tab')
  await expect(from).toHaveAccessibleDescription('Write a day like 2026-11-01.')
  await from.fill('2999-01-01')
  await expect(from).toBeFocused()
  await expect(when).toHaveValue('own')
  await expect(page.getByText('No events match. Widen the dates.')).toBeVisible()
  await when.selectOption('Any time')
  await expect(rows(page)).toHaveCount(1)
  await page.goto(`${org.path('/settings/audit')}?action=nonsense&from=yesterday`)
  await expect(chips).toHaveCount(0)
  await expect(rows(page).first()).toBeVisible()
})

test('T-AUD-3, T-AUD-5, T-AUD-6 a reviewer verifies and exports what is shown, without addresses; nothing there can be changed', async ({
  page,
  org,
}) => {
  await callApi(page.request, 'PATCH', org.api(''), { name: '=SUM(1)' })
  const lee = await org.join('reviewer', 'Lee Park')
  await lee.page.goto(`${org.path('/settings/audit')}?action=organization.renamed`)
  await expect(rows(lee.page)).toHaveCount(1)
  await lee.page.getByRole('button', { name: 'Verify the log' }).click()
  await expect(lee.page.locator('main').getByText(/^All \d+ events are as they were written\.$/)).toBeVisible()
  await expect(lee.page.getByRole('columnheader')).toHaveText(['Time', 'Event', 'Result'])
  const download = lee.page.waitForEvent('download')
  await lee.page.getByRole('link', { name: 'Export CSV' }).click()
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(",'=SUM(1),")
  await expect(rows(lee.page).getByRole('button')).toHaveCount(0)

  for (const [width, height] of [
    [1280, 800],
    [375, 812],
  ] as const) {
    // as const: pairs
    await lee.page.setViewportSize({ width, height })
    await lee.page.goto(org.path('/settings/audit'))
    await settled(lee.page)
    const held = await lee.page.evaluate(() => document.documentElement.scrollWidth)
    expect(held).toBeLessThanOrEqual(width)
    for (const colorScheme of ['light', 'dark'] as const) {
      // as const: words of a union
      await lee.page.emulateMedia({ colorScheme })
      expect((await new AxeBuilder({ page: lee.page }).analyze()).violations, `${width} ${colorScheme}`).toEqual([])
      await lee.page.screenshot({ path: `.data/audit-${width}-${colorScheme}.png` })
    }
  }
})

test('T-AUD-5 a member reads that the audit log is not for them, and whom to ask', async ({ org }) => {
  const { page } = await org.join('member', 'Priya Nair')
  expect((await page.goto(org.path('/settings/audit')))?.status()).toBe(403)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("You don't have access to the audit log")
  await expect(page.getByText('Owners, admins and compliance reviewers can open it.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0)
})
