import type { Page } from '@playwright/test'
import { settled } from './crawl.ts'
import { badgeOf, providerOf } from './on-hub.ts'
import { appUrl, callApi, connectGithub, expect, type Org, test } from './support.ts'

type Listed = { id: string; name: string }

async function thirteen(page: Page, org: Org): Promise<Listed[]> {
  const { items } = await callApi<{ items: Listed[] }>(page.request, 'GET', org.api('/integrations'))
  expect(items).toHaveLength(13)
  return items
}

const guideOf = (org: Org, id: string): string => org.path(`/settings/integrations/${id}/guide`)
const sections = [
  'Before you start',
  'What Plugboard asks for',
  'Connect',
  'Check it worked',
  'Disconnect and fully revoke',
]

test('T-GDE-1 every provider’s guide has the five sections, each with something in it', async ({ page, org }) => {
  for (const { id, name } of await thirteen(page, org)) {
    await page.goto(guideOf(org, id))
    await expect(page).toHaveTitle(`${name} guide – Integrations – Acme – Plugboard`)
    const nav = page.getByRole('navigation', { name: `${name} sections` })
    await expect(nav.getByRole('link', { name: 'Guide' })).toHaveAttribute('aria-current', 'page')
    for (const [at, title] of sections.entries()) {
      const section = page.locator(`[data-step="${at + 1}"]`)
      await expect(section.getByRole('heading', { level: 2 }), name).toContainText(title)
      await expect(section.getByRole('listitem').or(section.locator('dt')).first(), `${name}: ${title}`).toBeVisible()
    }
    await expect(page.locator('[data-step="3"] [data-main-action]').first(), name).toBeVisible()
  }
  await page.goto(guideOf(org, 'github'))
  await expect(page.getByRole('heading', { level: 2, name: 'Working day to day' })).toBeVisible()
  const response = await page.goto(guideOf(org, 'asana'))
  expect(response?.status()).toBe(404)
})

test('T-GDE-2 what leads outside opens in a new tab, says so and sends no referrer', async ({ page, org }) => {
  for (const { id } of await thirteen(page, org)) {
    await page.goto(guideOf(org, id))
    await settled(page)
    const links = await page.locator('main a[href]').evaluateAll((all) =>
      all.map((link) => ({
        href: (link as HTMLAnchorElement).href, // a[href]
        target: link.getAttribute('target'),
        rel: link.getAttribute('rel') ?? '',
        text: link.textContent ?? '',
      })),
    )
    const outside = links.filter(({ href }) => new URL(href).origin !== appUrl)
    expect(outside.length, id).toBeGreaterThan(0)
    for (const link of outside) {
      expect.soft(link.target, link.href).toBe('_blank')
      expect.soft(link.rel, link.href).toContain('noreferrer')
      expect.soft(link.text, link.href).toContain('opens in a new tab')
    }
  }
})

test('T-GDE-3 every link of a guide leads somewhere, and every control its steps name is there', async ({
  page,
  org,
}) => {
  for (const { id, name } of await thirteen(page, org)) {
    await page.goto(guideOf(org, id))
    await settled(page)
    const links = await page
      .locator('main a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href)) // a[href]
    for (const href of new Set(links.filter((link) => new URL(link).origin === appUrl))) {
      const answer = await page.request.get(href)
      expect.soft(answer.status(), `${id}: ${href}`).toBe(200)
      const { hash } = new URL(href)
      if (hash) expect.soft(await answer.text(), `${id}: ${href}`).toContain(`id="${hash.slice(1)}"`)
    }
    await expect(page.locator('[data-step="3"] [data-main-action] button').first(), name).toBeVisible()
    const steps = await page.locator('[data-step="3"]').textContent()
    if (!steps?.includes('Test and save')) continue
    const configure = page.locator('[data-step="3"]').getByRole('button', { name: /^(Configure|Use a)/ })
    await configure.first().click()
    const dialog = page.getByRole('dialog', { name: `Configure ${name}` })
    await expect(dialog.getByRole('button', { name: 'Test and save' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
})

test('what one needs first is ticked off and stays so in this browser; what is connected ticks itself', async ({
  page,
  org,
  account,
}) => {
  await page.goto(providerOf(org, '/guide'))
  const before = page.locator('[data-step="1"]')
  await expect(before).toContainText('0 of 3 ready')
  await before.getByRole('checkbox').first().check()
  await expect(before).toContainText('1 of 3 ready')
  await page.reload()
  await expect(before.getByRole('checkbox').first()).toBeChecked()
  await expect(page.locator('[data-tick="yes"]')).toHaveCount(0)

  await connectGithub(page, org, { account })
  await page.reload()
  for (const step of [1, 2, 3])
    await expect(page.locator(`[data-step="${step}"]`).getByRole('heading', { level: 2 })).toContainText('Done')
  await expect(page.locator('[data-tick="yes"]')).toHaveCount(4)
  await expect(page.locator('[data-step="4"]')).toContainText(`@${account}`)
  await expect(badgeOf(page.locator('[data-step="3"] [data-slot="user"]'))).toHaveText('Connected')

  await page.route('**/api/v1/orgs/*/integrations/github', (route) => route.abort())
  await page.clock.install()
  await page.reload()
  await page.clock.runFor(40_000)
  await expect(page.locator('[data-tick="unknown"]')).toHaveCount(4)
  await expect(page.locator('[data-step="4"]')).toContainText("Couldn't check")
})

test('who may not connect it reads the steps and can send them to an admin', async ({ page, org }) => {
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await sam.page.goto(guideOf(org, 'sentry'))
  await expect(sam.page.locator('[data-step="3"]')).toContainText('Choose Test and save')
  await expect(sam.page.getByRole('button', { name: 'Configure Sentry' })).toHaveCount(0)
  await sam.page.getByRole('button', { name: 'Send this guide to an admin' }).click()
  await expect(sam.page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await sam.page.evaluate(() => navigator.clipboard.readText())).toBe(appUrl + guideOf(org, 'sentry'))
  await page.goto(guideOf(org, 'sentry'))
  await expect(page.getByRole('button', { name: 'Send this guide to an admin' })).toHaveCount(0)
})
