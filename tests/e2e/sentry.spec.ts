import type { ResourceList } from '#lib/resources/schema.ts'
import { card, newBoard, paste, visit, walkAndTake } from './on-board.ts'
import { badgeOf, hubOf, rowOf } from './on-hub.ts'
import { configureSentry, sentryOrganization, sentryRow, sentryToken, tryKey } from './on-keys.ts'
import { callApi, connectionsOf, expect, test } from './support.ts'

test('Sentry: an admin pastes a key, everybody reads its projects, issues and events on boards, and it is disconnected', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const slug = await sentryOrganization(sandbox)
  const key = await sentryToken(sandbox, slug)
  const issues = [{ organization: slug, project: 'web', type: 'TypeError', value: 'the crank is undefined' }]
  await sandbox.control.set({ provider: 'sentry', issues })

  await tryKey(await configureSentry(page, org), { slug, key })
  const row = sentryRow(page)
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText(`key ending ${key.slice(-4)}`)

  const [connection] = await connectionsOf(page, org)
  const list = await callApi<ResourceList>(
    page.request,
    'GET',
    org.api(`/connections/${connection?.id}/resources?kind=issue&q=crank`),
  )
  const [issue] = list.items
  if (!issue) throw new Error('the issue is not found')

  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)
  await walkAndTake(page, { typed: 'web', found: 'web', inside: 'the crank is undefined' })
  await expect(card(page, /^Project: /)).toBeFocused()
  await paste(page, issue.url)
  const error = card(page, /^Issue: .*the crank is undefined/)
  await expect(error).toContainText('Error')
  await paste(page, `${issue.url.replace(/\/$/, '')}/events/latest/`)
  await expect(card(page, /^Event: /)).toBeVisible()

  await visit(priya.page, board)
  await expect(card(priya.page, /^Issue: .*the crank is undefined/)).toBeVisible()

  await page.goto(hubOf(org))
  await rowOf(page, 'sentry').getByRole('button', { name: 'More actions for Sentry' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disconnect Sentry?' })
  await expect(question).toContainText('Custom Integrations')
  await question.getByRole('button', { name: 'Disconnect Sentry' }).click()
  await expect(badgeOf(row)).toHaveText('Disconnected')
  await expect(page.getByText(/Key deleted here\. It works elsewhere until you revoke it/).first()).toBeVisible()
  await priya.page.reload()
  await expect(priya.page.getByText('Sentry is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText('crank')).toHaveCount(0)
})
