import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { compareScopes } from '#lib/oauth/scopes.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { github } from '#lib/providers/github/provider.ts'
import { githubApi, githubFixture } from '#tests/support/github-api.ts'
import { serve } from '#tests/support/loopback.ts'

const [first] = github.auth
const oauth = first.type === 'oauth2' ? first : null
const method = oauth as OAuth2 // asserted by the first test
const client = { id: 'Iv1.example', secret: 'not-a-real-secret' }
const tokens = githubFixture<Record<string, Record<string, unknown>>>('token')

test('GitHub is connected by OAuth with PKCE, in both slots', () => {
  expect(oauth).toMatchObject({ pkce: true, clientAuth: 'body', refresh: 'rotates' })
  expect(github.slots).toEqual(['organization', 'user'])
})

describe('tokens', () => {
  const exchange = async (body: unknown) => {
    const { url, received } = await serve(() => ({ body }))
    const redirectUri = 'http://localhost:3000/api/callback/github'
    const input = { method, endpoint: url, client, redirectUri, code: 'c', verifier: 'v'.repeat(43) }
    const outcome = await exchangeCode(input).catch((error: unknown) => error)
    return { outcome, request: received[0] }
  }

  test('the exchange sends client and verifier in the body and asks for JSON', async () => {
    const { request } = await exchange(tokens.lasting)
    expect(request?.headers.accept).toBe('application/json')
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      client_id: client.id,
      client_secret: client.secret,
      code: 'c',
      redirect_uri: 'http://localhost:3000/api/callback/github',
      code_verifier: 'v'.repeat(43),
    })
  })

  test('a token that lasts has no end, and its scopes come apart at the commas', async () => {
    const { outcome } = await exchange(tokens.lasting)
    expect(outcome).toEqual({ token: tokens.lasting?.access_token, scopes: ['read:org', 'repo', 'user'] })
  })

  test('a token that expires brings what renews it', async () => {
    const { outcome } = await exchange(tokens.expiring)
    expect(outcome).toMatchObject({ refreshToken: tokens.expiring?.refresh_token, expiresAt: expect.any(Date) })
    expect(outcome).toMatchObject({ refreshExpiresAt: expect.any(Date) })
  })

  test('a GitHub App’s token has permissions, so its empty scope says nothing', async () => {
    const { outcome } = await exchange(tokens.app)
    expect(outcome).not.toHaveProperty('scopes')
    expect((await exchange({ ...tokens.lasting, scope: '' })).outcome).toMatchObject({ scopes: [] })
  })

  test('a refusal comes with 200; a dead grant is final, a wrong client is not', async () => {
    expect((await exchange(tokens.refused)).outcome).toMatchObject({ code: 'bad_refresh_token', isFinal: true })
    expect((await exchange({ error: 'bad_verification_code' })).outcome).toMatchObject({ isFinal: true })
    const { outcome } = await exchange(tokens.misconfigured)
    expect(outcome).toMatchObject({ name: 'TokenRefused', code: 'incorrect_client_credentials', isFinal: false })
  })

  test('a refresh keeps the scopes that its answer does not name', async () => {
    const { url } = await serve(() => ({ body: tokens.app }))
    const grant = { token: 'ghu_old', refreshToken: 'ghr_old', scopes: ['repo'] }
    const fresh = await refreshGrant({ method, endpoint: url, client, grant })
    expect(fresh).toMatchObject({ refreshToken: tokens.app?.refresh_token, scopes: ['repo'] })
  })

  test('GitHub leaves out what a granted scope implies: `user` stands for both of its parts', () => {
    const asked = method.scopes.map(({ name }) => name)
    const { missing, extra } = compareScopes(method.scopes, asked, ['read:org', 'repo', 'user'])
    expect({ missing, extra }).toEqual({ missing: [], extra: [] })
  })
})

describe('the account', () => {
  const grant = { token: 'gho_notARealToken' }

  test('it is named by its login, kept by its number, and lists its organizations and scopes', async () => {
    const { api } = await githubApi(githubFixture('account'))
    expect(await github.identify(api, grant)).toEqual({
      id: '583',
      label: '@dana-k',
      url: 'https://github.com/dana-k',
      scopes: ['read:org', 'repo', 'user'],
      capabilities: { organizations: ['acme', 'lathe-club'] },
    })
  })

  test('without the scope for organizations they are told by the repositories', async () => {
    const { api } = await githubApi({
      ...githubFixture('account'),
      'GET /user/orgs': {
        status: 403,
        headers: { 'x-oauth-scopes': 'repo', 'x-accepted-oauth-scopes': 'admin:org, read:org, user, write:org' },
        body: { message: 'You need at least read:org scope or user scope to list your organizations.' },
      },
    })
    expect((await github.identify(api, grant)).capabilities).toEqual({ organizations: ['acme'] })
  })

  test('a wait that GitHub asks for is no missing organization', async () => {
    const { api } = await githubApi({
      ...githubFixture('account'),
      'GET /user/orgs': { status: 403, headers: { 'retry-after': '30' }, body: {} },
    })
    await expect(github.identify(api, grant)).rejects.toMatchObject({ failure: 'rate_limited' })
  })

  test('a token with permissions instead of scopes says nothing of scopes', async () => {
    const { api } = await githubApi(githubFixture('account'), 'ghu_notARealToken')
    expect(await github.identify(api, { token: 'ghu_notARealToken' })).not.toHaveProperty('scopes')
    const silent = await githubApi({
      ...githubFixture('account'),
      'GET /user': { body: { id: 583, login: 'dana-k', html_url: 'https://github.com/dana-k' } },
    })
    expect(await github.identify(silent.api, grant)).not.toHaveProperty('scopes')
  })

  test('a token that is refused reads expired, and is asked for once', async () => {
    const { api, received } = await githubApi({
      'GET /user': { status: 401, body: { message: 'Bad credentials', status: '401' } },
    })
    await expect(github.identify(api, grant)).rejects.toMatchObject({ failure: 'expired' })
    expect(received).toHaveLength(1)
  })
})

describe('check 21: leaving', () => {
  const grant = { token: 'gho_notARealToken' }
  const end = async (exchanges: Parameters<typeof githubApi>[0], last: boolean, expiresAt?: Date) => {
    const { api, received } = await githubApi(exchanges)
    const { revoke } = github.leave
    if (typeof revoke !== 'function') throw new Error('GitHub has a way of its own to leave')
    const outcome = await revoke({ api, grant: { ...grant, ...(expiresAt ? { expiresAt } : {}) }, client, last }).then(
      () => 'ended',
      (error: unknown) => error,
    )
    return { outcome, request: received[0] }
  }
  const at = (what: 'token' | 'grant') => `DELETE /applications/${client.id}/${what}`

  test('one connection of several ends its own token; the last ends the grant', async () => {
    const one = await end({ [at('token')]: { status: 204 } }, false)
    expect(one).toMatchObject({ outcome: 'ended', request: { body: '{"access_token":"gho_notARealToken"}' } })
    const last = await end({ [at('grant')]: { status: 204 } }, true)
    expect(last.outcome).toBe('ended')
  })

  test('it is said as the client, not as the person', async () => {
    const { request } = await end({ [at('token')]: { status: 204 } }, false)
    expect(request?.headers.authorization).toBe(`Basic ${btoa(`${client.id}:${client.secret}`)}`)
    expect(request?.headers['content-type']).toBe('application/json')
  })

  test('a token that is gone already is as good as ended', async () => {
    const gone = { [at('token')]: { status: 404, body: { message: 'Not Found' } } }
    expect((await end(gone, false)).outcome).toBe('ended')
  })

  test('of a token past its end the same answer confirms nothing: the grant may live on', async () => {
    const gone = { [at('token')]: { status: 404, body: { message: 'Not Found' } } }
    const { outcome } = await end(gone, false, new Date('2026-01-01'))
    expect(outcome).toMatchObject({ name: 'ProviderFailure', status: 404 })
  })

  test.each([401, 403, 422, 500])('any other answer is no end: %d', async (status) => {
    const { outcome } = await end({ [at('token')]: { status, body: { message: 'no' } } }, false)
    expect(outcome).toMatchObject({ name: 'ProviderFailure', status })
  })
})
