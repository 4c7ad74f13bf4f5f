import type { Page } from '@playwright/test'
import { expectNoBarriers } from './axe.ts'
import { appUrl, callApi, expect, type Org, test } from './support.ts'

const pageOf = (org: Org) => org.path('/settings/api-tokens')
const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'API tokens' }).getByRole('row', { name: new RegExp(name) })
const revealed = (page: Page) => page.getByRole('dialog', { name: /^Store .* now$/ })
const stored = (page: Page) => revealed(page).getByRole('button', { name: 'I’ve stored it' })

/** Makes a token on the page and leaves its value open; returns it. */
async function create(page: Page, name: string, scopes: readonly string[] = []): Promise<string> {
  await page.getByRole('button', { name: 'Create token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API token' })
  await dialog.getByLabel('Name').fill(name)
  for (const scope of scopes) await dialog.getByRole('checkbox', { name: scope }).check()
  await dialog.getByRole('button', { name: 'Create token' }).click()
  return revealed(page).getByRole('textbox', { name: 'Token' }).inputValue()
}

/** What the API answers a script with this value. */
async function asScript(page: Page, value: string, method: string, address: string, data?: object) {
  const headers = { authorization: `Bearer ${value}`, cookie: '' }
  const response = await page.request.fetch(`${appUrl}${address}`, { method, headers, ...(data ? { data } : {}) })
  return { status: response.status(), body: await response.json() }
}

test('T-TOK-1 T-TOK-5 the value is shown once, copied with a word, and kept until somebody says that it is stored', async ({
  page,
  context,
  org,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(pageOf(org))
  await expect(page.getByRole('main').getByText('No tokens.')).toBeVisible()
  await expectNoBarriers(page, 'no tokens')
  await page.getByRole('button', { name: 'Create token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API token' })
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await expect(dialog.getByRole('checkbox', { name: 'boards:read' })).toBeChecked()
  await expect(dialog.getByLabel('Expires after')).toHaveValue('90')
  await expectNoBarriers(page, 'a new token')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const value = await create(page, 'deploy')
  expect(value).toMatch(/^pb_live_[0-9a-f]{48}$/)
  await expectNoBarriers(page, 'the value of a token')
  for (let n = 0; n < 3; n++) await page.keyboard.press('Escape')
  await expect(revealed(page)).toBeVisible()
  await expect(revealed(page).getByRole('button', { name: 'Close' })).toHaveCount(0)
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('Tab')
    await expect(revealed(page).locator(':focus')).toHaveCount(1)
  }
  await revealed(page).getByRole('button', { name: 'Copy' }).click()
  await expect(revealed(page).locator('[data-live="polite"]')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value)
  await stored(page).click()
  await expect(revealed(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Create token' })).toBeFocused()

  const row = rowOf(page, 'deploy')
  await expect(row).toContainText(`${value.slice(0, 12)}…${value.slice(-4)}`)
  await expect(row).toContainText('Never')
  expect(await page.content()).not.toContain(value)
  await page.reload()
  await expect(row).toContainText('Dana Kim')
  expect(await page.content()).not.toContain(value.slice(12, -4))
  expect(JSON.stringify(await callApi(page.request, 'GET', org.api('/api-tokens')))).not.toContain(value.slice(12, -4))
  await expectNoBarriers(page, 'tokens')
})

test('T-TOK-2 rolled with an overlap both values work; rolled without, the one before stops', async ({ page, org }) => {
  await page.goto(pageOf(org))
  const first = await create(page, 'deploy')
  await stored(page).click()
  const roll = async (choice: string) => {
    await page.getByRole('button', { name: 'Roll deploy' }).click()
    const dialog = page.getByRole('dialog', { name: 'Roll deploy' })
    await dialog.getByRole('radio', { name: choice }).check()
    await dialog.getByRole('button', { name: 'Roll token' }).click()
    const value = await revealed(page).getByRole('textbox', { name: 'Token' }).inputValue()
    await stored(page).click()
    return value
  }
  const status = async (value: string) => (await asScript(page, value, 'GET', org.api('/boards'))).status
  const second = await roll('It works for 1 more hour')
  await expect(rowOf(page, 'deploy')).toContainText('The value before works until')
  expect([await status(first), await status(second)]).toEqual([200, 200])
  const third = await roll('It stops at once')
  expect([await status(first), await status(second), await status(third)]).toEqual([401, 401, 200])
})

test('T-TOK-3 T-TOK-4 each use is told, what a scope does not cover is refused with who can give it, and a revoked token stops', async ({
  page,
  org,
}) => {
  await page.goto(pageOf(org))
  const value = await create(page, 'deploy', ['members:read'])
  await stored(page).click()
  await create(page, 'other')
  await stored(page).click()
  expect((await asScript(page, value, 'GET', org.api('/members'))).status).toBe(200)
  const refused = await asScript(page, value, 'POST', org.api('/boards'), { name: 'No' })
  expect(refused).toMatchObject({ status: 403, body: { type: '/problems/scope-missing', scope: 'boards:write' } })
  expect(refused.body.detail).toBe(
    'The token “deploy” lacks the scope boards:write. Dana Kim can make one that has it, under Settings, API tokens.',
  )
  await page.reload()
  const row = rowOf(page, 'deploy')
  await expect(row).not.toContainText('Never')
  await expect(rowOf(page, 'other')).toContainText('Never')
  await row.getByRole('button', { name: 'Revoke deploy' }).click()
  const question = page.getByRole('alertdialog', { name: 'Revoke deploy?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Revoke other' })).toBeFocused()
  expect(await asScript(page, value, 'GET', org.api('/members'))).toMatchObject({
    status: 401,
    body: { detail: 'It was revoked. Make another under Settings, API tokens.' },
  })
})

test('who may not make tokens reads who can; an admin allows it to members, and what cannot be loaded says so', async ({
  page,
  org,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  await priya.page.goto(pageOf(org))
  await expect(priya.page.getByRole('main')).toContainText(
    'Only owners and admins can make API tokens here. Ask Dana Kim.',
  )
  await expect(priya.page.getByRole('button', { name: 'Create token' })).toHaveCount(0)
  await expectNoBarriers(priya.page, 'tokens, for who may make none')

  await page.goto(pageOf(org))
  const allowed = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.getByRole('switch', { name: 'Members can make API tokens of their own' }).check()
  expect((await allowed).status()).toBe(200)
  await priya.page.reload()
  await create(priya.page, 'mine')
  await stored(priya.page).click()
  await expect(rowOf(priya.page, 'mine')).toBeVisible()

  await page.route('**/api-tokens', (route) =>
    route.request().method() === 'GET'
      ? route.fulfill({ status: 500, json: { type: '/problems/unexpected' } })
      : route.continue(),
  )
  await create(page, 'deploy')
  await stored(page).click()
  await expect(page.getByRole('main').getByText('What you see is what was loaded before.')).toBeVisible()
  await page.unroute('**/api-tokens')
  await page.getByRole('main').getByRole('button', { name: 'Retry' }).click()
  await expect(rowOf(page, 'deploy')).toBeVisible()
})

test('what is wrong with a new token is told where it is: no name, no scope, a day that is none', async ({
  page,
  org,
}) => {
  await page.goto(pageOf(org))
  await page.getByRole('button', { name: 'Create token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API token' })
  const send = () => dialog.getByRole('button', { name: 'Create token' }).click()
  await dialog.getByRole('checkbox', { name: 'boards:read' }).uncheck()
  await send()
  const summary = dialog.getByRole('link')
  await expect(summary).toHaveText([/^Name is empty/, /^Scopes are missing/])
  await expectNoBarriers(page, 'a new token without name and scope')
  await dialog.getByLabel('Name').fill('deploy')
  await send()
  const scopes = dialog.getByRole('group', { name: 'Scopes' })
  await expect(scopes).toBeFocused()
  await expect(scopes).toContainText('Scopes are missing. Choose at least one.')
  await scopes.getByRole('checkbox', { name: 'boards:read' }).check()
  await dialog.getByLabel('Expires after').selectOption('custom')
  await dialog.getByLabel('Last day').fill('31.12.2026')
  await send()
  await expect(dialog.getByLabel('Last day')).toBeFocused()
  await expect(dialog).toContainText('Last day has to be a day like 2026-12-31.')
})

test('the switch of the policy reaches the server in the order of its presses, and the tokens are told as they then are', async ({
  page,
  org,
}) => {
  await callApi(page.request, 'PATCH', org.api(''), { whoMayMakeTokens: 'members' })
  const priya = await org.join('member', 'Priya Nair')
  await callApi(priya.page.request, 'POST', org.api('/api-tokens'), { name: 'mine', scopes: ['boards:read'] })
  await page.goto(pageOf(org))
  const members = page.getByRole('switch', { name: 'Members can make API tokens of their own' })
  const asked: unknown[] = []
  const first = Promise.withResolvers<void>()
  await page.route(`**${org.api('')}`, async (route) => {
    if (route.request().method() === 'PATCH' && asked.push(route.request().postDataJSON()) === 1) await first.promise
    await route.continue()
  })
  const answered: string[] = []
  page.on('requestfinished', (request) => {
    if (request.method() === 'PATCH') answered.push(request.url())
  })
  await members.uncheck()
  await expect.poll(() => asked).toHaveLength(1)
  await members.check()
  await members.uncheck()
  expect(asked).toEqual([{ whoMayMakeTokens: 'admins' }])
  first.resolve()
  await expect(rowOf(page, 'mine')).toContainText('Stopped: its maker may not have tokens')
  await expect.poll(() => answered.length).toBe(3)
  expect(asked.map((body) => Object(body).whoMayMakeTokens)).toEqual(['admins', 'members', 'admins'])
  await expect(members).not.toBeChecked()
  await page.reload()
  await expect(members).not.toBeChecked()
})

test('the API is read and tried on its page: as oneself, with a token, and with a warning before it ends something', async ({
  page,
  org,
}) => {
  await page.goto(pageOf(org))
  const value = await create(page, 'deploy')
  await stored(page).click()
  await page.getByRole('main').getByRole('link', { name: 'API' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API' })).toBeVisible()
  await expectNoBarriers(page, 'the API')
  await page.getByRole('link', { name: `GET /api/v1/orgs/{org}/boards`, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('GET /api/v1/orgs/{org}/boards')
  await expect(page.getByRole('main')).toContainText('API tokens with boards:read')
  await expect(page.getByRole('textbox', { name: 'org' })).toHaveValue(org.slug)
  const answer = page.getByRole('region', { name: 'Answer', exact: true })
  await page.getByRole('button', { name: 'Send GET' }).click()
  await expect(answer).toContainText('200')
  await expect(answer).toContainText('"items": []')
  await page.getByRole('radio', { name: 'A script, with an API token' }).check()
  await page.getByLabel('API token', { exact: true }).fill('pb_live_wrong')
  await page.getByRole('button', { name: 'Send GET' }).click()
  await expect(answer).toContainText('401')
  await page.getByLabel('API token', { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Send GET' }).click()
  await expect(answer).toContainText('200')
  await expectNoBarriers(page, 'an operation and its answer')

  const { id } = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Short' })
  await page.goto('/docs/api/deleteOrgsOrgBoardsBoard')
  await expect(page.getByRole('main').getByText('This is no rehearsal')).toBeVisible()
  await page.getByRole('textbox', { name: 'board' }).fill(id)
  await page.getByRole('button', { name: 'Send DELETE' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('It cannot be taken back from here.')
  await question.getByRole('button', { name: 'Send DELETE' }).click()
  await expect(answer).toContainText('204')
  expect((await page.request.get(org.api(`/boards/${id}`))).status()).toBe(404)
})
