import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { callApi, connectGithub, expect, newPerson, type Org, signUp, test } from './support.ts'

type Place = { id: string; slug: string; name: string }

/** Another organization of the same owner, with a board of its own name. */
async function second(page: Page): Promise<Place & { board: string }> {
  const name = `Globex ${randomUUID().slice(0, 6)}`
  const made = await callApi<Omit<Place, 'name'>>(page.request, 'POST', '/api/v1/orgs', { name })
  const board = await newBoard(page, made.slug, 'Turbine prices')
  return { ...made, name, board }
}

async function newBoard(page: Page, slug: string, name: string): Promise<string> {
  const { id } = await callApi<{ id: string }>(page.request, 'POST', `/api/v1/orgs/${slug}/boards`, { name })
  return id
}

const switcher = (page: Page) => page.getByRole('button', { name: /^Switch organization/ })

async function switchTo(page: Page, name: string) {
  await switcher(page).click()
  await page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click()
}

/** Notes every text that stands in the document from now on, across page loads, as long as the tab lives. */
async function watchTexts(page: Page): Promise<Set<string>> {
  const seen = new Set<string>()
  await page.exposeFunction('noteText', (text: string) => seen.add(text))
  await page.addInitScript(() => {
    const { noteText } = window as unknown as { noteText: (text: string) => void } // put there by exposeFunction
    const note = ({ textContent }: Node) => textContent?.trim() && noteText(textContent)
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) note(node)
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  return seen
}

const askedFor = (page: Page): string[] => {
  const addresses: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/v1/')) addresses.push(pathname)
  })
  return addresses
}

async function furnish(page: Page, org: Org) {
  await newBoard(page, org.slug, 'Harbour plans')
}

test('T-ORG-1 the switcher leads to the same kind of page, and to the boards where there is none', async ({
  page,
  org,
}) => {
  const other = await second(page)
  const board = await newBoard(page, org.slug, 'Harbour plans')
  const leads: [from: string, to: string][] = [
    ['/settings/integrations', '/settings/integrations'],
    ['/settings/members', '/settings/members'],
    ['/settings/general', '/settings/general'],
    ['/settings/integrations/github/config', '/settings/integrations'],
    ['/boards', '/boards'],
    [`/boards/${board}`, '/boards'],
    ['/no/such/page', '/boards'],
  ]
  for (const [from, to] of leads) {
    await page.goto(org.path(from))
    await switchTo(page, other.name)
    await page.waitForURL(`/${other.slug}${to}`)
    await expect(switcher(page)).toContainText(other.name)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Page not found')
  }
  await page.goto('/account/preferences')
  await switchTo(page, 'Acme')
  await page.waitForURL(org.path('/boards'))
})

test('T-ORG-2 after a switch nothing of the organization before is shown or asked for', async ({ page, org }) => {
  const other = await second(page)
  await furnish(page, org)
  await page.goto(org.path('/boards'))
  await expect(page.getByText('Harbour plans')).toBeVisible()
  const texts = await watchTexts(page)
  const asked = askedFor(page)
  await switchTo(page, other.name)
  await expect(page.getByText('Turbine prices')).toBeVisible()
  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.waitForURL(`/${other.slug}/settings/integrations`)
  await page.getByRole('link', { name: 'Boards', exact: true }).click()
  await expect(page.getByText('Turbine prices')).toBeVisible()
  expect([...texts].join('\n')).toContain('Turbine prices')
  expect([...texts].filter((text) => text.includes('Harbour plans'))).toEqual([])
  expect(asked.filter((address) => address.includes(`/${org.slug}`))).toEqual([])
})

test('T-ORG-3 the organization is switched with the keyboard alone', async ({ page, org }) => {
  const other = await second(page)
  await page.goto(org.path('/boards'))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(switcher(page)).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(switcher(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('menuitemradio', { name: /^Acme/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(switcher(page)).toBeFocused()
  await expect(switcher(page)).toHaveAttribute('aria-expanded', 'false')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Create organization' })).toBeFocused()
  await page.keyboard.press('g')
  await expect(page.getByRole('menuitemradio', { name: /^Globex/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.waitForURL(`/${other.slug}/boards`)
  await expect(switcher(page)).toContainText(other.name)
})

test('the switcher says how many tools need attention in each organization', async ({
  page,
  org,
  account,
  sandbox,
}) => {
  const { id } = await connectGithub(page, org, { account })
  await sandbox.control.revoke({ provider: 'github', account })
  await callApi(page.request, 'POST', org.api(`/connections/${id}/verify`))
  const other = await second(page)
  await page.goto(`/${other.slug}/boards`)
  await switcher(page).click()
  await expect(page.getByRole('menuitemradio', { name: /^Acme/ })).toHaveText(/Owner · 1 needs attention$/)
  await expect(page.getByRole('menuitemradio', { name: /^Globex/ })).toHaveText(/Owner$/)
})

test('T-ORG-4 two tabs in two organizations do not cross: what each asks and changes is its own', async ({
  page,
  context,
  org,
}) => {
  const other = await second(page)
  await furnish(page, org)
  const asked = askedFor(page)
  await page.goto(org.path('/boards'))
  const tab = await context.newPage()
  const askedThere = askedFor(tab)
  await tab.goto(`/${other.slug}/boards`)
  await expect(tab.getByText('Turbine prices')).toBeVisible()

  // the last organization used is the other one now: this tab must not follow
  await makeBoard(page, 'Quay')
  await makeBoard(tab, 'Rotor')
  await page.goto(org.path('/boards'))
  await expect(page.getByText('Quay')).toBeVisible()
  await expect(page.getByText('Rotor')).toHaveCount(0)
  await tab.goto(`/${other.slug}/boards`)
  await expect(tab.getByText('Rotor')).toBeVisible()
  await expect(tab.getByText('Quay')).toHaveCount(0)

  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((address) => !address.startsWith(org.api('')))).toEqual([])
  expect(askedThere.length).toBeGreaterThan(0)
  expect(askedThere.filter((address) => !address.startsWith(`/api/v1/orgs/${other.slug}`))).toEqual([])
})

async function makeBoard(page: Page, name: string) {
  await page.getByRole('button', { name: 'New board' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill(name)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Create/ })
    .click()
  await page.waitForURL(/\/boards\/[0-9a-f-]{36}/)
}

test('an organization that is not there, or not yours, is titled like any page that is not found', async ({
  page,
  org,
  browser,
}) => {
  const other = await browser.newContext()
  const { organization } = await signUp(other.request, newPerson('Mallory'), { organization: 'Harbour' })
  await other.close()
  expect(org.slug).not.toBe(organization.slug)
  for (const slug of [organization.slug, 'never-was'])
    for (const rest of ['boards', 'settings/members', 'settings/integrations', 'settings/integrations/github/config']) {
      await page.goto(`/${slug}/${rest}`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
      await expect.soft(page, `/${slug}/${rest}`).toHaveTitle('Page not found – Plugboard')
    }
})
