import type { Page } from '@playwright/test'
import type { ResourceList, ResourceView } from '#lib/resources/schema.ts'
import { logrocketClient } from '#tests/support/sandbox-logrocket.ts'
import { expectNoBarriers } from './axe.ts'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { badgeOf, hubOf, rowOf } from './on-hub.ts'
import { dialogOf, keyField, testAndSave } from './on-keys.ts'
import { connectShared } from './on-sources.ts'
import { callApi, connectionsOf, expect, type Org, sandboxUrl, test } from './support.ts'

const logrocket = logrocketClient(sandboxUrl)
const pageOf = (org: Org) => org.path('/settings/integrations/logrocket')

/** The session that was viewed last. */
async function firstSession(page: Page, org: Org): Promise<ResourceView> {
  const [connection] = await connectionsOf(page, org)
  const path = org.api(`/connections/${connection?.id}/resources?kind=session`)
  const [session] = (await callApi<ResourceList>(page.request, 'GET', path)).items
  if (!session) throw new Error('no session was viewed')
  return session
}

test('LogRocket: an admin pastes a key; the page says what there is and what there is not; a dead key and leaving are told', async ({
  page,
  org,
}) => {
  const key = await logrocket.keyFor('acme/web')
  await page.goto(hubOf(org))
  const row = rowOf(page, 'logrocket')
  await row.getByRole('button', { name: 'Configure LogRocket' }).click()
  const dialog = dialogOf(page, 'Configure LogRocket')
  await dialog.getByLabel('App ID').fill('acme/admin')
  await keyField(dialog).fill(key)
  await testAndSave(dialog).click()
  await expect(keyField(dialog)).toHaveAccessibleDescription(
    /LogRocket lets this key see nothing of acme\/admin\. If it is of another project/,
  )
  await dialog.getByLabel('App ID').fill('https://app.logrocket.com/acme/web/sessions')
  await expectNoBarriers(page, 'the dialog')
  await keyField(dialog).fill(key)
  await testAndSave(dialog).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText('acme/web')
  await expect(row).toContainText(`key ending ${key.slice(-4)}`)

  await page.goto(pageOf(org))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'What it does not provide' })).toBeVisible()
  await expect(main).toContainText('No list of all sessions, and no search among them')
  await expectNoBarriers(page, 'the page')

  await logrocket.control.revoke({ provider: 'logrocket', token: key })
  await main.getByRole('button', { name: 'Check now' }).click()
  await expect(badgeOf(main).first()).toHaveText('Needs re-auth')

  await page.goto(hubOf(org))
  await row.getByRole('button', { name: 'More actions for LogRocket' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disconnect LogRocket?' })
  await expect(question).toContainText('Delete the key that was made for Plugboard.')
  await question.getByRole('button', { name: 'Disconnect LogRocket' }).click()
  await expect(badgeOf(row)).toHaveText('Disconnected')
  await expect(page.getByText(/Key deleted here\. It works elsewhere until you revoke it/).first()).toBeVisible()
})

test('LogRocket: a viewed session is walked to, its card leads to the replay, and highlights are asked for by a button alone', async ({
  page,
  context,
  org,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connectShared(page, org, 'logrocket')
  await logrocket.set({ highlights: { seconds: 1, outcome: 'READY' } })
  const session = await firstSession(page, org)
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('acme/web')
  await selects(page, 'acme/web')
  await page.keyboard.press('ArrowRight')
  await expect(options(page).first()).toContainText(session.title)
  await page.keyboard.press('Enter')
  const own = card(page, `Session: ${session.title}`)
  await expect(own).toBeFocused()
  await expect(own).toContainText(/Last viewed by \w+/)
  await expect(own).toContainText('no API for a session’s length, errors or contents')
  await expect(own.getByRole('link', { name: /^Open the replay/ })).toHaveAttribute('href', session.url)
  await paste(page, 'https://app.logrocket.com/acme/web/s/6-0193b1f2-1111-7222-8333-444455556666/0')
  await expect(card(page, 'Session: Session 6-0193b1f2/0')).toContainText('Nobody viewed it in the last 30 days')

  const asks: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/reports')) asks.push(request.method())
  })
  await page.reload()
  await expect(page.locator('[data-card="live"]')).toHaveCount(2)
  await own.getByRole('button', { name: 'Highlights…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Highlights' })
  await expect(dialog).toContainText('counts against your plan')
  await expectNoBarriers(page, 'highlights, before they are asked for')
  expect(asks).toEqual([])
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(dialog.getByText('Whose sessions is needed.').first()).toBeVisible()
  asks.length = 0
  await dialog.getByLabel('Whose sessions').fill('nora@customer.example')
  const path = '/logrocket-api/v1/orgs/acme/apps/web/highlights'
  await logrocket.control.faults([{ provider: 'logrocket', method: 'GET', path, status: 500, times: 1 }])
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(dialog).toContainText(
    'LogRocket is not answering. Try again in a moment. What was asked for is looked at',
  )
  await expect(dialog.getByRole('heading', { name: /^Session / }).first()).toBeVisible({ timeout: 30_000 })
  expect(asks.filter((method) => method === 'POST')).toHaveLength(1)
  await expectNoBarriers(page, 'highlights, written')
  await page.keyboard.press('Escape')
  await expect(own.getByRole('button', { name: 'Read highlights' })).toBeVisible()
  await expectNoBarriers(page, 'the cards')

  const other = await newBoard(page, org)
  const small = await other.add({ type: 'reference', url: session.url })
  await callApi(page.request, 'PATCH', other.api(`/objects/${small}`), { size: 'S' })
  await visit(page, other) // what was asked for is found again, on whatever board and however small the card
  await own.getByRole('button', { name: 'Read highlights' }).click()
  await expect(dialog.getByRole('heading', { name: /^Session / }).first()).toBeVisible()
  expect(asks.filter((method) => method === 'POST')).toHaveLength(1)
})

test('LogRocket: a member reads the cards, and no address of anybody’s', async ({ page, org }) => {
  await connectShared(page, org, 'logrocket')
  const session = await firstSession(page, org)
  const board = await newBoard(page, org)
  const id = await board.add({ type: 'reference', url: session.url })
  await callApi(page.request, 'PATCH', board.api(`/objects/${id}`), { size: 'L' })
  await visit(page, board)
  const own = card(page, `Session: ${session.title}`)
  await expect(own).toContainText(session.forAdmins?.email ?? 'an address')
  const priya = await org.join('member', 'Priya Nair')
  await visit(priya.page, board)
  const seen = card(priya.page, `Session: ${session.title}`)
  await expect(seen).toContainText(/Last viewed by \w+/)
  expect(await priya.page.locator('main').textContent()).not.toMatch(/@\w+\.example/)
})
