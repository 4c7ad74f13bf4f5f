import type { Page } from '@playwright/test'
import { newBoard } from './on-board.ts'
import { badgeOf, hubOf, rowOf } from './on-hub.ts'
import { callApi, connectGithub, expect, newFile, test } from './support.ts'

const question = (page: Page) => page.getByRole('alertdialog', { name: 'Leave without saving?' })

test('T-CFG-1 disabled reads gray, boards say so and the audit log who; enabled it is asked and connected again', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await connectGithub(page, org, { account })
  const url = await newFile(sandbox, account)
  const board = await newBoard(page, org)
  await board.add({ type: 'reference', url })
  await page.goto(org.path('/settings/integrations/github/config'))
  await expect(page.getByText('Credential is kept. Syncs and boards pause.')).toBeVisible()
  await page.getByRole('button', { name: 'Disable GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Disabled')
  await expect(badgeOf(rowOf(page))).toHaveAttribute('data-signal', 'gray')
  await page.goto(board.url)
  await expect(page.locator('[data-card]')).toContainText('GitHub is turned off')
  await page.goto(hubOf(org))
  await rowOf(page).getByRole('button', { name: 'Enable GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  await page.goto(board.url)
  await expect(page.locator('[data-card]')).toContainText('retry.ts')
  const { items } = await callApi<{ items: { action: string; actor: { name: string } }[] }>(
    page.request,
    'GET',
    org.api('/audit-events?provider=github'),
  )
  expect(items.slice(0, 2).map(({ action, actor }) => [action, actor.name])).toEqual([
    ['connector.enabled', 'Dana Kim'],
    ['connector.disabled', 'Dana Kim'],
  ])
})

test('T-CFG-2 what is not saved is asked about before a link or Back leads away, and before the page goes', async ({
  page,
  org,
}) => {
  const config = org.path('/settings/integrations/github/config')
  await page.goto(hubOf(org))
  await rowOf(page).getByRole('link', { name: 'Config: GitHub' }).click()
  await page.getByRole('radio', { name: 'Any member' }).check()
  for (const leave of [
    () => page.getByRole('link', { name: 'Overview', exact: true }).click(),
    () => page.getByRole('link', { name: 'Members', exact: true }).click(),
  ]) {
    await leave()
    await expect(question(page)).toContainText('What you changed on this page is not saved.')
    await question(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(page).toHaveURL(config)
    await expect(page.getByRole('radio', { name: 'Any member' })).toBeChecked()
  }
  const [dialog] = await Promise.all([
    page.waitForEvent('dialog'),
    page.evaluate(() => void setTimeout(() => location.reload())),
  ])
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await page.evaluate(() => history.back())
  await expect(question(page)).toBeVisible()
  await expect(page).toHaveURL(config)
  await question(page).getByRole('button', { name: 'Leave' }).click()
  await expect(page).toHaveURL(hubOf(org))
  await page.goto(config)
  await expect(page.getByRole('radio', { name: 'Owners and admins' })).toBeChecked()
  await page.getByRole('radio', { name: 'Any member' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.', { exact: true }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(page).toHaveURL(org.path('/settings/integrations/github'))
})

test('T-CFG-4 of two admins who edit, the second learns who saved first, sees what differs and decides', async ({
  page,
  org,
}) => {
  const config = org.path('/settings/integrations/slack/config')
  const sam = await org.join('admin', 'Sam Ortiz')
  await page.goto(config)
  await page.getByRole('switch', { name: 'Message search' }).check()
  await sam.page.goto(config)
  await sam.page.getByRole('radio', { name: 'Any member' }).check()
  await sam.page.getByRole('button', { name: 'Save' }).click()
  await expect(sam.page.getByText('Saved.', { exact: true }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Save' }).click()
  const notice = page.locator('[data-tone="warn"]').filter({ hasText: 'Sam Ortiz changed this 1 min ago. Review.' })
  await expect(notice).toContainText('Message search: now off, you chose on.')
  await expect(page.getByRole('radio', { name: 'Any member' })).toBeChecked()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(notice).toHaveCount(0)
  await sam.page.reload()
  await expect(sam.page.getByRole('switch', { name: 'Message search' })).toBeChecked()
  await expect(sam.page.getByRole('radio', { name: 'Any member' })).toBeChecked()
})

test('an option says what else is asked for and why, and what follows; one Save keeps it with the rest', async ({
  page,
  org,
}) => {
  const config = org.path('/settings/integrations/slack/config')
  await page.goto(config)
  const search = page.getByRole('switch', { name: 'Message search' })
  await expect(search).not.toBeChecked()
  await expect(page.locator('form').getByText('search:read')).toBeVisible()
  await search.check()
  await expect(page.getByText('Slack is asked for it when it is connected.')).toBeVisible()
  await page.getByRole('switch', { name: 'Use Slack cards in answers' }).uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.', { exact: true }).first()).toBeVisible()
  await page.reload()
  await expect(search).toBeChecked()
  await expect(page.getByRole('switch', { name: 'Use Slack cards in answers' })).not.toBeChecked()
  const { items } = await callApi<{ items: { action: string; before: object; after: object }[] }>(
    page.request,
    'GET',
    org.api('/audit-events?provider=slack'),
  )
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    action: 'connector.reconfigured',
    before: { options: [], inAnswers: true },
    after: { options: ['message_search'], inAnswers: false },
  })
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(config)
  for (const words of ['Message search: on.', 'Slack cards are kept out of answers.'])
    await expect(sam.page.getByText(words)).toBeVisible()
  await expect(sam.page.getByRole('switch')).toHaveCount(0)
})
