import { heldBy } from './held-by.ts'
import { answersKeys, frame, visit } from './on-board.ts'
import { found, joinWithGithub, live, record, stateOf, test } from './on-privacy.ts'
import { callApi, expect, signIn } from './support.ts'

type Card = { state: string; message?: string; resource?: object }

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
  const everything = `${await sent()}\n${await heldBy(priya.page)}\n${JSON.stringify(card)}`
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
  expect(found(`${await sent()}\n${await heldBy(sam.page)}`, secret.words)).toEqual([])
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
  expect(found(await heldBy(sam.page), [secret.text, secret.path])).toEqual([])
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
  expect(found(await heldBy(page), secret.words)).toEqual([])
  await page.goBack()
  await page.waitForURL(/\/login/)
  await expect(page.getByLabel('Email address')).toBeVisible()
  expect(found(await heldBy(page), secret.words)).toEqual([])

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
  expect(found(await heldBy(page), [secret.text, secret.path])).toEqual([])
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
  expect(found(`${await sent()}\n${await heldBy(sam.page)}`, secret.words)).toEqual([])
})
