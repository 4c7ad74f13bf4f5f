import { describe, expect, test } from 'vitest'
import { newAttemptValues } from '#lib/oauth/attempt-values.ts'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { readCallback, readState } from '#lib/oauth/callback.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { openrouter } from '#lib/providers/openrouter/provider.ts'
import { serve } from '#tests/support/loopback.ts'
import { openrouterApi, openrouterFixture } from '#tests/support/openrouter-api.ts'

const [first] = openrouter.auth
const method = first as OAuth2 // asserted by the first test
const redirectUri = 'https://plugboard.example/api/callback/openrouter'

test('OpenRouter is connected for the organization, by PKCE and nothing else: no client, no secret, no scope', () => {
  expect(openrouter.slots).toEqual(['organization'])
  expect(openrouter.auth).toEqual([
    expect.objectContaining({ type: 'oauth2', client: null, clientAuth: 'none', pkce: true, refresh: 'never' }),
  ])
  expect(method.scopes).toEqual([])
})

describe('T-CON-12 the way there and back', () => {
  const { state, challenge } = newAttemptValues()
  const endpoint = openrouter.endpoints(openrouter.origins, {}).authorize ?? ''
  const url = new URL(authorizeUrl({ endpoint, method, clientId: null, redirectUri, state, challenge, scopes: [] }))

  test('it is asked with a challenge, and with no client, secret, scope or response type', () => {
    expect(url.origin + url.pathname).toBe('https://openrouter.ai/auth')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      callback_url: `${redirectUri}?state=${state}`,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
  })

  test('the state that OpenRouter does not know comes back in our own address', () => {
    const back = new URL(url.searchParams.get('callback_url') ?? '')
    back.searchParams.set('code', 'auth_code_example')
    expect(readState(back)).toBe(state)
    expect(readCallback(back, {})).toEqual({ kind: 'code', code: 'auth_code_example' })
  })

  test('a denial is one, though OpenRouter sends no code and may send a description', () => {
    const back = new URL(`${redirectUri}?state=${state}&error=access_denied&error_description=The+user+said+no`)
    expect(readCallback(back, {})).toEqual({ kind: 'denied' })
  })
})

describe('the key', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' // RFC 7636 appendix B
  const exchange = async (body: unknown, status = 200) => {
    const { url, received } = await serve(() => ({ status, body }))
    const input = { method, endpoint: url, client: null, redirectUri, code: 'auth_code_example', verifier }
    return { outcome: await exchangeCode(input).catch((error: unknown) => error), request: received[0] }
  }
  const refused = (status: number, message: string) => exchange({ error: { code: status, message } }, status)

  test('it is asked for in JSON, with the verifier and without any credential', async () => {
    const { request } = await exchange(openrouterFixture('made-key'))
    expect(request?.headers['content-type']).toBe('application/json')
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      code: 'auth_code_example',
      code_verifier: verifier,
      code_challenge_method: 'S256',
    })
  })

  test('it becomes a grant that does not end and is not renewed', async () => {
    const { outcome } = await exchange({ ...openrouterFixture<object>('made-key'), user_id: null })
    expect(outcome).toEqual({ token: 'sk-or-v1-notARealKeyAtAll' })
  })

  test('a code that opens nothing is a final refusal; what is wrong with the request is not', async () => {
    const used = await refused(403, 'Invalid code or code_verifier')
    expect(used.outcome).toMatchObject({ name: 'TokenRefused', code: 'invalid_grant', isFinal: true })
    const late = await refused(403, 'Authorization code expired')
    expect(late.outcome).toMatchObject({ code: 'invalid_grant', isFinal: true })
    const method = await refused(400, 'Invalid code_challenge_method')
    expect(method.outcome).toMatchObject({ code: 'invalid_request', isFinal: false })
    expect(String((await refused(403, 'Some Foreign Words')).outcome)).not.toContain('Foreign')
  })

  test('an outage or an answer without a key is no answer', async () => {
    for (const { outcome } of [await refused(500, 'Internal'), await exchange({ user_id: 'user_1' })])
      expect(outcome).toMatchObject({ name: 'NoAnswer' })
  })
})

describe('the account', () => {
  const token = 'sk-or-v1-notARealKey'
  const keyWith = async (more: object) => {
    const fixture = openrouterFixture<{ 'GET /key': { body: { data: object } } }>('key')
    const { api } = await openrouterApi({
      'GET /key': { body: { data: { ...fixture['GET /key'].body.data, ...more } } },
    })
    return openrouter.identify(api, { token })
  }

  test('it is kept by who made the key, named by the key’s label, and says what may still be spent and until when', async () => {
    expect(await keyWith({})).toEqual({
      id: 'user_notARealPerson0001',
      label: 'sk-or-v1-b01...7e5',
      expiresAt: new Date('2027-12-31T23:59:59Z'),
      capabilities: { limit: 40, limitRemaining: 12.5, isFreeTier: false },
    })
  })

  test('a key without limit, end or maker has none of them', async () => {
    const lasting = { limit: null, limit_remaining: null, expires_at: null, creator_user_id: null, is_free_tier: true }
    expect(await keyWith(lasting)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      label: 'sk-or-v1-b01...7e5',
      capabilities: { limit: null, limitRemaining: null, isFreeTier: true },
    })
  })

  test('a key that manages other keys is refused, and that is no dead key', async () => {
    await expect(keyWith({ is_management_key: true })).rejects.toMatchObject({
      failure: 'forbidden',
      detail: 'management_key',
    })
  })

  test('a key that was deleted or disabled reads expired', async () => {
    const { api } = await openrouterApi({
      'GET /key': { status: 401, body: { error: { code: 401, message: 'User not found.' } } },
    })
    await expect(openrouter.identify(api, { token })).rejects.toMatchObject({ failure: 'expired' })
  })

  test('only a person can end the key, at OpenRouter', () => {
    expect(openrouter.leave).toMatchObject({ revoke: 'none', by: 'https://openrouter.ai/settings/keys' })
  })
})
