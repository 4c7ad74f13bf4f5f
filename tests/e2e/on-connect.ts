// What the tests of connecting share: the waiting panel, and what came of it.
import type { Page } from '@playwright/test'
import { connectButton, pressInto } from './on-hub.ts'
import { expect } from './support.ts'

/** What is said while the provider's page is open, word for word. */
export const A60 = "Complete GitHub authorization in the new tab, then return here. We'll detect when you're connected."

/** That, where the page says it. */
export const waiting = (page: Page) => page.getByRole('main').getByText(A60, { exact: true })

/** Presses Connect and waits until the page knows that GitHub's has opened. */
export async function connecting(page: Page): Promise<Page> {
  const tab = await pressInto(page, connectButton(page))
  await expect(waiting(page)).toBeVisible()
  return tab
}
