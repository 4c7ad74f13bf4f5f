import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CALLBACK_URL, hashOf, openrouterClient, VERIFIER } from '#tests/support/sandbox-openrouter.ts'

const openrouter = await newSandbox(openrouterClient)

const open = (query: Record<string, string> = {}) => fetch(openrouter.authUrl(query), { redirect: 'manual' })
const refusal = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...(await response.json()).error }
}

test('the consent page names the callback’s host and offers the accounts with their credits', async () => {
  const html = await (await open()).text()
  expect(html).toContain('<h1>Authorize localhost:3000</h1>')
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, login]) => login)
  expect(accounts).toEqual(['dana-k', 'acme', 'sam-o', 'priya-n', 'lee-p'])
  expect(html).toMatch(/<button [^>]*name="decision" value="allow">Authorize/)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Cancel/)
  expect(html).toContain('37.60 USD')
})

test('a callback is any https address, or http on this machine, and nothing else', async () => {
  const statusOf = async (callback_url: string) => (await open({ callback_url })).status
  for (const sound of ['https://plugboard.example/cb?state=1', 'http://localhost:5000/cb', 'http://127.0.0.1/cb'])
    expect(await statusOf(sound)).toBe(200)
  for (const unsound of ['', 'http://plugboard.example/cb', 'javascript:alert(1)', 'cb', 'https://a:b@c.example/'])
    expect(await statusOf(unsound)).toBe(400)
  expect((await open({ callback_url: 'http://plugboard.example/cb' })).headers.get('location')).toBeNull()
})

test('a challenge has to be base64url without padding, by a method that exists', async () => {
  const statusOf = async (query: Record<string, string>) => (await open(query)).status
  expect(await statusOf({ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM=' })).toBe(400)
  expect(await statusOf({ code_challenge: 'short' })).toBe(400)
  expect(await statusOf({ code_challenge_method: 'S512' })).toBe(400)
  expect(await statusOf({ code_challenge: VERIFIER, code_challenge_method: 'plain' })).toBe(200)
})

test('a key’s label has a hundred characters at most and reaches no page as markup', async () => {
  expect((await open({ key_label: 'x'.repeat(101) })).status).toBe(400)
  const html = await (await open({ key_label: '<script>alert(1)</script>' })).text()
  expect(html).not.toContain('<script')
})

test('authorizing returns to the callback as it was, with a code, and a state beside it is dropped', async () => {
  const location = new URL(await openrouter.consent(openrouter.authUrl({ state: 'lost' }), { account: 'dana-k' }))
  expect(location.href.startsWith(`${CALLBACK_URL}&code=auth_code_`)).toBe(true)
  expect([...location.searchParams.keys()]).toEqual(['state', 'code'])
  expect(location.searchParams.get('state')).toBe('st4te')
})

test('cancelling returns access_denied and no code', async () => {
  const location = await openrouter.consent(openrouter.authUrl(), { account: 'dana-k', decision: 'deny' })
  expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
    state: 'st4te',
    error: 'access_denied',
    error_description: expect.any(String),
  })
})

test('a page that was answered cannot be answered again', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open()).text()) ?? []
  const answer = () =>
    fetch(`${openrouter.web}/auth`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, account: 'dana-k', decision: 'allow' }),
    })
  expect((await answer()).status).toBe(302)
  expect((await answer()).status).toBe(400)
})

test('a code becomes a key once', async () => {
  const code = await openrouter.codeFor('dana-k')
  const response = await openrouter.exchange({ code })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    key: expect.stringMatching(/^sk-or-v1-[0-9a-f]{64}$/),
    user_id: expect.stringMatching(/^user_\w{27}$/),
  })
  expect(await refusal(openrouter.exchange({ code }))).toEqual({
    status: 403,
    code: 403,
    message: 'Invalid code or code_verifier',
  })
})

test('a wrong verifier, a missing one and an unknown code are refused alike, and burn the code', async () => {
  const code = await openrouter.codeFor('dana-k')
  const wrong = { status: 403, code: 403, message: 'Invalid code or code_verifier' }
  expect(await refusal(openrouter.exchange({ code, code_verifier: `${VERIFIER.slice(1)}A` }))).toEqual(wrong)
  expect(await refusal(openrouter.exchange({ code }))).toEqual(wrong)
  const another = await openrouter.codeFor('dana-k')
  expect(await refusal(openrouter.exchange({ code: another, code_verifier: null }))).toEqual(wrong)
  expect(await refusal(openrouter.exchange({ code: 'auth_code_nobody' }))).toEqual(wrong)
})

test('a method other than the one of the first step is refused', async () => {
  for (const code_challenge_method of ['plain', null]) {
    const code = await openrouter.codeFor('dana-k')
    expect(await refusal(openrouter.exchange({ code, code_challenge_method }))).toEqual({
      status: 400,
      code: 400,
      message: 'Invalid code_challenge_method',
    })
  }
})

test('a plain challenge is its own verifier', async () => {
  const code = await openrouter.codeFor('dana-k', { code_challenge: VERIFIER, code_challenge_method: 'plain' })
  expect((await openrouter.exchange({ code, code_challenge_method: 'plain' })).status).toBe(200)
})

test('a code is good for ten minutes', async () => {
  const [early, late] = [await openrouter.codeFor('dana-k'), await openrouter.codeFor('dana-k')]
  await openrouter.control.clock(595)
  expect((await openrouter.exchange({ code: early })).status).toBe(200)
  await openrouter.control.clock(10)
  expect(await refusal(openrouter.exchange({ code: late }))).toMatchObject({
    status: 403,
    message: 'Authorization code expired',
  })
})

test('the exchange takes JSON by POST and nothing else', async () => {
  const keys = `${openrouter.web}/api/v1/auth/keys`
  const body = new URLSearchParams({ code: await openrouter.codeFor('dana-k'), code_verifier: VERIFIER })
  expect(await refusal(fetch(keys, { method: 'POST', body }))).toMatchObject({ status: 400 })
  const text = JSON.stringify({
    code: await openrouter.codeFor('dana-k'),
    code_verifier: VERIFIER,
    code_challenge_method: 'S256',
  })
  expect(await refusal(fetch(keys, { method: 'POST', body: text }))).toMatchObject({ status: 400 })
  expect(await refusal(openrouter.exchange({}))).toMatchObject({ status: 400, message: 'Invalid request parameters' })
  expect(await refusal(fetch(keys))).toMatchObject({ status: 405, message: 'Method Not Allowed' })
})

test('every consent makes another key, and the older ones go on working', async () => {
  const [first, second] = [await openrouter.keyFor('dana-k'), await openrouter.keyFor('dana-k')]
  expect(first).not.toBe(second)
  for (const key of [first, second]) expect((await openrouter.api('/key', key)).status).toBe(200)
})

test('a person can look a key up by its hash and delete or disable it', async () => {
  const key = await openrouter.keyFor('dana-k')
  const change = (what: string) =>
    fetch(`${openrouter.web}/settings/keys`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ hash: hashOf(key), change: what }),
    })
  const html = await (await fetch(`${openrouter.web}/keys/${hashOf(key)}`)).text()
  expect(html).toContain('localhost:3000')
  expect(html).not.toContain(key)
  const statusOf = async () => (await openrouter.api('/key', key)).status
  await change('disable')
  expect(await statusOf()).toBe(401)
  await change('enable')
  expect(await statusOf()).toBe(200)
  await change('delete')
  expect(await statusOf()).toBe(401)
  expect((await fetch(`${openrouter.web}/keys/${hashOf(key)}`)).status).toBe(404)
})
