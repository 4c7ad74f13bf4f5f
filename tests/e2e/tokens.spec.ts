import type { Page } from '@playwright/test'
import { badgeOf, providerOf } from './on-hub.ts'
import { dialogOf, githubToken, keyField, testAndSave } from './on-keys.ts'
import { expect, type Org, test } from './support.ts'

const tokenForm = (page: Page) =>
  page.locator('[data-slot="organization"] form').filter({ has: page.locator('input[name="credential"]') })

/** GitHub's Config page with its token form open. */
async function openTokenForm(page: Page, org: Org) {
  await page.goto(providerOf(org, '/config'))
  await page.locator('[data-slot="organization"]').getByRole('radio', { name: 'Personal access token' }).check()
  const form = tokenForm(page)
  await keyField(form).waitFor()
  return form
}

test('T-PAT-1 GitHub’s form lists both scopes, and real-time updates change which are needed', async ({
  page,
  org,
}) => {
  const form = await openTokenForm(page, org)
  const [repo, hooks] = [form.locator('[data-scope="repo"]'), form.locator('[data-scope="admin:repo_hook"]')]
  await expect(repo).toBeVisible()
  await expect(form.getByRole('radio', { name: 'Off' })).toBeChecked()
  await expect(hooks).toContainText('Not needed while Real-time updates is off')
  await form.getByRole('radio', { name: 'On', exact: true }).check()
  await expect(hooks).toContainText('Needed')
  await expect(hooks).not.toContainText('Not needed')
})

test('T-PAT-5 a token that may do more than is needed connects, with a warning that names it', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const form = await openTokenForm(page, org)
  await keyField(form).fill(await githubToken(sandbox, account, ['repo', 'delete_repo', 'read:org']))
  await testAndSave(form).click()
  await expect(
    page
      .locator('main')
      .getByText(/This token can also delete repositories \(delete_repo\)\. A narrower token is safer\./),
  ).toBeVisible()
  await expect(tokenForm(page)).toHaveCount(0)
  await expect(page.locator('[data-credential] :focus'), 'the focus stays at the credential').toHaveCount(1)
  await expect(page.locator('[data-slot="organization"]').first()).toContainText('Personal access token of @')
})

test('T-PAT-6 a failed test leaves every field but the secret as typed', async ({ page, org }) => {
  const form = await openTokenForm(page, org)
  await form.getByRole('radio', { name: 'On', exact: true }).check()
  await form.getByLabel('Where is it kept?').fill('1Password, Engineering')
  await form.getByLabel('Expires on').fill('2031-01-31')
  await keyField(form).fill(`ghp_${'a1'.repeat(18)}`)
  await testAndSave(form).click()
  await expect(form.getByText(/^GitHub didn't accept this token/)).toBeVisible()
  await expect(form.getByRole('radio', { name: 'On', exact: true })).toBeChecked()
  await expect(form.getByLabel('Where is it kept?')).toHaveValue('1Password, Engineering')
  await expect(form.getByLabel('Expires on')).toHaveValue('2031-01-31')
  await expect(keyField(form)).toHaveValue('')
})

test('a slot with two ways offers the other one, and switching says first what becomes of what is there', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await page.goto(providerOf(org))
  const shared = page.locator('[data-slot="organization"]')
  await shared.getByRole('button', { name: 'Use a personal access token instead' }).click()
  const dialog = dialogOf(page, 'Configure GitHub')
  await keyField(dialog).fill(await githubToken(sandbox, account, ['repo', 'read:org']))
  await testAndSave(dialog).click()
  await expect(badgeOf(shared)).toHaveText('Connected')
  await page.goto(providerOf(org, '/config'))
  await shared.first().getByRole('radio', { name: 'Sign in at GitHub (OAuth)' }).check()
  await expect(shared.first()).toContainText('Boards, resource selections and settings of GitHub stay.')
  await expect(shared.first().getByRole('button', { name: 'Sign in at GitHub' })).toBeVisible()
})
