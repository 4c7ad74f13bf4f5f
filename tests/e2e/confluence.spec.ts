import { connect, newColleague, site } from './on-atlassian.ts'
import { card, newBoard, options, paste, visit, walkAndTake } from './on-board.ts'
import { disconnect } from './on-hub.ts'
import { expect, test } from './support.ts'

test('Confluence: somebody connects their account, walks into a space, adds a page, pastes links; a colleague sees none of it', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connect(page, org, 'Confluence', await newColleague(sandbox))
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)

  await walkAndTake(
    page,
    { typed: 'Engineering', found: 'Engineering', inside: 'Replaying dead letters' },
    {
      typed: 'replaying',
      found: 'Replaying dead letters',
    },
  )
  const added = card(page, 'Page: Replaying dead letters')
  await expect(added).toBeFocused()
  await expect(added).toContainText('edited by')
  await expect(added).toContainText('Engineering')

  await paste(page, `${site}/wiki/spaces/ENG/overview`)
  await expect(card(page, 'Space: Engineering')).toContainText('How the order platform is built')
  await page.keyboard.press('@')
  await page.keyboard.type('titel ~ "x"')
  await options(page).filter({ hasText: 'CQL search for' }).click()
  await expect(page.getByRole('dialog')).toContainText('Confluence: Could not parse cql')
  await page.keyboard.press('Escape')

  await visit(priya.page, board)
  await expect(priya.page.locator('[data-card="needs_connection"]')).toHaveCount(2)
  await expect(priya.page.getByText(/Replaying|Engineering/)).toHaveCount(0)

  await disconnect(page, org, 'Confluence')
  await expect(
    page.getByText('Token deleted here. Remove Plugboard at id.atlassian.com/manage-profile/apps.').first(),
  ).toBeVisible()
})
