import type { Locator, Page } from '@playwright/test'
import type { ResourceList } from '#lib/resources/schema.ts'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { standing } from '#tests/support/sandbox-terraform.ts'
import { expectNoBarriers } from './axe.ts'
import { card, newBoard, paste, visit, walkAndTake } from './on-board.ts'
import { badgeOf, disconnect, hubOf, rowOf } from './on-hub.ts'
import { dialogOf, keyField, testAndSave } from './on-keys.ts'
import { callApi, connectionsOf, expect, type Org, test } from './support.ts'

const rowIn = (page: Page): Locator => rowOf(page, 'terraform')
const AT = 'https://app.terraform.io/app/acme'

/** Opens the dialog from the hub's row. */
async function configure(page: Page, org: Org): Promise<Locator> {
  await page.goto(hubOf(org))
  await rowIn(page).getByRole('button', { name: 'Configure Terraform' }).click()
  const dialog = dialogOf(page, 'Configure Terraform')
  await dialog.getByLabel('Organization', { exact: true }).waitFor()
  return dialog
}

async function tryToken(dialog: Locator, token: string, organization = 'acme'): Promise<void> {
  await dialog.getByLabel('Organization', { exact: true }).fill(organization)
  await keyField(dialog).fill(token)
  await testAndSave(dialog).click()
}

/** A token of the team that reads everything but payroll, of this test alone. */
const newToken = async ({ control }: SandboxClient): Promise<string> =>
  String((await control.set({ provider: 'terraform', makeToken: { organization: 'acme' } })).token)

test('T-KEY-1 Terraform is configured: its dialog leads to where tokens are made, and has a hostname under Advanced', async ({
  page,
  org,
}) => {
  const dialog = await configure(page, org)
  await expect(rowIn(page).getByRole('button', { name: 'Connect Terraform' })).toHaveCount(0)
  const link = dialog.getByRole('link', { name: 'Create a token in Terraform (opens in a new tab)' })
  await expect(link).toHaveAttribute('href', 'https://app.terraform.io/app/settings/tokens')
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noreferrer/)
  for (const scope of ['Runs: Read', 'State versions: Read'])
    await expect(dialog.getByText(scope, { exact: true })).toBeVisible()
  await expect(dialog.getByText("Keep the original in your team's vault.")).toBeVisible()
  await expect(dialog.getByLabel('Hostname')).toBeHidden()
  await dialog.getByText('Advanced').click()
  await expect(dialog.getByLabel('Hostname')).toBeVisible()
  await expectNoBarriers(page, 'the dialog')
})

test('an organization’s token is named as one that cannot read runs or plans; a host inside the network is none', async ({
  page,
  org,
}) => {
  const dialog = await configure(page, org)
  await tryToken(dialog, standing('orgwide'))
  await expect(keyField(dialog)).toHaveAccessibleDescription(
    /This is an organization token: .*can’t read runs or plans\. Make a team token instead/,
  )
  await tryToken(dialog, standing('plugbrd'), 'globex')
  await expect(dialog.getByLabel('Organization', { exact: true })).toHaveAccessibleDescription(
    /Terraform shows this key no organization “globex”/,
  )
  await dialog.getByText('Advanced').click()
  await dialog.getByLabel('Hostname').fill('https://10.0.0.7')
  await tryToken(dialog, standing('plugbrd'))
  await expect(dialog.getByLabel('Hostname')).toHaveAccessibleDescription(/on the public internet/)
  expect(await connectionsOf(page, org)).toEqual([])
})

test('Terraform: an admin pastes a token, everybody reads workspaces, runs and plans on boards, and it ends', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const token = await newToken(sandbox)
  await tryToken(await configure(page, org), token)
  await expect(badgeOf(rowIn(page))).toHaveText('Connected')
  await expect(rowIn(page)).toContainText(`key ending ${token.slice(-4)}`)
  const [connection] = await connectionsOf(page, org)
  const at = org.api(`/connections/${connection?.id}/resources`)
  const list = async (query: string) => (await callApi<ResourceList>(page.request, 'GET', `${at}?${query}`)).items

  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)
  await walkAndTake(page, { typed: 'cluster-production', found: 'cluster-production', inside: 'Twelve nodes at most' })
  const workspace = card(page, 'Workspace: cluster-production')
  await expect(workspace).toBeFocused()
  await expect(workspace).toContainText('Applying · by sam-o')
  await expect(workspace).toContainText('changed')
  const [found] = await list('kind=workspace&q=cluster-production')
  const [run] = await list(`kind=run&parent=${found?.id}`)
  await paste(page, `${AT}/workspaces/cluster-production/runs/${run?.id}`)
  await expect(card(page, 'Run: Twelve nodes at most')).toContainText('Applying')

  await paste(page, `${AT}/workspaces/cluster-production/states`)
  await expect(page.getByText("This state isn't available on boards.").first()).toBeVisible()
  await callApi(page.request, 'PATCH', `${at}/workspace/${found?.id}.state`, { onBoards: true })
  await paste(page, `${AT}/workspaces/cluster-production/states`)
  const state = card(page, 'State: State of cluster-production')
  await expect(state).toContainText('4 resources')
  await expectNoBarriers(page, 'a board with Terraform on it')

  await visit(priya.page, board)
  await expect(card(priya.page, 'Run: Twelve nodes at most')).toContainText('Applying')
  await expect(card(priya.page, 'State: State of cluster-production')).toContainText('4 resources')

  await sandbox.control.revoke({ provider: 'terraform', token })
  await callApi(page.request, 'POST', org.api(`/connections/${connection?.id}/verify`))
  await priya.page.reload()
  await expect(priya.page.getByText('Terraform is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText('Twelve nodes at most')).toHaveCount(0)
})

test('a state has a switch of its own, and leaving says where the token is deleted', async ({ page, org, sandbox }) => {
  await tryToken(await configure(page, org), await newToken(sandbox))
  await expect(badgeOf(rowIn(page))).toHaveText('Connected')
  await page.goto(org.path('/settings/integrations/terraform/resources'))
  const of = (name: string) => page.getByRole('switch', { name: `${name} available on boards`, exact: true })
  await expect(of('cluster-production')).toBeChecked()
  await expect(of('cluster-production (state)')).not.toBeChecked()
  await of('cluster-production (state)').click()
  await expect(
    page.getByText(
      'Everyone in Acme who can open a board can see how many resources are in cluster-production (state).',
    ),
  ).toBeVisible()
  await expectNoBarriers(page, 'the question before a state is turned on')
  await page.getByRole('button', { name: 'Make available' }).click()
  await expect(of('cluster-production (state)')).toBeChecked()

  await disconnect(page, org, 'Terraform', 'Team Tokens')
  await expect(page.getByText(/Key deleted here\. It works elsewhere until you revoke it/).first()).toBeVisible()
})
