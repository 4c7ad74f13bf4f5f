import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { ACME, APP_URL, atlassianClient, DANA, GLOBEX, REDIRECT_URI, SAM } from '#tests/support/sandbox-atlassian.ts'

const atlassian = await newSandbox(atlassianClient)

const open = (query: Record<string, string> = {}) => fetch(atlassian.authorizeUrl(query), { redirect: 'manual' })

/** What Atlassian's own page says went wrong; it sends nobody back. */
async function errorOf(query: Record<string, string>): Promise<string | undefined> {
  const response = await open(query)
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  return /Error code: <code>(\w+)</.exec(await response.text())?.[1]
}

const sitesOf = async (account: string): Promise<string[]> => {
  const response = await atlassian.get('/oauth/token/accessible-resources', await atlassian.tokenFor(account))
  return (await response.json()).map(({ id }: { id: string }) => id)
}

test('the consent page names the app, people with their sites, and the scopes of each product', async () => {
  const html = await (await open()).text()
  expect(html).toContain('<h1>Plugboard is requesting access to your Atlassian account</h1>')
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)
  expect(accounts).toEqual([
    DANA,
    SAM,
    'priya@acme.example',
    'lee@park.example',
    'dana@kowalski.example',
    'marta@acme.example',
  ])
  expect(html).toMatch(/value="dana@acme.example" checked/)
  expect(html).toContain('acme.atlassian.net, globex-labs.atlassian.net')
  expect(html).toMatch(
    /In Jira, .*<code>read:jira-work<.*In Confluence, .*<code>search:confluence<.*In your account, /s,
  )
  expect(html).toMatch(/<button [^>]*value="deny">Cancel/)
  expect(html).toMatch(/<button [^>]*value="allow">Accept/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(response.headers.get('cross-origin-opener-policy')).toBeNull()
  expect(await response.text()).not.toContain('<script')
  await atlassian.set({ coop: true })
  expect((await open()).headers.get('cross-origin-opener-policy')).toBe('same-origin')
})

test('what is wrong with a request is told on a page, and nobody is sent back', async () => {
  expect(await errorOf({ audience: 'api.example' })).toBe('invalid_request')
  expect(await errorOf({ client_id: 'x' })).toBe('unauthorized_client')
  expect(await errorOf({ redirect_uri: `${REDIRECT_URI}/below` })).toBe('invalid_request')
  expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type')
  expect(await errorOf({ prompt: 'login' })).toBe('invalid_request')
  expect(await errorOf({ scope: '' })).toBe('invalid_scope')
})

test('a scope that was not added to the app is refused, and so is one that does not exist', async () => {
  expect(await errorOf({ scope: 'read:jira-work write:jira-work' })).toBe('invalid_scope')
  expect(await errorOf({ scope: 'read:jira-work,read:jira-user' })).toBe('invalid_scope')
  await atlassian.set({ appScopes: ['read:jira-work'] })
  expect(await errorOf({ scope: 'read:jira-work read:jira-user' })).toBe('invalid_scope')
  expect((await open({ scope: 'read:jira-work offline_access' })).status).toBe(200)
})

test('a code challenge is tolerated and protects nothing', async () => {
  const code = await atlassian.codeFor(DANA, { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })
  expect((await atlassian.exchange(code)).status).toBe(200)
})

test('accepting sends a code and the state back', async () => {
  const location = new URL(await atlassian.consent(atlassian.authorizeUrl(), { account: DANA }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect([...location.searchParams.keys()]).toEqual(['code', 'state'])
  expect(location.searchParams.get('state')).toBe('st4te')
})

test('declining sends access_denied and the state back', async () => {
  const decision = { account: DANA, decision: 'deny' } as const
  const { searchParams } = new URL(await atlassian.consent(atlassian.authorizeUrl(), decision))
  expect(Object.fromEntries(searchParams)).toEqual({
    error: 'access_denied',
    error_description: expect.any(String),
    state: 'st4te',
  })
})

test('a consent page is answered once', async () => {
  const html = await (await open()).text()
  const [, id = ''] = /name="request" value="([^"]+)"/.exec(html) ?? []
  const decide = () =>
    fetch(`${atlassian.auth}/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ request: id, account: DANA, decision: 'allow' }),
      redirect: 'manual',
    })
  expect([(await decide()).status, (await decide()).status]).toEqual([302, 422])
})

test('an app that is not shared yet may be authorized by its owner alone', async () => {
  await atlassian.set({ appPrivate: true })
  expect(await atlassian.codeFor(DANA)).not.toBe('')
  await expect(atlassian.codeFor(SAM)).rejects.toThrow('403')
})

test('with access to accounts a consent opens all sites of the account, and they add up', async () => {
  expect(await sitesOf(SAM)).toEqual([ACME, ACME, GLOBEX, GLOBEX])
  await atlassian.control.reset()
  await atlassian.set({ shareSites: ['globex-labs'] })
  expect(await sitesOf(SAM)).toEqual([GLOBEX, GLOBEX])
  await atlassian.set({ shareSites: ['acme'] })
  expect(await sitesOf(SAM)).toEqual([ACME, ACME, GLOBEX, GLOBEX])
})

test('with access to resources one site is chosen, and the token reaches that one', async () => {
  await atlassian.set({ accessType: 'resource' })
  expect(await (await open()).text()).toContain('Choose a site')
  expect(await sitesOf(DANA)).toEqual([ACME, ACME])
  await expect(atlassian.codeFor(SAM)).rejects.toThrow('Choose a site')
  const choose = async (site: string): Promise<string> => {
    const html = await (await open()).text()
    const [, id = ''] = /name="request" value="([^"]+)"/.exec(html) ?? []
    const body = new URLSearchParams({ request: id, account: SAM, decision: 'allow', site })
    const answer = await fetch(`${atlassian.auth}/authorize`, { method: 'POST', body, redirect: 'manual' })
    const code = new URL(answer.headers.get('location') ?? 'x:').searchParams.get('code') ?? ''
    return (await (await atlassian.exchange(code)).json()).access_token
  }
  const [acme, globex] = [await choose('acme'), await choose('globex-labs')]
  const listed = async (token: string) => (await atlassian.get('/oauth/token/accessible-resources', token)).text()
  expect(await listed(acme)).not.toContain(GLOBEX)
  expect(await listed(globex)).not.toContain(ACME)
})

test('an account without a site gets a token that reaches none', async () => {
  expect(await sitesOf('marta@acme.example')).toEqual([])
})
