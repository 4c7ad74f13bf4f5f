import type { APIRequestContext, Page } from '@playwright/test'
import { appUrl, callApi, confirmEmail, expect, newPerson, type Org, test } from './support.ts'

const memberRow = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(name) })

test('T-MEM-1 who is invited gets a mail, joins by its link and appears among the members', async ({
  page,
  browser,
  org,
}) => {
  await confirmEmail(page.request, org.owner)
  const priya = newPerson('Priya Nair')
  await page.goto(org.path('/settings/members'))
  await page.getByLabel('Email addresses').fill(priya.email)
  await page.getByLabel('Role', { exact: true }).selectOption('Admin')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByText(`Invited ${priya.email}`)).toBeVisible()
  await expect(page.getByRole('button', { name: `Revoke the invitation of ${priya.email}` })).toBeVisible()
  await expect(memberRow(page, 'Priya Nair')).toHaveCount(0)

  const seat = await (await browser.newContext()).newPage()
  await seat.goto('/dev/mail')
  await seat
    .getByRole('article')
    .filter({ hasText: `To ${priya.email}` })
    .getByRole('link')
    .click()
  await expect(seat.getByRole('heading', { level: 1 })).toHaveText('Join Acme')
  await expect(seat.getByText('Dana Kim invites you as Admin.')).toBeVisible()
  await seat.getByLabel('Name').fill(priya.name)
  await seat.getByLabel('Password').fill('another long password')
  await seat.getByRole('button', { name: 'Join Acme' }).click()
  await seat.waitForURL(org.path('/boards'))
  await expect(seat.getByRole('button', { name: /^Switch organization/ })).toContainText('Acme')
  await seat.context().close()

  await page.reload()
  await expect(memberRow(page, 'Priya Nair')).toContainText(priya.email)
  await expect(page.getByLabel('Role of Priya Nair')).toHaveValue('admin')
  await expect(page.getByText(`Revoke the invitation of ${priya.email}`)).toHaveCount(0)
})

/** Changes a member through the API and returns the answer, whatever it is. */
async function tryMember(request: APIRequestContext, org: Org, method: 'PATCH' | 'DELETE', data?: { role: string }) {
  const address = org.api(`/members/${org.owner.id}`)
  const response = await request.fetch(address, { method, headers: { origin: appUrl }, ...(data ? { data } : {}) })
  return { status: response.status(), body: response.status() === 204 ? null : await response.json() }
}

test('T-MEM-2 the last owner cannot be demoted or leave, neither on the page nor through the API', async ({
  page,
  org,
}) => {
  const refused = { status: 409, body: expect.objectContaining({ detail: 'Add another owner first.' }) }
  const { member: sam } = await org.join('admin', 'Sam Ortiz')
  await page.goto(org.path('/settings/members'))
  await expect(memberRow(page, 'Dana Kim')).toContainText('Add another owner first')
  await expect(page.getByLabel('Role of Dana Kim')).toHaveCount(0)
  await page.getByRole('button', { name: 'More actions for Dana Kim' }).click()
  const leave = page.getByRole('menuitem', { name: 'Leave Acme' })
  await expect(leave).toContainText('Add another owner first.')
  await expect(leave).toHaveAttribute('aria-disabled', 'true')
  await leave.click({ force: true }) // to see that nothing comes of it
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  expect(await tryMember(page.request, org, 'PATCH', { role: 'admin' })).toEqual(refused)
  expect(await tryMember(page.request, org, 'DELETE')).toEqual(refused)

  // with a second owner both ways open
  await callApi(page.request, 'PATCH', org.api(`/members/${sam.id}`), { role: 'owner' })
  await page.reload()
  await page.getByLabel('Role of Dana Kim').selectOption('Member')
  await expect(page.getByText('Only owners and admins can invite people or change roles.')).toBeVisible()
  await expect(memberRow(page, 'Dana Kim')).toContainText('Member')
})

test('T-MEM-4 a role that changed holds in an open tab from the next request on, in words and without a crash', async ({
  page,
  org,
}) => {
  const sam = await org.join('admin', 'Sam Ortiz')
  await org.join('member', 'Priya Nair')
  const crashes: string[] = []
  sam.page.on('pageerror', (error) => crashes.push(error.message))
  const general = await sam.context.newPage()
  general.on('pageerror', (error) => crashes.push(error.message))
  await sam.page.goto(org.path('/settings/members'))
  await general.goto(org.path('/settings/general'))
  await callApi(page.request, 'PATCH', org.api(`/members/${sam.member.id}`), { role: 'member' })

  const told = 'Only owners and admins can do this. Ask one of them.'
  const answered = sam.page.waitForResponse((response) => response.request().method() === 'PATCH')
  await sam.page.getByLabel('Role of Priya Nair').selectOption('Admin')
  expect((await answered).status()).toBe(403)
  await expect(sam.page.getByRole('alert').filter({ hasText: told })).toBeAttached()
  // the page is drawn anew for what Sam is now
  await expect(sam.page.getByText('Only owners and admins can invite people or change roles.')).toBeVisible()
  await expect(sam.page.getByText('Ask Dana Kim.')).toBeVisible()
  await expect(sam.page.getByLabel('Role of Priya Nair')).toHaveCount(0)
  await expect(memberRow(sam.page, 'Priya Nair')).toContainText('Member')

  await general.getByLabel('Organization name').fill('Sam & Sons')
  await general.getByRole('button', { name: 'Save' }).click()
  await expect(general.getByText(told)).toBeVisible()
  await expect(general.getByRole('heading', { level: 1 })).toBeVisible()
  const { name } = await callApi<{ name: string }>(page.request, 'GET', org.api(''))
  expect(name).toBe('Acme')
  expect(crashes).toEqual([])
})

test('what is wrong with an invitation is said where the focus is, and nobody is invited by it', async ({
  page,
  org,
}) => {
  await confirmEmail(page.request, org.owner)
  const good = newPerson('Lee Park')
  await page.goto(org.path('/settings/members'))
  const field = page.getByLabel('Email addresses')
  const said = page.locator('[data-live="assertive"]').last()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(field).toBeFocused()
  await expect(said).toHaveText('Email addresses are missing. Type at least one.')
  await field.fill('nobody')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(said).toContainText(/address/i)
  await expect(said).not.toContainText('missing')
  await expect(field).toBeFocused()
  await expect(page.getByText(/0 people/)).toHaveCount(0)
  await field.fill(`${good.email}, nobody`)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(said).toHaveText(/^1 person invited\. .*address/i)
  await expect(field).toHaveValue('nobody')
})

test('a question asked from a row of the table reads from the start of its lines', async ({ page, org }) => {
  await org.join('member', 'Lee Park')
  await page.goto(org.path('/settings/members'))
  await page.getByRole('button', { name: 'More actions for Lee Park' }).click()
  await page.getByRole('menuitem', { name: /Remove/ }).click()
  const title = page.getByRole('alertdialog').getByRole('heading')
  await expect(title).toBeVisible()
  expect(await title.evaluate((one) => getComputedStyle(one).textAlign)).toBe('start')
})
