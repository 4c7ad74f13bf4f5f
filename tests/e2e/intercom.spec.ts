import type { Page } from '@playwright/test'
import { DESKTOP, expectNoBarriers, PHONE } from './axe.ts'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { badgeOf, disconnect, hubOf, pressInto, rowOf } from './on-hub.ts'
import { callApi, expect, type Org, test } from './support.ts'

const configOf = (org: Org): string => org.path('/settings/integrations/intercom/config')

/** Connects Intercom from the hub, in the tab that Intercom's page opens in, as somebody of a workspace that other tests leave alone. */
async function connect(page: Page, org: Org, { account, workspace }: { account: string; workspace: string }) {
  await page.goto(hubOf(org))
  const row = rowOf(page, 'intercom')
  await expect(row).toContainText('Shared with everyone in Acme')
  const tab = await pressInto(page, row.getByRole('button', { name: 'Connect Intercom' }))
  expect([...new URL(tab.url()).searchParams.keys()].toSorted()).toEqual(['client_id', 'redirect_uri', 'state'])
  await tab.locator(`input[name="account"][value="${account}"]`).check()
  await tab.getByRole('button', { name: 'Authorize access' }).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText(workspace)
}

/** Turns a section on, on the page of what the connection reaches. */
async function makeAvailable(page: Page, section: string): Promise<void> {
  await page.getByRole('row', { name: section }).getByRole('switch').click()
  const question = page.getByRole('alertdialog', { name: `Make ${section} available?` })
  await expect(question).toContainText(
    `read ${section.toLowerCase()} of the Intercom workspace, even if they have no seat`,
  )
  await question.getByRole('button', { name: 'Make available' }).click()
  await expect(page.getByRole('row', { name: section }).getByRole('switch')).toBeChecked()
}

test('Intercom: an admin names the region, connects it and turns sections on; everybody reads names, and it is disconnected', async ({
  page,
  context,
  org,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(configOf(org))
  await page.getByRole('switch', { name: /hosted in Europe/ }).click()
  await expect(page.getByText('After saving, it counts the next time Intercom is connected.')).toBeVisible()
  await page.getByRole('switch', { name: /hosted in Australia/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('main').getByText('exclude each other')).toBeVisible()
  await page.getByRole('switch', { name: /hosted in Australia/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.').first()).toBeVisible()

  await connect(page, org, { account: 'sam@globex', workspace: 'Globex Labs' })
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('telemetry')
  await selects(page, 'Install the telemetry agent')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Article: Install the telemetry agent')).toContainText('Linux and containers')
  const link = 'https://app.eu.intercom.com/a/inbox/gl0bexeu/inbox/conversation/61001'
  await page.getByRole('heading', { level: 1 }).first().click()
  await paste(page, link)
  await expect(page.getByText("This conversation isn't available on boards.").first()).toBeVisible()

  await page.goto(org.path('/settings/integrations/intercom/resources'))
  for (const section of ['Conversations', 'Contacts']) await makeAvailable(page, section)
  await visit(page, board)
  await paste(page, link)
  const talk = card(page, 'Conversation: Agent stops at midnight')
  await expect(talk).toContainText('Open · with Otto Brandt')
  await expect(talk).toContainText('Sam Okafor: That was the rotation of the log file.')
  await page.keyboard.press('@')
  await page.keyboard.type('lena')
  await selects(page, 'Lena Fischer')
  await page.keyboard.press('Enter')
  const contact = card(page, 'Contact: Lena Fischer')
  await expect(contact).toContainText('lena@hydrosens.example')

  await visit(priya.page, board)
  await expect(card(priya.page, 'Contact: Lena Fischer')).toContainText('user')
  await expect(card(priya.page, 'Conversation: Agent stops at midnight')).toContainText('with Otto Brandt')
  await expect(priya.page.locator('main')).not.toContainText('hydrosens')

  const { objects } = await board.read()
  await page.setViewportSize({ width: 1280, height: 1400 })
  for (const [size, height] of Object.entries({ S: 168, M: 248, L: 352 })) {
    for (const { id } of objects) await callApi(page.request, 'PATCH', board.api(`/objects/${id}`), { size })
    await page.reload()
    await expect(page.locator('[data-card="live"]')).toHaveCount(3)
    const heights = await page.locator('[data-card]').evaluateAll((all) => all.map((one) => one.clientHeight + 2))
    expect(heights).toEqual(objects.map(() => height))
  }

  await expectNoBarriers(page, 'a board with cards of Intercom')

  await disconnect(page, org, 'Intercom')
  await priya.page.reload()
  await expect(priya.page.getByText('Intercom is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText('Otto Brandt')).toHaveCount(0)
})

test('Intercom: what it says of itself can be read by everybody, and a workspace that removed it is told', async ({
  page,
  org,
  sandbox,
}) => {
  await connect(page, org, { account: 'dana@acme-au', workspace: 'Acme Pacific' })
  const looks = [
    ['/config', 'Before Intercom is connected', 'light', PHONE],
    ['/config', 'Before Intercom is connected', 'dark', DESKTOP],
    ['/resources', 'Draft articles', 'light', DESKTOP],
    ['/resources', 'Draft articles', 'dark', PHONE],
  ] as const // as const: names of colour schemes
  for (const [to, title, colorScheme, size] of looks) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    await page.goto(org.path(`/settings/integrations/intercom${to}`))
    await expect(page.getByText(title).first()).toBeVisible()
    await expectNoBarriers(page, `${to} ${colorScheme} ${size.width}`)
  }
  await page.setViewportSize(DESKTOP)
  await sandbox.control.revoke({ provider: 'intercom', workspace: 'acme-au' })
  await page.goto(org.path('/settings/integrations/intercom'))
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.locator('#attention')).toContainText('Connection invalid')
  await page.goto(hubOf(org))
  await expect(badgeOf(rowOf(page, 'intercom'))).toHaveText(/Needs re-auth/)
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await page.keyboard.type('billing')
  await expect(options(page).filter({ hasText: 'Billing in AUD' })).toHaveCount(0)
})
