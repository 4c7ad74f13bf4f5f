import fc from 'fast-check'
import { ClientSecretBasic } from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { revokeToken } from '#lib/oauth/revoke.ts'
import { readTokenAnswer, TokenRefused } from '#lib/oauth/token-answer.ts'
import { now } from '#lib/platform/clock.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import type { Grant, OAuth2 } from '#lib/providers/define-auth.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'

const method: OAuth2 = {
  type: 'oauth2',
  client: 'example',
  clientAuth: 'basic',
  pkce: true,
  scopes: [],
  refresh: 'rotates',
}
const client = { id: 's6BhdRkqt3', secret: '7Fjfp0ZBr1KtDRbnfVdmIw' }
// RFC 6749 section 5.1
const success = {
  access_token: '2YotnFZFEjr1zCsicMWpAA',
  token_type: 'example',
  expires_in: 3600,
  refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA',
  example_parameter: 'example_value',
}
const bearer = { ...success, token_type: 'Bearer' }
const exchange = (endpoint: string, change: Partial<OAuth2> = {}) =>
  exchangeCode({
    method: { ...method, ...change },
    endpoint,
    client,
    redirectUri: 'https://client.example.com/cb',
    code: 'SplxlOBeZQQYbYS6WxSbIA',
    verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )
// `+ 0`: a moment just past rounds to -0
const secondsFromNow = (date: Date | undefined) => Math.round(((date?.getTime() ?? 0) - now().getTime()) / 1000) + 0

describe('the token request', () => {
  test('it is the form of RFC 6749 4.1.3 with the verifier of RFC 7636 4.5, and asks for JSON', async () => {
    const { url, received } = await serve(() => ({ body: bearer }))
    await exchange(`${url}/token`)
    const [request] = received
    expect(request?.method).toBe('POST')
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(request?.headers.accept).toBe('application/json')
    // RFC 6749 section 2.3.1 prints this header for this client
    expect(request?.headers.authorization).toBe('Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3')
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'SplxlOBeZQQYbYS6WxSbIA',
      redirect_uri: 'https://client.example.com/cb',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    })
  })

  test('a client that proves itself in the body, or has no secret, sends no header', async () => {
    const { url, received } = await serve(() => ({ body: bearer }))
    await exchange(url, { clientAuth: 'body' })
    await exchange(url, { clientAuth: 'none' })
    expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    expect(received.map(({ body }) => new URLSearchParams(body).get('client_id'))).toEqual([client.id, client.id])
    expect(received.map(({ body }) => new URLSearchParams(body).get('client_secret'))).toEqual([client.secret, null])
  })

  test('a client id and secret with any letters are encoded as another implementation does', async () => {
    const odd = { id: 'a b:c/é', secret: 'p+%&=: ~*!' }
    const { url, received } = await serve(() => ({ body: bearer }))
    await refreshGrant({ method, endpoint: url, client: odd, grant: { token: 't', refreshToken: 'r' } })
    const theirs = new Headers()
    await ClientSecretBasic(odd.secret)({ issuer: url }, { client_id: odd.id }, new URLSearchParams(), theirs)
    const decoded = (header: string | null | undefined) =>
      Buffer.from(String(header).replace('Basic ', ''), 'base64')
        .toString()
        .split(':')
        .map((half) => new URLSearchParams(`x=${half}`).get('x'))
    expect(decoded(received[0]?.headers.authorization)).toEqual([odd.id, odd.secret])
    expect(decoded(theirs.get('authorization'))).toEqual([odd.id, odd.secret])
  })

  test('a code that needs a verifier is not sent without one', async () => {
    const { url, received } = await serve(() => ({ body: bearer }))
    const input = { method, endpoint: url, client, redirectUri: 'https://c.example/cb', code: 'c', verifier: null }
    await expect(exchangeCode(input)).rejects.toThrow(TypeError)
    expect(received).toEqual([])
  })

  test('a redirect is refused: the body with the secret reaches no second address', async () => {
    const elsewhere = await serve(() => ({ body: bearer }))
    const { url } = await serve(() => ({ status: 307, headers: { location: elsewhere.url } }))
    await expect(exchange(url)).rejects.toBeInstanceOf(NoAnswer)
    expect(elsewhere.received).toEqual([])
    const within = await serve(() => ({ status: 307, headers: { location: '/other' } }))
    await expect(exchange(within.url)).rejects.toBeInstanceOf(NoAnswer)
    expect(within.received.map(({ path }) => path)).toEqual(['/'])
  })
})

describe('the token answer', () => {
  const read = (body: unknown, status = 200) =>
    readTokenAnswer({ status, headers: new Headers(), body: JSON.stringify(body), url: 'https://a.example' })

  test('the success of RFC 6749 5.1 becomes a grant', () => {
    const grant = read({ ...bearer, refresh_token_expires_in: '15897600', scope: 'a b' })
    expect(grant).toMatchObject({
      token: success.access_token,
      refreshToken: success.refresh_token,
      scopes: ['a', 'b'],
    })
    expect(secondsFromNow(grant.expiresAt)).toBe(3600)
    expect(secondsFromNow(grant.refreshExpiresAt)).toBe(15_897_600)
  })

  test('a token of a type that we cannot use is refused, whatever its letters’ case', () => {
    expect(() => read(success)).toThrow(TokenRefused)
    for (const token_type of ['bearer', 'BEARER', 'Bearer']) expect(read({ ...success, token_type }).token).toBeTruthy()
  })

  test.each([
    ['3600', 3600],
    [3600.5, 3601],
    [0, 0],
    ['0', 0],
  ])('a lifetime of %j is %d seconds', (expires_in, seconds) => {
    expect(secondsFromNow(read({ ...bearer, expires_in }).expiresAt)).toBe(seconds)
  })

  test.each([undefined, null, '', 'soon', -1, true, {}])('a lifetime of %j is none', (expires_in) => {
    expect(read({ ...bearer, expires_in }).expiresAt).toBeUndefined()
  })

  test('no refresh token, no lifetime and no scope leave their places empty', () => {
    expect(read({ access_token: 't', token_type: 'bearer' })).toEqual({ token: 't' })
  })

  test('a second token that a dialect puts beside the first has its own end, scopes and refresh token', () => {
    const second = {
      access_token: 'p',
      token_type: 'bearer',
      expires_in: 60,
      refresh_token: 'pr',
      scope: 'search:read',
    }
    const grant = read({ access_token: 'a', token_type: 'bearer', second })
    expect(grant).toEqual({
      token: 'a',
      second: { token: 'p', refreshToken: 'pr', expiresAt: expect.any(Date), scopes: ['search:read'] },
    })
    expect(secondsFromNow(grant.second?.expiresAt)).toBe(60)
  })

  test.each([null, 'p', {}, { access_token: '', token_type: 'bearer' }])(
    'what is no token is no second one, and costs not the first: %j',
    (second) => expect(read({ ...bearer, second })).not.toHaveProperty('second'),
  )

  test('an empty scope means that nothing was given', () => {
    expect(read({ ...bearer, scope: '' }).scopes).toEqual([])
  })

  test('the error of RFC 6749 5.2 is final for a grant, and not for a client', async () => {
    expect(() => read({ error: 'invalid_grant' }, 400)).toThrow(
      expect.objectContaining({ code: 'invalid_grant', isFinal: true }),
    )
    for (const error of ['invalid_request', 'invalid_client', 'unauthorized_client', 'invalid_scope'])
      expect(() => read({ error }, 400)).toThrow(expect.objectContaining({ code: error, isFinal: false }))
  })

  test('an error inside a 200 is an error, and wins over a token beside it', () => {
    expect(() => read({ ...bearer, error: 'invalid_grant' })).toThrow(TokenRefused)
  })

  test('neither the error’s text nor its description is passed on', () => {
    const thrownFor = (body: unknown): unknown => {
      try {
        return read(body, 400)
      } catch (error) {
        return error
      }
    }
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (error, error_description) => {
        const thrown = thrownFor({ error, error_description })
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^[a-z_]{1,64}$/) })
        expect(String(thrown)).toMatch(/^TokenRefused: token refused: [a-z_]{1,64}$/)
      }),
    )
  })

  test.each<[string, Reply]>([
    ['a server error', { status: 500, body: { error: 'invalid_grant' } }],
    ['an outage page', { status: 503, body: '<html>' }],
    ['a page instead of JSON', { status: 200, body: '<html>' }],
    ['an empty body', { status: 200, body: '' }],
    ['a list', { status: 200, body: [] }],
    ['a body without a token', { status: 200, body: { token_type: 'bearer' } }],
    ['a token in a refusal', { status: 400, body: { access_token: 't', token_type: 'bearer' } }],
    ['a body that is cut', { status: 200, body: bearer, cut: true }],
    ['a body beyond 64 kB', { status: 200, body: { ...bearer, padding: 'x'.repeat(70_000) } }],
  ])('%s is no refusal: the request may have had its effect', async (_, reply) => {
    const { url } = await serve(() => reply)
    const error = await refusal(exchange(url))
    expect(error).toBeInstanceOf(NoAnswer)
    expect(error).toMatchObject({ sent: true })
  })

  test('too many requests is an answer: nothing was done, and it says when to ask again (RFC 6585 section 4)', async () => {
    const { url } = await serve(() => ({ status: 429, headers: { 'retry-after': '30' }, body: {} }))
    const before = Date.now()
    const error = await refusal(exchange(url))
    expect(error).toMatchObject({ name: 'TokenRefused', isFinal: false })
    const { retryAt } = error as TokenRefused // asserted on the line before
    expect((retryAt?.getTime() ?? 0) - before).toBeGreaterThanOrEqual(29_000)
  })

  test('nobody at the address is told apart from a lost answer', async () => {
    const error = await refusal(exchange('http://127.0.0.1:1/token'))
    expect(error).toMatchObject({ why: 'unreachable', sent: false })
  })
})

describe('a refresh', () => {
  const grant: Grant = {
    token: 'old',
    refreshToken: 'r1',
    expiresAt: new Date(0),
    refreshExpiresAt: new Date('2030-01-01T00:00:00Z'),
    scopes: ['a', 'b'],
    config: { site: 's1' },
    second: { token: 'other' },
  }
  const refreshWith = async (body: Record<string, unknown>) => {
    const { url, received } = await serve(() => ({ body: { access_token: 'new', token_type: 'bearer', ...body } }))
    return { fresh: await refreshGrant({ method, endpoint: url, client, grant }), received }
  }

  test('it asks as RFC 6749 6 does', async () => {
    const { received } = await refreshWith({})
    expect(received[0]?.body).toBe('grant_type=refresh_token&refresh_token=r1')
  })

  test('what the answer leaves out is kept', async () => {
    const { fresh } = await refreshWith({})
    expect(fresh).toEqual({ ...grant, token: 'new', expiresAt: undefined })
  })

  test('a new refresh token takes the place of the old, with its own end', async () => {
    const { fresh } = await refreshWith({ refresh_token: 'r2', expires_in: 60, scope: 'a' })
    expect(fresh).toMatchObject({ token: 'new', refreshToken: 'r2', scopes: ['a'], config: { site: 's1' } })
    expect(fresh.refreshExpiresAt).toBeUndefined()
    expect(secondsFromNow(fresh.expiresAt)).toBe(60)
  })

  test('an empty scope keeps the scopes', async () => {
    expect((await refreshWith({ scope: '' })).fresh.scopes).toEqual(['a', 'b'])
  })

  test('without a refresh token nobody is asked', async () => {
    const { url, received } = await serve(() => ({ body: bearer }))
    const error = await refusal(refreshGrant({ method, endpoint: url, client, grant: { token: 't' } }))
    expect(error).toMatchObject({ code: 'no_refresh_token', isFinal: true })
    expect(received).toEqual([])
  })

  test('an answer that does not come in time is lost, not refused', async () => {
    const { url } = await serve(() => ({ silent: true }))
    const error = await refusal(refreshGrant({ method, endpoint: url, client, grant, timeoutMs: 50 }))
    expect(error).toMatchObject({ why: 'timeout', sent: true })
  })
})

describe('a revocation (RFC 7009)', () => {
  const revoke = (endpoint: string) =>
    revokeToken({ endpoint, client, clientAuth: 'basic', token: '45ghiukldjahdnhzdauz' })

  test('it is the request of section 2.1, and a 200 is the end of it', async () => {
    const { url, received } = await serve(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' }))
    await revoke(url)
    expect(received[0]?.body).toBe('token=45ghiukldjahdnhzdauz')
    expect(received[0]?.headers.authorization).toBe('Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3')
  })

  test('a token that is dead has ended; another refusal says so, and an outage leaves it open', async () => {
    const dead = await serve(() => ({ status: 400, body: { error: 'invalid_token' } }))
    await expect(revoke(dead.url)).resolves.toBeUndefined()
    const refusing = await serve(() => ({ status: 400, body: { error: 'unsupported_token_type' } }))
    await expect(revoke(refusing.url)).rejects.toMatchObject({ code: 'unsupported_token_type' })
    const down = await serve(() => ({ status: 503, body: '' }))
    await expect(revoke(down.url)).rejects.toBeInstanceOf(NoAnswer)
  })
})
