import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { badgeOf, hubOf, pressInto, rowOf, rowsOf, said } from './on-hub.ts'
import { sentryOrganization, sentryToken, tryKey } from './on-keys.ts'
import { callApi, dataDir, expect, type Org, test } from './support.ts'

/** Providers that are connected for everyone, and can be on this server. */
const shared = ['slack', 'sentry', 'openrouter']

/** Asks for Slack as a member, with a reason. */
async function request(page: Page, org: Org, reason: string): Promise<void> {
  await callApi(page.request, 'POST', org.api('/connection-requests'), { provider: 'slack', reason })
}

/** The address of the row in the newest mail about a request. */
async function mailedLink(to: string): Promise<string> {
  let link = ''
  await expect(async () => {
    for (const name of (await readdir(path.join(dataDir, 'mail'))).sort().reverse()) {
      const mail = (await readFile(path.join(dataDir, 'mail', name), 'utf8')).replaceAll('=\r\n', '')
      link ||= (mail.includes(`To: ${to}`) && /Approve or decline it here: (\S+)/.exec(mail)?.[1]) || ''
    }
    expect(link).not.toBe('')
  }).toPass({ timeout: 30_000 })
  return link
}

test('T-HUB-11 a member sees Request, not Connect, for what is for everyone; an admin sees Connect', async ({
  page,
  org,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  await priya.page.goto(hubOf(org))
  await expect(rowOf(priya.page, 'github').getByRole('button', { name: 'Connect GitHub' })).toBeVisible()
  for (const id of shared) {
    await expect.soft(rowOf(priya.page, id).getByRole('button', { name: /^Request / })).toHaveText('Request')
    await expect.soft(rowOf(priya.page, id).getByRole('button', { name: /^(?:Connect|Configure) / })).toHaveCount(0)
  }
  await page.goto(hubOf(org))
  for (const id of ['github', ...shared])
    await expect.soft(rowOf(page, id).getByRole('button', { name: /^(?:Connect|Configure) / })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Request / })).toHaveCount(0)
})

test('a member asks with a reason, an admin approves from the mail’s row, and what was asked for stands there', async ({
  page,
  org,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  const row = rowOf(priya.page, 'slack')
  await priya.page.goto(hubOf(org))
  await row.getByRole('button', { name: 'Request Slack' }).click()
  const dialog = priya.page.getByRole('dialog', { name: 'Request Slack' })
  await dialog.getByLabel('Reason (optional)').fill('Deploys are announced there.')
  await dialog.getByRole('button', { name: 'Send request' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(row.getByText('Request sent. Dana Kim can approve it.').filter({ visible: true })).toBeVisible()
  await expect(said(priya.page)).toHaveText('Request sent. Dana Kim can approve it.')
  await expect(row.locator('[data-main-action] :focus'), 'the focus stays in the row').toHaveCount(1)
  await priya.page.reload()
  await expect(row.getByText(/^Requested just now|^Requested \d+ s ago/).filter({ visible: true })).toBeVisible()
  await expect(row.getByRole('button', { name: 'Request Slack' })).toHaveCount(0)

  await page.goto(await mailedLink(org.owner.email))
  await expect(rowOf(page, 'slack')).toBeInViewport()
  const asked = rowOf(page, 'slack').getByRole('list', { name: 'Requests for Slack' })
  await expect(asked).toContainText('Priya Nair asks to connect Slack for everyone')
  await expect(asked).toContainText('“Deploys are announced there.”')
  await page.getByRole('link', { name: '1 request' }).click()
  await expect(page).toHaveURL(/\?state=requested/)
  await expect(rowsOf(page)).toHaveCount(1)
  await page.waitForLoadState('networkidle')
  const tab = await pressInto(page, asked.getByRole('button', { name: 'Approve the request of Priya Nair' }))
  await expect(asked).toHaveCount(0)
  await tab.getByRole('radio').first().check()
  await tab.getByRole('button', { name: 'Allow' }).click()
  await page.goto(hubOf(org))
  await expect(badgeOf(rowOf(page, 'slack'))).toHaveText('Connected')
  await priya.page.reload()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row.getByText(/Request/)).toHaveCount(0)
})

test('approving what takes a key asks for the key, and what was asked for stands once it is kept', async ({
  page,
  org,
  sandbox,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  await callApi(priya.page.request, 'POST', org.api('/connection-requests'), { provider: 'sentry' })
  const slug = await sentryOrganization(sandbox)
  const key = await sentryToken(sandbox, slug)
  await page.goto(hubOf(org))
  await page.waitForLoadState('networkidle')
  const row = rowOf(page, 'sentry')
  await row.getByRole('button', { name: 'Approve the request of Priya Nair' }).click()
  const dialog = page.getByRole('dialog', { name: 'Configure Sentry' })
  await tryKey(dialog, { slug, key })
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row.getByRole('list', { name: 'Requests for Sentry' })).toHaveCount(0)
  await priya.page.goto(hubOf(org))
  await expect(badgeOf(rowOf(priya.page, 'sentry'))).toHaveText('Connected')
})

test('an admin declines with a note on the provider’s page; the member reads it and may ask again', async ({
  page,
  org,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  await request(priya.page, org, 'Please, for alerts')
  await page.goto(org.path('/settings/integrations/slack'))
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Decline the request of Priya Nair' }).click()
  const dialog = page.getByRole('dialog', { name: 'Decline Slack for Priya Nair?' })
  await dialog.getByLabel('Note (optional)').fill('We are moving away from it.')
  await dialog.getByRole('button', { name: 'Decline request' }).click()
  await expect(said(page)).toHaveText('Declined Slack for Priya Nair.')
  await expect(page.getByRole('list', { name: 'Requests for Slack' })).toHaveCount(0)
  await expect(page.locator('[data-main-action] :focus')).toHaveCount(1)
  await priya.page.goto(hubOf(org))
  const row = rowOf(priya.page, 'slack')
  await expect(
    row.getByText(/Dana Kim declined your request, .*: “We are moving away from it\.”/).filter({ visible: true }),
  ).toBeVisible()
  await row.getByRole('button', { name: 'Request Slack' }).click()
  await priya.page.getByRole('button', { name: 'Send request' }).click()
  await expect(row.getByText('Request sent.').filter({ visible: true })).toBeVisible()
})

test('a request that cannot be sent says why and keeps what was typed', async ({ page, org }) => {
  const priya = await org.join('member', 'Priya Nair')
  await priya.page.goto(hubOf(org))
  await rowOf(priya.page, 'slack').getByRole('button', { name: 'Request Slack' }).click()
  await callApi(page.request, 'PATCH', org.api('/integrations/slack'), { enabled: false })
  const dialog = priya.page.getByRole('dialog', { name: 'Request Slack' })
  await dialog.getByLabel('Reason (optional)').fill('Alerts')
  await dialog.getByRole('button', { name: 'Send request' }).click()
  await expect(dialog).toContainText('Slack is turned off for this organization. An admin can enable it.')
  await expect(dialog.getByLabel('Reason (optional)')).toHaveValue('Alerts')
})
