import type { Page } from '@playwright/test'
import { expectNoBarriers } from './axe.ts'
import { badgeOf, connectButton, hubOf, pressInto, providerOf, rowOf, said } from './on-hub.ts'
import { callApi, connectGithub, consent, expect, newFile, type Org, test } from './support.ts'

const A123 =
  'Connection stuck? If the app was already removed from GitHub but Plugboard still shows it as connected, use Force Disconnect to clear the stale connection.'

const statusOf = async (page: Page, org: Org, id: string): Promise<string> =>
  (await callApi<{ status: string }>(page.request, 'GET', org.api(`/connections/${id}`))).status

/** Opens the question from the row's menu. */
async function ask(page: Page) {
  await rowOf(page).getByRole('button', { name: 'More actions for GitHub' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Disconnect GitHub?' })
  await expect(dialog).toBeVisible()
  return dialog
}

test('T-DIS-1 the question says what it touches, what stays and what to do when it is stuck; Force asks for the name', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { id } = await connectGithub(page, org, { account })
  const { id: board } = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Orders' })
  const url = await newFile(sandbox, account)
  await callApi(page.request, 'POST', org.api(`/boards/${board}/objects`), { type: 'reference', url })
  await page.goto(hubOf(org))
  const dialog = await ask(page)
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  const touched = '1 board shows GitHub cards.'
  await expect(dialog.getByRole('paragraph').filter({ hasText: touched })).toBeVisible()
  await expect(dialog.locator('[data-live="polite"]')).toHaveText(touched)
  await dialog.getByText('Which board (1 card)').click()
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Orders' })).toHaveText('Orders 1 card')
  await expect(dialog.getByText('Only your own cards change.')).toBeVisible()
  await expect(
    dialog.getByText("Project settings and past data stay. New syncs skip GitHub until it's reconnected."),
  ).toBeVisible()
  await expect(dialog.getByText(A123, { exact: true })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Force Disconnect' })).toBeVisible()
  await dialog.getByText('Fully revoke at GitHub').click()
  const settings = page.getByRole('link', { name: /Open GitHub's settings/ })
  await expect(settings).toHaveAttribute('href', 'https://github.com/settings/applications')

  const name = dialog.getByRole('textbox', { name: 'Type GitHub to force it' })
  await name.fill('Gitlab')
  await expectNoBarriers(page, 'the question, all of it unfolded')
  await dialog.getByRole('button', { name: 'Force Disconnect' }).click()
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription('Type GitHub to force it.')
  expect(await statusOf(page, org, id)).toBe('connected')
  await name.fill(' github ')
  await name.press('Enter')
  await expect(rowOf(page).getByText('Token deleted here without contacting GitHub.')).toBeVisible()
  expect(await statusOf(page, org, id)).toBe('disconnected')
  await rowOf(page).getByText('Fully revoke at GitHub').click()
  await expect(settings).toBeVisible()
})

test('T-DIS-3 Cancel and Escape change nothing and give the focus back', async ({ page, org, account }) => {
  const { id } = await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    const dialog = await ask(page)
    await leave()
    await expect(dialog).toHaveCount(0)
    await expect(rowOf(page).getByRole('button', { name: 'More actions for GitHub' })).toBeFocused()
  }
  expect(await statusOf(page, org, id)).toBe('connected')
})

test('disconnecting says what became of the token, keeps the id, and the row can be connected again', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { id } = await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  const dialog = await ask(page)
  await dialog.getByRole('button', { name: 'Disconnect GitHub' }).click()
  const told = 'GitHub disconnected. GitHub confirmed that the token was revoked.'
  await expect(rowOf(page).getByText(told)).toBeVisible()
  await expect(said(page)).toHaveText(told)
  await expect(badgeOf(rowOf(page))).toHaveText('Disconnected')
  await expect(rowOf(page).getByRole('button', { name: 'More actions for GitHub' })).toBeFocused()
  await expect(rowOf(page)).toContainText(`was @${account}`)
  const ended = (await sandbox.control.log()).filter(
    ({ method, path }) => method === 'DELETE' && path.endsWith('/grant'),
  )
  expect(ended.length).toBeGreaterThan(0)
  expect((await connectGithub(page, org, { account })).id).toBe(id)
})

test('Force Disconnect asks for no name where nothing uses it, clears it here and asks GitHub nothing', async ({
  page,
  org,
  account,
}) => {
  const { id } = await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  await (await ask(page)).getByRole('button', { name: 'Force Disconnect' }).click()
  await expect(
    rowOf(page).getByText('GitHub disconnected. Token deleted here without contacting GitHub.'),
  ).toBeVisible()
  expect(await statusOf(page, org, id)).toBe('disconnected')
})

test('a disconnect that fails says so in the question, which stays', async ({ page, org, account }) => {
  await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  const dialog = await ask(page)
  await page.route(/\/connections\/[\w-]+$/, (route) => route.abort())
  await dialog.getByRole('button', { name: 'Disconnect GitHub' }).click()
  const problem = 'Plugboard cannot be reached. Check your connection and try again.'
  await expect(dialog.getByRole('paragraph').filter({ hasText: problem })).toBeVisible()
  await page.unroute(/\/connections\/[\w-]+$/)
  await dialog.getByRole('button', { name: 'Disconnect GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Disconnected')
})

test('what uses it cannot be counted: the question says so and can still be answered', async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  await page.route(/\/impact$/, (route) => route.abort())
  const dialog = await ask(page)
  await expect(dialog.getByText("Couldn't check what uses GitHub.").first()).toBeVisible() // it is said as well
  await dialog.getByRole('button', { name: 'Disconnect GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Disconnected')
})

test('T-DIS-7 a member reads who can disconnect what is shared, and the API refuses', async ({
  page,
  org,
  account,
}) => {
  const { id } = await connectGithub(page, org, { account, slot: 'organization' })
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(providerOf(org))
  const shared = sam.page.locator('[data-slot="organization"]')
  await expect(shared.getByText('Only admins can disconnect GitHub. Ask Dana Kim.')).toBeVisible()
  await expect(shared.getByRole('button', { name: /Disconnect/ })).toHaveCount(0)
  const refused = callApi(sam.page.request, 'DELETE', org.api(`/connections/${id}`))
  await expect(refused).rejects.toThrow(/403 .*"\/problems\/forbidden"/)
})

test('connecting again takes away what was said of the disconnect, and the other way round', async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  const [connected, gone] = [
    rowOf(page).getByText(/^GitHub connected as/),
    rowOf(page).getByText(/^GitHub disconnected/),
  ]
  const leave = async () => (await ask(page)).getByRole('button', { name: 'Disconnect GitHub' }).click()
  await leave()
  await expect(gone).toBeVisible()
  await consent(await pressInto(page, connectButton(page)), account)
  await expect(connected).toBeVisible()
  await expect(gone).toHaveCount(0)
  await leave()
  await expect(gone).toBeVisible()
  await expect(connected).toHaveCount(0)
})

for (const [where, path] of [
  ['the page of the provider', '/settings/integrations/github'],
  ['its config', '/settings/integrations/github/config'],
  ['the list of accounts', '/account/connections'],
] as const) // as const: pairs
  test(`X-06 after a disconnect on ${where} one goes on from Connect`, async ({ page, org, account }) => {
    await connectGithub(page, org, { account })
    await page.goto(path.startsWith('/account') ? path : org.path(path))
    await page.getByRole('main').getByRole('button', { name: 'Disconnect…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect GitHub' }).click()
    await expect(page.getByRole('main').getByText(/^GitHub disconnected/)).toBeVisible()
    await expect(page.locator('[data-main-action] button:focus')).toHaveText('Connect')
  })
