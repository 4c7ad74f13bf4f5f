import { badgeOf, connectButton, hubOf, pressInto, providerOf, rowOf, rowsOf, stopClock } from './on-hub.ts'
import { jackOf, showEveryStatus, statuses, transient, vocabulary } from './statuses.ts'
import { callApi, connectGithub, expect, test } from './support.ts'

test('T-HUB-3 the scope of each provider: your own for four, shared with everyone for nine', async ({ page, org }) => {
  await page.goto(hubOf(org))
  const own = ['github', 'confluence', 'jira', 'google-docs']
  for (const row of await rowsOf(page).all()) {
    const id = (await row.getAttribute('data-provider')) ?? ''
    await expect.soft(row, id).toContainText(own.includes(id) ? 'Only you' : 'Shared with everyone in Acme')
  }
})

// there are neither syncs nor webhooks yet: their places say so
test('T-HUB-7 a row says when it was checked, and leads to rate limit, syncs and webhooks', async ({
  page,
  org,
  account,
}) => {
  await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  await expect(rowOf(page)).toContainText(/Checked (just now|\d+ (s|min) ago)/)
  await rowOf(page).getByRole('link', { name: 'Metrics: GitHub' }).click()
  const health = page.locator('#health')
  for (const term of ['Last sync', 'Rate limit', 'Webhooks'])
    await expect(health.getByText(term, { exact: true })).toBeVisible()
})

test('T-HUB-8 the filter is in the address: it survives a reload, and Back undoes a choice', async ({ page, org }) => {
  await page.goto(hubOf(org))
  await page.getByLabel('Category').selectOption('Documentation')
  await expect(rowsOf(page)).toHaveCount(3)
  await page.getByLabel('Filter integrations').pressSequentially('not')
  await expect(rowsOf(page)).toHaveCount(1)
  await expect(page).toHaveURL(/\?q=not&category=Documentation$/)
  await page.reload()
  await expect(rowsOf(page)).toHaveCount(1)
  await expect(page.getByLabel('Filter integrations')).toHaveValue('not')
  await page.goBack()
  await expect(rowsOf(page)).toHaveCount(13)
  await page.getByLabel('Filter integrations').fill('asana')
  await expect(page.getByText('No integrations match “asana”.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filter' }).click()
  await expect(page.getByLabel('Filter integrations')).toBeFocused()
  await expect(rowsOf(page)).toHaveCount(13)
  await page.getByLabel('Owner').selectOption('Yours')
  await expect(rowsOf(page)).toHaveCount(4)
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Connected')
  await expect(rowsOf(page)).toHaveCount(0)
})

test('T-HUB-10 statuses differ by shape: in gray, and with forced colours', async ({ page, org }) => {
  await showEveryStatus(page, org)
  const stable = statuses.filter((status) => !transient.includes(status))
  const jacks = await Promise.all(stable.map((status) => jackOf(page.locator(`[data-status="${status}"]`))))
  expect(new Set(jacks).size).toBe(stable.length)
  const shapesNow = async () => {
    const drawn = stable.map((status) => page.locator(`[data-status="${status}"] [data-jack]`).first())
    const pictures: string[] = []
    for (const jack of drawn) pictures.push((await jack.screenshot()).toString('base64'))
    return new Set(pictures).size
  }
  await page.evaluate(() => {
    document.documentElement.style.filter = 'grayscale(1)'
    for (const part of document.querySelectorAll<HTMLElement>('[data-status]')) {
      part.style.backgroundColor = 'white'
      part.style.setProperty('--jack-ground', 'white')
      for (const jack of part.querySelectorAll('svg')) jack.style.color = 'black'
    }
  })
  expect(await shapesNow()).toBe(stable.length)
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await shapesNow()).toBe(stable.length)
})

test('T-HUB-13 only a repair is drawn as the primary button', async ({ page, org }) => {
  await showEveryStatus(page, org)
  const repair = page.getByRole('button', { name: 'Reconnect' }).first()
  const drawnAlike = async () => {
    const primary = await repair.evaluate((one) => getComputedStyle(one).backgroundColor)
    return page
      .getByRole('main')
      .locator(':is(a, button)')
      .evaluateAll(
        (all, ground) =>
          all
            .filter((one) => one.checkVisibility() && getComputedStyle(one).backgroundColor === ground)
            .map((one) => one.textContent),
        primary,
      )
  }
  // a colour that is still changing is nobody else's
  await expect.poll(drawnAlike).toEqual(['Reconnect', 'Reconnect'])
})

test('X-09 every badge says its status and its reason, in words and to a screen reader', async ({ page, org }) => {
  await showEveryStatus(page, org)
  for (const status of statuses) {
    const badge = page.locator(`[data-status="${status}"]`).first()
    const { text, jack, signal } = vocabulary[status]
    await expect.soft(badge, status).toContainText(text)
    await expect.soft(badge, status).toHaveAttribute('data-signal', signal)
    expect.soft(await jackOf(badge), status).toBe(jack)
    const name = (await badge.getAttribute('aria-label')) ?? ''
    expect.soft(name, status).toContain(`Status: ${text}`)
    expect.soft(name.toLowerCase(), status).toContain('reason')
  }
})

test('the numbers above the list lead to those they count', async ({ page, org, account }) => {
  await connectGithub(page, org, { account })
  await page.goto(hubOf(org))
  await page.getByRole('link', { name: '1 of 13 connected' }).click()
  await expect(rowsOf(page)).toHaveCount(1)
  await expect(page).toHaveURL(/\?state=connected$/)
  await page.goBack()
  await expect(rowsOf(page)).toHaveCount(13)
})

test('a row that breaks while one looks is said once, and no row moves', async ({ page, org, account, sandbox }) => {
  const { id } = await connectGithub(page, org, { account })
  const clock = await stopClock(page, () => page.goto(hubOf(org)))
  const order = await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-provider')))
  await page.evaluate(() => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    const region = document.querySelector('[data-live="polite"]')
    if (region)
      new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(region, {
        childList: true,
        subtree: true,
        characterData: true,
      })
  })
  await sandbox.control.revoke({ provider: 'github', account })
  await callApi(page.request, 'POST', org.api(`/connections/${id}/verify`))
  await clock.run(31_000, 500)
  await expect(badgeOf(rowOf(page))).toHaveText('Needs re-auth')
  await expect(rowOf(page)).toContainText('Connection invalid: access revoked at GitHub')
  await clock.run(61_000, 1000)
  const heard = await page.evaluate(() => Reflect.get(window, 'heard') as string[])
  expect(heard).toEqual(['GitHub: Needs re-auth. Connection invalid: access revoked at GitHub.'])
  expect(await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-provider')))).toEqual(order)
})

test('statuses that cannot be asked for are called unavailable, not gray, and Retry brings them back', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  const answer = /\/api\/v1\/orgs\/[^/]+\/integrations$/
  await page.route(answer, (route) => route.fulfill({ status: 500, body: '{}' }))
  await page.getByRole('button', { name: 'Refresh statuses' }).click()
  await expect(page.getByRole('main').getByText('Status unavailable').first()).toBeVisible()
  await expect(page.locator('[data-status]')).toHaveCount(0)
  await expect(rowsOf(page)).toHaveCount(13)
  await page.unroute(answer)
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page.locator('[data-status]')).toHaveCount(13)
})

test('the organization connection has a line of its own under the row', async ({ page, org, account }) => {
  await connectGithub(page, org, { account, slot: 'organization' })
  await page.goto(hubOf(org))
  const line = rowOf(page).locator('[data-slot="organization"]')
  await expect(line).toContainText('Organization sync')
  await expect(line).toContainText(`@${account} · shared with everyone in Acme`)
  await expect(line.locator('[data-status]')).toHaveText('Connected')
  await expect(badgeOf(rowOf(page))).toHaveText('Not configured')
})

test('the line about connecting more goes when it is dismissed, for good', async ({ page, org }) => {
  await page.goto(hubOf(org))
  const line = page.getByText(
    'Each tool you connect adds context the others can use. Start with GitHub, Jira and Slack.',
  )
  await expect(line).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Dismiss' }).first().click()
  await expect(line).toHaveCount(0)
  await page.reload()
  await expect(rowsOf(page)).toHaveCount(13)
  await expect(line).toHaveCount(0)
})

test('a guest is refused with 403 where it is not theirs, and reads whom to ask', async ({ org }) => {
  const guest = await org.join('guest', 'Gil Vega')
  const areas: [address: string, area: string][] = [
    [hubOf(org), 'integrations'],
    [providerOf(org), 'integrations'],
    [org.path('/settings/members'), 'the members'],
    [org.path('/settings/general'), 'the settings'],
  ]
  for (const [address, area] of areas) {
    const response = await guest.page.goto(address)
    expect(response?.status(), address).toBe(403)
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(`You don't have access to ${area}`)
    await expect(guest.page.getByText('Ask an admin.')).toBeVisible()
    await expect(guest.page.getByRole('button', { name: /Connect/ })).toHaveCount(0)
  }
})

test('the hub needs no sideways scrolling at 320 px, comfortable, compact or waiting', async ({
  page,
  org,
  account,
}) => {
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await connectGithub(page, org, { account, slot: 'organization' })
  await page.setViewportSize({ width: 320, height: 800 })
  for (const view of ['?view=compact', '']) {
    await page.goto(hubOf(org) + view)
    await expect(rowsOf(page)).toHaveCount(13)
    expect(await beyond(), view).toBe(0)
  }
  await pressInto(page, connectButton(page))
  await expect(rowOf(page).getByRole('timer')).toBeVisible()
  expect(await beyond(), 'while it waits').toBe(0)
})
