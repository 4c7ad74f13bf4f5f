// What the browser tests share: each has its own organization, people and account at the simulated GitHub.
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

const needed = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the browser tests with npm test -- e2e`)
  return value
}
export const appUrl = needed('E2E_APP_URL')
export const sandboxUrl = needed('E2E_SANDBOX_URL')
/** Where the product under test keeps its things: mails, keys, the database. */
export const dataDir = needed('E2E_DATA_DIR')
/** State-changing requests of a browser carry its origin; those a test sends itself must say it. */
const headers = { origin: appUrl }
/** People come from addresses of their own, as the proxy in front would tell: so many accounts from one would be held back. */
const fromElsewhere = () => ({ 'x-forwarded-for': `2001:db8::${randomUUID().slice(0, 4)}` })
const password = 'a long enough password'

export type Role = 'owner' | 'admin' | 'member' | 'reviewer' | 'guest'
export type Member = { id: string; name: string; email: string; password: string }
/** Somebody in a browser of their own. */
export type Seat = { member: Member; page: Page; context: BrowserContext }
export type Org = {
  id: string
  slug: string
  name: string
  owner: Member
  /** A page of the organization: `org.path('/boards')`. */
  path: (rest: string) => string
  /** An address of its API: `org.api('/boards')`. */
  api: (rest: string) => string
  /** Invites somebody, who accepts and is signed in in a browser of their own. */
  join: (role: Role, name: string) => Promise<Seat>
}

/** Calls our API as the person of this browser and returns the answer; throws unless it is a success. */
export async function callApi<T = unknown>(
  request: APIRequestContext,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  address: string,
  data?: unknown,
  more: Record<string, string> = {},
): Promise<T> {
  // a kept connection that the server lets go of at this moment is not an answer (ECONNRESET)
  const options = { method, headers: { ...headers, ...more }, maxRetries: 2, ...(data === undefined ? {} : { data }) }
  const response = await request.fetch(address, options)
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} ${address}: ${response.status()} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T // what the caller knows the address to answer
}

/** Signs a person in; the browser's cookies are theirs from then on. */
export async function signIn(request: APIRequestContext, { email, password }: Member): Promise<void> {
  const { csrfToken } = await callApi<{ csrfToken: string }>(request, 'GET', '/api/auth/csrf')
  const form = { csrfToken, email, password, json: 'true' }
  const answer = await request.post('/api/auth/callback/credentials', { headers, form })
  expect(answer.status(), 'signing in').toBe(200)
}

const mailFolder = path.join(dataDir, 'mail')

async function findLink(email: string, kind: string): Promise<string | undefined> {
  for (const name of (await readdir(mailFolder)).sort().reverse()) {
    const mail = (await readFile(path.join(mailFolder, name), 'utf8')).replaceAll('=\r\n', '').replaceAll('=3D', '=')
    const [, token] = new RegExp(`/${kind}/([\\w-]+)`).exec(mail) ?? []
    if (token && mail.includes(`To: ${email}`)) return token
  }
}

/** The token at the end of the link in the newest mail to this address; waits for the mail. */
export async function linkIn(email: string, kind: 'confirm' | 'invite' | 'reset'): Promise<string> {
  let token: string | undefined
  await expect(async () => {
    token = await findLink(email, kind)
    expect(token, `a ${kind} mail to ${email}`).toBeDefined()
  }).toPass({ timeout: 30_000 })
  return token ?? ''
}

type Person = Pick<Member, 'name' | 'email'>
/** Somebody whose address nobody else has. */
export const newPerson = (name: string): Person => ({
  name,
  email: `${name.toLowerCase().replace(/\W+/g, '.')}.${randomUUID().slice(0, 8)}@acme.test`,
})

/** Makes an account, with an organization of its own or in the one of an invitation. It does not sign in. */
export async function signUp(
  request: APIRequestContext,
  person: Person,
  into: { organization: string } | { invitation: string },
) {
  const { user, organization } = await callApi<{ user: { id: string }; organization: { id: string; slug: string } }>(
    request,
    'POST',
    '/api/v1/sign-up',
    { ...person, password, ...into },
    fromElsewhere(),
  )
  return { member: { ...person, id: user.id, password }, organization }
}

/** Confirms a person's address, which inviting asks for. */
export async function confirmEmail(request: APIRequestContext, { email }: Member): Promise<void> {
  const token = await linkIn(email, 'confirm')
  await callApi(request, 'POST', `/api/v1/email-confirmations/${token}`, undefined, fromElsewhere())
}

type Fixtures = {
  /** An organization of this test alone; `page` is its owner's. */
  org: Org
  sandbox: SandboxClient
  /** A login at the simulated GitHub that no other test uses. */
  account: string
}

export const test = base.extend<Fixtures>({
  org: async ({ page, context, browser }, use) => {
    const { member: owner, organization } = await signUp(page.request, newPerson('Dana Kim'), { organization: 'Acme' })
    await signIn(context.request, owner)
    const opened: BrowserContext[] = []
    let isConfirmed = false
    const join = async (role: Role, name: string): Promise<Seat> => {
      if (!isConfirmed) await confirmEmail(page.request, owner)
      isConfirmed = true
      const person = newPerson(name)
      const api = `/api/v1/orgs/${organization.slug}/invitations`
      await callApi(page.request, 'POST', api, { email: person.email, role })
      const invitation = await linkIn(person.email, 'invite')
      const seat = await browser.newContext()
      opened.push(seat)
      const { member } = await signUp(seat.request, person, { invitation })
      await signIn(seat.request, member)
      return { member, context: seat, page: await seat.newPage() }
    }
    const at = (start: string) => (rest: string) => `${start}/${organization.slug}${rest}`
    await use({ ...organization, name: 'Acme', owner, path: at(''), api: at('/api/v1/orgs'), join })
    await Promise.all(opened.map((seat) => seat.close()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  sandbox: async ({}, use) => use(sandboxClient(sandboxUrl)),
  account: async ({ sandbox }, use) => {
    const login = `dana-${randomUUID().slice(0, 8)}`
    await sandbox.control.set({ provider: 'github', account: { login, name: 'Dana Kim' } })
    await use(login)
  },
})

export { expect }

/** Answers GitHub's page in a tab as a person would. */
export async function consent(tab: Page, account: string, decision: 'Authorize' | 'Cancel' = 'Authorize') {
  await tab.getByRole('radio', { name: new RegExp(`^${account}\\b`) }).check()
  await tab.getByRole('button', { name: decision }).click()
}

export type ConnectionAnswer = {
  id: string
  provider: string
  status: string
  signal: string
  account: { label: string }
}

/** The connections of an organization that the person of this page sees. */
export const connectionsOf = async (page: Page, org: Pick<Org, 'api'>): Promise<ConnectionAnswer[]> =>
  (await callApi<{ items: ConnectionAnswer[] }>(page.request, 'GET', org.api('/connections'))).items

type Wanted = { account: string; slot?: 'user' | 'organization' }

/** Takes the person of this page through GitHub's own page in another tab; returns the id of the attempt. */
export async function throughGithub(
  page: Page,
  org: Pick<Org, 'api'>,
  { account, slot = 'user' }: Wanted,
): Promise<string> {
  const started = await callApi<{ id: string; authorizeUrl: string }>(
    page.request,
    'POST',
    org.api('/connect-attempts'),
    { provider: 'github', slot },
  )
  const tab = await page.context().newPage()
  await tab.goto(started.authorizeUrl)
  await consent(tab, account)
  await tab.waitForURL(/\/connect\/result\//)
  await tab.close()
  return started.id
}

/** Connects the person of this page to an account at GitHub and returns the connection. */
export async function connectGithub(page: Page, org: Pick<Org, 'api'>, wanted: Wanted): Promise<ConnectionAnswer> {
  const address = org.api(`/connect-attempts/${await throughGithub(page, org, wanted)}`)
  const ended = await callApi<{ status: string; connectionId: string }>(page.request, 'GET', address)
  expect(ended, 'connecting').toMatchObject({ status: 'succeeded' })
  return callApi(page.request, 'GET', org.api(`/connections/${ended.connectionId}`))
}

const anyFile = { repository: 'checkout', file: 'retry.ts', text: 'export {}\n' }

/** Puts a repository with one file into the account and returns the file's address at GitHub, to paste on a board. */
export async function newFile(
  sandbox: SandboxClient,
  account: string,
  { repository, file, text } = anyFile,
): Promise<string> {
  const files = { [file]: text }
  await sandbox.control.set({
    provider: 'github',
    repository: { owner: account, name: repository, private: true, files },
  })
  return `${sandboxUrl}/github-web/${account}/${repository}/blob/main/${file}`
}
