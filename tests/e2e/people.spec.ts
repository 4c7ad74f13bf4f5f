import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expectNoBarriers } from './axe.ts'
import { badgeOf, providerOf } from './on-hub.ts'
import { connectGithub, dataDir, expect, newFile, test } from './support.ts'

const mailsTo = async (to: string): Promise<string[]> => {
  const folder = path.join(dataDir, 'mail')
  const all = await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')))
  return all.filter((mail) => mail.includes(`To: ${to}`) && mail.includes('Connect your GitHub account'))
}

test('T-PPL-1 T-PPL-2 an admin sees who has connected, reminds the others once, and ends an account; a member sees their own', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const priya = await org.join('member', 'Priya Nair')
  const lee = await org.join('member', 'Lee Park')
  await page.goto(providerOf(org, '/people'))
  await expect(page.getByText('Nobody has connected yet. Send a reminder?')).toBeVisible()
  await newFile(sandbox, account, { repository: 'salary-review', file: 'a.md', text: 'x' })
  await connectGithub(priya.page, org, { account })

  await page.goto(providerOf(org))
  await page.getByRole('navigation', { name: 'GitHub sections' }).getByRole('link', { name: 'People' }).click()
  await expect(page).toHaveTitle('GitHub people – Integrations – Acme – Plugboard')
  await expect(page.getByText('1 of 3 connected')).toBeVisible()
  const rows = page.getByRole('table', { name: 'People and their GitHub accounts' }).getByRole('row')
  const row = rows.filter({ hasText: 'Priya Nair' })
  await expect(row).toContainText(`@${account}`)
  await expect(badgeOf(row)).toHaveText('Connected')
  expect(await page.content()).not.toContain('salary-review')
  await expectNoBarriers(page, 'people of an organization')

  await page.getByLabel('Not connected').check()
  await expect(row).toHaveCount(0)
  await expect(page).toHaveURL(/\?state=missing$/)
  await page.reload()
  await expect(rows.filter({ hasText: 'Lee Park' })).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.getByLabel('Not connected').uncheck()

  const remind = page.getByRole('button', { name: 'Remind 1 member' })
  await remind.click()
  await expect(page.locator('main').getByText('Reminded 1 member.')).toBeVisible()
  await remind.click()
  await expect(
    page.locator('main').getByText(/^Dana Kim reminded them .+\. One reminder goes out a day\.$/),
  ).toBeVisible()
  await expect.poll(() => mailsTo(lee.member.email)).toHaveLength(1)

  await priya.page.goto(providerOf(org, '/people'))
  await expect(priya.page.getByText('1 of 3 connected')).toBeVisible()
  await expect(priya.page.getByRole('row')).toHaveCount(2)
  await expect(priya.page.getByRole('button', { name: /^Remind/ })).toHaveCount(0)

  await page.getByRole('button', { name: 'More actions for Priya Nair' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect their account…' }).click()
  const dialog = page.getByRole('alertdialog', { name: "Disconnect Priya Nair's GitHub account?" })
  await expect(dialog).toContainText('Only their own cards change.')
  await dialog.getByRole('button', { name: 'Disconnect GitHub' }).click()
  await expect(badgeOf(row)).toHaveText('Disconnected')
  await expect(row).not.toContainText(account)
  await priya.page.reload()
  await expect(badgeOf(priya.page.getByRole('row').last())).toHaveText('Disconnected')
})
