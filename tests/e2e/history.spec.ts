import type { Page } from '@playwright/test'
import { badgeOf, hubOf, pressInto, providerOf, rowOf, rowsOf } from './on-hub.ts'
import { appUrl, callApi, connectGithub, consent, expect, test } from './support.ts'

/** The addresses that Back and Forward of this tab lead to. */
async function historyOf(page: Page): Promise<URL[]> {
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  return entries.filter(({ url }) => url.startsWith('http')).map(({ url }) => new URL(url))
}

/** Everything of a page that outlives it in the browser, besides cookies that no script can read. */
const keptBy = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]))

test('X-25 what was asked for and how the list is narrowed come back with a reload and with Back', async ({
  page,
  org,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  await callApi(priya.page.request, 'POST', org.api('/connection-requests'), { provider: 'slack' })
  await page.goto(hubOf(org))
  await page.getByRole('link', { name: '1 request' }).click()
  await expect(rowsOf(page)).toHaveCount(1)
  await expect(page).toHaveURL(/\?state=requested$/)
  await page.reload()
  await expect(rowsOf(page)).toHaveCount(1)
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('requested')
  await page.getByRole('combobox', { name: 'View' }).selectOption('Compact')
  await rowOf(page, 'slack').getByRole('link', { name: 'Slack', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slack')
  await page.goBack()
  await expect(page).toHaveURL(/\?state=requested&view=compact$/)
  await expect(rowsOf(page)).toHaveCount(1)
  await page.goBack()
  await expect(page).toHaveURL(/\?state=requested$/)
  await page.goBack()
  await expect(rowsOf(page)).toHaveCount(13)
  await page.goForward()
  await expect(rowsOf(page)).toHaveCount(1)
})

test('X-25 the sections of a tool, and what its activity is narrowed to, come back with a reload and with Back', async ({
  page,
  org,
}) => {
  await page.goto(providerOf(org))
  const sections = page.getByRole('navigation', { name: 'GitHub sections' })
  await sections.getByRole('link', { name: 'Config' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Policy' })).toBeVisible()
  await sections.getByRole('link', { name: 'Activity' }).click()
  await page.getByRole('link', { name: 'Only problems' }).click()
  await expect(page.getByText('No problems have been met.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('No problems have been met.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Only problems' })).toHaveAttribute('aria-current', 'true')
  await page.goBack()
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 2, name: 'Policy' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 2, name: 'Health' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 2, name: 'Health' })).toBeVisible()
})

test('X-25 connecting in this very tab leaves neither a code nor a state behind: not in its history, not in what it keeps', async ({
  page,
  org,
  account,
}) => {
  const answers: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/callback/')) answers.push(request.url())
  })
  await page.goto(hubOf(org))
  await rowOf(page).getByRole('button', { name: 'More actions for GitHub' }).click()
  await page.getByRole('menuitem', { name: 'Continue in this tab' }).click()
  await consent(page, account)
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  const [answer = ''] = answers
  const secrets = ['code', 'state'].map((name) => new URL(answer).searchParams.get(name) ?? '')
  expect(
    secrets.every((secret) => secret.length > 10),
    'the answer carried both',
  ).toBe(true)
  const entries = await historyOf(page)
  expect(entries.length).toBeGreaterThan(1)
  for (const { href } of entries) expect(href).not.toContain(secrets[0])
  const here = entries.filter(({ origin }) => origin === appUrl)
  expect(here.length).toBeGreaterThan(0)
  for (const { href } of here) for (const secret of secrets) expect(href).not.toContain(secret)
  for (const secret of secrets) expect(await keptBy(page)).not.toContain(secret)
  await page.goBack()
  await expect(page).not.toHaveURL(/code=/)
})

test('T-HUB-5 T-ACT-1 T-ACT-2 View logs opens the activity at the failure, which has the focus, says why and mends it', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { id } = await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  await page.route(/\/integrations$/, async (route) => {
    const response = await route.fetch()
    const list = await response.json()
    for (const slot of list.items[0].slots)
      if (slot.connection) {
        const nextAction = { id: 'view_logs', label: 'View logs', who: 'anyone', may: true }
        Object.assign(slot, { status: 'error', signal: 'red', reason: 'GitHub returned 503', nextAction })
      }
    await route.fulfill({ response, json: list })
  })
  await page.getByRole('button', { name: 'Refresh statuses' }).click()
  const logs = rowOf(page).getByRole('link', { name: 'View logs: GitHub' })
  await expect(logs).toHaveAttribute('href', `${providerOf(org)}/activity?level=problem#failure`)
  await sandbox.control.revoke({ provider: 'github', account })
  await callApi(page.request, 'POST', org.api(`/connections/${id}/verify`))
  await logs.click()
  await expect(page).toHaveURL(/\/activity\?level=problem#failure$/)
  const failing = page.getByRole('list', { name: 'Activity of GitHub' }).getByRole('listitem').first()
  await expect(failing).toContainText('Plugboard noticed that access ended')
  await expect(failing).toBeFocused()
  await page.reload()
  await expect(failing).toContainText('Plugboard noticed that access ended')
  await expect(failing).toContainText('GitHub no longer accepts the token (401).')
  await page.unroute(/\/integrations$/)
  await consent(await pressInto(page, failing.getByRole('button', { name: 'Reconnect GitHub' })), account)
  await expect(failing.getByRole('button')).toHaveCount(0)
})
