import AxeBuilder from '@axe-core/playwright'
import { connect, newColleague, site } from './on-atlassian.ts'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { disconnect } from './on-hub.ts'
import { keyField, testAndSave } from './on-keys.ts'
import { expect, test } from './support.ts'

test('Jira: somebody connects their account, finds an issue, asks in JQL, pastes links; a colleague sees none of it', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connect(page, org, 'Jira', await newColleague(sandbox))
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)

  await page.keyboard.press('@')
  await page.keyboard.type('replay dead')
  await selects(page, 'ORD-102 Replay a dead letter')
  await page.keyboard.press('Enter')
  const issue = card(page, /^Issue: ORD-102/)
  await expect(issue).toBeFocused()
  for (const fact of ['In Progress', 'Sam Okafor', 'Orders 43', 'Points']) await expect(issue).toContainText(fact)

  await page.keyboard.press('@')
  await page.keyboard.type('sprnt = 3')
  await options(page).filter({ hasText: 'JQL search for “sprnt = 3”' }).click()
  await expect(page.getByRole('dialog')).toContainText("Jira: Field 'sprnt' does not exist")
  await page.keyboard.press('Escape')

  await paste(page, `${site}/jira/software/projects/ORD/boards/1`)
  await expect(card(page, 'Board: Orders')).toContainText('Scrum')
  await paste(page, `${site}/issues/?jql=${encodeURIComponent('project = ORD')}`)
  await expect(card(page, /^Issue search: project = ORD/)).toContainText(/\d+ results/)

  await visit(priya.page, board)
  await expect(priya.page.locator('[data-card="needs_connection"]')).toHaveCount(3)
  await expect(priya.page.getByText(/ORD|Replay/)).toHaveCount(0)

  await disconnect(page, org, 'Jira')
  await expect(
    page.getByText('Token deleted here. Remove Plugboard at id.atlassian.com/manage-profile/apps.').first(),
  ).toBeVisible()
})

test('T-PAT-2 T-PAT-3 an API token: where it is made, a wrong site and a wrong pair in their own words, then what it reaches', async ({
  page,
  org,
  sandbox,
}) => {
  const email = await newColleague(sandbox)
  const { token } = await sandbox.control.set({ provider: 'jira', makeApiToken: { email } })
  await page.goto(org.path('/settings/integrations/jira/config'))
  const shared = page.locator('[data-slot="organization"]')
  await shared.getByRole('radio', { name: 'API token' }).check()
  const link = shared.getByRole('link', { name: 'Create an API token at id.atlassian.com (opens in a new tab)' })
  await expect(link).toHaveAttribute('href', 'https://id.atlassian.com/manage/api-tokens')

  const fill = async (domain: string, pair: string) => {
    await shared.getByLabel('Domain').fill(domain)
    await shared.getByLabel('E-mail').fill(pair)
    await keyField(shared).fill(String(token))
    await testAndSave(shared).click()
  }
  await fill('acme.example.com', email)
  await expect(shared.getByText('Enter your Atlassian site, like acme.atlassian.net').first()).toBeVisible()
  await fill('acmee', email)
  await expect(shared.getByText('No Atlassian site at acmee.atlassian.net').first()).toBeVisible()
  await fill('acme', 'sam@acme.example')
  await expect(shared.getByText("Atlassian didn't accept this email and token together.").first()).toBeVisible()
  await expect(shared.getByLabel('Domain')).toHaveValue('acme')

  await fill('https://acme.atlassian.net/jira/your-work', email)
  await expect(page).toHaveURL(org.path('/settings/integrations/jira/resources'))
  await expect(page.getByRole('rowheader', { name: 'Web shop' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Boards of Jira' })).toContainText('SHOP board')
  await expect(page.getByText('What acme.atlassian.net shows the organization’s connection')).toBeVisible()
  expect(await page.content()).not.toContain(String(token))

  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
})
