import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const sentry = await newSandbox(sentryClient)

const open = async (address: string, init: RequestInit = {}) => {
  const response = await fetch(address, init)
  return { status: response.status, text: await response.text() }
}
/** Sends the form of a page as a person would, with these fields filled in. */
const send = async (address: string, filled: Record<string, string> = {}, headers: Record<string, string> = {}) => {
  const { text } = await open(address)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(text) ?? []
  const [first = ''] = text.split('</form>')
  const hidden = [...first.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams({ ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...filled })
  return open(`${sentry.url}${action}`, { method: 'POST', body, headers })
}
const shown = (text: string, id: string): string => new RegExp(`<pre id="${id}">([^<]+)</pre>`).exec(text)?.[1] ?? ''
const statusOf = async (path: string, token: string) => (await sentry.api(path, token)).status
const INTEGRATIONS = '/settings/acme/developer-settings/'

test('the addresses that answers give can be opened', async () => {
  const token = await sentry.tokenFor()
  const issue = await (await sentry.api('/organizations/acme/issues/API-1/', token)).json()
  const { links } = await (await sentry.api('/organizations/acme/', token)).json()
  const page = await open(issue.permalink)
  expect(page.status).toBe(200)
  for (const text of ['DatabaseError: deadlock detected', 'API-1', '231 events', 'sam@acme.example']) {
    expect(page.text).toContain(text)
  }
  expect(issue.permalink).toBe(`${links.organizationUrl}/issues/${issue.id}/`)
  expect((await open(links.organizationUrl)).status).toBe(200)
  expect((await open(`${links.organizationUrl}/issues/?project=${issue.project.id}`)).text).not.toContain('WEB-1')
  expect((await open(`${sentry.base}/`)).text).toContain('Custom Integrations')
  for (const path of ['/organizations/acme/issues/1/', '/organizations/initech/', '/settings/acme/billing/']) {
    expect([path, (await open(sentry.base + path)).status]).toEqual([path, 404])
  }
})

test('what an event holds is shown as text', async () => {
  const value = '<script>alert(1)</script>'
  const made = await sentry.set({
    issues: [{ value, culprit: value, release: value, frames: [`a.ts:1 run: ${value}`] }],
  })
  const [{ id }] = made.issues as [{ id: string }] // control's own answer
  const { text } = await open(`${sentry.base}/organizations/acme/issues/${id}/`)
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(text).not.toContain('<script')
  expect((await open(`${sentry.base}/organizations/acme/issues/`)).text).not.toContain('<script')
})

test('a person makes an internal integration, chooses its permissions and sees its token once', async () => {
  const made = await send(`${sentry.base}${INTEGRATIONS}new-internal/`, { name: 'Boards', org: 'read', event: 'none' })
  const token = shown(made.text, 'token')
  expect(token).toMatch(/^sntryi_[0-9a-f]{64}$/)
  expect(shown(made.text, 'client-secret')).toMatch(/^[0-9a-f]{64}$/)
  expect(await statusOf('/organizations/acme/', token)).toBe(200)
  expect(await statusOf('/organizations/acme/issues/', token)).toBe(403)
  const list = await open(`${sentry.base}${INTEGRATIONS}`)
  expect(list.text).toContain(`Boards</strong> <code>…${token.slice(-4)}</code>`)
  expect(list.text).not.toContain(token)
})

test('an organization token and a personal one are made at their own places', async () => {
  const ci = await send(`${sentry.base}/settings/acme/auth-tokens/new-token/`, { name: 'CI', org: 'admin' })
  expect(shown(ci.text, 'token')).toMatch(/^sntrys_/)
  expect(await statusOf('/organizations/acme/', shown(ci.text, 'token'))).toBe(403)
  const own = await send(`${sentry.base}/settings/account/api/auth-tokens/new-token/`, { org: 'admin' })
  expect(shown(own.text, 'token')).toMatch(/^sntryu_/)
  expect(await statusOf('/organizations/acme/', shown(own.text, 'token'))).toBe(200)
  expect(await statusOf('/organizations/globex/', shown(own.text, 'token'))).toBe(200)
})

test('a link that does not name the organization leads to its settings', async () => {
  const link = `${sentry.base}/orgredirect/settings/:orgslug/developer-settings/new-internal/`
  expect((await open(link)).text).toContain('Create New Integration')
  expect((await open(`${sentry.base}/settings/`)).text).toContain('Custom Integrations')
})

test('a deleted integration’s token stops working', async () => {
  const token = `sntryi_${'5a11d00d'.repeat(8)}`
  expect(await statusOf('/organizations/acme/', token)).toBe(200)
  expect((await send(`${sentry.base}${INTEGRATIONS}`)).status).toBe(200)
  expect(await statusOf('/organizations/acme/', token)).toBe(401)
})

test('pages of other sites can neither make nor delete a token', async () => {
  const foreign = { origin: 'http://localhost:3000' }
  expect((await send(`${sentry.base}${INTEGRATIONS}new-internal/`, {}, foreign)).status).toBe(403)
  expect((await send(`${sentry.base}${INTEGRATIONS}`, {}, foreign)).status).toBe(403)
  expect(await statusOf('/organizations/acme/', `sntryi_${'5a11d00d'.repeat(8)}`)).toBe(200)
})
