import type { BrowserContext, Page, Response } from '@playwright/test'
import { fill, routes } from './crawl.ts'
import { expect, type House, test } from './house.ts'
import { appUrl, callApi, confirmEmail, type Org, signIn } from './support.ts'

const OUR_FAULT = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: '/problems/unexpected',
    title: 'Something went wrong',
    status: 500,
    detail: 'Something went wrong here. Try again.',
    requestId: '0d9f6b5e-3f1c-4b7a-9b55-3f6f3a0f2f11',
  }),
}

/** From now on our own API answers 500; returns how it recovers. */
async function breakApi(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/v1/**', (route) => route.fulfill(OUR_FAULT))
  return () => page.unroute('**/api/v1/**')
}

/** The shell goes on working: its menus open and its links lead on. */
async function useShell(page: Page, house: House): Promise<void> {
  await page.getByRole('button', { name: /^Switch organization/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Create organization' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'General' }).click()
  await page.waitForURL(`/${house.slug}/settings/general`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('General')
}

/** Pages that ask for something by themselves, and what they ask for again. */
const READING = [
  { address: '/[org]/boards', asks: /\/boards$/ },
  { address: '/[org]/boards/[board]', asks: /\/cards/ },
  { address: '/[org]/settings/integrations', asks: /\/integrations$/ },
  { address: '/[org]/settings/integrations/[provider]', asks: /\/integrations\/github$/ },
  { address: '/[org]/settings/integrations/[provider]/config', asks: /\/integrations\/github$/ },
  { address: '/[org]/settings/integrations/[provider]/activity', asks: /\/activity$/ },
  { address: '/[org]/settings/members', asks: /\/members$/ },
  { address: '/account/connections', asks: /\/integrations\/github$/ },
]

test.describe('T-SYS-1 when our API answers 500 the shell goes on working, and Retry asks again with success', () => {
  for (const { address, asks } of READING)
    test(address, async ({ visit, house }) => {
      const page = await visit('member')
      const crashes: string[] = []
      page.on('pageerror', (error) => crashes.push(error.message))
      await page.clock.install()
      const recover = await breakApi(page)
      await page.goto(fill(address, house.values))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      // a card that its viewer may not see offers Retry all along
      const isOfPage = page.locator(':not([data-card="no_access"] *)')
      const retry = page
        .locator('main')
        .getByRole('button', { name: /^Retry/ })
        .and(isOfPage)
      // a minute later, after a look at something else: what was there is asked for again
      await expect(async () => {
        await page.clock.fastForward(60_000)
        await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
        await expect(retry.first()).toBeVisible({ timeout: 2_000 })
      }).toPass()
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/went wrong/)
      // time stands still, so that nothing but the buttons asks again; a question that was just asked gets its answer first
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 2_000)
      await expect(async () => {
        await page.clock.runFor(1_000)
        await expect(retry.and(page.locator('[aria-busy="true"]'))).toHaveCount(0, { timeout: 1_000 })
        await expect(retry.first()).toBeVisible({ timeout: 1_000 })
      }).toPass()
      await recover()
      const answers: number[] = []
      page.on('response', (response) => {
        if (asks.test(new URL(response.url()).pathname)) answers.push(response.status())
      })
      await expect(async () => {
        // a press is ignored while an earlier question still waits for its answer
        for (const button of await retry.elementHandles()) await button.click({ timeout: 1_000 })
        await expect.poll(() => answers, { timeout: 2_000 }).toContain(200)
      }).toPass()
      await page.clock.resume()
      await expect(retry).toHaveCount(0)

      await breakApi(page)
      await useShell(page, house)
      expect(crashes).toEqual([])
    })

  test('a form that could not be sent says so, keeps what was typed, and is sent by the same button', async ({
    page,
    org,
  }) => {
    await page.goto(org.path('/settings/general'))
    await page.getByLabel('Organization name').fill('Acme Harbour')
    const recover = await breakApi(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.locator('main').getByText('Something went wrong here. Try again.')).toBeVisible()
    await expect(page.getByLabel('Organization name')).toHaveValue('Acme Harbour')
    await recover()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('button', { name: /^Switch organization/ })).toContainText('Acme Harbour')

    await page.goto(org.path('/boards'))
    await breakApi(page)
    await page.getByRole('button', { name: 'New board' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Quay')
    await page.getByRole('button', { name: 'Create board' }).click()
    await expect(page.getByRole('dialog')).toContainText('Something went wrong here. Try again.')
    await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Quay')
    await page.unroute('**/api/v1/**')
    await page.getByRole('button', { name: 'Create board' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quay')
  })
})

test('offline every page says of when its content is; a change is refused in words and not sent later', async ({
  page,
  context,
  org,
}) => {
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.close()
  await page.goto(org.path('/settings/members'))
  const role = page.getByLabel('Role of Sam Ortiz')
  await expect(role).toHaveValue('member')
  await context.setOffline(true)
  await expect(page.getByText(/You're offline\. Showing what was loaded at \d\d:\d\d\./)).toBeVisible()
  const changes: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && changes.push(request.method()))
  await role.selectOption('reviewer')
  await expect(
    page.locator('main').getByText('Plugboard cannot be reached. Check your connection and try again.'),
  ).toBeVisible()
  await expect(role).toHaveValue('member')
  await context.setOffline(false)
  await expect(page.getByText(/You're offline/)).toHaveCount(0)
  await page.reload()
  await expect(role).toHaveValue('member')
  expect(changes).toEqual(['PATCH'])
})

/** Ends every session of the owner, as a sign-out on another machine would. */
async function endSessions(context: BrowserContext): Promise<void> {
  await callApi(context.request, 'DELETE', '/api/v1/me/sessions')
}

async function signInAgain(page: Page, org: Org): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(dialog).toContainText('Sign in again to continue. What you typed is kept.')
  await expect(dialog.getByLabel('Email address')).toHaveValue(org.owner.email)
  await expect(dialog.getByLabel('Password')).toBeFocused()
  await dialog.getByLabel('Password').fill(org.owner.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
}

test('T-SYS-2 a session that ends in the middle of a form: after signing in again what was typed is there, and is sent', async ({
  page,
  browser,
  org,
}) => {
  await confirmEmail(page.request, org.owner)
  const elsewhere = await browser.newContext()
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })

  await page.goto(org.path('/settings/members'))
  await page.getByLabel('Email addresses').fill('priya@acme.test')
  await page.getByLabel('Role', { exact: true }).selectOption('Compliance reviewer')
  await signIn(elsewhere.request, org.owner)
  await endSessions(elsewhere)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()

  // not now: everything stays as it was, and can be sent later
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('Email addresses')).toHaveValue('priya@acme.test')
  await expect(page.getByLabel('Role', { exact: true })).toHaveValue('reviewer')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await signInAgain(page, org)
  await expect(page.getByText('Invited priya@acme.test')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Invitations' })).toContainText('Compliance reviewer')
  expect(sent.filter((line) => line.endsWith('/invitations'))).toHaveLength(3)

  // a whole page of fields, with passwords among them
  await page.goto('/account/preferences')
  await page.getByLabel('Name').fill('Dana K. Kim')
  await page.getByLabel('Current password').fill('not sent yet')
  await signIn(elsewhere.request, org.owner)
  await endSessions(elsewhere)
  await page.getByRole('button', { name: 'Save name' }).click()
  await signInAgain(page, org)
  await expect(page.getByLabel('Name')).toHaveValue('Dana K. Kim')
  await expect.poll(() => callApi(page.request, 'GET', '/api/v1/me')).toMatchObject({ name: 'Dana K. Kim' })
  await elsewhere.close()
})

/** The same address under the other name of this machine. */
const elsewhereUrl = appUrl.replace('//localhost', '//127.0.0.1')

test('a page asked for under another host name leads to the public one, and ends there', async ({ page, org }) => {
  expect(elsewhereUrl).not.toBe(appUrl)
  for (const path of ['/login?next=%2Facme', org.path('/settings/members?x=1'), '/no/such/page', '/integrations']) {
    const hops: string[] = []
    const note = (response: Response) => {
      if (response.request().isNavigationRequest()) hops.push(response.url())
    }
    page.on('response', note)
    await page.goto(`${elsewhereUrl}${path}`)
    page.off('response', note)
    expect(hops[0]).toBe(`${elsewhereUrl}${path}`)
    expect(hops[1]).toBe(`${appUrl}${path}`)
    expect(new URL(page.url()).origin).toBe(appUrl)
    expect(hops.length).toBeLessThan(4)
  }
  // the session came along: it belongs to the public name
  await page.goto(`${elsewhereUrl}${org.path('/settings/members')}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Members')
})

const directives = (policy: string): Map<string, string[]> =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]))

test('every page comes with the headers that close what it does not need', async ({ visit, house }) => {
  test.setTimeout(180_000)
  const nonces = new Set<string>()
  for (const { address, who } of routes) {
    const page = await visit(who)
    const broken: string[] = []
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) broken.push(message.text())
    })
    const response = await page.goto(fill(address, house.values))
    const headers = response?.headers() ?? {}
    expect.soft(headers['x-content-type-options'], address).toBe('nosniff')
    expect.soft(headers['cross-origin-opener-policy'], address).toBe('same-origin')
    expect.soft(headers['permissions-policy'], address).toContain('camera=()')
    expect.soft(headers['x-powered-by'], address).toBeUndefined()
    expect.soft(headers['cache-control'], address).toMatch(/no-store/)
    const isHidden = address.startsWith('/connect/')
    expect.soft(headers['referrer-policy'], address).toBe(isHidden ? 'no-referrer' : 'same-origin')

    const policy = directives(headers['content-security-policy'] ?? '')
    expect.soft(policy.get('default-src'), address).toEqual(["'self'"])
    expect.soft(policy.get('object-src'), address).toEqual(["'none'"])
    expect.soft(policy.get('base-uri'), address).toEqual(["'none'"])
    expect.soft(policy.get('frame-ancestors'), address).toEqual(["'none'"])
    for (const name of ['script-src', 'style-src']) {
      const sources = policy.get(name)?.join(' ') ?? ''
      expect.soft(sources, address).not.toMatch(/unsafe|\*|https?:/)
      nonces.add(/'nonce-([^']+)'/.exec(sources)?.[1] ?? '')
    }
    await page.waitForLoadState('networkidle')
    expect.soft(broken, address).toEqual([])
    await page.context().close()
  }
  // one nonce for each page, never one that was used
  expect(nonces.size).toBe(routes.length)
})

test('cookies are kept from scripts and from other sites', async ({ page, context, org }) => {
  await page.goto(org.path('/settings/members'))
  const cookies = await context.cookies(appUrl)
  expect(cookies.map(({ name }) => name)).toEqual(expect.arrayContaining(['pb_session', 'pb_browser']))
  for (const { name, httpOnly, sameSite } of cookies.filter(({ name }) => name !== 'pb_theme')) {
    expect(httpOnly, name).toBe(true)
    expect(sameSite, name).toBe('Lax')
  }
  const before = cookies.find(({ name }) => name === 'pb_session')?.value
  await signIn(context.request, org.owner)
  const after = (await context.cookies(appUrl)).find(({ name }) => name === 'pb_session')?.value
  expect(after).not.toBe(before)
})

test('a cookie that was copied is worth nothing after signing out', async ({ page, browser, org }) => {
  const thief = await browser.newContext({ storageState: await page.context().storageState() })
  expect((await thief.request.get('/api/v1/me')).status()).toBe(200)
  await page.goto(org.path('/settings/members'))
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('/login')
  expect((await thief.request.get('/api/v1/me')).status()).toBe(401)
  await thief.close()
})
