import { newBoard } from './on-board.ts'
import { badgeOf, hubOf, pressInto, providerOf, rowOf, said } from './on-hub.ts'
import { callApi, connectGithub, connectionsOf, consent, expect, newFile, test } from './support.ts'

test('T-DET-1 a provider where everybody has an account of their own shows both places, any other the one', async ({
  page,
  org,
}) => {
  const places = page.locator('[data-slot]')
  for (const provider of ['github', 'jira', 'confluence']) {
    await page.goto(org.path(`/settings/integrations/${provider}`))
    await expect(page.getByRole('heading', { name: 'Organization sync' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
    await expect(places).toHaveCount(2)
  }
  for (const provider of ['slack', 'sentry', 'openrouter']) {
    await page.goto(org.path(`/settings/integrations/${provider}`))
    await expect(page.getByRole('heading', { name: 'Connection', exact: true })).toBeVisible()
    await expect(places).toHaveCount(1)
  }
})

test('T-DET-2 health tells last sync, rate limit and webhooks also when they are nought or unknown', async ({
  page,
  org,
  account,
}) => {
  await page.goto(providerOf(org))
  const health = page.locator('#health')
  for (const text of ['No syncs yet', 'Not known until it is connected', 'No webhooks configured'])
    await expect(health.getByText(text)).toBeVisible()
  await connectGithub(page, org, { account })
  await page.reload()
  for (const text of ['No syncs yet', 'No webhooks configured', /OAuth token.*connected by Dana Kim/])
    await expect(health.getByText(text)).toBeVisible()
  await expect(health.getByText('Rate limit', { exact: true })).toBeVisible()
})

test('T-DET-3 Check now asks GitHub, moves the time and says what came of it', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await connectGithub(page, org, { account })
  await page.goto(providerOf(org))
  const checked = page.locator('#health time').last()
  const before = await checked.getAttribute('datetime')
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(said(page)).toHaveText('Checked: Connected.')
  await expect(checked).not.toHaveAttribute('datetime', before ?? '')
  await expect(page.locator('#health')).toContainText(/\d of 5,000 used, resets/)
  const asked = (await sandbox.control.log()).filter(
    (entry) => entry.account === account && entry.path.endsWith('/user'),
  )
  expect(asked.length).toBeGreaterThan(1)
})

test('a page that opens after five minutes asks by itself, and shows what was revoked meanwhile', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await connectGithub(page, org, { account })
  await sandbox.control.revoke({ provider: 'github', account })
  await page.goto(providerOf(org))
  await page.waitForLoadState('networkidle')
  await expect(page.getByRole('img', { name: /^Status: Connected/ }).first()).toBeVisible()
  await page.clock.install({ time: Date.now() + 6 * 60_000 })
  await page.goto(providerOf(org))
  await expect(page.getByRole('img', { name: /^Status: Needs re-auth/ }).first()).toBeVisible()
})

test('T-DET-4 every section has an address of its own that a reload brings back', async ({ page, org }) => {
  const sections = [
    ['', 'Overview', 'GitHub – Integrations – Acme – Plugboard', 'Health'],
    ['/config', 'Config', 'GitHub config – Integrations – Acme – Plugboard', 'Stop using GitHub'],
    ['/activity', 'Activity', 'GitHub activity – Integrations – Acme – Plugboard', 'Activity'],
    ['/guide', 'Guide', 'GitHub guide – Integrations – Acme – Plugboard', 'Check it worked'],
  ] as const // as const: a tuple each
  for (const [rest, name, title, heading] of sections) {
    await page.goto(providerOf(org, rest))
    await page.reload()
    await expect(page).toHaveTitle(title)
    const nav = page.getByRole('navigation', { name: 'GitHub sections' })
    await expect(nav.getByRole('link', { name })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible()
  }
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'GitHub' })).toBeFocused()
})

test('T-DET-5 the exact time is reached with the keyboard', async ({ page, org, account }) => {
  await connectGithub(page, org, { account })
  await page.goto(providerOf(org))
  const time = page
    .locator('#health')
    .getByRole('button')
    .filter({ has: page.locator('time') })
    .last()
  await time.focus()
  await expect(page.getByRole('tooltip').filter({ visible: true })).toHaveText(
    /^\d+ \w+ 20\d\d, \d\d:\d\d:\d\d GMT\+5:45$/,
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip').filter({ visible: true })).toHaveCount(0)
})

test('what is not built yet of a provider says so, under its name; a provider that is none is not found', async ({
  page,
  org,
}) => {
  for (const [address, name] of [
    ['/slack/channels', 'Slack'],
    ['/github/webhooks', 'GitHub'],
  ] as const) {
    // as const: pairs
    await page.goto(org.path(`/settings/integrations${address}`))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
    await expect(page.getByText('Coming:')).toBeVisible()
    await expect(page).toHaveTitle(new RegExp(`^${name}( \\w+)? – Integrations – Acme – Plugboard$`))
  }
  await page.goto(org.path('/settings/integrations/asana'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
})

test('access revoked at GitHub: the page says why, what still works and what to do, and Reconnect mends it in place', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { id } = await connectGithub(page, org, { account })
  await page.goto(providerOf(org))
  await sandbox.control.revoke({ provider: 'github', account })
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(said(page)).toHaveText('Checked: Needs re-auth. Connection invalid: access revoked at GitHub.')
  const attention = page.locator('#attention')
  await expect(attention).toContainText('Connection invalid: access revoked at GitHub.')
  await expect(attention).toContainText("Someone revoked Plugboard's access in GitHub's settings.")
  await expect(attention).toContainText(
    'Project settings and past data stay. Cards ask to reconnect. Syncs are paused.',
  )
  const tab = await pressInto(page, attention.getByRole('button', { name: 'Reconnect GitHub' }))
  await consent(tab, account)
  await expect(page.getByRole('main').getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(badgeOf(rowOf(page))).toHaveText('Connected')
  await expect(attention.getByRole('heading')).toHaveCount(0)
  expect((await connectionsOf(page, org)).map((connection) => connection.id)).toEqual([id])
  await page.goto(providerOf(org, '/activity?level=problem'))
  await expect(page.getByText('Plugboard noticed that access ended')).toBeVisible()
  await expect(page.getByText('GitHub no longer accepts the token (401).')).toBeVisible()
})

test('disabling pauses GitHub for everyone, says who did it, and is taken back with Enable', async ({ page, org }) => {
  await page.goto(providerOf(org, '/config'))
  await page.getByRole('button', { name: 'Disable GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Disabled')
  await page.goto(hubOf(org))
  await expect(rowOf(page)).toContainText('Turned off by Dana Kim')
  await rowOf(page).getByRole('button', { name: 'Enable GitHub' }).click()
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
})

test('who may connect for everyone is saved, and a member then may', async ({ page, org }) => {
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(providerOf(org))
  const shared = sam.page.locator('[data-slot="organization"]')
  await expect(shared.getByRole('button', { name: 'Request GitHub' })).toBeVisible()
  await expect(shared.getByRole('button', { name: 'Connect GitHub' })).toHaveCount(0)
  await page.goto(providerOf(org, '/config'))
  await page.getByRole('radio', { name: 'Any member' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.', { exact: true }).first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Any member' })).toBeChecked()
  await sam.page.reload()
  await expect(shared.getByRole('button', { name: 'Connect GitHub' })).toBeVisible()
  await sam.page.goto(providerOf(org, '/config'))
  await expect(sam.page.getByText('Any member can connect GitHub for everyone in Acme.')).toBeVisible()
  await expect(sam.page.getByText('Only admins can change this. Ask Dana Kim.')).toBeVisible()
  await expect(sam.page.getByRole('button', { name: 'Save' })).toHaveCount(0)
})

test('activity tells what was done, fifty at a time', async ({ page, org }) => {
  await page.goto(providerOf(org, '/activity'))
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible()
  for (let round = 0; round < 52; round++)
    await callApi(page.request, 'PATCH', org.api('/integrations/github'), { enabled: round % 2 === 1 })
  await page.reload()
  const list = page.getByRole('list', { name: 'Activity of GitHub' })
  await expect(list.getByRole('listitem')).toHaveCount(50)
  await expect(list.getByRole('listitem').first()).toContainText('Dana Kim enabled GitHub')
  await page.getByRole('button', { name: 'Load 50 more' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(52)
  await expect(list.getByRole('listitem').nth(50)).toBeFocused()
  await expect(page.getByRole('button', { name: 'Load 50 more' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Only problems' }).click()
  await expect(page.getByText('No problems have been met.')).toBeVisible()
})

test('a part of a provider that is still to come stands under its real header and sections', async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  for (const part of ['sync', 'webhooks']) {
    await page.goto(providerOf(org, `/${part}`))
    await expect(page.getByText(/^Coming: Plugboard does not have the \w+ of GitHub yet\.$/)).toBeVisible()
    await expect(badgeOf(rowOf(page))).toHaveText('Connected')
    await expect(page.getByRole('navigation', { name: 'GitHub sections' }).getByRole('link')).toHaveText([
      'Overview',
      'Resources',
      'People',
      'Config',
      'Activity',
      'Guide',
    ])
    await expect(page.getByText('nothing to set up')).toHaveCount(0)
  }
})

test('the header says whose account it is and for whom, and its menu ends it', async ({ page, org, account }) => {
  await page.goto(providerOf(org))
  const header = rowOf(page)
  await consent(await pressInto(page, header.getByRole('button', { name: 'Connect GitHub' })), account)
  await expect(header.getByText(`GitHub connected as @${account}.`)).toBeVisible()
  await expect(header.locator('[data-attempt] :focus'), 'X-06 the focus stays where it was').toHaveCount(1)
  await expect(header).toContainText(`You @${account}`)
  await expect(header).toContainText('Only you')
  await header.getByRole('button', { name: 'More actions for GitHub' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect GitHub' }).click()
  await expect(header.getByText(/^GitHub disconnected/)).toBeVisible()
  await expect(badgeOf(header)).toHaveText('Disconnected')
})

test('cards of a tool that was turned off offer an admin Enable, which leads to its config', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  await connectGithub(page, org, { account })
  const url = await newFile(sandbox, account)
  const board = await newBoard(page, org)
  await board.add({ type: 'reference', url })
  await callApi(page.request, 'PATCH', org.api('/integrations/github'), { enabled: false })
  await page.goto(board.url)
  const card = page.locator('[data-card]')
  await expect(card).toContainText('GitHub is turned off')
  await card.getByRole('button', { name: 'Enable' }).click()
  await page.waitForURL(`**${providerOf(org, '/config')}`)
  await expect(page.getByRole('button', { name: 'Enable GitHub' }).first()).toBeVisible()
})
