import { badgeOf, pressInto, rowOf } from './on-hub.ts'
import { callApi, connectGithub, consent, expect, linkIn, test } from './support.ts'

test('somebody without accounts is told so and led to the integrations', async ({ page, org }) => {
  await page.goto('/account/connections')
  await expect(page.getByText("You haven't connected anything.")).toBeVisible()
  await page.getByRole('link', { name: 'Go to integrations' }).click()
  await expect(page).toHaveURL(new RegExp(`${org.path('/settings/integrations')}$`))
})

test("one's own accounts are listed with what was granted, where they stand and where to review them", async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  await connectGithub(page, org, { account, slot: 'organization' })
  await page.goto('/account/connections')
  await expect(page).toHaveTitle('Connections – Account – Plugboard')
  const rows = page.getByRole('list', { name: 'My connections' }).locator('> li')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText(`@${account}`)
  await expect(rows).toContainText('In Acme')
  await expect(badgeOf(rows)).toHaveText('Connected')
  await rows.getByText('4 permissions granted').click()
  await expect(rows.getByText('read:user', { exact: true })).toBeVisible()
  await expect(rows.getByRole('link', { name: /Review what Plugboard may do at GitHub/ })).toHaveAttribute(
    'href',
    'https://github.com/settings/applications',
  )
})

test('an account is disconnected and connected again from the list of accounts', async ({ page, org, account }) => {
  await connectGithub(page, org, { account })
  await page.goto('/account/connections')
  await page.getByRole('button', { name: 'Disconnect…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Disconnected')
  await expect(
    page.getByText('GitHub disconnected. GitHub confirmed that the token was revoked.').first(),
  ).toBeVisible()
  const tab = await pressInto(page, page.getByRole('button', { name: 'Connect GitHub' }))
  await consent(tab, account)
  await expect(page.getByRole('main').getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
})

test('the two pages about oneself lead to each other', async ({ page, org }) => {
  await page.goto('/account/connections')
  const sections = page.getByRole('navigation', { name: 'Account sections' })
  await sections.getByRole('link', { name: 'Preferences' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Preferences' })).toBeFocused()
  await sections.getByRole('link', { name: 'My connections' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'My connections' })).toBeVisible()
  expect(org.owner.name).toBe('Dana Kim')
})

test('X-06 after a password is asked for and set anew the focus is on what came of it', async ({
  page,
  context,
  org,
}) => {
  await context.clearCookies()
  await page.goto('/reset')
  await page.getByLabel('Email address').fill(org.owner.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.locator(':focus')).toContainText('Look into your mail')
  await page.goto(`/reset/${await linkIn(org.owner.email, 'reset')}`)
  await page.getByLabel('New password').fill('a different long password')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.locator(':focus')).toContainText('Your new password is set')
})

test('where a password or a session ends one reads how many API tokens go on, and is led to them', async ({
  page,
  org,
}) => {
  const told = page.getByText('API tokens go on:')
  await page.goto('/account/preferences')
  await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible()
  await expect(told).toHaveCount(0)
  await callApi(page.request, 'POST', org.api('/api-tokens'), { name: 'deploy', scopes: ['boards:read'] })
  await page.reload()
  await expect(told).toContainText('API tokens go on: 1 of yours in Acme. Revoke what somebody else may have.')
  await page.getByRole('button', { name: 'Sign out everywhere…' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('API tokens go on: 1 of yours in Acme.')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await callApi(page.request, 'POST', '/api/v1/password-resets', { email: org.owner.email })
  await page.goto(`/reset/${await linkIn(org.owner.email, 'reset')}`)
  await page.getByLabel('New password').fill('a different long password')
  await page.getByRole('button', { name: 'Set password' }).click()
  await told.getByRole('link', { name: '1 of yours in Acme' }).click()
  await expect(page).toHaveURL(/\/login/)
})
