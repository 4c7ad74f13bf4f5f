import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { APP_URL, githubClient, REDIRECT_URI } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' // RFC 7636 appendix B
const errorOf = (location: string) => new URL(location).searchParams.get('error')
const open = (query: Record<string, string>) => fetch(github.authorizeUrl(query), { redirect: 'manual' })

test('the consent page names the application and the scopes, and offers the accounts', async () => {
  const html = await (await open({})).text()
  expect(html).toContain('<h1>Authorize Plugboard</h1>')
  for (const scope of ['repo', 'read:user', 'user:email', 'read:org']) expect(html).toContain(`<code>${scope}</code>`)
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, login]) => login)
  expect(accounts).toEqual(['dana-k', 'sam-o', 'priya-n', 'lee-p', 'dana-personal'])
  expect(html).toMatch(/<button [^>]*name="decision" value="allow">Authorize/)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Cancel/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({})
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('a state that holds markup comes back as it was and never reaches the page as markup', async () => {
  const state = `"><script>alert(1)</script>`
  const response = await open({ state, scope: '<b>' })
  const html = await response.text()
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<b>')
  const location = await github.consent(github.authorizeUrl({ state }), { account: 'dana-k' })
  expect(new URL(location).searchParams.get('state')).toBe(state)
})

test('the consent page cuts its opener off when it is told to', async () => {
  expect((await open({})).headers.get('cross-origin-opener-policy')).toBeNull()
  await github.control.set({ provider: 'github', coop: true })
  expect((await open({})).headers.get('cross-origin-opener-policy')).toBe('same-origin')
})

test('the account that a login hint names is chosen already', async () => {
  expect(await (await open({ login: 'sam-o' })).text()).toMatch(/value="sam-o" checked/)
})

test('authorizing returns to the callback with a code and the state', async () => {
  const location = new URL(await github.consent(github.authorizeUrl(), { account: 'dana-k' }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect(location.searchParams.get('code')).toMatch(/^[0-9a-f]{20}$/)
  expect(location.searchParams.get('state')).toBe('st4te')
  expect(location.searchParams.get('iss')).toBe(`${github.web}/login/oauth`)
})

test('cancelling returns to the callback with access_denied, its description and the state', async () => {
  const location = new URL(await github.consent(github.authorizeUrl(), { account: 'dana-k', decision: 'deny' }))
  expect(Object.fromEntries(location.searchParams)).toEqual({
    error: 'access_denied',
    error_description: 'The user has denied your application access.',
    error_uri: expect.stringContaining('access-denied'),
    state: 'st4te',
    iss: `${github.web}/login/oauth`,
  })
})

test('a page that was answered cannot be answered again', async () => {
  const html = await (await open({})).text()
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(html) ?? []
  const answer = () =>
    fetch(`${github.web}/login/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, account: 'dana-k', decision: 'allow' }),
    })
  expect((await answer()).status).toBe(302)
  expect((await answer()).status).toBe(422)
})

test('an unknown client id shows a 404 page and sends nobody anywhere', async () => {
  const response = await open({ client_id: 'somebody-else' })
  expect(response.status).toBe(404)
  expect(response.headers.get('location')).toBeNull()
})

test('a redirect URI that is not registered sends the error to the registered one', async () => {
  for (const redirect_uri of [
    'https://evil.example/callback',
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?next=1`,
    `${APP_URL}/api/callback`,
  ]) {
    const location = (await open({ redirect_uri })).headers.get('location') ?? ''
    expect(location.startsWith(`${REDIRECT_URI}?`)).toBe(true)
    expect(errorOf(location)).toBe('redirect_uri_mismatch')
  }
})

test('a suspended application is sent back with application_suspended', async () => {
  await github.control.set({ provider: 'github', suspended: true })
  expect(errorOf((await open({})).headers.get('location') ?? '')).toBe('application_suspended')
})

test('a challenge is taken only as S256 and of 43 characters', async () => {
  expect((await open({ code_challenge: CHALLENGE, code_challenge_method: 'S256' })).status).toBe(200)
  const unsound = [
    { code_challenge: CHALLENGE, code_challenge_method: 'plain' },
    { code_challenge: CHALLENGE },
    { code_challenge_method: 'S256' },
    { code_challenge: CHALLENGE.slice(1), code_challenge_method: 'S256' },
    { code_challenge: `${CHALLENGE}A`, code_challenge_method: 'S256' },
  ] as Record<string, string>[] // the keys differ from one to the next
  for (const query of unsound)
    expect(errorOf((await open(query)).headers.get('location') ?? '')).toBe('invalid_request')
})
