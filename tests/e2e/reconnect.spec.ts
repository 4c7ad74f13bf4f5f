import { expectNoBarriers } from './axe.ts'
import { newBoard } from './on-board.ts'
import { badgeOf, connectButton, hubOf, pressInto, rowOf } from './on-hub.ts'
import { callApi, connectionsOf, consent, expect, newFile, test } from './support.ts'

test('T-CON-16 coming back with another account asks which it is to be, and keeps the old one unless told otherwise', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await page.goto(hubOf(org))
  await consent(await pressInto(page, connectButton(page)), account)
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  const [before] = await connectionsOf(page, org)
  const board = await newBoard(page, org)
  const url = await newFile(sandbox, account)
  await board.add({ type: 'reference', url })
  await sandbox.control.revoke({ provider: 'github', account })
  await callApi(page.request, 'POST', org.api(`/connections/${before?.id}/verify`))
  const other = `${account}-b`
  await sandbox.control.set({ provider: 'github', account: { login: other } })

  await page.reload()
  const tab = await pressInto(page, rowOf(page).getByRole('button', { name: 'Reconnect GitHub' }))
  await consent(tab, other)
  const dialog = page.getByRole('dialog', { name: 'Different account' })
  await expect(dialog).toContainText(`You signed in as @${other}. This connection was @${account}.`)
  await expect(dialog.getByRole('button', { name: `Keep @${account}` })).toBeFocused()
  await expect(dialog.getByRole('button', { name: `Switch to @${other}` })).toBeVisible()
  await expect(dialog).toContainText('1 board shows GitHub cards.')
  await expectNoBarriers(page, 'which account it is to be')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page).getByText('Kept the account that was connected. Nothing changed.')).toBeVisible()
  expect((await connectionsOf(page, org))[0]?.account.label).toBe(`@${account}`)

  await consent(await pressInto(page, rowOf(page).getByRole('button', { name: 'Reconnect GitHub' })), other)
  await dialog.getByRole('button', { name: `Switch to @${other}` }).click()
  await expect(rowOf(page).getByText(`GitHub connected as @${other}.`)).toBeVisible()
  const [after] = await connectionsOf(page, org)
  expect({ id: after?.id, label: after?.account.label }).toEqual({ id: before?.id, label: `@${other}` })
  expect((await board.read()).objects).toHaveLength(1)
})
