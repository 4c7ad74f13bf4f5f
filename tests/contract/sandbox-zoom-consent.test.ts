import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  APP_URL,
  challengeOf,
  DANA,
  REDIRECT_URI,
  refusedGrant,
  VERIFIER,
  zoomClient,
} from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)

const open = (query: Record<string, string> = {}) => fetch(zoom.authorizeUrl(query), { redirect: 'manual' })
/** The text of the page that Zoom shows in place of asking. */
const blocked = async (query: Record<string, string>): Promise<string> => {
  const response = await open(query)
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  return response.text()
}
const answer = async (account: string) => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open()).text()) ?? []
  const body = new URLSearchParams({ request, account, decision: 'allow' })
  return fetch(`${zoom.web}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' })
}

test('the consent page offers the people of four accounts, with their licences, and says what the app will see', async () => {
  const html = await (await open()).text()
  expect(html).toContain('<h1>You are about to add Plugboard</h1>')
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)
  expect(accounts).toEqual([
    'dana@acme.example',
    'sam@acme.example',
    'priya@acme.example',
    'sam@globex.example',
    'dana@globex.example',
    'lee@park.example',
    'dana@kowalski.example',
  ])
  expect(html).toContain('priya@acme.example, basic user')
  expect(html).toContain('View a user’s cloud recordings')
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Decline/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('allowing returns to the callback with a code and the state, declining with access_denied', async () => {
  const location = new URL(await zoom.consent(zoom.authorizeUrl(), { account: DANA }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect(location.searchParams.get('state')).toBe('st4te')
  expect(location.searchParams.get('code')).toMatch(/^[\w-]{20,}$/)
  const denied = await zoom.consent(zoom.authorizeUrl(), { account: DANA, decision: 'deny' })
  expect(denied).toBe(`${REDIRECT_URI}?error=access_denied&state=st4te`)
})

test('an unknown client, another redirect URI and another response type show Zoom’s own page with its number', async () => {
  expect(await blocked({ client_id: 'somebody-else' })).toContain('(4702)')
  for (const redirect_uri of ['https://evil.example/callback', `${REDIRECT_URI}/`, `${REDIRECT_URI}?next=1`, ''])
    expect(await blocked({ redirect_uri })).toContain('(4709)')
  for (const response_type of ['token', '']) expect(await blocked({ response_type })).toContain('response type')
})

test('a scope in the address is refused unless it names exactly what the app has', async () => {
  for (const scope of ['user:read', 'user:read:user', 'user:read:user,meeting:read:list_meetings', ''])
    expect(await blocked({ scope })).toContain('Invalid scope')
  await zoom.set({ appScopes: ['user:read:user', 'meeting:read:list_meetings'] })
  expect((await open({ scope: 'meeting:read:list_meetings user:read:user' })).status).toBe(200)
  expect(await blocked({ scope: 'user:read:user,meeting:read:list_meetings' })).toContain('Invalid scope')
})

test('an app that is disabled is not offered, and one that an admin disabled or has not approved never returns', async () => {
  await zoom.set({ account: { account: 'acme', needsApproval: true } })
  const waiting = await answer(DANA)
  expect([waiting.status, waiting.headers.get('location')]).toEqual([400, null])
  expect(await waiting.text()).toContain('An admin of Acme has to approve this app')
  expect((await answer('lee@park.example')).status).toBe(302)
  await zoom.set({ account: { account: 'acme', needsApproval: false, disabled: true } })
  expect(await (await answer(DANA)).text()).toContain('(4738)')
  await zoom.set({ appDisabled: true })
  expect(await blocked({})).toContain('(4717)')
})

test('a page that was answered cannot be answered again, and a stranger cannot answer', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open()).text()) ?? []
  const send = async (account: string) => {
    const body = new URLSearchParams({ request, account, decision: 'allow' })
    return (await fetch(`${zoom.web}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' })).status
  }
  expect([await send('marta@acme.example'), await send(DANA), await send(DANA)]).toEqual([422, 302, 422])
})

test('PKCE is S256 or plain, plain when nothing is said, and refused in any other form', async () => {
  const exchangeAfter = async (query: Record<string, string>, code_verifier: string) =>
    (await zoom.exchange(await zoom.codeFor(DANA, query), { code_verifier })).status
  const s256 = { code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S256' }
  expect(await exchangeAfter(s256, VERIFIER)).toBe(200)
  expect(await exchangeAfter({ code_challenge: VERIFIER }, VERIFIER)).toBe(200)
  expect(await exchangeAfter({ code_challenge: challengeOf(VERIFIER) }, VERIFIER)).toBe(400)
  const wrong: Record<string, string>[] = [
    { code_challenge: challengeOf(VERIFIER), code_challenge_method: 's256' },
    { code_challenge: 'too-short', code_challenge_method: 'S256' },
    { code_challenge_method: 'S256' },
  ]
  for (const query of wrong) expect(await blocked(query)).toContain('Invalid code challenge')
})

test('a code with a challenge is worth nothing without its verifier, and one without takes none', async () => {
  const query = { code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S256' }
  const without: Record<string, string>[] = [
    {},
    { code_verifier: `${VERIFIER}x` },
    { code_verifier: challengeOf(VERIFIER) },
  ]
  for (const fields of without) {
    const refused = await refusedGrant(await zoom.exchange(await zoom.codeFor(DANA, query), fields))
    expect(refused.slice(0, 2)).toEqual([400, 'invalid_grant'])
  }
  const plain = await zoom.exchange(await zoom.codeFor(), { code_verifier: VERIFIER })
  expect((await refusedGrant(plain)).slice(0, 2)).toEqual([400, 'invalid_grant'])
})
