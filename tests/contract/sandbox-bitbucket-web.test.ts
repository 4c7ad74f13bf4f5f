import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, SAM } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const TOKENS = `${bitbucket.url}/bitbucket-id/manage-profile/security/api-tokens`
const MOBILE = '/repositories/acme/orders-mobile'
const open = async (address: string) => {
  const response = await fetch(address)
  return { status: response.status, text: await response.text() }
}
const send = async (address: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers })
  return { status: response.status, text: await response.text() }
}
const FORM = { account: SAM, label: 'Boards', days: '90', app: 'bitbucket', workspace: '' }
const READ = { 'read:user:bitbucket': 'on', 'read:repository:bitbucket': 'on' }
const shown = (html: string): string => /<pre id="token">([^<]+)</.exec(html)?.[1] ?? ''

test('every address that answers link to leads to a page', async () => {
  const dana = await bitbucket.tokenFor()
  const pages = [
    (await (await bitbucket.api('/workspaces/acme', dana)).json()).links.html.href,
    (await (await bitbucket.api(MOBILE, dana)).json()).links.html.href,
    (await (await bitbucket.api(`${MOBILE}/refs/branches/feature/backoff`, dana)).json()).links.html.href,
    (await bitbucket.values(`${MOBILE}/commits`, dana))[0].links.html.href,
    (await bitbucket.values(`${MOBILE}/pullrequests`, dana))[0].links.html.href,
    `${bitbucket.url}/bitbucket-web/acme/orders-mobile/src/main/src/api/queue.ts`,
    `${bitbucket.url}/bitbucket-web/acme/orders-mobile/src/main/`,
    `${bitbucket.url}/bitbucket-web/`,
  ]
  for (const page of pages) expect([page, (await open(page)).status]).toEqual([page, 200])
  for (const path of [
    'initech/',
    'acme/nothing',
    'acme/orders-mobile/pull-requests/99',
    'acme/orders-mobile/src/main/x',
  ]) {
    expect([path, (await open(`${bitbucket.url}/bitbucket-web/${path}`)).status]).toEqual([path, 404])
  }
})

test('what a repository holds is shown as text', async () => {
  const evil = '<script>alert(1)</script>'
  await bitbucket.set({ commit: { repository: 'acme/shop-theme', message: evil, files: { 'a.html': evil } } })
  await bitbucket.set({ pullRequest: { repository: 'acme/shop-theme', title: evil, description: evil } })
  for (const path of ['', '/src/main/a.html', '/branch/main', '/pull-requests/1']) {
    const { text } = await open(`${bitbucket.url}/bitbucket-web/acme/shop-theme${path}`)
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toContain('<script')
  }
})

test('a person makes a token for Bitbucket, chooses its scopes and sees it once', async () => {
  const token = shown((await send(TOKENS, { ...FORM, ...READ })).text)
  const sam = { email: SAM, token }
  expect([(await bitbucket.api('/user', sam)).status, (await bitbucket.api('/repositories/acme', sam)).status]).toEqual(
    [200, 200],
  )
  expect((await bitbucket.api('/user/workspaces', sam)).status).toBe(403)
  const list = await open(TOKENS)
  expect(list.text).toContain(`Boards <code>…${token.slice(-8)}</code>`)
  expect(list.text).not.toContain(token)
})

test('a token made without scopes, or for Jira, does not work', async () => {
  for (const kind of ['none', 'jira']) {
    const token = shown((await send(TOKENS, { ...FORM, ...READ, app: kind })).text)
    expect([kind, (await bitbucket.api('/user', { email: SAM, token })).status]).toEqual([kind, 401])
  }
})

test('an expiry is needed, of a year at most', async () => {
  for (const days of ['', '0', '366', 'never']) {
    expect([days, (await send(TOKENS, { ...FORM, ...READ, days })).status]).toEqual([days, 400])
  }
  expect((await send(TOKENS, { ...FORM, account: 'nobody@acme.example' })).status).toBe(400)
})

test('a revoked token stops working', async () => {
  const token = shown((await send(TOKENS, { ...FORM, ...READ })).text)
  expect((await send(`${TOKENS}/revoke`, { end: token.slice(-8) })).status).toBe(200)
  expect((await bitbucket.api('/user', { email: SAM, token })).status).toBe(401)
  expect((await send(`${TOKENS}/revoke`, { end: '' })).status).toBe(404)
})

test('pages of other sites can neither make nor revoke a token', async () => {
  const foreign = { origin: 'http://localhost:3000' }
  expect((await send(TOKENS, { ...FORM, ...READ }, foreign)).status).toBe(403)
  expect((await send(`${TOKENS}/revoke`, { end: 'B17B0CC3' }, foreign)).status).toBe(403)
  const dana = { email: 'dana@acme.example', token: 'ATATT3xFfGF0bitbucket-dana=B17B0CC3' }
  expect((await bitbucket.api('/user', dana)).status).toBe(200)
})
