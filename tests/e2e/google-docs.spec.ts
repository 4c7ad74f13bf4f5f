import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { badgeOf, disconnect, hubOf, pressInto, rowOf } from './on-hub.ts'
import { newDocuments, newWriter } from './on-sources.ts'
import { expect, test } from './support.ts'

const row = (page: Page) => rowOf(page, 'google-docs')
/** Presses what leads to Google's page and answers it, with the box for Drive as it comes or without it. */
async function allow(page: Page, label: string, account: string, { drive = true } = {}): Promise<void> {
  const tab = await pressInto(page, row(page).getByRole('button', { name: label }).first())
  await tab.getByRole('radio', { name: account }).check()
  if (!drive) await tab.locator('input[type=checkbox][value$="drive.readonly"]').uncheck()
  await tab.getByRole('button', { name: 'Continue' }).click()
}

test('Google Docs: without the box for Drive one is told what that means; then documents are found, pasted, locked for others, and it ends', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const account = await newWriter(sandbox)
  const word = `bevel${randomUUID().slice(0, 6)}`
  const lines = ['First the stone', 'Wet it, then hold the edge']
  const [, stones = ''] = await newDocuments(sandbox, account, [
    { name: `${word} and edges`, lines },
    { name: 'Stones', lines: [`Everything on ${word} is elsewhere`] },
  ])
  const priya = await org.join('member', 'Priya Nair')

  await page.goto(hubOf(org))
  await allow(page, 'Connect Google Docs', account, { drive: false })
  const told = "Google Drive wasn't allowed, so no document can be opened."
  await expect(row(page).getByText(told, { exact: true })).toBeVisible()
  await expect(badgeOf(row(page))).toHaveText('Needs re-auth')
  await allow(page, 'Grant missing permission', account)
  await expect(badgeOf(row(page))).toHaveText('Connected')
  await expect(row(page)).toContainText(account)

  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type(word)
  await selects(page, `${word} and edges`)
  await expect(options(page).filter({ hasText: `Document search for “${word}”` })).toHaveCount(1)
  await page.keyboard.press('Enter')
  const first = card(page, `Document: ${word} and edges`)
  await expect(first).toBeFocused()
  await expect(first).toContainText('Wet it, then hold the edge')
  await expect(first).toContainText('edited by Ines Brandt')

  await paste(page, stones)
  await expect(card(page, 'Document: Stones')).toContainText(`Everything on ${word} is elsewhere`)

  await visit(priya.page, board)
  await expect(priya.page.locator('[data-card="needs_connection"]')).toHaveCount(2)
  await expect(priya.page.getByText(word)).toHaveCount(0)

  await disconnect(page, org, 'Google Docs')
  await expect(page.getByText('Google Docs confirmed that the token was revoked.').first()).toBeVisible()
})
