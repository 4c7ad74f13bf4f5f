import { randomUUID } from 'node:crypto'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { expectNoBarriers } from './axe.ts'
import { pressInto } from './on-hub.ts'
import { dialogOf, keyField, testAndSave } from './on-keys.ts'
import { connectShared } from './on-sources.ts'
import { type ConnectionAnswer, callApi, connectGithub, consent, expect, sandboxUrl, test } from './support.ts'

type Ended = { items: { actor: { kind: string; name: string }; after: { revocation?: string } | null }[] }

test('T-MEM-3 a member leaves: told before what ends with them, their own account revoked, what they made for everyone taken over', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const shared = `acme-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: shared, name: 'Acme' } })
  const sam = await org.join('admin', 'Sam Ortiz')
  await connectGithub(sam.page, org, { account })
  const before = await connectGithub(sam.page, org, { account: shared, slot: 'organization' })
  await connectShared(sam.page, org, 'sentry')

  await page.goto(org.path('/settings/members'))
  const ask = async () => {
    await page.getByRole('button', { name: 'More actions for Sam Ortiz' }).click()
    await page.getByRole('menuitem', { name: /^Remove from/ }).click()
  }
  await ask()
  const dialog = page.getByRole('alertdialog', { name: 'Remove Sam Ortiz?' })
  await expect(dialog).toContainText('Their personal connection is disconnected and deleted: GitHub.')
  await expect(dialog).toContainText('2 connections will need a new owner')
  await expect(dialog).toContainText('They are signed out of every browser.')
  await expectNoBarriers(page, 'the question before somebody leaves')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'More actions for Sam Ortiz' })).toBeFocused()

  // one of them before the click
  await ask()
  const tab = await pressInto(page, dialog.getByRole('button', { name: 'Take over now GitHub' }))
  await consent(tab, shared)
  await expect(dialog.locator('[data-provider="github"]')).toContainText('has it now')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Members' }).getByText('Sam Ortiz')).toHaveCount(0)

  // the other is listed from then on
  const left = page.getByRole('list', { name: 'Connections that need a new owner' }).locator(':scope > li')
  await expect(left).toHaveCount(1)
  await expect(left).toContainText('connected by Sam Ortiz, who left')
  await expectNoBarriers(page, 'what is to be taken over')
  await left.getByRole('button', { name: 'Take over now: Sentry' }).click()
  const replacing = dialogOf(page, 'Replace key')
  await keyField(replacing).fill(await sentryClient(sandboxUrl).tokenFor({ organization: 'acme' }))
  await testAndSave(replacing).click()
  await expect(left).toContainText('has it now')

  const after = await callApi<ConnectionAnswer>(page.request, 'GET', org.api(`/connections/${before.id}`))
  expect(after).toMatchObject({ id: before.id, status: 'connected', signal: 'green' })
  await sam.page.goto(org.path('/boards'))
  await expect(sam.page).toHaveURL(/\/login/)
  await expect
    .poll(async () => {
      const address = org.api('/audit-events?action=connection.disconnected')
      const { items } = await callApi<Ended>(page.request, 'GET', address)
      return items.map(({ actor, after: facts }) => [actor.kind, facts?.revocation])
    })
    .toEqual([['job', 'revoked']])
})
