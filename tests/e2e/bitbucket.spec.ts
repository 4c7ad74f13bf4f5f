import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { bitbucketClient, DANA, type Pair } from '#tests/support/sandbox-bitbucket.ts'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { badgeOf, disconnect, hubOf, rowOf } from './on-hub.ts'
import { dialogOf, keyField, testAndSave } from './on-keys.ts'
import { connectShared } from './on-sources.ts'
import { callApi, connectionsOf, expect, type Org, sandboxUrl, test } from './support.ts'

const bitbucket = bitbucketClient(sandboxUrl)
const REPOSITORY = 'acme/label-printer'
const row = (page: Page) => rowOf(page, 'bitbucket')
const where = (page: Page) => page.getByRole('navigation', { name: 'Where you are' }).locator('[aria-current]')

async function fill(form: Locator, { email, token }: Pair, workspace: string): Promise<void> {
  await form.getByLabel('Workspace', { exact: true }).fill(workspace)
  await form.getByLabel('Atlassian e-mail').fill(email)
  await keyField(form).fill(token)
  await testAndSave(form).click()
}

/** Allows a private repository on boards, where its address is listed. */
async function allow(page: Page, org: Org): Promise<void> {
  await page.goto(org.path('/settings/integrations/bitbucket/resources'))
  const allowed = page.getByRole('switch', { name: `${REPOSITORY} available on boards` })
  await expect(allowed).not.toBeChecked()
  await allowed.click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText(`read the files and pull requests of ${REPOSITORY}`)
  await dialog.getByRole('button', { name: 'Make available' }).click()
  await expect(allowed).toBeChecked()
}

test('T-PAT-4 T-RTE-1 the old address leads to the form; an app password or a token without scopes is refused with what to use instead, and the workspace is saved', async ({
  page,
  org,
}) => {
  await page.goto('/integration/bitbucket')
  await expect(page).toHaveURL(org.path('/settings/integrations/bitbucket/config'))
  const form = page.locator('[data-slot="organization"]')
  const link = form.getByRole('link', { name: /^Create an API token with scopes at id\.atlassian\.com/ })
  await expect(link).toHaveAttribute('href', 'https://id.atlassian.com/manage-profile/security/api-tokens')
  for (const scope of ['read:repository:bitbucket', 'read:pullrequest:bitbucket', 'read:user:bitbucket'])
    await expect(form.getByText(scope).first()).toBeVisible()

  const good = await bitbucket.tokenFor()
  const gone = 'Bitbucket removed app passwords in July 2026. Use an API token with scopes.'
  await fill(form, { ...good, email: 'dana-k' }, 'acme')
  await expect(form.getByText('Bitbucket takes no user name with an API token.').first()).toBeVisible()
  await fill(form, { email: DANA, token: 'ATBBx7kQ9notARealPassword' }, 'acme')
  await expect(form.getByText(`This is an app password. ${gone}`).first()).toBeVisible()
  await fill(form, await bitbucket.tokenFor(DANA, { kind: 'unscoped' }), 'acme')
  await expect(form.getByText(/use an API token with scopes, made for Bitbucket\./).first()).toBeVisible()
  await fill(form, { email: DANA, token: 'h4Kd82mPq0xYz19LbVcE' }, 'acme')
  await expect(form.getByText(gone).first()).toBeVisible()
  await fill(form, good, 'acmee')
  await expect(form.getByText('No workspace “acmee” at Bitbucket that this account can see.').first()).toBeVisible()
  await expect(form.getByLabel('Atlassian e-mail')).toHaveValue(DANA)
  expect(await connectionsOf(page, org)).toEqual([])
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)

  await fill(form, good, 'https://bitbucket.org/acme/workspace/overview')
  await expect(page).toHaveURL(org.path('/settings/integrations/bitbucket/resources'))
  await expect(page.getByRole('rowheader', { name: REPOSITORY })).toBeVisible()
  const [connection] = await connectionsOf(page, org)
  expect(connection).toMatchObject({ status: 'connected', account: { id: 'acme', label: 'Acme' } })
  expect(await page.content()).not.toContain(good.token)
})

test('Bitbucket: an admin pastes a token and allows a repository; everybody reads its files and pull requests, until the token is revoked', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const pair = await bitbucket.tokenFor()
  await page.goto(hubOf(org))
  await row(page).getByRole('button', { name: 'Configure Bitbucket' }).click()
  await fill(dialogOf(page, 'Configure Bitbucket'), pair, 'acme')
  await expect(page).toHaveURL(org.path('/settings/integrations/bitbucket/resources'))
  await allow(page, org)
  await page.goto(hubOf(org))
  await expect(badgeOf(row(page))).toHaveText('Connected')
  await expect(row(page)).toContainText(`token ending ${pair.token.slice(-4)}`)

  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)
  const web = `https://bitbucket.org/${REPOSITORY}`
  const shown: [string, RegExp, string][] = [
    [web, /^Repository: acme\/label-printer/, 'main'],
    [`${web}/src/main/printer/`, /^Directory: printer/, 'backoff.py'],
    [`${web}/src/main/printer/backoff.py#lines-4:5`, /^File: printer\/backoff\.py/, 'def wait_seconds(attempt):'],
    [`${web}/pull-requests/1`, /^Pull request: #1 Labels for parcels/, 'Open · by Sam Okafor'],
  ]
  for (const [address, name, words] of shown) {
    await paste(page, address)
    await expect(card(page, name)).toContainText(words)
  }
  const { objects } = await board.read()
  for (const [size, height] of Object.entries({ S: 168, M: 248, L: 352 })) {
    for (const { id } of objects) await callApi(page.request, 'PATCH', board.api(`/objects/${id}`), { size })
    await page.reload()
    await expect(page.locator('[data-card="live"]')).toHaveCount(objects.length)
    const heights = await page.locator('[data-card]').evaluateAll((all) => all.map((one) => one.clientHeight + 2))
    expect(heights).toEqual(objects.map(() => height))
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
  }
  await visit(priya.page, board)
  for (const [, name] of shown) await expect(card(priya.page, name)).toBeVisible()

  await sandbox.control.revoke({ provider: 'bitbucket', token: pair.token })
  const [connection] = await connectionsOf(page, org)
  await callApi(page.request, 'POST', org.api(`/connections/${connection?.id}/verify`))
  await visit(priya.page, board)
  await expect(priya.page.locator('[data-card="source_off"]')).toHaveCount(objects.length)
  await page.goto(hubOf(org))
  await expect(badgeOf(row(page))).toHaveText('Needs re-auth')
  await expect(row(page)).toContainText('Connection invalid')
  await disconnect(page, org, 'Bitbucket', 'id.atlassian.com/manage-profile/security/api-tokens')
  await expect(page.getByText(/Token deleted here\. It works elsewhere until you revoke it/).first()).toBeVisible()
  await priya.page.reload()
  await expect(priya.page.getByText('Bitbucket is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText(/label-printer|backoff/)).toHaveCount(0)
})

test('T-PAL-4 T-PAL-5 one walks down a tree by keyboard to a file, and searches the code of a repository', async ({
  page,
  org,
}) => {
  await connectShared(page, org, 'bitbucket')
  await allow(page, org)
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await page.keyboard.type('label')
  await selects(page, REPOSITORY)
  await page.keyboard.press('ArrowRight')
  await expect(where(page)).toHaveText(REPOSITORY)
  await page.keyboard.type('printer')
  await selects(page, 'printer')
  await page.keyboard.press('ArrowRight')
  await expect(where(page)).toHaveText('printer')
  await page.keyboard.type('labels')
  await selects(page, 'labels.py')
  await page.keyboard.press('Enter')
  await expect(card(page, 'File: printer/labels.py')).toBeFocused()

  await page.keyboard.press('@')
  await page.keyboard.type('label')
  await selects(page, REPOSITORY)
  await page.keyboard.press('ArrowRight')
  await expect(where(page)).toHaveText(REPOSITORY)
  await page.keyboard.type('busy')
  await options(page).filter({ hasText: 'Code search for “busy”' }).click()
  await selects(page, 'busy')
  await page.keyboard.press('Enter')
  const search = card(page, 'Code search: busy')
  await expect(search).toContainText('printer/backoff.py')
  await expect(search).toContainText('1 result')
})
