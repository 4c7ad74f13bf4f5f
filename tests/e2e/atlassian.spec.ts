import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { badgeOf, hubOf, keepTabs, pressInto, rowOf } from './on-hub.ts'
import { callApi, connectionsOf, expect, type Org, sandboxUrl, test } from './support.ts'

// Somebody on two sites, whom the other tests leave alone: Atlassian has one grant for an app and an account.
const SAM = /sam@acme\.example/
const QUESTION = (org: Org) => `Which site should ${org.name} use?`

/** What axe finds serious on a page, whatever the light and the width. */
async function serious(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 375],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    found.push(...bad.map(({ id, nodes }) => `${colorScheme} ${width}: ${id} ${nodes[0]?.html ?? ''}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
  return found
}

test('T-ATL-1 two products on one consent, at the site that was chosen; disconnecting one keeps the other', async ({
  page,
  org,
}) => {
  await keepTabs(page)
  await page.goto(hubOf(org))
  const [jira, confluence] = [rowOf(page, 'jira'), rowOf(page, 'confluence')]
  const box = jira.getByRole('checkbox', { name: 'Also connect Confluence with the same Atlassian account' })
  await expect(box).toBeChecked()
  await expect(confluence.getByRole('checkbox')).toHaveAccessibleName(
    'Also connect Jira with the same Atlassian account',
  )
  expect(await serious(page)).toEqual([])

  const tab = await pressInto(page, jira.getByRole('button', { name: 'Connect Jira' }))
  const asked = new URL(tab.url())
  expect(asked.origin + asked.pathname).toBe(`${sandboxUrl}/atlassian-auth/authorize`)
  expect(asked.searchParams.get('scope')).toMatch(/jira-work.*confluence/)
  await tab.getByRole('radio', { name: SAM }).check()
  await tab.getByRole('button', { name: 'Accept' }).click()

  await expect(tab.getByRole('heading', { level: 1 })).toHaveText(QUESTION(org))
  await expect(tab.getByRole('button', { name: /^Use / })).toHaveText(['Use acme', 'Use globex-labs'])
  await expect(jira.getByText(QUESTION(org))).toBeVisible()
  await expect(badgeOf(confluence)).toHaveText('Not configured')
  await expect(jira.getByRole('checkbox')).toHaveCount(0)
  expect(await serious(page)).toEqual([])
  expect(await serious(tab)).toEqual([])

  await jira.getByRole('button', { name: 'Use globex-labs' }).click()
  const done = 'Jira and Confluence connected as globex-labs.atlassian.net.'
  await expect(jira.getByText(done)).toBeVisible()
  for (const row of [jira, confluence]) await expect(badgeOf(row)).toHaveText('Connected')
  await expect(page.getByRole('checkbox', { name: /Also connect/ })).toHaveCount(0)

  await confluence.getByRole('button', { name: 'More actions for Confluence' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  await page.getByRole('button', { name: 'Disconnect Confluence' }).click()
  await expect(badgeOf(confluence)).toHaveText('Disconnected')
  const [left] = (await connectionsOf(page, org)).filter(({ status }) => status === 'connected')
  expect(left?.provider).toBe('jira')
  const read = await callApi<{ items: unknown[] }>(
    page.request,
    'GET',
    org.api(`/connections/${left?.id}/resources?kind=project`),
  )
  expect(read.items.length).toBeGreaterThan(0)
})

test('without the box Atlassian is asked for the one product alone', async ({ page, org }) => {
  await page.goto(hubOf(org))
  const jira = rowOf(page, 'jira')
  await jira.getByRole('checkbox').uncheck()
  const tab = await pressInto(page, jira.getByRole('button', { name: 'Connect Jira' }))
  expect(new URL(tab.url()).searchParams.get('scope')).not.toContain('confluence')
  await jira.getByText('What Jira will ask you to allow').click()
  await expect(jira).not.toContainText('search:confluence')
})
