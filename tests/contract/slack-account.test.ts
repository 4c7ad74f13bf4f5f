import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { createApi } from '#lib/providers/api.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { serve } from '#tests/support/loopback.ts'
import { slackApi, slackFixture } from '#tests/support/slack-api.ts'

const [first] = slack.auth
const method = first as OAuth2 // asserted by the first test
const client = { id: '1234.5678', secret: 'not-a-real-secret' }
const redirectUri = 'http://localhost:3000/api/callback/slack'
const tokens = slackFixture<Record<string, Record<string, unknown>>>('token')

test('Slack is connected once for the organization, by OAuth without PKCE', () => {
  expect(first).toMatchObject({ type: 'oauth2', pkce: false, clientAuth: 'basic', refresh: 'rotates' })
  expect(slack.slots).toEqual(['organization'])
})

test('the bot’s permissions and the person’s stand in parameters of their own, with commas between them', () => {
  const ask = (scopes: OAuth2['scopes']) => {
    const endpoint = slack.endpoints(slack.origins, {}).authorize ?? ''
    const values = { clientId: client.id, redirectUri, state: 'st4te', challenge: 'ch' }
    return new URL(authorizeUrl({ endpoint, method, scopes, ...values }))
  }
  const all = ask(method.scopes)
  expect(`${all.origin}${all.pathname}`).toBe('https://slack.com/oauth/v2/authorize')
  expect(all.searchParams.get('scope')).toBe(
    'channels:read,channels:history,channels:join,groups:read,groups:history,users:read,users:read.email,chat:write,team:read',
  )
  expect(all.searchParams.get('user_scope')).toBe('search:read')
  expect(all.searchParams.has('code_challenge')).toBe(false)
  const without = ask(method.scopes.filter(({ option }) => option === undefined))
  expect(without.searchParams.has('user_scope')).toBe(false)
})

describe('tokens', () => {
  const exchange = async (body: unknown) => {
    const { url, received } = await serve(() => ({ body }))
    const input = { method, endpoint: url, client, redirectUri, code: 'c', verifier: null }
    const outcome = await exchangeCode(input).catch((error: unknown) => error)
    return { outcome, request: received[0] }
  }

  test('the exchange proves the client by Basic, in a form without a verifier', async () => {
    const { request } = await exchange(tokens.lasting)
    expect(request?.headers.authorization).toBe(`Basic ${btoa(`${client.id}:${client.secret}`)}`)
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: redirectUri,
    })
  })

  test('the app’s token has no end where the app does not rotate, and brings none of the person’s', async () => {
    expect((await exchange(tokens.lasting)).outcome).toEqual({
      token: 'xoxb-not-a-real-token',
      scopes: ['channels:read', 'channels:history', 'users:read'],
    })
  })

  test('both tokens come in one answer, each with its own end and what renews it', async () => {
    expect((await exchange(tokens.both)).outcome).toEqual({
      token: 'xoxe.xoxb-1-not-real',
      refreshToken: 'xoxe-1-not-real-bot',
      expiresAt: expect.any(Date),
      scopes: ['channels:read', 'channels:history'],
      second: {
        token: 'xoxe.xoxp-1-not-real',
        refreshToken: 'xoxe-1-not-real-user',
        expiresAt: expect.any(Date),
        scopes: ['search:read'],
      },
    })
  })

  test('a token of a person alone is the one that was asked for', async () => {
    expect((await exchange(tokens.person)).outcome).toEqual({ token: 'xoxp-not-real', scopes: ['search:read'] })
  })

  test('a refusal comes with 200; a dead code or refresh token is final, a wrong client or a passing fault is not', async () => {
    const refusal = async (error: string) => (await exchange({ ok: false, error })).outcome
    expect((await exchange(tokens.refused)).outcome).toMatchObject({ code: 'invalid_refresh_token', isFinal: true })
    expect((await exchange(tokens.misconfigured)).outcome).toMatchObject({ code: 'bad_client_secret', isFinal: false })
    expect(await refusal('invalid_code')).toMatchObject({ name: 'TokenRefused', isFinal: true })
    expect(await refusal('token_revoked')).toMatchObject({ isFinal: true })
    for (const code of ['internal_error', 'invalid_client_id', 'bad_redirect_uri', 'service_unavailable'])
      expect(await refusal(code)).toMatchObject({ name: 'TokenRefused', code, isFinal: false })
  })

  test('an answer that is neither is no answer', async () => {
    for (const body of [{}, [], 'no', { ok: true }, { ok: false }, { access_token: 'x', token_type: 'bearer' }])
      expect((await exchange(body)).outcome).toMatchObject({ name: 'NoAnswer' })
  })

  test('a refresh renews one of the two and keeps the other', async () => {
    const { both: answer = {} } = tokens
    const { authed_user: _, ...fresh } = answer
    const { url, received } = await serve(() => ({
      body: { ...fresh, access_token: 'xoxe.xoxb-2', refresh_token: 'xoxe-2' },
    }))
    const second = { token: 'xoxe.xoxp-1', refreshToken: 'xoxe-1-user' }
    const grant = { token: 'xoxe.xoxb-1', refreshToken: 'xoxe-1-bot', second }
    expect(await refreshGrant({ method, endpoint: url, client, grant })).toMatchObject({
      token: 'xoxe.xoxb-2',
      refreshToken: 'xoxe-2',
      second,
    })
    expect(new URLSearchParams(received[0]?.body).get('refresh_token')).toBe('xoxe-1-bot')
  })
})

describe('the account', () => {
  const both = { token: 'xoxb-notReal', second: { token: 'xoxp-notReal', scopes: ['search:read'] } }

  test('it is the workspace: named as there, kept by its id, with its address for later', async () => {
    const grant = { token: 'xoxb-notReal' }
    const { api, received } = await slackApi(slackFixture('account'), grant)
    expect(await slack.identify(api, grant)).toEqual({
      id: 'T0LATHE01',
      label: 'Lathe Works',
      url: 'https://lathe.slack.com',
      scopes: ['channels:read', 'channels:history', 'users:read'],
      config: { workspace: 'https://lathe.slack.com' },
    })
    expect(received).toHaveLength(1)
    expect(received[0]?.method).toBe('POST')
  })

  const answering = async (second: unknown, headers: Record<string, string> = {}) => {
    const account = slackFixture('account')['POST /auth.test'] ?? {}
    const { url } = await serve(({ headers: { authorization } }) =>
      authorization === 'Bearer xoxp-notReal' ? { body: second, headers } : account,
    )
    return slack.identify(createApi({ provider: slack, grant: both, base: url }), both)
  }
  const bot = ['channels:read', 'channels:history', 'users:read']

  test('what the person’s token was given is among what is granted', async () => {
    const answer = { ok: true, url: 'https://lathe.slack.com/', team: 'Lathe Works', team_id: 'T0LATHE01' }
    expect((await answering(answer, { 'x-oauth-scopes': 'search:read' })).scopes).toEqual([...bot, 'search:read'])
    expect((await answering(answer)).scopes).toEqual([...bot, 'search:read'])
  })

  test('a person’s token that ended takes its permission with it, and nothing else', async () => {
    expect((await answering({ ok: false, error: 'token_revoked' })).scopes).toEqual(bot)
    expect((await answering({ ok: false, error: 'account_inactive' })).scopes).toEqual(bot)
  })

  test('while Slack does not say, what was given counts', async () => {
    for (const error of ['internal_error', 'token_expired'])
      expect((await answering({ ok: false, error })).scopes).toEqual([...bot, 'search:read'])
  })

  test('an app’s token that Slack no longer takes is no account', async () => {
    const { api } = await slackApi({ 'POST /auth.test': { body: { ok: false, error: 'account_inactive' } } }, both)
    expect(await failed(slack.identify(api, both))).toMatchObject({ failure: 'revoked', status: 200 })
  })
})

describe('check 21: leaving', () => {
  const grant = { token: 'xoxb-notReal', second: { token: 'xoxp-notReal' } }
  const uninstalled = { 'POST /apps.uninstall': { body: { ok: true } } }
  const end = async (exchanges: Parameters<typeof slackApi>[0], last = true) => {
    const { api, received } = await slackApi(exchanges, grant)
    const { revoke } = slack.leave
    if (typeof revoke !== 'function') throw new Error('Slack has a way of its own to leave')
    const outcome = await revoke({ api, grant, client, last }).catch((error: unknown) => error)
    return { outcome, received, asked: received.map(({ path, headers }) => `${path} ${headers.authorization}`) }
  }
  const refuses = (error: string) => ({ body: { ok: false, error } })
  const [bot, person] = ['Bearer xoxb-notReal', 'Bearer xoxp-notReal']

  test('while another connection uses the workspace nothing is asked at all', async () => {
    expect(await end(uninstalled, false)).toMatchObject({ outcome: 'kept', asked: [] })
  })

  test('the last one takes the app out of the workspace', async () => {
    const { outcome, received } = await end(uninstalled)
    expect(outcome).toBe('ended')
    expect(received).toHaveLength(1)
    expect(Object.fromEntries(new URLSearchParams(received[0]?.body))).toEqual({
      client_id: client.id,
      client_secret: client.secret,
    })
  })

  test('an app that may not do that ends its tokens one by one', async () => {
    const may = {
      'POST /apps.uninstall': refuses('no_permission'),
      'POST /auth.revoke': { body: { ok: true, revoked: true } },
    }
    const { outcome, asked } = await end(may)
    expect(outcome).toBe('ended')
    expect(asked).toEqual([`/apps.uninstall ${bot}`, `/auth.revoke ${bot}`, `/auth.revoke ${person}`])
  })

  test.each(['invalid_auth', 'token_revoked', 'account_inactive'])('%s: it has ended already', async (error) => {
    expect((await end({ 'POST /apps.uninstall': refuses(error) })).outcome).toBe('ended')
    const tokensGone = { 'POST /apps.uninstall': refuses('no_permission'), 'POST /auth.revoke': refuses(error) }
    expect((await end(tokensGone)).outcome).toBe('ended')
  })

  test.each(['internal_error', 'bad_client_secret', 'client_id_token_mismatch'])('%s is no end', async (error) => {
    expect((await end({ 'POST /apps.uninstall': refuses(error) })).outcome).toMatchObject({ name: 'ProviderFailure' })
  })

  test('a trial run of a revocation is no end', async () => {
    const tried = {
      'POST /apps.uninstall': refuses('no_permission'),
      'POST /auth.revoke': { body: { ok: true, revoked: false } },
    }
    expect((await end(tried)).outcome).toMatchObject({ name: 'ProviderFailure' })
  })
})
