// The hub with all of the catalogue in it: every row in every status, its ways on, and how the list is narrowed and ordered.
import type { Page } from '@playwright/test'
import type { ProviderList, ProviderView } from '#lib/connections/schema.ts'
import { hubOf, providerOf, rowOf, rowsOf, said } from './on-hub.ts'
import { showEveryStatus, statuses, vocabulary } from './statuses.ts'
import { callApi, expect, type Org, signIn, test } from './support.ts'

const providersOf = async (page: Page, org: Pick<Org, 'api'>): Promise<ProviderView[]> =>
  (await callApi<ProviderList>(page.request, 'GET', org.api('/integrations'))).items

/** What each row shows. */
const rowsNow = (page: Page) =>
  rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => {
      const badges = [...row.querySelectorAll('[data-status]')]
      const controls = [...row.querySelectorAll('[data-main-action] :is(a, button)')].filter((one) =>
        one.checkVisibility(),
      )
      return {
        id: row.getAttribute('data-provider') ?? '',
        name: row.querySelector('[data-row-name]')?.textContent,
        text: row.textContent,
        badges: badges.map((one) => ({ status: one.getAttribute('data-status'), text: one.textContent })),
        // a colour that is still changing is told by what the button is called, not by how it is drawn
        controls: controls.map((one) => ({ words: one.textContent, isPrimary: one.matches('[class*="bg-primary"]') })),
      }
    }),
  )

test('T-HUB-1 T-HUB-2 T-HUB-13 each of the thirteen, in each status, has one badge of the state model, its name, category, scope and one control; only a repair is primary', async ({
  page,
  org,
}) => {
  const providers = new Map((await providersOf(page, org)).map((provider) => [provider.id, provider]))
  expect(providers.size).toBe(13)
  const seen = new Set<string>()
  for (const shift of statuses.keys()) {
    await page.unrouteAll({ behavior: 'wait' })
    await showEveryStatus(page, org, shift)
    await expect(page.locator('[data-status]')).toHaveCount(13)
    for (const { id, name, text, badges, controls } of await rowsNow(page)) {
      const [badge] = badges
      const status = statuses.find((one) => one === badge?.status)
      const of = `${id} ${badge?.status}`
      seen.add(of)
      expect.soft(badges, of).toHaveLength(1)
      expect.soft(badge?.text, of).toContain(status ? vocabulary[status].text : 'a status of the state model')
      expect.soft(name, of).toBe(providers.get(id)?.name)
      expect.soft(text, of).toContain(providers.get(id)?.category)
      expect.soft(text, of).toMatch(/Only you|Shared with everyone in Acme/i)
      expect.soft(controls, of).toHaveLength(1)
      const isRepair = status === 'expired' || status === 'needs_reauth'
      expect
        .soft(
          controls.map(({ isPrimary }) => isPrimary),
          `${of}: ${controls[0]?.words}`,
        )
        .toEqual([isRepair])
    }
  }
  expect(seen.size).toBe(13 * statuses.length)
})

test('T-HUB-6 from every row Overview, Metrics and Config are a click and a Tab away, stand in its menu too, and lead somewhere', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  for (const { id, name } of await providersOf(page, org)) {
    const at = org.path(`/settings/integrations/${id}`)
    const ends = [at, `${at}#health`, `${at}/config`]
    await rowOf(page, id).locator('[data-row-name]').focus()
    for (const end of ends) {
      await page.keyboard.press('Tab')
      expect.soft(await page.evaluate(() => document.activeElement?.getAttribute('href')), name).toBe(end)
    }
    await page.keyboard.press('Tab')
    const isMain = await page.evaluate(() => document.activeElement?.closest('[data-main-action]') !== null)
    expect.soft(isMain, `${name}: the main button comes next`).toBe(true)
    await rowOf(page, id)
      .getByRole('button', { name: `More actions for ${name}` })
      .press('Enter')
    const items = page.getByRole('menu').getByRole('menuitem')
    await items.first().waitFor()
    expect
      .soft(await items.allTextContents(), name)
      .toEqual(expect.arrayContaining(['Overview', 'Metrics', 'Config', 'Guide', 'Disable']))
    await page.keyboard.press('Escape')
    for (const end of [at, `${at}/config`, `${at}/guide`])
      expect.soft((await page.request.get(end)).status(), end).toBe(200)
  }
  for (const [words, rest] of Object.entries({ Overview: '', Metrics: '#health', Config: '/config' })) {
    await page.goto(hubOf(org))
    await rowOf(page)
      .getByRole('link', { name: `${words}: GitHub` })
      .click()
    await expect(page).toHaveURL(new RegExp(`${providerOf(org)}${rest}$`))
  }
})

test('a row is turned off from its menu, says so, and is turned on again by its button', async ({ page, org }) => {
  const sam = await org.join('member', 'Sam Ortiz')
  await page.goto(hubOf(org))
  const row = rowOf(page, 'sentry')
  await row.getByRole('button', { name: 'More actions for Sentry' }).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await expect(row.locator('[data-status]')).toHaveText('Disabled')
  await expect(said(page)).toHaveText('Sentry disabled.')
  await expect(row).toContainText('Turned off by Dana Kim')
  await sam.page.goto(hubOf(org))
  await rowOf(sam.page, 'sentry').getByRole('button', { name: 'More actions for Sentry' }).click()
  await expect(sam.page.getByRole('menuitem', { name: 'Config' })).toBeVisible()
  await expect(sam.page.getByRole('menuitem', { name: 'Disable' })).toHaveCount(0)
  await row.getByRole('button', { name: 'Enable Sentry' }).click()
  await expect(row.locator('[data-status]')).toHaveText('Not configured')
})

test('T-HUB-7 every overview has a line for the rate limit, not known before it is connected; syncs and webhooks, which Plugboard does not have yet, as none', async ({
  page,
  org,
}) => {
  for (const { id } of await providersOf(page, org)) {
    const text = await (await page.request.get(providerOf(org).replace(/github$/, id))).text()
    for (const words of ['Last sync', 'No syncs yet', 'Rate limit', 'Webhooks', 'No webhooks configured'])
      expect.soft(text, `${id}: ${words}`).toContain(words)
  }
})

test('T-HUB-8 status, owner and view are in the address too: a reload keeps them, Back undoes them one by one', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
  await choice('Status').selectOption('Not configured')
  await expect(page).toHaveURL(/\?state=unconfigured$/)
  const unconfigured = await rowsOf(page).count()
  await choice('Owner').selectOption('Shared with everyone')
  await expect(rowsOf(page)).toHaveCount(unconfigured - 4)
  await choice('View').selectOption('Compact')
  await expect(page).toHaveURL(/\?state=unconfigured&owner=shared&view=compact$/)
  await expect(page.getByRole('link', { name: 'Config: Slack' })).toHaveCount(0)
  await page.reload()
  await expect(rowsOf(page)).toHaveCount(unconfigured - 4)
  await expect(choice('View')).toHaveValue('compact')
  await page.goBack()
  await expect(page.getByRole('link', { name: 'Config: Slack' })).toBeVisible()
  await page.goBack()
  await expect(rowsOf(page)).toHaveCount(unconfigured)
  await page.goBack()
  await expect(rowsOf(page)).toHaveCount(13)
})

test('T-HUB-1 at its first use the hub says what connecting is good for, and every tool that is there reads Not configured and leads to its page', async ({
  page,
  org,
}) => {
  await page.goto(hubOf(org))
  await expect(page).toHaveTitle('Integrations – Acme – Plugboard')
  await expect(page.getByText(/^Each tool you connect adds context the others can use\./)).toBeVisible()
  await expect(page.getByText('simulated by this server’s sandbox')).toBeVisible()
  const providers = await providersOf(page, org)
  expect(providers).toHaveLength(13)
  for (const { id, category, name } of providers) {
    const row = rowOf(page, id)
    const link = row.getByRole('link', { name, exact: true })
    await expect.soft(link, id).toHaveAttribute('href', org.path(`/settings/integrations/${id}`))
    await expect.soft(row.locator('[data-status]'), id).toHaveText('Not configured')
    await expect.soft(row, id).toContainText(`${category} · sandbox`)
  }
  await expect(page.locator('main img')).toHaveCount(0)
})

test('the demo shows tools in several states, those that need somebody first, and says that they are simulated', async ({
  page,
}) => {
  const demo = (name: string) => ({ id: '', name, email: `${name}@acme.test`, password: 'plugboard-demo' })
  await signIn(page.request, demo('owner'))
  await page.goto('/acme/settings/integrations')
  await expect(page.getByText('simulated by this server’s sandbox')).toBeVisible()
  await expect(rowOf(page, 'openrouter')).toContainText('Connection invalid: access revoked at OpenRouter')
  await expect(rowOf(page, 'openrouter').getByRole('button', { name: 'Reconnect OpenRouter' })).toBeVisible()
  await expect(rowOf(page, 'sentry')).toContainText(/expires in \d days/)
  await expect(rowOf(page, 'slack')).toContainText('shared with everyone in Acme')
  await expect(rowOf(page, 'notion')).toContainText('Priya Nair')
  const order = await rowsOf(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-provider') ?? ''))
  const places = ['openrouter', 'sentry', 'slack', 'jira'].map((id) => order.indexOf(id))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  await page.goto('/acme/settings/integrations/slack')
  await expect(page.getByText('Simulated by the sandbox')).toBeVisible()
})
