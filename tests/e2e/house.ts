// One organization for each worker, with something on every page, for tests that look at pages and change nothing.
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { sandboxClient } from '#tests/support/sandbox.ts'
import type { Route } from './crawl.ts'
import {
  appUrl,
  test as base,
  callApi,
  confirmEmail,
  linkIn,
  type Member,
  newFile,
  newPerson,
  sandboxUrl,
  signIn,
  signUp,
  throughGithub,
} from './support.ts'

/** An organization in which there is something to see, and the addresses of it. */
export type House = {
  slug: string
  owner: Member
  /** The owner's cookies. */
  state: Awaited<ReturnType<BrowserContext['storageState']>>
  /** What stands for the segments in brackets of an address. */
  values: Readonly<Record<string, string>>
}

const sandbox = sandboxClient(sandboxUrl)
type Id = { id: string }

async function furnishBoard(page: Page, api: (rest: string) => string, account: string): Promise<string> {
  const { id } = await callApi<Id>(page.request, 'POST', api('/boards'), { name: 'Retry budget' })
  const add = (object: object) => callApi<Id>(page.request, 'POST', api(`/boards/${id}/objects`), object)
  const section = await add({ type: 'section', text: 'Deploy' })
  const note = await add({ type: 'note', text: 'Read this before the next release.' })
  const file = { repository: 'checkout', file: 'src/retry.ts', text: 'export const retries = 3\n' }
  const url = await newFile(sandbox, account, file)
  const card = await add({ type: 'reference', url, section: section.id })
  await add({ type: 'reference', url: url.replace(/\/blob\/.*/, '') })
  // somebody else's: the owner may not see it
  const other = `mallory-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: other, name: 'Mallory' } })
  await add({ type: 'reference', url: await newFile(sandbox, other, { ...file, repository: 'hidden' }) })
  await add({ type: 'connector', from: note.id, to: card.id, text: 'explains' })
  return id
}

async function build(browser: Browser): Promise<House> {
  const context = await browser.newContext({ baseURL: appUrl })
  const page = await context.newPage()
  const { member: owner, organization } = await signUp(page.request, newPerson('Dana Kim'), { organization: 'Acme' })
  await signIn(page.request, owner)
  const confirm = await linkIn(owner.email, 'confirm')
  await confirmEmail(page.request, owner)
  const api = (rest: string) => `/api/v1/orgs/${organization.slug}${rest}`

  const [joins, waits] = [newPerson('Sam Ortiz'), newPerson('Priya Nair')]
  for (const { email } of [joins, waits])
    await callApi(page.request, 'POST', api('/invitations'), { email, role: 'member' })
  const guest = await browser.newContext({ baseURL: appUrl })
  await signUp(guest.request, joins, { invitation: await linkIn(joins.email, 'invite') })
  await guest.close()

  const account = `dana-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: account, name: 'Dana Kim' } })
  const attempt = await throughGithub(page, { api }, { account })
  await throughGithub(page, { api }, { account, slot: 'organization' })
  const board = await furnishBoard(page, api, account)

  await callApi(page.request, 'POST', '/api/v1/password-resets', { email: owner.email })
  const values = {
    org: organization.slug,
    board,
    attempt,
    provider: 'github',
    rest: 'no/such/page',
    section: 'webhooks',
    operation: 'getOrgsOrgBoards',
    '/confirm/[token] token': confirm,
    '/invite/[token] token': await linkIn(waits.email, 'invite'),
    '/reset/[token] token': await linkIn(owner.email, 'reset'),
  }
  const state = await context.storageState()
  await context.close()
  return { slug: organization.slug, owner, state, values }
}

type Fixtures = {
  /** A page in a browser of the owner, or of nobody. */
  visit: (who: Route['who'], options?: BrowserContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures, { house: House }>({
  house: [async ({ browser }, use) => use(await build(browser)), { scope: 'worker', timeout: 120_000 }],
  visit: async ({ browser, house }, use) => {
    const opened: BrowserContext[] = []
    await use(async (who, options = {}) => {
      const context = await browser.newContext({
        ...options,
        ...(who === 'member' ? { storageState: house.state } : {}),
      })
      opened.push(context)
      return context.newPage()
    })
    await Promise.all(opened.map((context) => context.close()))
  },
})
export { expect } from './support.ts'
