// Every page of the product, read from the folders of app/: a new page is visited by itself.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'

/** A page's folder in app/, its groups left out: /[org]/boards/[board]. */
export type Route = { address: string; who: 'nobody' | 'member' }

/** Pages for who is not signed in; those who are get sent on from some of them. */
const OUTSIDE = /^\/\(auth\)(?:\/|$)/
/** The start has nothing of its own: it leads on (app/page.tsx). */
const LEADS_ON = ['/']

/** Every address that draws a page. */
export const routes: readonly Route[] = fs
  .globSync('app/**/page.tsx')
  .map((file) => `/${path.dirname(path.relative('app', file)).split(path.sep).join('/')}`)
  .map((folder) => ({
    address: folder.replaceAll(/\/\([^)]+\)/g, '').replace(/\/\.$/, '/'),
    who: OUTSIDE.test(folder) ? ('nobody' as const) : ('member' as const), // as const: words of a union
  }))
  .filter(({ address }) => !LEADS_ON.includes(address))
  .sort((a, b) => a.address.localeCompare(b.address))

/** A real address: every segment in brackets replaced by what `values` has for it under the same name. */
export const fill = (address: string, values: Readonly<Record<string, string>>): string =>
  address.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const value = values[`${address} ${name}`] ?? values[name]
    if (value === undefined) throw new Error(`no value for [${name}] of ${address}: add one to tests/e2e/house.ts`)
    return value
  })

/** Opens a page and waits until all it loads by itself is there. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

/** Waits until nothing of the page is loading. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0)
}
