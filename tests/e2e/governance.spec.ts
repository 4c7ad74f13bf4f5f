import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expectNoBarriers } from './axe.ts'
import { settled } from './crawl.ts'
import { hubOf } from './on-hub.ts'
import { connectSentry, dialogOf, githubToken, sentryOrganization, sentryToken, tryKey } from './on-keys.ts'
import { callApi, expect, test } from './support.ts'

test('T-ROT-2 a key that others may know is reported, rotated with overlap and ticked, from the register', async ({
  page,
  org,
  sandbox,
}) => {
  await page.goto(org.path('/settings/governance'))
  await expect(page.getByText('No credentials need rotating.')).toBeVisible()
  const slug = await sentryOrganization(sandbox)
  const [old, next] = [await sentryToken(sandbox, slug), await sentryToken(sandbox, slug)]
  await connectSentry(page, org, { slug, key: old })
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: 'Sentry' })
  await expect(row).toContainText(`ending ${old.slice(-4)}`)
  await expect(row).toContainText('In 90 days')
  await expect(row).toContainText('Not noted')
  await row.getByRole('button', { name: 'More actions for Sentry' }).click()
  await page.getByRole('menuitem', { name: 'Report a suspected leak…' }).click()
  await expectNoBarriers(page, 'the question before a leak is reported')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Report leak' }).click()
  await expect(row).toContainText('Rotate now: somebody suspects a leak')
  await expect(page.locator('[data-summary]')).toHaveText('1 to rotate now')

  await row.getByRole('button', { name: 'Rotate now: Sentry' }).click()
  await tryKey(dialogOf(page, 'Replace key'), { key: next })
  const after = dialogOf(page, 'Key replaced')
  await after.getByRole('checkbox', { name: 'I have revoked the old key' }).check()
  await after.getByRole('button', { name: 'Done' }).click()
  await expect(row).toContainText(`ending ${next.slice(-4)}`)
  await expect(row).toContainText('In 90 days')
  await expect(page.locator('[data-summary]')).toHaveText('No credentials need rotating.')
  const audited = async () => {
    const address = org.api('/audit-events?provider=sentry')
    const { items } = await callApi<{ items: { action: string }[] }>(page.request, 'GET', address)
    return items.map(({ action }) => action)
  }
  const all = ['key.old_revoked', 'key.replaced', 'key.leak_suspected', 'connection.created']
  await expect.poll(audited).toEqual(all) // the tick is on its way while the dialog closes

  await page.getByLabel('Rotate every (days)').fill('10')
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(page.getByLabel('Rotate every (days)')).toHaveAccessibleDescription(/Days must be at least 30/)
  await page.getByLabel('Rotate every (days)').fill('30')
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(row).toContainText('In 30 days')
})

test('T-ROT-3, T-SCP-1 the register names who left, the scopes page what is extra; at 375 px too, and for a reviewer', async ({
  page,
  org,
  sandbox,
}) => {
  const sam = await org.join('admin', 'Sam Ortiz')
  const slug = await sentryOrganization(sandbox)
  await connectSentry(sam.page, org, { slug, key: await sentryToken(sandbox, slug) })
  const account = `dana-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: account, name: 'Dana Kim' } })
  const fields = { token: await githubToken(sandbox, account, ['repo', 'delete_repo']), realtime: 'off' }
  const pat = { provider: 'github', slot: 'organization', method: 'pat', fields }
  await callApi(page.request, 'POST', org.api('/connections'), pat)
  await callApi(page.request, 'DELETE', org.api(`/members/${sam.member.id}`))
  await page.goto(org.path('/settings/governance'))
  const today = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'Asia/Kathmandu' })
  await expect(page.getByText(`Sam Ortiz left on ${today.format()}. Rotate 1 credential.`)).toBeVisible() // the reader's own day
  const row = page.getByRole('row').filter({ hasText: 'Sentry' })
  await page.setViewportSize({ width: 800, height: 900 })
  await row.getByRole('button', { name: 'Rotate now: Sentry' }).click({ trial: true }) // not cut off
  await page.setViewportSize({ width: 1280, height: 800 })

  await page.goto(hubOf(org))
  await page.getByRole('link', { name: '1 rotation due' }).click()
  await expect(page.locator('[data-provider]').filter({ hasText: 'Sentry' })).toHaveCount(1)

  await page.goto(org.path('/settings/governance'))
  await page.getByRole('navigation', { name: 'Governance sections' }).getByRole('link', { name: 'Scopes' }).click()
  await expect(page.getByText('Plugboard posts with one scope only: chat:write.')).toBeVisible()
  await expect(page.locator('[data-state="needed"]')).toHaveCount(4)
  const extra = page.locator('[data-state="extra"]')
  await expect(extra).toContainText('delete_repo')
  await expect(page.getByText('How to narrow')).toBeVisible()

  const lee = await org.join('reviewer', 'Lee Park')
  await lee.page.setViewportSize({ width: 375, height: 812 })
  for (const address of ['/settings/governance', '/settings/governance/scopes']) {
    await lee.page.goto(org.path(address))
    await settled(lee.page)
    const { width, held } = await lee.page.evaluate(() => ({
      width: document.documentElement.clientWidth,
      held: document.documentElement.scrollWidth,
    }))
    expect(held, address).toBeLessThanOrEqual(width)
    for (const colorScheme of ['light', 'dark'] as const) {
      // as const: words of a union
      await lee.page.emulateMedia({ colorScheme })
      expect((await new AxeBuilder({ page: lee.page }).analyze()).violations, `${address} ${colorScheme}`).toEqual([])
    }
  }
  await expect(lee.page.getByRole('button', { name: /^Rotate/ })).toHaveCount(0)
})

test('a member reads that governance is not for them', async ({ org }) => {
  const { page } = await org.join('member', 'Priya Nair')
  const answer = await page.goto(org.path('/settings/governance'))
  expect(answer?.status()).toBe(403)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("You don't have access to governance")
  await expect(page.getByRole('link', { name: 'Governance' })).toHaveCount(0)
})
