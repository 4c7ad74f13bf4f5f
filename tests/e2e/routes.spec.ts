import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { fill, open, routes } from './crawl.ts'
import { expect, test } from './house.ts'
import { callApi, throughGithub } from './support.ts'

/** Where the addresses without an organization lead: old bookmarks keep working. */
const OLD_ADDRESSES: readonly [from: string, to: string][] = [
  ['/integrations', '/settings/integrations'],
  ['/integration', '/settings/integrations'],
  ['/integration/github/config', '/settings/integrations/github/config'],
  ['/integration/jira/config', '/settings/integrations/jira/config'],
  ['/integration/bitbucket', '/settings/integrations/bitbucket/config'],
  ['/integration/manage/slack', '/settings/integrations/slack/channels'],
]

test('T-RTE-1 each address of before leads to its page of the organization used last and keeps what follows the ?', async ({
  page,
  org,
}) => {
  for (const [from, to] of OLD_ADDRESSES) {
    await page.goto(`${from}?state=attention&q=git%20hub`)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Page not found')
    const { pathname, searchParams } = new URL(page.url())
    expect(pathname).toBe(org.path(to))
    expect([...searchParams]).toEqual([
      ['state', 'attention'],
      ['q', 'git hub'],
    ])
  }
})

test('T-RTE-1 an address of before leads to its page after signing in too', async ({ page, context, org }) => {
  await context.clearCookies()
  await page.goto('/integration/github/config?tab=scopes')
  await page.getByLabel('Email address').fill(org.owner.email)
  await page.getByLabel('Password').fill(org.owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${org.path('/settings/integrations/github/config')}?tab=scopes`)
})

/** Follows the skip link with the keyboard and says where the focus is then. */
async function skipToContent(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null))
  await page.keyboard.press('Tab')
  const link = page.getByRole('link', { name: 'Skip to content' })
  await expect(link).toBeFocused()
  await expect(link).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Enter')
  await expect(page.locator('main#main')).toBeFocused()
}

test('T-RTE-2 every page has one h1, a title of its own and a skip link that works', async ({ visit, house }) => {
  test.setTimeout(300_000)
  const titles = new Map<string, string>()
  for (const { address, who } of routes)
    await test.step(address, async () => {
      const page = await visit(who)
      await open(page, fill(address, house.values))
      await expect.soft(page.getByRole('heading', { level: 1, includeHidden: true }), address).toHaveCount(1)
      const title = await page.title()
      expect.soft(titles.get(title), `the title of ${address}: ${title}`).toBeUndefined()
      expect.soft(title).toMatch(/\S – Plugboard$/)
      titles.set(title, address)
      await skipToContent(page)
      await page.context().close()
    })
  expect(titles.size).toBeGreaterThan(12)
})

/** The segments of an address that name something which belongs to somebody. */
const owned = (address: string) => ['org', 'board', 'attempt'].filter((name) => address.includes(`[${name}]`))

/**
 * The words of a page as it was sent, without what is new in every answer; `named` is what the address asked for. Its parts
 * come, and are numbered, in the order in which the server has them ready: two answers alike may be two texts, of the same
 * words.
 */
async function wordsOf(page: Page, address: string, named: string): Promise<{ status: number; words: string[] }> {
  const response = await page.request.get(address)
  const [, nonce = ''] = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '') ?? []
  expect(nonce, 'a nonce').not.toBe('')
  const html = await response.text()
  const told = html
    .replaceAll(nonce, 'NONCE')
    .replaceAll(named, 'NAMED')
    .replaceAll(/\$[A-Z@]?[0-9a-f]+|(?<=\\n|")[0-9a-f]+(?=:)/g, 'NUMBER') // a row of React's stream, or a pointer to one
  const words = told.match(/\w{3,}/g)
  return { status: response.status(), words: [...new Set(words)].sort() }
}

test('T-RTE-3 an id of another organization in any address answers 404, the page of an id that never was', async ({
  page,
  org,
  account,
  visit,
  house,
}) => {
  const board = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Harbour plans' })
  const theirs = { org: org.slug, board: board.id, attempt: await throughGithub(page, org, { account }) }
  const unknown = { org: 'never-was', board: randomUUID(), attempt: randomUUID() }
  const visitor = await visit('member')
  let compared = 0
  for (const { address } of routes)
    for (const name of owned(address) as (keyof typeof theirs)[]) {
      // the names that `owned` looks for
      const at = (values: Record<string, string>) => fill(address, { ...house.values, [name]: values[name] ?? '' })
      const foreign = await wordsOf(visitor, at(theirs), theirs[name])
      const nothing = await wordsOf(visitor, at(unknown), unknown[name])
      expect.soft([foreign.status, nothing.status], `${address} with another's ${name}`).toEqual([404, 404])
      expect.soft(foreign.words, `${address} with another's ${name}`).toEqual(nothing.words)
      expect.soft(foreign.words).not.toContain('Harbour')
      await visitor.goto(at(theirs))
      await expect.soft(visitor.getByRole('heading', { level: 1 })).toHaveText('Page not found')
      compared += 1
    }
  expect(compared).toBeGreaterThan(8)
})

test('a tool that is none of the 13, and a part that none has, are unknown addresses, with their status', async ({
  visit,
  house,
}) => {
  const visitor = await visit('member')
  const address = `/${house.values.org}/settings/integrations`
  const unknown = ['/asana', '/asana/config', '/github/xyz', '/github/config/xyz', '/notion/xyz']
  for (const path of unknown.map((rest) => address + rest)) {
    const response = await visitor.goto(path)
    expect(response?.status(), path).toBe(404)
    await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Page not found')
  }
})
