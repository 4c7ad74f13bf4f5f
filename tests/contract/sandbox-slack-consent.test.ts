import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { APP_URL, REDIRECT_URI, slackClient } from '#tests/support/sandbox-slack.ts'

const slack = await newSandbox(slackClient)

const open = (query: Record<string, string>) => fetch(slack.authorizeUrl(query), { redirect: 'manual' })

/** What Slack's own page says went wrong; it sends nobody back. */
async function errorOf(query: Record<string, string>): Promise<string | undefined> {
  const response = await open(query)
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  return /Error code: <code>(\w+)</.exec(await response.text())?.[1]
}

test('the consent page names the app and the scopes of both kinds, and offers people of two workspaces', async () => {
  const html = await (await open({ user_scope: 'search:read' })).text()
  expect(html).toContain('<h1>Plugboard is requesting permission to access a Slack workspace</h1>')
  for (const scope of ['channels:read', 'chat:write', 'search:read']) expect(html).toContain(`<code>${scope}</code>`)
  expect(html).toContain('on your behalf')
  expect(html).toContain('<legend>Workspace acme-corp</legend>')
  expect(html).toContain('<legend>Workspace Globex Labs</legend>')
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)
  expect(accounts).toEqual([
    'dana@acme-corp',
    'sam@acme-corp',
    'priya@acme-corp',
    'lee@acme-corp',
    'sam@globex-labs',
    'dana@globex-labs',
  ])
  expect(html).toMatch(/value="dana@acme-corp" checked/)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Cancel/)
  expect(html).toMatch(/<button [^>]*name="decision" value="allow">Allow/)
})

test('naming a workspace skips the choice of one', async () => {
  const html = await (await open({ team: 'T06GLOBEXL1' })).text()
  expect(html).not.toContain('acme-corp')
  expect(html).toMatch(/value="sam@globex-labs" checked/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('the consent page cuts its opener off when it is told to', async () => {
  expect((await open({})).headers.get('cross-origin-opener-policy')).toBeNull()
  await slack.control.set({ provider: 'slack', coop: true })
  expect((await open({})).headers.get('cross-origin-opener-policy')).toBe('same-origin')
})

test('allowing returns to the callback with a code and the state', async () => {
  const location = new URL(await slack.consent(slack.authorizeUrl(), { account: 'dana@acme-corp' }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect(location.searchParams.get('code')).toMatch(/^\d{10}\.\d{13}\.[0-9a-f]{64}$/)
  expect(location.searchParams.get('state')).toBe('st4te')
})

test('cancelling returns access_denied, with the state unless Slack leaves it out', async () => {
  const deny = () => slack.consent(slack.authorizeUrl(), { account: 'dana@acme-corp', decision: 'deny' })
  expect(await deny()).toBe(`${REDIRECT_URI}?error=access_denied&state=st4te`)
  await slack.control.set({ provider: 'slack', stateOnDenial: false })
  expect(await deny()).toBe(`${REDIRECT_URI}?error=access_denied`)
})

test('a page that was answered cannot be answered again', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open({})).text()) ?? []
  const answer = () =>
    fetch(`${slack.web}/oauth/v2/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, account: 'dana@acme-corp', decision: 'allow' }),
    })
  expect((await answer()).status).toBe(302)
  expect((await answer()).status).toBe(422)
})

test('nobody who left the workspace, no bot and no stranger can allow', async () => {
  for (const account of ['marta@acme-corp', 'shipit@acme-corp', 'priya@globex-labs', 'dana'])
    await expect(slack.consent(slack.authorizeUrl(), { account })).rejects.toThrow('422')
})

test('an unknown client id shows Slack’s own page', async () => {
  expect(await errorOf({ client_id: 'somebody-else' })).toBe('invalid_client_id')
})

test('a redirect URI is taken when it is the registered one or below it', async () => {
  for (const redirect_uri of [REDIRECT_URI, `${REDIRECT_URI}/below`])
    expect((await open({ redirect_uri })).status).toBe(200)
  const foreign = [
    'https://evil.example/callback',
    `${APP_URL}/api/callback`,
    `${REDIRECT_URI}-other`,
    `${REDIRECT_URI}?next=1`,
    `${REDIRECT_URI}#top`,
    `${REDIRECT_URI}/../github`,
    `${REDIRECT_URI.replace('localhost', 'LOCALHOST')}`,
  ]
  for (const redirect_uri of foreign) expect(await errorOf({ redirect_uri })).toBe('bad_redirect_uri')
})

test('scopes are separated by commas, exist, and fit the kind of token', async () => {
  expect(await errorOf({ scope: 'channels:read chat:write' })).toBe('invalid_scope')
  expect(await errorOf({ scope: 'channels:read,nonsense' })).toBe('invalid_scope')
  expect(await errorOf({ scope: 'search:read' })).toBe('invalid_scope')
  expect(await errorOf({ user_scope: 'channels:join' })).toBe('invalid_scope')
  expect(await errorOf({ scope: '' })).toBe('no_scopes')
  expect((await open({ scope: '', user_scope: 'search:read' })).status).toBe(200)
})

test('an app without PKCE may not use it', async () => {
  const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' // RFC 7636 appendix B
  expect(await errorOf({ code_challenge })).toBe('pkce_not_allowed')
  expect(await errorOf({ code_challenge, code_challenge_method: 'S256' })).toBe('pkce_not_allowed')
})

test('an unknown workspace is refused', async () => {
  expect(await errorOf({ team: 'T00000000' })).toBe('invalid_team')
})

test('where admins approve apps, a member’s Allow installs nothing and goes nowhere', async () => {
  await slack.control.set({ provider: 'slack', adminApproval: true })
  await expect(slack.consent(slack.authorizeUrl(), { account: 'sam@acme-corp' })).rejects.toThrow('403')
  expect(await slack.codeFor('dana@acme-corp')).not.toBe('')
})
