import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { settled } from './crawl.ts'
import { ownSecrets, sessionTokenIn, tokensOf, verifierOf } from './sealed.ts'
import { appUrl, consent, dataDir, expect, newFile, test } from './support.ts'

type Found = { where: string; text: string }

/** Everything that goes through this browser and could be read in it, kept to be searched. */
function record(context: BrowserContext) {
  const all: Found[] = []
  const note = (where: string, text: string) => void all.push({ where, text })
  const pending: Promise<void>[] = []
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    // the provider's own address of its answer: it holds a code and a state, and is left at once
    if (origin !== appUrl || pathname.startsWith('/api/callback/')) return
    note(`the address ${pathname}`, request.url())
    note(`the referrer sent to ${pathname}`, request.headers().referer ?? '')
  })
  context.on('response', (response) => {
    const { origin, pathname } = new URL(response.url())
    if (origin !== appUrl) return
    const { 'set-cookie': _, location = '', ...headers } = response.headers()
    note(`headers of ${pathname}`, JSON.stringify(headers))
    if (location.startsWith('/') || location.startsWith(appUrl)) note(`where ${pathname} leads`, location)
    const read = response.text().then(
      (text) => note(`the answer of ${pathname}`, text),
      () => {}, // a redirect has no body, and that of a page that was left is gone
    )
    pending.push(read)
  })
  const watch = (page: Page) => {
    page.on('console', (message) => note('the console', message.text()))
    page.on('pageerror', (error) => note('an error', `${error.message}\n${error.stack}`))
  }
  context.on('page', watch)
  for (const page of context.pages()) watch(page)
  return { all, note, whole: () => Promise.all(pending) }
}

/** Keeps what a page holds at this moment: its document, its history, what it stored. */
async function keep(page: Page, note: (where: string, text: string) => void): Promise<void> {
  const at = new URL(page.url()).pathname
  note(`the document of ${at}`, await page.content())
  const held = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    return {
      cookies: document.cookie,
      referrer: document.referrer,
      local: { ...localStorage },
      session: { ...sessionStorage },
      state: history.state,
      databases,
      caches: await caches.keys(),
      loaded: performance.getEntries().map(({ name }) => name),
    }
  })
  note(`what ${at} holds`, JSON.stringify(held))
  const devtools = await page.context().newCDPSession(page)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  await devtools.detach()
  const own = entries.filter(({ url }) => url.startsWith(appUrl))
  note(`the history at ${at}`, own.map(({ url, title }) => `${url} ${title}`).join('\n'))
}

const cookieOf = async (context: BrowserContext, name: string) =>
  (await context.cookies(appUrl)).find((cookie) => cookie.name === name)?.value ?? ''

async function mails(): Promise<string> {
  const folder = path.join(dataDir, 'mail')
  return (await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')))).join(
    '\n',
  )
}

/** The product's own output, once it has come to this request. */
async function logUntil(requestId: string): Promise<string> {
  const file = process.env.E2E_LOG ?? ''
  await expect.poll(() => readFile(file, 'utf8'), 'the log').toContain(requestId)
  return readFile(file, 'utf8')
}

test('X-20 no secret of a whole journey can be read in the browser or the log', async ({
  page,
  context,
  org,
  sandbox,
  account,
}) => {
  test.setTimeout(180_000)
  const { all, note, whole } = record(context)
  const secrets = new Map(ownSecrets().map((secret, at) => [secret, `key ${at} of the product`]))
  const isSecret = (what: string, secret: string) => secrets.set(secret, what)
  isSecret('the password', org.owner.password)
  isSecret('the first cookie', await cookieOf(context, 'pb_session'))
  const file = { repository: 'checkout', file: 'src/retry.ts', text: 'export const retries = 3\n' }
  const link = await newFile(sandbox, account, file)

  await test.step('sign in', async () => {
    await context.clearCookies()
    await page.goto('/login')
    await page.getByLabel('Email address').fill(org.owner.email)
    await page.getByLabel('Password').fill('a wrong long password')
    isSecret('a wrong password', 'a wrong long password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.locator('main').getByText('is not right')).toBeVisible()
    await page.getByLabel('Password').fill(org.owner.password)
    await keep(page, note)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(org.path('/boards'))
    const cookie = await cookieOf(context, 'pb_session')
    isSecret('the session cookie', cookie)
    isSecret('the session token', await sessionTokenIn(cookie))
    isSecret('the mark of the browser', await cookieOf(context, 'pb_browser'))
    await keep(page, note)
  })

  await test.step('connect', async () => {
    await page.goto(org.path('/settings/integrations'))
    const opened = context.waitForEvent('page')
    await page.getByRole('button', { name: 'Connect GitHub' }).first().click()
    const github = await opened
    await github.waitForURL(/github-web/)
    isSecret('the state', new URL(github.url()).searchParams.get('state') ?? '')
    isSecret('the verifier', await verifierOf(org.id))
    const returned = context.waitForEvent('request', (request) => request.url().includes('/api/callback/github?'))
    await consent(github, account)
    isSecret('the code', new URL((await returned).url()).searchParams.get('code') ?? '')
    await expect(page.locator('[data-provider="github"]').getByText(/^GitHub connected/)).toBeVisible()
    if (!github.isClosed()) await keep(github, note).catch(() => {}) // it closes itself
    await keep(page, note)
    for (const token of await tokensOf(org.id)) isSecret('a token', token)
  })

  await test.step('look around', async () => {
    const hub = org.path('/settings/integrations')
    for (const address of [
      hub,
      `${hub}/github`,
      `${hub}/github/config`,
      `${hub}/github/activity`,
      '/account/connections',
    ]) {
      await page.goto(address)
      await settled(page)
      await keep(page, note)
    }
    await page.goto(`${hub}/github`)
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.locator('main').getByText(/^Checked: Connected/)).toBeVisible()
  })

  await test.step('a board, and a provider that repeats the token in its error', async () => {
    const [token = ''] = await tokensOf(org.id)
    await page.goto(org.path('/boards'))
    await page.getByRole('button', { name: 'New board' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Release')
    await page.getByRole('button', { name: 'Create board' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Release' })).toBeVisible()
    await page.keyboard.press('@')
    await page.getByRole('combobox').fill(link)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    const card = page.locator('[data-type="reference"]')
    await expect(card).toContainText('retry.ts')
    const body = { message: `bad token ${token}`, token }
    const asked = `/github-api/repos/${account}/checkout`
    await sandbox.control.faults([{ provider: 'github', path: asked, status: 500, body, times: 3 }])
    await card.getByRole('button', { name: /^More actions/ }).click()
    await page.getByRole('menuitem', { name: 'Refresh' }).click()
    await settled(page)
    await keep(page, note)
  })

  await test.step('change the password, disconnect, sign out', async () => {
    const next = 'an even longer password'
    isSecret('the new password', next)
    await page.goto('/account/preferences')
    await page.getByLabel('Current password').fill(org.owner.password)
    await page.getByLabel('New password').fill(next)
    await keep(page, note)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect.poll(() => cookieOf(context, 'pb_session')).not.toBe('')
    await settled(page)
    isSecret('the last cookie', await cookieOf(context, 'pb_session'))
    await page.goto(org.path('/settings/integrations'))
    await page.getByRole('button', { name: 'More actions for GitHub' }).click()
    await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect GitHub' }).click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await keep(page, note)
  })

  const last = await page.request.get(org.api('/audit-events'))
  note('the audit log', await last.text())
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('/login')
  await keep(page, note)
  await whole()
  note('the mails', await mails())
  note('the log of the product', await logUntil(last.headers()['x-request-id'] ?? 'a request id'))

  // it was looked where something is to be found
  const texts = all.map(({ text }) => text).join('\n')
  for (const seen of [org.owner.email, `@${account}`, 'retries = 3', 'connection.created'])
    expect(texts).toContain(seen)
  expect(secrets.size).toBeGreaterThan(13)
  for (const [secret, what] of secrets) {
    expect(secret.length, what).toBeGreaterThan(15)
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
    const leaks = all.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where)
    expect.soft([...new Set(leaks)], `places where ${what} can be read`).toEqual([])
  }
})
