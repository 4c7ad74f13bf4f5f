import type { Page } from '@playwright/test'
import { barriers, DESKTOP, PHONE } from './axe.ts'
import { fill, open, routes, settled } from './crawl.ts'
import { expect, test } from './house.ts'
import { isInShell, openings, openUp } from './openings.ts'
import { callApi, consent, signIn } from './support.ts'

test.describe('X-01 axe finds nothing serious, light and dark, on a desktop and at 375 px', () => {
  for (const { address, who } of routes)
    test(address, async ({ visit, house }) => {
      const page = await visit(who)
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport)
        await open(page, fill(address, house.values))
        for (const colorScheme of ['light', 'dark'] as const) {
          // as const: words of a union
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          expect.soft(await barriers(page), `${viewport.width} px, ${colorScheme}`).toEqual([])
        }
      }
    })

  for (const role of ['reviewer', 'guest'] as const) // as const: names of roles
    test(`as a ${role} sees it`, async ({ page, org }) => {
      const board = await callApi<{ id: string }>(page.request, 'POST', org.api('/boards'), { name: 'Harbour plans' })
      const { page: seat } = await org.join(role, 'Lee Park')
      const values = { org: org.slug, board: board.id, provider: 'github', rest: 'no/such/page', section: 'webhooks' }
      for (const { address } of routes.filter(({ address }) => address.startsWith('/[org]/'))) {
        await open(seat, fill(address, values))
        expect.soft(await barriers(seat), address).toEqual([])
      }
    })
})

test.describe('X-02 axe finds nothing serious with anything open', () => {
  const looks = [
    { viewport: DESKTOP, colorScheme: 'light' },
    { viewport: PHONE, colorScheme: 'dark' },
  ] as const // as const: words of a union

  for (const opening of openings)
    test(opening.name, async ({ visit, house }) => {
      const page = await visit('member')
      for (const { viewport, colorScheme } of looks) {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await open(page, fill(opening.at, house.values))
        if (isInShell(opening) && viewport === PHONE) await page.getByRole('button', { name: 'Menu' }).click()
        await openUp(page, opening)
        expect.soft(await barriers(page), `${viewport.width} px, ${colorScheme}`).toEqual([])
      }
    })

  test('the sidebar of a phone', async ({ visit, house }) => {
    const page = await visit('member')
    await page.setViewportSize(PHONE)
    await open(page, fill('/[org]/boards', house.values))
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
  })

  test('forms that were refused', async ({ visit, house }) => {
    const page = await visit('nobody')
    for (const [address, submit] of [
      ['/signup', 'Create account'],
      ['/login', 'Sign in'],
      ['/reset', /Send/],
    ] as const) {
      // as const: pairs
      await open(page, address)
      await page.getByRole('button', { name: submit }).click()
      await expect(page.locator('[aria-invalid="true"], [data-tone="error"]').first()).toBeVisible()
      expect.soft(await barriers(page), address).toEqual([])
    }
    const member = await visit('member')
    await open(member, fill('/[org]/settings/members', house.values))
    await member.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(member.locator('main').getByText('Email addresses are missing.')).toBeVisible()
    expect(await barriers(member)).toEqual([])
  })

  test('what goes on while GitHub is asked, and after it', async ({ page, org, account }) => {
    await open(page, org.path('/settings/integrations'))
    const tab = page.context().waitForEvent('page')
    await page.getByRole('button', { name: 'Connect GitHub' }).first().click()
    const said = (text: string) => page.locator('main').getByText(text)
    await expect(said('Complete GitHub authorization in the new tab')).toBeVisible()
    expect.soft(await barriers(page), 'waiting').toEqual([])
    const github = await tab
    await consent(github, account, 'Cancel')
    await expect(said('You cancelled at GitHub. Nothing changed.')).toBeVisible()
    expect.soft(await barriers(page), 'denied').toEqual([])
    await open(page, org.path('/settings/integrations?q=asana'))
    await expect(page.getByText('No integrations match “asana”.')).toBeVisible()
    expect.soft(await barriers(page), 'nothing found').toEqual([])
  })

  test('the question after a session ended', async ({ page, browser, org }) => {
    await open(page, org.path('/settings/general'))
    const elsewhere = await browser.newContext()
    await signIn(elsewhere.request, org.owner)
    await callApi(elsewhere.request, 'DELETE', '/api/v1/me/sessions')
    await elsewhere.close()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
  })
})

/** What the page says of itself to who cannot see it. */
const outline = (page: Page) =>
  page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => Number(heading.tagName.slice(1))),
    mains: document.querySelectorAll('main').length,
    navigations: [...document.querySelectorAll('nav')]
      .filter((nav) => nav.checkVisibility())
      .map((nav) => nav.getAttribute('aria-label') ?? ''),
    strays: [...document.body.children].filter(
      (part) =>
        !['SCRIPT', 'STYLE', 'TEMPLATE', 'NEXT-ROUTE-ANNOUNCER'].includes(part.tagName) &&
        part.checkVisibility() &&
        part.querySelector('main, header, nav') === null &&
        !part.matches('main, header, nav, a[href="#main"]') &&
        part.querySelector('[aria-live]') === null,
    ).length,
    skip: document.querySelector('a')?.getAttribute('href'),
    links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]:not([download])')].map((link) => link.href),
  }))

test('X-19 every page a link leads to has a title of its own, one h1, headings in order, landmarks, a language, a skip link', async ({
  visit,
  house,
}) => {
  test.setTimeout(600_000)
  const page = await visit('member')
  const titles = new Map<string, string>()
  const queue = [`/${house.slug}/boards`, '/account/preferences']
  const seen = new Set(queue)
  for (const address of queue) {
    const response = await page.goto(address)
    await settled(page)
    const found = await outline(page)
    expect.soft(response?.status(), address).toBe(200)
    expect.soft(found.lang, address).toBe('en')
    expect
      .soft(
        found.headings.filter((level) => level === 1),
        address,
      )
      .toHaveLength(1)
    const steps = found.headings.map((level, at) => level - (found.headings[at - 1] ?? 0))
    expect.soft(Math.max(...steps), `headings of ${address}: ${found.headings.join()}`).toBeLessThan(2)
    expect.soft(found.mains, address).toBe(1)
    expect.soft(found.strays, `parts of ${address} outside any landmark`).toBe(0)
    expect.soft(found.navigations.every(Boolean), `names of the navigations of ${address}`).toBe(true)
    expect.soft(new Set(found.navigations).size, address).toBe(found.navigations.length)
    expect.soft(found.skip, address).toBe('#main')
    const path = new URL(page.url()).pathname
    expect.soft(titles.get(found.title) ?? path, `the title "${found.title}"`).toBe(path)
    titles.set(found.title, path)
    for (const link of found.links) {
      const { origin, pathname } = new URL(link)
      const isPage = origin === new URL(page.url()).origin && !pathname.startsWith('/api/') // a document is none
      if (!isPage || seen.has(pathname)) continue
      seen.add(pathname)
      queue.push(pathname)
    }
  }
  expect(titles.size).toBeGreaterThan(20)
})
