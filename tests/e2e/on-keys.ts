// What the tests of pasted keys share: an organization at the simulated Sentry, tokens made there, and the dialog.
import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { hubOf, rowOf } from './on-hub.ts'
import { callApi, type Org } from './support.ts'

/** An organization at Sentry that no other test uses. */
export async function sentryOrganization(sandbox: SandboxClient): Promise<string> {
  const slug = `acme-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'sentry', organization: { slug, name: 'Acme' } })
  await sandbox.control.set({ provider: 'sentry', projects: [{ organization: slug, slug: 'web' }] })
  return slug
}

/** A token made at Sentry as our form asks for it, unless it says otherwise. */
export async function sentryToken(
  sandbox: SandboxClient,
  organization: string,
  scopes = ['org:read', 'project:read', 'event:read'],
): Promise<string> {
  const made = await sandbox.control.set({ provider: 'sentry', makeToken: { organization, scopes } })
  return String(made.token)
}

/** A personal access token made at GitHub. */
export async function githubToken(sandbox: SandboxClient, account: string, scopes: readonly string[]): Promise<string> {
  const made = await sandbox.control.set({ provider: 'github', makePat: { account, scopes } })
  return String(made.token)
}

export const sentryRow = (page: Page): Locator => rowOf(page, 'sentry')
export const dialogOf = (page: Page, name = 'Configure Sentry'): Locator => page.getByRole('dialog', { name })
/** The field of the key, whatever it is called. */
export const keyField = (around: Locator): Locator => around.locator('input[name="credential"]')
export const slugField = (around: Locator): Locator => around.getByLabel('Organization slug')
export const testAndSave = (around: Locator): Locator => around.getByRole('button', { name: 'Test and save' })

/** Opens the dialog from the hub's row. */
export async function configureSentry(page: Page, org: Org): Promise<Locator> {
  await page.goto(hubOf(org))
  await sentryRow(page).getByRole('button', { name: 'Configure Sentry' }).click()
  const dialog = dialogOf(page)
  await slugField(dialog).waitFor()
  return dialog
}

/** Pastes as a person does, with what came along in the clipboard. */
export async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus()
  await page.evaluate((pasted) => document.execCommand('insertText', false, pasted), text)
}

/** Fills in the form and sends it. */
export async function tryKey(dialog: Locator, { slug, key }: { slug?: string; key: string }): Promise<void> {
  if (slug) await slugField(dialog).fill(slug)
  await keyField(dialog).fill(key)
  await testAndSave(dialog).click()
}

/** Connects Sentry through the API. */
export const connectSentry = (
  page: Page,
  org: Pick<Org, 'api'>,
  { slug, key }: { slug: string; key: string },
): Promise<{ id: string }> =>
  callApi(page.request, 'POST', org.api('/connections'), {
    provider: 'sentry',
    slot: 'organization',
    method: 'api_key',
    fields: { organization: slug, token: key },
  })
