import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page, Response } from '@playwright/test'
import { answersKeys, frame, newBoard, type OnBoard, visit } from './on-board.ts'
import {
  appUrl,
  test as base,
  callApi,
  connectGithub,
  consent,
  expect,
  newFile,
  type Org,
  sandboxUrl,
  signIn,
} from './support.ts'

type Card = { state: string; message?: string; resource?: object }
type Secret = { repository: string; path: string; text: string; url: string; words: string[] }

/** Words that occur nowhere else: whoever finds one of them has been told of the thing. */
async function plantSecret(sandbox: Parameters<typeof newFile>[0], account: string): Promise<Secret> {
  const [repository, name, text] = [randomUUID(), randomUUID(), randomUUID()].map((id) => `w${id.slice(0, 8)}`)
  const path = `src/${name}.ts`
  const url = await newFile(sandbox, account, { repository: `${repository}`, file: path, text: `// ${text}\n` })
  const words = [`${repository}`, `${name}`, `${text}`, account]
  return { repository: `${repository}`, path, text: `${text}`, url, words }
}

/** Everything that a browser is sent from now on, pages and their pieces and data, as text. */
function record(context: BrowserContext): () => Promise<string> {
  const responses: Response[] = []
  context.on('response', (response) => responses.push(response))
  return async () => {
    const texts = await Promise.all(responses.map(async (one) => `${one.url()}\n${await one.text().catch(() => '')}`))
    return texts.join('\n')
  }
}

/** What a page shows and what its browser keeps. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)))
    const cached = await Promise.all(caches.map(async (cache) => (await cache.keys()).map(({ url }) => url)))
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    return [
      document.documentElement.outerHTML,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
      JSON.stringify([cached, databases]),
      location.href,
    ].join('\n')
  })

const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word))

type Fixtures = { secret: Secret; shared: OnBoard & { card: string } }

/** A board of Dana's with one card that only her account can open. */
const test = base.extend<Fixtures>({
  secret: async ({ sandbox, account }, use) => use(await plantSecret(sandbox, account)),
  shared: async ({ page, org, account, secret }, use) => {
    await connectGithub(page, org, { account })
    const board = await newBoard(page, org)
    const card = await board.add({ type: 'reference', url: secret.url })
    await use({ ...board, card })
  },
})

const live = (page: Page, card: string) =>
  expect(frame(page, card).locator('[data-card]')).toHaveAttribute('data-card', 'live')
const stateOf = (page: Page, card: string, state: string) =>
  expect(frame(page, card).locator('[data-card]')).toHaveAttribute('data-card', state)

/** Somebody of the organization with an account at GitHub that can open nothing of Dana's. */
async function joinWithGithub(org: Org, sandbox: Parameters<typeof newFile>[0], name: string) {
  const seat = await org.join('member', name)
  const account = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: account, name } })
  await connectGithub(seat.page, org, { account })
  return { ...seat, account }
}

test('T-PRV-1 a viewer without GitHub is sent nothing that names the thing', async ({ page, org, shared, secret }) => {
  await visit(page, shared)
  await live(page, shared.card)
  const priya = await org.join('member', 'Priya')
  const sent = record(priya.context)
  await visit(priya.page, shared)
  await stateOf(priya.page, shared.card, 'needs_connection')
  await expect(frame(priya.page, shared.card)).toContainText('Connect your GitHub to see this')
  await expect(frame(priya.page, shared.card)).toContainText('File · added by Dana Kim')
  await callApi(priya.page.request, 'GET', shared.api('/cards'))
  const card = await callApi<Card>(priya.page.request, 'GET', shared.api(`/cards/${shared.card}?refresh=1`))
  expect(card.resource).toBeUndefined()
  const everything = `${await sent()}\n${await kept(priya.page)}\n${JSON.stringify(card)}`
  expect(everything.length).toBeGreaterThan(10_000)
  expect(found(everything, secret.words)).toEqual([])
  await priya.page.getByRole('button', { name: /^More actions for GitHub file/ }).click()
  await expect(priya.page.getByRole('menuitem', { name: 'Refresh' })).toBeVisible()
  await expect(priya.page.getByRole('menuitem', { name: 'Copy link' })).toHaveCount(0)
})

test('T-PRV-1 the page itself holds nothing of a card, even for who may see it', async ({ page, shared, secret }) => {
  const html = await (await page.request.get(shared.url)).text()
  expect(html).toContain(shared.card)
  expect(
    found(
      html,
      secret.words.filter((word) => !secret.url.includes(`github-web/${word}/`)),
    ),
  ).toEqual([])
})

test('T-PRV-2 T-PRV-7 connecting one’s own account fills the cards without a reload, and nothing moves', async ({
  page,
  org,
  shared,
  sandbox,
  account,
}) => {
  const priya = await org.join('member', 'Priya')
  const login = `priya-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login, name: 'Priya' } })
  const repository = {
    owner: account,
    name: 'open',
    private: true,
    collaborators: [login],
    files: { 'a.md': 'hello\n' },
  }
  await sandbox.control.set({ provider: 'github', repository })
  const cards = [
    await shared.add({ type: 'reference', url: `${sandboxUrl}/github-web/${account}/open` }),
    await shared.add({ type: 'reference', url: `${sandboxUrl}/github-web/${account}/open/blob/main/a.md` }),
  ]
  await page.close()
  await visit(priya.page, shared)
  await expect(priya.page.getByText('3 cards need your GitHub')).toBeVisible()
  for (const card of cards) await stateOf(priya.page, card, 'needs_connection')
  await priya.page.evaluate(() => {
    Object.assign(window, { isSamePage: true, shifts: [] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = Reflect.get(entry, 'sources').map(({ node }: { node: Element }) => node?.outerHTML?.slice(0, 80))
        Reflect.get(window, 'shifts').push({ value: Reflect.get(entry, 'value'), moved })
      }
    }).observe({ type: 'layout-shift' })
  })
  const tab = priya.page.waitForEvent('popup')
  await priya.page.getByRole('button', { name: 'Connect once' }).click()
  await consent(await tab, login)
  for (const card of cards) await live(priya.page, card)
  await stateOf(priya.page, shared.card, 'no_access')
  await expect(priya.page.getByText('need your GitHub')).toHaveCount(0)
  const [isSame, shifts] = await priya.page.evaluate(() => [
    Reflect.get(window, 'isSamePage'),
    Reflect.get(window, 'shifts'),
  ])
  expect(isSame).toBe(true)
  const total = shifts.reduce((sum: number, { value }: { value: number }) => sum + value, 0)
  expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.02)
})

test('T-PRV-3 what is forbidden and what is not there look alike, to the last word', async ({
  page,
  org,
  shared,
  sandbox,
  secret,
  account,
}) => {
  const sam = await joinWithGithub(org, sandbox, 'Sam')
  const missing = await shared.add({ type: 'reference', url: secret.url.replace(secret.repository, 'no-such-thing') })
  await sandbox.control.faults([
    { provider: 'github', path: `/repos/${account}/${secret.repository}`, status: 403, body: { message: 'Forbidden' } },
  ])
  await visit(sam.page, shared)
  for (const card of [shared.card, missing]) await stateOf(sam.page, card, 'no_access')
  const [one, other] = await Promise.all([shared.card, missing].map((card) => frame(sam.page, card).textContent()))
  expect(one).toBe(other)
  expect(one).toContain("You don't have access to this file, or it no longer exists")
  const answers = await Promise.all(
    [shared.card, missing].map(async (card) => {
      const response = await sam.page.request.get(shared.api(`/cards/${card}?refresh=1`))
      return { status: response.status(), body: (await response.text()).replaceAll(card, 'CARD') }
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  await page.close()
})

test('T-PRV-4 what one person has loaded never comes to another, also when the source is down', async ({
  page,
  org,
  shared,
  sandbox,
  secret,
  account,
}) => {
  await visit(page, shared)
  await live(page, shared.card)
  await expect(page.getByText(secret.text)).toBeVisible()
  const sam = await joinWithGithub(org, sandbox, 'Sam')
  const sent = record(sam.context)
  await sandbox.control.faults([{ provider: 'github', path: `/repos/${account}`, status: 503, times: 20 }])
  await visit(sam.page, shared)
  await stateOf(sam.page, shared.card, 'error')
  await expect(sam.page.getByText("GitHub isn't answering. Cards show what you last loaded.")).toBeVisible()
  expect(found(`${await sent()}\n${await kept(sam.page)}`, secret.words)).toEqual([])
})

test('T-PRV-5 a member who is removed loses the cards on the open page', async ({
  page,
  org,
  shared,
  sandbox,
  account,
  secret,
}) => {
  const sam = await joinWithGithub(org, sandbox, 'Sam')
  const repository = { owner: account, name: secret.repository, collaborators: [sam.account] }
  await sandbox.control.set({ provider: 'github', repository })
  await visit(sam.page, shared)
  await live(sam.page, shared.card)
  await expect(sam.page.getByText(secret.text)).toBeVisible()
  await callApi(page.request, 'DELETE', org.api(`/members/${sam.member.id}`))
  await expect(sam.page.getByText('Sign in again to continue')).toBeVisible()
  await expect(sam.page.getByText(secret.text)).toHaveCount(0)
  expect(found(await kept(sam.page), [secret.text, secret.path])).toEqual([])
  expect((await sam.page.request.get(shared.api('/cards'))).status()).toBe(401)
  await signIn(sam.page.request, sam.member)
  expect((await sam.page.request.get(shared.api('/cards'))).status()).toBe(404)
  await expect(sam.page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})

test('T-PRV-6 offline one’s own cards stay, labelled; changes are refused and not kept for later', async ({
  page,
  context,
  shared,
  secret,
}) => {
  await visit(page, shared)
  await live(page, shared.card)
  await context.setOffline(true)
  await stateOf(page, shared.card, 'offline')
  await expect(frame(page, shared.card).locator('[data-freshness]')).toHaveText('Offline')
  await expect(page.getByText(secret.text)).toBeVisible()
  await expect(page.getByText(/You're offline\. Showing what was loaded at \d\d:\d\d\./)).toBeVisible()
  await frame(page, shared.card).focus()
  await page.keyboard.press('Delete')
  await expect(page.locator('main')).toContainText("You're offline, so nothing was changed.")
  await context.setOffline(false)
  await live(page, shared.card)
  expect((await shared.read()).objects).toHaveLength(1)
})

test('T-PRV-6 after signing out nothing of the cards is left on the machine', async ({ page, shared, secret, org }) => {
  await visit(page, shared)
  await live(page, shared.card)
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
  expect(found(await kept(page), secret.words)).toEqual([])
  await page.goBack()
  await page.waitForURL(/\/login/)
  await expect(page.getByLabel('Email address')).toBeVisible()
  expect(found(await kept(page), secret.words)).toEqual([])

  const next = await org.join('member', 'Priya').catch(() => null)
  expect(next, 'nobody is signed in any more').toBeNull()
})

test('T-PRV-6 signing out in one tab takes the cards off the others', async ({ page, context, shared, secret }) => {
  await visit(page, shared)
  await live(page, shared.card)
  const other = await context.newPage()
  await visit(other, shared)
  await other.getByRole('button', { name: /^Account:/ }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await other.waitForURL('**/login')
  await expect(page.getByText('Sign in again to continue')).toBeVisible()
  await expect(page.getByText(secret.text)).toHaveCount(0)
  expect(found(await kept(page), [secret.text, secret.path])).toEqual([])
})

test('X-21 two people on one board: the other is never sent a word of it, in any answer or cache', async ({
  page,
  org,
  shared,
  sandbox,
  secret,
}) => {
  await visit(page, shared)
  await live(page, shared.card)
  const sam = await joinWithGithub(org, sandbox, 'Sam')
  const sent = record(sam.context)
  await sam.page.goto(org.path('/boards'))
  await sam.page.getByRole('link', { name: 'Orders' }).click()
  await answersKeys(sam.page)
  await stateOf(sam.page, shared.card, 'no_access')
  await sam.page.keyboard.press('@')
  await sam.page.keyboard.type(secret.repository.slice(1, 6))
  await expect(sam.page.getByText(/Nothing in GitHub for/)).toBeVisible()
  await sam.page.keyboard.press('Escape')
  for (const address of ['', '/cards', `/cards/${shared.card}`, `/cards/${shared.card}?refresh=1`])
    expect(found(await (await sam.page.request.get(shared.api(address))).text(), secret.words)).toEqual([])
  // the address of its own question names what it typed, so the account and the whole words are looked for
  expect(found(`${await sent()}\n${await kept(sam.page)}`, secret.words)).toEqual([])
})

const payload = {
  title: `<img src=x onerror="document.title='owned'"><script>window.owned=1</script>`,
  link: 'javascript:window.owned=1',
  markdown: `![x](${appUrl}/stolen.png) [click](javascript:window.owned=1) <svg onload="window.owned=1"></svg>`,
}

async function plantHostile(sandbox: Parameters<typeof newFile>[0], account: string): Promise<string[]> {
  const repository = {
    owner: account,
    name: 'hostile',
    private: true,
    description: `${payload.title} ${payload.link}`,
    files: {
      'evil.html': `${payload.title}\n${payload.markdown}\n</pre></article><script>window.owned=1</script>\n`,
      'a\'"<b>.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="window.owned=1"/>\n',
    },
    issues: [
      { number: 1, title: payload.title, body: payload.markdown, labels: [payload.title, payload.link] },
      { number: 2, title: payload.link, body: payload.title, pull: { head: 'x' } },
    ],
  }
  await sandbox.control.set({ provider: 'github', repository })
  const home = `${sandboxUrl}/github-web/${account}/hostile`
  const file = encodeURIComponent('a\'"<b>.svg')
  return [
    home,
    `${home}/blob/main/evil.html`,
    `${home}/blob/main/${file}`,
    `${home}/tree/main`,
    `${home}/issues/1`,
    `${home}/pull/2`,
    `${sandboxUrl}/github-web/search?type=code&q=owned`,
  ]
}

test('36: what a provider sends is text: nothing of it runs, loads or leads anywhere it should not', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const urls = await plantHostile(sandbox, account)
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  for (const url of urls) await board.add({ type: 'reference', url })
  await board.add({ type: 'note', text: `${payload.markdown} ${payload.link} https://fine.acme.test/x` })

  const trouble: string[] = []
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  page.on('pageerror', (error) => trouble.push(String(error)))
  page.on('dialog', (dialog) => trouble.push(dialog.message()))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${appUrl}/`) || request.url().includes('stolen')) trouble.push(request.url())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`CSP ${violatedDirective} ${blockedURI}`),
    )
  })
  await page.setViewportSize({ width: 1280, height: 2000 })
  await visit(page, board)
  await expect(page.locator('[data-card="live"]')).toHaveCount(urls.length)
  await expect(page.getByText(payload.title).first()).toBeVisible()
  await page.keyboard.press('@')
  await page.keyboard.type('hostile')
  await expect(page.getByRole('option', { name: /hostile/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')

  const drawn = page.locator('main')
  await expect(drawn.locator('script, img, iframe, object, embed, [onerror], [onload]')).toHaveCount(0)
  const links = await drawn
    .locator('a')
    .evaluateAll((all) =>
      all.map((one) => [
        one.getAttribute('href') ?? '',
        one.getAttribute('rel') ?? '',
        one.getAttribute('target') ?? '',
      ]),
    )
  for (const [href = '', rel = '', target] of links) {
    expect(href).toMatch(/^(https?:\/\/|\/|#)/)
    if (target === '_blank') expect(rel).toContain('noreferrer')
  }
  expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
  expect(await page.title()).toBe('Orders – Boards – Acme – Plugboard')
  expect(trouble).toEqual([])
})

for (const button of ['Connect once', 'Connect GitHub'])
  test(`X-06 ${button} leaves the focus on a card once the cards are filled`, async ({
    page,
    org,
    shared,
    account,
  }) => {
    const priya = await org.join('member', 'Priya')
    await page.close()
    await visit(priya.page, shared)
    await stateOf(priya.page, shared.card, 'needs_connection')
    const tab = priya.page.waitForEvent('popup')
    await priya.page.getByRole('main').getByRole('button', { name: button }).focus()
    await priya.page.keyboard.press('Enter')
    await consent(await tab, account)
    await live(priya.page, shared.card)
    await expect(priya.page.getByText('needs your GitHub')).toHaveCount(0)
    await expect(frame(priya.page, shared.card)).toBeFocused()
  })
