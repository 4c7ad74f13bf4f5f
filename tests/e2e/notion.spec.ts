import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { card, newBoard, paste, selects, visit, walkAndTake } from './on-board.ts'
import { badgeOf, hubOf, pressInto, rowOf } from './on-hub.ts'
import { expect, type Org, sandboxUrl, test } from './support.ts'

/** Connects Notion from the hub, in the tab that Notion's page opens in, as somebody of a workspace that other tests leave alone. */
async function connect(page: Page, org: Org): Promise<void> {
  await page.goto(hubOf(org))
  const row = rowOf(page, 'notion')
  await expect(row).toContainText('Shared with everyone in Acme')
  const tab = await pressInto(page, row.getByRole('button', { name: 'Connect Notion' }))
  expect(new URL(tab.url()).searchParams.get('owner')).toBe('user')
  await tab.locator('input[name="account"][value="sam@globex"]').check()
  await tab.getByRole('button', { name: 'Allow access' }).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText('Globex')
}

test('Notion: an admin connects it, everybody reads the chosen pages and databases on boards, and it is disconnected', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const name = randomUUID().slice(0, 6)
  const workspace = 'globex'
  const set = (what: object) => sandbox.control.set({ provider: 'notion', ...what })
  await set({ rate: { perSecond: 1000, burst: 1000 } })
  await set({ page: { workspace, title: `Hoist ${name}`, content: 'Oil the crank.\n\nThen the chain.' } })
  await set({
    database: {
      workspace,
      title: `Parts ${name}`,
      sources: [{ name: `Parts ${name}`, properties: ['Name: title', 'Stage: status(Open, Ordered)'] }],
    },
  })
  await set({ page: { workspace, title: `Crank ${name}`, parent: `Parts ${name}`, values: { Stage: 'Ordered' } } })
  await connect(page, org)
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)

  await walkAndTake(page, { typed: `parts ${name}`, found: `Parts ${name}`, inside: `Crank ${name}` })
  const database = card(page, `Database: Parts ${name}`)
  await expect(database).toBeFocused()
  await expect(database).toContainText(`Crank ${name}`)
  await expect(database).toContainText('Ordered')

  await page.keyboard.press('@')
  await page.keyboard.type(`hoist ${name}`)
  await selects(page, `Hoist ${name}`)
  await page.keyboard.press('Enter')
  const found = card(page, `Page: Hoist ${name}`)
  await expect(found).toContainText('Oil the crank.')
  await expect(found).toContainText('Then the chain.')
  await expect(found).toContainText(/edited by /)

  const address = (await database.getByRole('link', { name: `Crank ${name}` }).getAttribute('href')) ?? ''
  expect(address).toContain(`${sandboxUrl}/notion-app/p/`)
  await page.getByRole('heading', { level: 1 }).first().click()
  await paste(page, address.replace(`${sandboxUrl}/notion-app/p/`, 'https://www.notion.so/globex/'))
  await expect(card(page, `Page: Crank ${name}`)).toContainText(`Parts ${name}`)

  await visit(priya.page, board)
  for (const title of [`Database: Parts ${name}`, `Page: Hoist ${name}`, `Page: Crank ${name}`])
    await expect(card(priya.page, title)).toBeVisible()

  await page.goto(hubOf(org))
  const row = rowOf(page, 'notion')
  await row.getByRole('button', { name: 'More actions for Notion' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disconnect Notion?' })
  await expect(question).toContainText('1 board shows Notion cards.')
  await question.getByRole('button', { name: 'Disconnect Notion' }).click()
  await expect(badgeOf(row)).toHaveText('Disconnected')
  await priya.page.reload()
  await expect(priya.page.getByText('Notion is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText(name)).toHaveCount(0)
})
