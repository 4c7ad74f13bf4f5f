import { expect, test } from 'vitest'
import { env } from '#lib/platform/env.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { api, cookiesOf, PASSWORD, person, sessionOf, signIn } from '#tests/support/people.ts'

/** The session cookie alone, out of a Cookie header. */
const sessionIn = (cookie: string) => /pb_session=[^;]+/.exec(cookie)?.[0] ?? ''

test('28: the right password opens a session in a cookie that scripts cannot read', async () => {
  const dana = await person('Dana')
  const signedIn = await signIn(dana.email)
  expect(signedIn.status).toBe(200)
  const cookie = signedIn.headers.getSetCookie().find((one) => one.startsWith('pb_session='))
  expect(cookie).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/)
  expect(cookie).not.toMatch(/Secure|Domain/)
  expect((await api(signedIn.cookie).get('/api/v1/me')).body).toMatchObject({ id: dana.id })
})

test('a wrong password and an unknown address answer alike', async () => {
  const dana = await person('Dana')
  const [wrong, unknown] = [await signIn(dana.email, 'not this one'), await signIn('nobody@nowhere.test')]
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(wrong.body).toEqual(unknown.body)
  expect(sessionIn(wrong.cookie + unknown.cookie)).toBe('')
})

test('28: a sign-in renews the session id: what the browser held before ends', async () => {
  const dana = await person('Dana')
  const first = sessionIn((await signIn(dana.email)).cookie)
  const second = sessionIn((await signIn(dana.email, PASSWORD, '203.0.113.9', first)).cookie)
  expect(second).not.toBe(first)
  expect((await api(first).get('/api/v1/me')).status).toBe(401)
  expect((await api(second).get('/api/v1/me')).status).toBe(200)
})

test('who signs out ends the session: a copied cookie answers 401 from then on', async () => {
  const dana = await person('Dana')
  const csrf = await dispatch(ownRequest('GET', '/api/auth/csrf'))
  const { csrfToken }: { csrfToken: string } = await csrf.json()
  const signOut = await dispatch(
    ownRequest('POST', '/api/auth/signout', {
      headers: { cookie: `${cookiesOf(csrf)}; ${dana.cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, json: 'true' }).toString(),
    }),
  )
  expect(signOut.status).toBe(200)
  expect(signOut.headers.getSetCookie().some((cookie) => cookie.startsWith('pb_session=; Max-Age=0'))).toBe(true)
  const after = await api(dana.cookie).get('/api/v1/me')
  expect(after.status).toBe(401)
  expect(after.body).toMatchObject({ type: '/problems/sign-in-required' })
})

test("next-auth's own session address knows nobody by an ended session", async () => {
  const dana = await person('Dana')
  const ask = async () =>
    (await dispatch(ownRequest('GET', '/api/auth/session', { headers: { cookie: dana.cookie } }))).json()
  expect(await ask()).toMatchObject({ user: { name: 'Dana', email: dana.email } })
  await dana.delete('/api/v1/me/sessions')
  expect(await ask()).toEqual({})
})

test('28: a sign-in without its token, or sent by another site, opens nothing', async () => {
  const dana = await person('Dana')
  const form = new URLSearchParams({ email: dana.email, password: PASSWORD, json: 'true' }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = (more: Record<string, string>) =>
    dispatch(ownRequest('POST', '/api/auth/callback/credentials', { headers: { ...headers, ...more }, body: form }))
  expect(sessionIn(cookiesOf(await post({})))).toBe('')
  const foreign = await post({ origin: 'https://evil.test' })
  expect(foreign.status).toBe(403)
  expect(await foreign.json()).toMatchObject({ type: '/problems/other-origin' })
})

test('where one goes after signing in is ours: another host is not followed', async () => {
  const dana = await person('Dana')
  const csrf = await dispatch(ownRequest('GET', '/api/auth/csrf'))
  const { csrfToken }: { csrfToken: string } = await csrf.json()
  const form = { csrfToken, email: dana.email, password: PASSWORD, json: 'true', callbackUrl: 'https://evil.test/' }
  const response = await dispatch(
    ownRequest('POST', '/api/auth/callback/credentials', {
      headers: {
        cookie: cookiesOf(csrf),
        'content-type': 'application/x-www-form-urlencoded',
        host: 'evil.test',
        'x-forwarded-host': 'evil.test',
      },
      body: new URLSearchParams(form).toString(),
    }),
  )
  const { url }: { url: string } = await response.json()
  expect(new URL(url).origin).toBe(env().APP_URL)
})

test('a cookie that was sealed by another key, or cut, is nobody', async () => {
  const cookie = await sessionOf((await person('Dana')).id)
  const bad = [cookie.slice(0, -4), 'pb_session=abc', 'pb_session=%E0%A4%A', 'pb_session=']
  const answers = await Promise.all(bad.map((one) => api(one).get('/api/v1/me')))
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
})

test('28: a change that a browser sends for another site is refused, one of our own pages is not', async () => {
  const dana = await person('Dana')
  const patch = (headers: Record<string, string>) =>
    dispatch(
      new Request(`${env().APP_URL}/api/v1/me`, {
        method: 'PATCH',
        headers: { cookie: dana.cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'Changed' }),
      }),
    )
  const strangers: Record<string, string>[] = [
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    {},
  ]
  const refused = await Promise.all(strangers.map(patch))
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  expect((await patch({ origin: env().APP_URL })).status).toBe(200)
  expect((await patch({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('what of next-auth is not in use is not there: nothing is logged or drawn for anybody who asks', async () => {
  const asked: [method: string, path: string][] = [
    ['POST', '_log'],
    ['GET', 'callback/credentials'],
    ['GET', 'verify-request'],
    ['GET', 'error'],
    ['GET', 'signin'],
  ]
  for (const [method, path] of asked) {
    const response = await dispatch(ownRequest(method, `/api/auth/${path}`))
    expect([response.status, response.headers.get('content-type')], path).toEqual([404, 'application/problem+json'])
  }
})

test('an address under /api that is none is a problem, not a page', async () => {
  for (const path of ['/api/metrics', '/api/v1/orgs/acme/nothing', '/api/webhooks/github/app']) {
    const response = await dispatch(ownRequest('POST', path, { body: {} }))
    expect([response.status, await response.json()], path).toMatchObject([404, { type: '/problems/not-found' }])
  }
})
