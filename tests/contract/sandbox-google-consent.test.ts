import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  APP_URL,
  CHALLENGE,
  DANA,
  EMAIL,
  googleClient,
  METADATA,
  READ,
  REDIRECT_URI,
} from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)

const open = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(google.authorizeUrl(query), { redirect: 'manual', headers })

/** What Google's own page says went wrong; it sends nobody back. */
async function errorOf(query: Record<string, string>, headers: Record<string, string> = {}): Promise<string> {
  const response = await open(query, headers)
  expect(response.headers.get('location')).toBeNull()
  const [, status, code] = /Error (\d+): <code>(\w+)</.exec(await response.text()) ?? []
  expect(Number(status)).toBe(response.status)
  return `${status} ${code}`
}

test('the consent page offers every account and a box for each scope but those of signing in', async () => {
  const html = await (await open({ scope: `openid email ${READ} ${METADATA}` })).text()
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)
  expect(accounts).toEqual([
    DANA,
    'sam@acme.example',
    'priya@acme.example',
    'lee@park.example',
    'dana.kowalski@mail.example',
  ])
  const boxes = [...html.matchAll(/type="checkbox" name="scope" value="([^"]+)" checked/g)].map(([, scope]) => scope)
  expect(boxes).toEqual([READ, METADATA])
  expect(html).toContain('See and download all your Google Drive files')
  expect(html).toMatch(/value="deny">Cancel/)
})

test('one scope alone has no box', async () => {
  expect(await (await open({ scope: READ })).text()).not.toContain('type="checkbox"')
  expect((await google.consented({ scope: READ })).get('scope')).toBe(READ)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('login_hint chooses the account by address or number, hd one of the domain', async () => {
  const chosen = async (query: Record<string, string>) =>
    /value="([^"]+)" checked required/.exec(await (await open(query)).text())?.[1]
  expect(await chosen({})).toBe(DANA)
  expect(await chosen({ login_hint: 'lee@park.example' })).toBe('lee@park.example')
  expect(await chosen({ login_hint: '108466666666666666735' })).toBe('dana.kowalski@mail.example')
  expect(await chosen({ login_hint: 'lee@park.example', hd: 'acme.example' })).toBe('lee@park.example')
})

test('agreeing leads back with a code that has a slash, the state, the scopes, the issuer and the domain', async () => {
  const location = new URL(await google.consent(google.authorizeUrl({ prompt: 'consent' }), { account: DANA }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect(Object.fromEntries(location.searchParams)).toEqual({
    code: expect.stringMatching(/^4\/0[\w-]{70}$/),
    state: 'st4te',
    scope: `openid ${EMAIL} ${READ}`,
    iss: `${google.url}/google-accounts`,
    authuser: '0',
    hd: 'acme.example',
    prompt: 'consent',
  })
  expect((await google.consented({}, 'lee@park.example')).has('hd')).toBe(false)
})

test('a page is answered once', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open()).text()) ?? []
  const answer = () =>
    fetch(`${google.url}/google-accounts/o/oauth2/v2/auth`, {
      method: 'POST',
      body: new URLSearchParams({ request, account: DANA, decision: 'deny' }),
      redirect: 'manual',
    })
  const location = new URL((await answer()).headers.get('location') ?? '')
  expect(Object.fromEntries(location.searchParams)).toMatchObject({ error: 'access_denied', state: 'st4te' })
  expect((await answer()).status).toBe(422)
})

test('what is wrong with the client, the address or the request is told on Google’s own page', async () => {
  expect(await errorOf({ client_id: 'x' })).toBe('401 invalid_client')
  expect(await errorOf({ client_id: '' })).toBe('400 invalid_request')
  for (const wrong of [`${REDIRECT_URI}/`, `${REDIRECT_URI}?a=b`, REDIRECT_URI.replace('localhost', 'LOCALHOST')]) {
    expect(await errorOf({ redirect_uri: wrong })).toBe('400 redirect_uri_mismatch')
  }
  expect(await errorOf({ redirect_uri: '' })).toBe('400 invalid_request')
  expect(await errorOf({ response_type: '' })).toBe('400 invalid_request')
  expect(await errorOf({ response_type: 'token' })).toBe('400 unsupported_response_type')
  expect(await errorOf({ scope: '' })).toBe('400 invalid_request')
  expect(await errorOf({ scope: `${READ},${METADATA}` })).toBe('400 invalid_scope')
  expect(await errorOf({ scope: 'drive.readonly' })).toBe('400 invalid_scope')
  expect(await errorOf({ access_type: 'forever' })).toBe('400 invalid_request')
  expect(await errorOf({ prompt: 'none consent' })).toBe('400 invalid_request')
  expect(await errorOf({ code_challenge: CHALLENGE, code_challenge_method: 'S512' })).toBe('400 invalid_request')
  expect(await errorOf({ code_challenge: 'short', code_challenge_method: 'S256' })).toBe('400 invalid_request')
  expect(await errorOf({ code_challenge_method: 'S256' })).toBe('400 invalid_request')
  const twice = await fetch(`${google.authorizeUrl()}&state=again`, { redirect: 'manual' })
  expect(await twice.text()).toContain('can only have a single value: state')
  expect(await errorOf({}, { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; wv) Chrome/130' })).toBe(
    '403 disallowed_useragent',
  )
  await google.set({ clientDeleted: true })
  expect(await errorOf({})).toBe('401 deleted_client')
})

test('who may not use the app is told after choosing the account', async () => {
  const refusedFor = async (account: string) => {
    try {
      const back = new URL(await google.consent(google.authorizeUrl(), { account }))
      return back.searchParams.get('error') ?? 'taken'
    } catch (problem) {
      return /Error \d+: <code>(\w+)</.exec(String(problem))?.[1]
    }
  }
  await google.set({ audience: 'internal' })
  expect(await refusedFor('lee@park.example')).toBe('org_internal')
  expect(await refusedFor(DANA)).toBe('taken')
  await google.set({ audience: 'external', publishing: 'testing', testUsers: [DANA] })
  expect(await refusedFor('sam@acme.example')).toBe('access_denied')
  expect(await refusedFor(DANA)).toBe('taken')
  await google.set({ adminPolicy: 'page' })
  expect(await refusedFor(DANA)).toBe('admin_policy_enforced')
  await google.set({ adminPolicy: 'callback' })
  expect(await refusedFor(DANA)).toBe('admin_policy_enforced')
  await google.set({ adminPolicy: null, account: { email: DANA, disabled: true } })
  expect(await refusedFor(DANA)).toBe('disabled_user')
})

test('unticked scopes are missing from the callback, and signing in alone is left', async () => {
  expect((await google.consented({}, DANA, [READ])).get('scope')).toBe(`openid ${EMAIL}`)
  await google.set({ grantScopes: ['drive.metadata.readonly'] })
  const both = { scope: `openid ${READ} ${METADATA}` }
  expect((await google.consented(both)).get('scope')).toBe(`openid ${METADATA}`)
})

test('when nothing is left ticked, access is denied', async () => {
  await google.set({ grantScopes: [] })
  expect((await google.consented({ scope: READ })).get('error')).toBe('access_denied')
})

test('prompt=none shows no page: it says who is missing, what is missing, or goes through', async () => {
  const outcome = async (query: Record<string, string>) => {
    const location = (await open({ prompt: 'none', ...query })).headers.get('location') ?? ''
    const { searchParams } = new URL(location)
    return searchParams.get('error') ?? (searchParams.has('code') ? 'code' : 'nothing')
  }
  expect(await outcome({})).toBe('login_required')
  expect(await outcome({ login_hint: DANA })).toBe('consent_required')
  await google.consented()
  expect(await outcome({ login_hint: DANA })).toBe('code')
})

test('the consent page cuts its opener off when it is told to, and warns of an app that is not verified', async () => {
  expect((await open()).headers.get('cross-origin-opener-policy')).toBeNull()
  await google.set({ coop: true, verified: false })
  const response = await open()
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(await response.text()).toContain('Google hasn’t verified this app')
})
