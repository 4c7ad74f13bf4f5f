import type { Locator, Page } from '@playwright/test'
import { hubOf, pressInto, providerOf, rowOf, rowsOf } from './on-hub.ts'
import { callApi, connectGithub, expect, newFile, test } from './support.ts'

const six = [
  'Go to Settings → Integrations',
  'Choose a provider',
  'For a provider that asks you to sign in: choose Connect and complete it there',
  'For a provider with a key: paste the token from its settings',
  'See the status Connected in the list',
  'Test it: open a board and reference data from what you connected',
]

const listOf = (page: Page): Locator => page.getByRole('region', { name: 'Getting started' })
const doneOf = (page: Page): Promise<(string | null)[]> =>
  listOf(page)
    .locator('[data-done="true"]')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-step')))

/** Does something that the server keeps, and waits until it has. */
async function kept(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await act()
  await answered
}

test('T-FRX-1 somebody new has a card of a connected provider on a board in eight steps', async ({ page, org }) => {
  await page.goto(org.path('/boards'))
  let steps = 0
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    steps += 1
    return act()
  }
  await step(() => listOf(page).getByRole('link', { name: six[2] }).click())
  const tab = await step(() => pressInto(page, rowOf(page).getByRole('button', { name: 'Connect GitHub' })))
  await step(() => tab.getByRole('button', { name: 'Authorize' }).click())
  await expect(rowOf(page).getByText(/^GitHub connected as @/)).toBeVisible()
  await step(() => page.getByRole('link', { name: 'Boards', exact: true }).click())
  await step(() => page.getByRole('button', { name: 'New board' }).click())
  await step(() => page.getByLabel('Name', { exact: true }).fill('Orders'))
  await step(() => page.keyboard.press('Enter'))
  const suggestion = page.getByRole('button', { name: /repository/i }).first()
  await step(() => suggestion.click())
  await expect(page.getByRole('group', { name: /^Repository: / })).toBeVisible()
  expect(steps).toBeLessThanOrEqual(8)
})

test('T-FRX-2 the six first steps are there, are ticked by the real thing, and stay ticked after a reload', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await page.goto(org.path('/boards'))
  for (const text of six) await expect(listOf(page).getByText(text)).toBeVisible()
  expect(await doneOf(page)).toEqual([])
  await page.goto(hubOf(org))
  await expect.poll(() => doneOf(page)).toEqual(['hub'])
  await kept(page, () => page.goto(providerOf(org)))
  await page.goto(org.path('/boards'))
  await expect.poll(() => doneOf(page)).toEqual(['hub', 'provider'])
  await connectGithub(page, org, { account })
  await page.reload()
  await expect.poll(() => doneOf(page)).toEqual(['hub', 'provider', 'oauth', 'status'])
  await expect(listOf(page).locator('[data-step="key"]')).toContainText('not needed: you connected another way')
  const { id: board } = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Orders' })
  const url = await newFile(sandbox, account)
  await callApi(page.request, 'POST', org.api(`/boards/${board}/objects`), { type: 'reference', url })
  await page.reload()
  await expect.poll(() => doneOf(page)).toEqual(['hub', 'provider', 'oauth', 'status', 'board'])
  await expect(listOf(page).getByText('6 of 6 done')).toBeVisible()
})

test('the first steps can be folded and put away, stay so after a reload, and come back', async ({ page, org }) => {
  await page.goto(org.path('/boards'))
  await kept(page, () => listOf(page).getByRole('button', { name: 'Fold' }).click())
  await expect(listOf(page).getByText(six[1] ?? '')).toBeHidden()
  await expect(listOf(page).getByRole('button', { name: 'Unfold' })).toHaveAttribute('aria-expanded', 'false')
  await page.reload()
  await expect(listOf(page).getByRole('button', { name: 'Unfold' })).toBeVisible()
  await kept(page, () => listOf(page).getByRole('button', { name: 'Dismiss' }).click())
  await expect(listOf(page)).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: 'Show getting started' }).click()
  await expect(listOf(page).getByText(six[1] ?? '')).toBeVisible()
})

test('T-FRX-3 somebody who skips everything finds pages that say what is there and what to do', async ({
  page,
  org,
}) => {
  await page.goto(org.path('/boards'))
  await listOf(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText('No boards yet.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New board' })).toBeVisible()
  await page.goto(hubOf(org))
  await expect(rowsOf(page)).toHaveCount(13)
  await page.goto(providerOf(org))
  await expect(page.getByRole('heading', { name: 'Before you start' })).toBeVisible()
  await expect(rowOf(page).getByRole('button', { name: 'Connect GitHub' })).toBeVisible()
  await page.goto(providerOf(org, '/activity'))
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible()
  await page.goto('/account/connections')
  await expect(page.getByText("You haven't connected anything.")).toBeVisible()
})

test('T-FRX-4 nothing stands in the way of somebody new: no tour, no dialog, the focus is theirs', async ({
  page,
  org,
}) => {
  for (const address of [org.path('/boards'), hubOf(org), providerOf(org)]) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
    const blocked = await page
      .getByRole('main')
      .getByRole('link')
      .or(page.getByRole('main').getByRole('button'))
      .evaluateAll(
        (all) =>
          all.filter((one) => {
            one.scrollIntoView({ block: 'center' })
            const { left, top, width, height } = one.getBoundingClientRect()
            const hit = document.elementFromPoint(left + width / 2, top + height / 2)
            return one.checkVisibility() && !(hit && (one.contains(hit) || hit.contains(one)))
          }).length,
      )
    expect(blocked, address).toBe(0)
  }
})

test('somebody who joined is asked for the accounts that the boards need', async ({ page, org, account, sandbox }) => {
  await connectGithub(page, org, { account })
  const { id: board } = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Orders' })
  const url = await newFile(sandbox, account)
  await callApi(page.request, 'POST', org.api(`/boards/${board}/objects`), { type: 'reference', url })
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(org.path('/boards'))
  const ask = 'Connect your GitHub account: boards here show GitHub cards'
  await listOf(sam.page).getByRole('link', { name: ask }).click()
  await expect(sam.page).toHaveURL(new RegExp(`${providerOf(org)}$`))
  await connectGithub(sam.page, org, { account })
  await sam.page.goto(org.path('/boards'))
  await expect.poll(() => doneOf(sam.page)).toEqual(['account-github'])
})
