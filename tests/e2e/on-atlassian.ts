// What the tests of Jira and Confluence share: somebody at the simulated Atlassian whom no other test uses, and their consent.
import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { badgeOf, hubOf, pressInto, rowOf } from './on-hub.ts'
import { type Org, sandboxUrl } from './support.ts'

/** The pages of the site that everybody here is on. */
export const site = `${sandboxUrl}/atlassian-site/acme`

/** Somebody on that site, with both products; the address they sign in with. */
export async function newColleague(sandbox: SandboxClient): Promise<string> {
  const email = `dana.${randomUUID().slice(0, 8)}@acme.example`
  await sandbox.control.set({ provider: 'jira', person: { email, name: 'Dana Kim' } })
  await sandbox.control.set({ provider: 'jira', member: { site: 'acme', email } })
  return email
}

/** Connects one product from the hub, in the tab that Atlassian's page opens in, and nothing else with it. */
export async function connect(page: Page, org: Org, name: 'Jira' | 'Confluence', email: string): Promise<void> {
  await page.goto(hubOf(org))
  const row = rowOf(page, name.toLowerCase())
  await row.getByRole('checkbox', { name: /^Also connect / }).uncheck()
  const tab = await pressInto(page, row.getByRole('button', { name: `Connect ${name}` }))
  await tab.getByRole('radio', { name: email }).check()
  await tab.getByRole('button', { name: 'Accept' }).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText('acme.atlassian.net')
}
