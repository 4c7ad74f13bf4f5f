// The hub with every status in it, for tests of how they look and read.
import { expect, type Locator, type Page, type Route } from '@playwright/test'
import type { ProviderList, SlotView, Status } from '#lib/connections/schema.ts'
import { hubOf } from './on-hub.ts'
import type { Org } from './support.ts'

/** The words of every status, and the socket it is drawn as. */
export const vocabulary: Record<Status, { text: string; signal: SlotView['signal']; jack: string }> = {
  not_configured: { text: 'Not configured', signal: 'gray', jack: 'empty' },
  disconnected: { text: 'Disconnected', signal: 'gray', jack: 'slash' },
  connecting: { text: 'Waiting for', signal: 'blue', jack: 'busy' },
  verifying: { text: 'Verifying…', signal: 'blue', jack: 'busy' },
  connected: { text: 'Connected', signal: 'green', jack: 'check' },
  expired: { text: 'Expired', signal: 'amber', jack: 'clock' },
  needs_reauth: { text: 'Needs re-auth', signal: 'amber', jack: 'turn' },
  error: { text: 'Error', signal: 'red', jack: 'cross' },
  no_access: { text: 'No access', signal: 'amber', jack: 'lock' },
  setup_required: { text: 'Setup required', signal: 'amber', jack: 'diamond' },
  not_available: { text: 'Not available', signal: 'gray', jack: 'dashed' },
  disabled: { text: 'Disabled', signal: 'gray', jack: 'pause' },
  disconnecting: { text: 'Disconnecting…', signal: 'blue', jack: 'busy' },
}
/** All of them. */
export const statuses = Object.keys(vocabulary) as Status[] // the keys of the record above
/** Those that pass by themselves. */
export const transient: readonly Status[] = ['connecting', 'verifying', 'disconnecting']

const actions: Partial<Record<Status, SlotView['nextAction']>> = {
  expired: { id: 'reconnect', label: 'Reconnect', who: 'owner', may: true },
  needs_reauth: { id: 'reconnect', label: 'Reconnect', who: 'owner', may: true },
  error: { id: 'view_logs', label: 'View logs', who: 'anyone', may: true },
  no_access: { id: 'who_can_help', label: 'Who can help', who: 'anyone', may: true },
  disabled: { id: 'enable', label: 'Enable', who: 'admins', may: true },
  not_configured: { id: 'connect', label: 'Connect', who: 'owner', may: true },
  disconnected: { id: 'connect', label: 'Connect', who: 'owner', may: true },
}

/** The 13 rows in the 13 statuses: what no organization has at once is put into the answer of the API. `shift`: from which status on. */
export async function showEveryStatus(page: Page, org: Org, shift = 0): Promise<void> {
  await page.route(/\/api\/v1\/orgs\/[^/]+\/integrations$/, async (route: Route) => {
    const response = await route.fetch()
    const list: ProviderList = await response.json()
    const items = list.items.map((provider, at) => {
      const status = statuses[(at + shift) % statuses.length] ?? 'not_configured'
      const { signal } = vocabulary[status]
      const reason = `Reason ${at} of ${provider.name}`
      const slots = provider.slots.map((slot) => ({
        ...slot,
        status,
        signal,
        reason,
        reasonCode: 'fixture',
        nextAction: actions[status] ?? null,
      }))
      return { ...provider, slots }
    })
    await route.fulfill({ response, json: { ...list, items } })
  })
  await page.goto(hubOf(org))
  await page.getByRole('button', { name: 'Refresh statuses' }).click()
  await expect(page.locator('[data-status="expired"]')).toBeVisible()
}

/** The name of the socket a badge is drawn as. */
export const jackOf = (badge: Locator) => badge.locator('[data-jack]').getAttribute('data-jack')
