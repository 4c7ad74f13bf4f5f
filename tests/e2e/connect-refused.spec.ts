import type { Page } from '@playwright/test'
import { connecting } from './on-connect.ts'
import { badgeOf, connectButton, hubOf, pressInto, rowOf } from './on-hub.ts'
import { callApi, connectionsOf, consent, expect, type Org, test } from './support.ts'

const auditOf = async (page: Page, org: Org, action: string): Promise<unknown[]> =>
  (await callApi<{ items: unknown[] }>(page.request, 'GET', org.api(`/audit-events?action=${action}`))).items

/** Starts through the API, as a page would, and returns where GitHub is to be asked. */
const start = (page: Page, org: Org) =>
  callApi<{ id: string; authorizeUrl: string }>(page.request, 'POST', org.api('/connect-attempts'), {
    provider: 'github',
    slot: 'user',
  })

test('T-CON-9 cancelling at GitHub changes nothing, says so, and is audited', async ({ page, org, account }) => {
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  await consent(tab, account, 'Cancel')
  await expect(tab.getByText('You cancelled at GitHub. Nothing changed.')).toBeVisible()
  await expect(rowOf(page).getByText('You cancelled at GitHub. Nothing changed.')).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
  expect(await auditOf(page, org, 'connection.denied')).toHaveLength(1)
})

test('T-CON-10 what was cancelled here stays cancelled when it is approved there, and no token is asked for', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await page.goto(hubOf(org))
  const tab = await connecting(page)
  await rowOf(page).getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(rowOf(page).getByText('Cancelled. Nothing changed.')).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
  await consent(tab, account)
  await expect(tab.getByRole('heading', { name: 'GitHub not connected' })).toBeVisible()
  await expect(tab.getByText('Cancelled. Nothing changed.')).toBeVisible()
  expect(await connectionsOf(page, org)).toEqual([])
  const calls = (await sandbox.control.log()).filter((entry) => entry.account === account)
  expect(calls.filter(({ path }) => path.endsWith('/access_token'))).toEqual([])
  expect(calls.length).toBeGreaterThan(0)
})

test('T-CON-13 an answer with a wrong or missing state connects nothing and says what to do', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { authorizeUrl } = await start(page, org)
  const callback = new URL(await sandbox.consent(authorizeUrl, { account }))
  for (const state of ['not-the-one-we-sent', null]) {
    if (state === null) callback.searchParams.delete('state')
    else callback.searchParams.set('state', state)
    const answer = await page.goto(callback.href)
    expect(answer?.status()).toBe(403)
    await expect(page.getByRole('heading', { level: 1, name: 'GitHub not connected' })).toBeVisible()
    await expect(page).toHaveTitle('GitHub not connected – Plugboard')
    await expect(page.getByText('This sign-in link is not one of ours, or is too old. Connect again.')).toBeVisible()
  }
  expect(await connectionsOf(page, org)).toEqual([])
})

test("T-CON-14 an answer opened in another person's session is refused and stores nothing", async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const sam = await org.join('member', 'Sam Ortiz')
  const { authorizeUrl } = await start(page, org)
  const answer = await sam.page.goto(await sandbox.consent(authorizeUrl, { account }))
  expect(answer?.status()).toBe(403)
  await expect(sam.page.getByText('This sign-in was started by someone else. Nothing was connected.')).toBeVisible()
  expect(await connectionsOf(page, org)).toEqual([])
  expect(await connectionsOf(sam.page, org)).toEqual([])
})

test('a form that is refused says so in both tabs', async ({ page, org }) => {
  await page.goto(hubOf(org))
  await callApi(page.request, 'PATCH', org.api('/integrations/github'), { enabled: false })
  const refused = page.context().waitForEvent('response', (response) => response.url().includes('/connect/result/'))
  const tab = await pressInto(page, connectButton(page))
  expect((await refused).status()).toBe(403)
  await expect(tab.getByRole('heading', { name: 'GitHub not connected' })).toBeVisible()
  for (const one of [tab, page])
    await expect(
      one.getByRole('main').getByText('You may not connect GitHub here, or it is turned off. Ask an admin.'),
    ).toBeVisible()
})

test('a result page with a made-up problem says what it can, and an attempt that never was is not there', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  const crashes: string[] = []
  page.on('pageerror', (error) => crashes.push(error.message))
  for (const problem of ['__proto__', 'valueOf', '%3Cb%3Ehello', 'x&problem=y']) {
    const answer = await page.goto(`/connect/result/none?problem=${problem}&provider=github`)
    expect(answer?.status(), problem).toBe(403)
    await expect(page.getByText("Connecting GitHub didn't work. Connect again.")).toBeVisible()
    await expect(page.getByRole('link', { name: 'Back to Plugboard' })).toBeVisible()
  }
  expect((await page.goto(`/connect/result/${crypto.randomUUID()}`))?.status()).toBe(404)
  expect(crashes).toEqual([])
})

test('a session that ended meanwhile is told in the waiting panel, with the way back', async ({ page, org }) => {
  await page.goto(hubOf(org))
  await connecting(page)
  await callApi(page.request, 'DELETE', '/api/v1/me/sessions')
  await expect(rowOf(page).getByText('Your session has ended')).toBeVisible()
  await rowOf(page).getByRole('link', { name: 'Sign in again' }).click()
  await expect(page).toHaveURL(/\/login\?next=/)
})
