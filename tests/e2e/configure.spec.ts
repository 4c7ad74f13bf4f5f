// Tools that are connected with a pasted key: what their rows offer, and where their dialogs lead.
import type { Page } from '@playwright/test'
import type { ProviderView } from '#lib/connections/schema.ts'
import { hubOf, rowOf } from './on-hub.ts'
import { configureSentry, dialogOf, keyField, sentryRow, slugField } from './on-keys.ts'
import { callApi, expect, type Org, test } from './support.ts'

const KEYED = ['sentry', 'logrocket', 'terraform']

/** The three that are connected with a pasted key and in no other way, as the API describes them. */
async function keyed(page: Page, org: Org) {
  const { items } = await callApi<{ items: ProviderView[] }>(page.request, 'GET', org.api('/integrations'))
  const found = items
    .filter(({ id }) => KEYED.includes(id))
    .flatMap(({ id, name, slots }) => slots.flatMap(({ methods }) => methods.map((key) => ({ ...key, id, name }))))
  expect(found.map(({ id }) => id).toSorted()).toEqual(KEYED.toSorted())
  return found
}

test('T-KEY-1 each provider with a key offers Configure, not Connect, and its dialog leads to where the key is made', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  for (const { id, name, makeAt = '', makeLabel = '' } of await keyed(page, org)) {
    const row = rowOf(page, id)
    await expect(row.getByRole('button', { name: `Connect ${name}`, exact: true })).toHaveCount(0)
    await row.getByRole('button', { name: `Configure ${name}`, exact: true }).click()
    const dialog = dialogOf(page, `Configure ${name}`)
    const link = dialog.getByRole('link', { name: `${makeLabel} (opens in a new tab)` })
    await expect(link, name).toHaveAttribute('href', makeAt)
    expect(makeAt, 'a page of its settings, over https').toMatch(/^https:\/\/[^/]+\/.*settings/)
    await expect(link).toHaveAttribute('target', '_blank')
    await expect(link).toHaveAttribute('rel', /noreferrer/)
    await expect(keyField(dialog)).toHaveAttribute('type', 'password')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
})

test('T-KEY-1 the dialog of a key lists what it must be allowed, and hides what few need', async ({ page, org }) => {
  const dialog = await configureSentry(page, org)
  await expect(sentryRow(page).getByRole('button', { name: 'Connect Sentry' })).toHaveCount(0)
  const link = dialog.getByRole('link', { name: 'Create a token in Sentry (opens in a new tab)' })
  await expect(link).toHaveAttribute('href', /^https:\/\/sentry\.io\/.*developer-settings\/$/)
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noreferrer/)
  for (const scope of ['org:read', 'project:read', 'event:read'])
    await expect(dialog.getByText(scope, { exact: true })).toBeVisible()
  await expect(dialog.getByText("Keep the original in your team's vault.")).toBeVisible()
  await expect(dialog.getByText("Encrypted before it's stored. Plugboard can't show it again.")).toBeVisible()
  await expect(slugField(dialog)).toBeFocused()
  await expect(dialog.getByLabel('Address of your Sentry')).toBeHidden()
  await dialog.getByText('Advanced').click()
  await expect(dialog.getByLabel('Address of your Sentry')).toBeVisible()
})
