import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const terraform = await newSandbox(terraformClient)

const TOKENS = '/app/acme/settings/authentication-tokens'
const READS = standing('plugbrd')

const open = async (address: string, init: RequestInit = {}) => {
  const response = await fetch(address, init)
  return { status: response.status, text: await response.text() }
}
/** Sends the form of a page as a person would: the one with this action, or the first, with these fields filled in. */
const send = async (
  address: string,
  {
    action = '/tokens/create',
    filled = {},
    headers = {},
  }: { action?: string; filled?: object; headers?: Record<string, string> },
) => {
  const { text } = await open(address)
  const form = text.split('<form ').find((one) => one.includes(`${action}"`)) ?? ''
  const [, target = ''] = /action="([^"]+)"/.exec(form) ?? []
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams({ ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...filled })
  return open(`${terraform.url}${target}`, { method: 'POST', body, headers })
}
const tokenIn = (text: string): string => /<pre id="token">([^<]+)<\/pre>/.exec(text)?.[1] ?? ''

test('the addresses that answers and notifications give can be opened', async () => {
  const { data } = await terraform.show('/organizations/acme/workspaces/network-production', READS)
  const workspace = await open(`${terraform.base}${data.links['self-html']}`)
  expect([workspace.status, workspace.text.includes('Open the metrics port to the collectors')]).toEqual([200, true])
  const run = data.relationships['current-run']?.data?.id
  for (const path of [`${data.links['self-html']}/runs/${run}`, `/app/acme/network-production/runs/${run}`]) {
    const page = await open(`${terraform.base}${path}`)
    expect([path, page.status, page.text.includes('2 to change')]).toEqual([path, 200, true])
  }
  expect((await open(`${terraform.base}/`)).text).toContain('API Tokens')
  for (const path of ['/app/acme-eu/workspaces', '/app/acme/workspaces/nowhere', '/app/acme/settings/billing']) {
    expect([path, (await open(terraform.base + path)).status]).toEqual([path, 404])
  }
})

test('what people wrote is shown as text', async () => {
  const value = '<script>alert(1)</script>'
  await terraform.set({
    workspaces: [{ name: 'web-cdn', description: value }],
    runs: [{ workspace: 'web-cdn', message: value }],
  })
  for (const path of ['/app/acme/workspaces', '/app/acme/workspaces/web-cdn']) {
    const { text } = await open(terraform.base + path)
    expect([text.includes('&lt;script&gt;'), text.includes('<script')]).toEqual([true, false])
  }
})

test('a token of a team, of the organization and of a person is made at its own place and shown once', async () => {
  const kindOf = async (token: string) =>
    (await terraform.show('/account/details', token)).data.relationships['authenticated-resource']?.data?.type
  const team = tokenIn(
    (await send(terraform.base + TOKENS, { filled: { team: 'dashboards', description: 'Screens' } })).text,
  )
  const organization = tokenIn((await send(terraform.base + TOKENS, { filled: { team: '' } })).text)
  const own = tokenIn((await send(`${terraform.base}/app/settings/tokens`, {})).text)
  expect([await kindOf(team), await kindOf(organization), await kindOf(own)]).toEqual([
    'teams',
    'organizations',
    'users',
  ])
  const list = await open(terraform.base + TOKENS)
  expect([list.text.includes('Screens'), list.text.includes(team)]).toEqual([true, false])
})

test('a token lasts as long as was chosen', async () => {
  const make = async (days: string) =>
    tokenIn((await send(terraform.base + TOKENS, { filled: { team: 'plugboard', days } })).text)
  const [month, eternal] = [await make('30'), await make('none')]
  await terraform.control.clock(31 * 86_400)
  const statuses = [month, eternal].map((token) => terraform.statusOf('/account/details', token))
  expect(await Promise.all(statuses)).toEqual([401, 200])
})

test('a deleted token stops working', async () => {
  expect(await terraform.statusOf('/account/details', READS)).toBe(200)
  expect((await send(terraform.base + TOKENS, { action: '/tokens/delete' })).status).toBe(200)
  expect(await terraform.statusOf('/account/details', READS)).toBe(401)
})

test('pages of other sites can neither make nor delete a token', async () => {
  const headers = { origin: 'http://localhost:3000' }
  expect((await send(terraform.base + TOKENS, { headers })).status).toBe(403)
  expect((await send(terraform.base + TOKENS, { action: '/tokens/delete', headers })).status).toBe(403)
  expect(await terraform.statusOf('/account/details', READS)).toBe(200)
})
