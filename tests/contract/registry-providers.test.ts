import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeGuide } from '#lib/connections/describe-guide.ts'
import { judge } from '#lib/providers/api.ts'
import type { AuthMethod, OAuth2, Secret } from '#lib/providers/define-auth.ts'
import { findProvider, providers } from '#lib/providers/registry.ts'

const isSecret = (method: AuthMethod): method is Secret & AuthMethod => 'fields' in method
const root = new URL('../../', import.meta.url)
const isOAuth = (method: AuthMethod): method is OAuth2 & AuthMethod => method.type === 'oauth2'

test('the thirteen, each once, in the order in which they are shown', () => {
  expect(providers.map(({ id }) => id)).toEqual(
    'github jira confluence google-docs notion slack intercom sentry logrocket openrouter terraform zoom bitbucket'.split(
      ' ',
    ),
  )
})

test('a provider is found by its id, and by nothing else', () => {
  expect(findProvider('github')?.name).toBe('GitHub')
  for (const id of ['', 'GitHub', 'constructor', '../github']) expect(findProvider(id)).toBeNull()
})

test('what a script names to connect with a pasted secret: the method is its type, and these are its fields', () => {
  const named = providers.flatMap(({ id, auth }) =>
    auth.filter(isSecret).map(({ type, fields }) => {
      const names = fields.map(({ name, optional, choices }) => (optional || choices ? `${name}?` : name))
      return `${id} ${type} ${names.toSorted().join(' ')}`
    }),
  )
  expect(named).toEqual([
    'github pat realtime? token',
    'jira api_token email site token',
    'sentry api_key baseUrl? organization token webhookSecret?',
    'logrocket api_key app baseUrl? key',
    'terraform api_key baseUrl? organization token',
    'bitbucket api_token email token workspace',
  ])
})

test.each(providers.map(({ id }) => id))('%s has an icon that cannot run anything', (id) => {
  const icon = readFileSync(new URL(`public/providers/${id}.svg`, root), 'utf8')
  expect(icon).toMatch(/^<svg[\s>]/)
  expect(icon).not.toMatch(/<script|\son\w+=|javascript:|https?:\/\/(?!www\.w3\.org)/i)
})

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (id, provider) => {
  const oauth = provider.auth.filter(isOAuth)
  const folder = new URL(`lib/providers/${id}/`, root)

  test('each scope says why, and an optional one what is missing without it', () => {
    const scopes = provider.auth.flatMap((method) => ('scopes' in method ? method.scopes : []))
    expect(scopes.filter(({ why }) => !/^[A-Z].{10,}\.$/s.test(why))).toEqual([])
    expect(scopes.filter(({ optional, limits }) => optional && !limits)).toEqual([])
  })

  test('a secret is made at the provider over https, has one field that is one, and checks what it asks for', () => {
    for (const { makeAt, fields, scopes, checks } of provider.auth.filter(isSecret)) {
      expect(new URL(makeAt).protocol).toBe('https:')
      expect(fields.filter(({ secret, optional }) => secret && !optional)).toHaveLength(1)
      expect(fields.filter(({ clean, wrong }) => clean && !wrong)).toEqual([])
      const proved = checks.flatMap(({ scope }) => scope ?? [])
      expect(proved.filter((name) => !scopes.some((scope) => scope.name === name))).toEqual([])
    }
  })

  test('each line it has for the guide is told there', () => {
    const told = describeGuide(provider, false)
    const lines = [...(told?.ways.flatMap(({ steps }) => steps) ?? []), ...(told?.more?.lines ?? [])]
    const { connect = [], more } = provider.guide ?? {}
    expect([...connect, ...(more?.lines ?? [])].filter((line) => !lines.includes(line))).toEqual([])
  })

  test('it says what is needed, what it gives in which lane, and how one leaves', () => {
    expect(provider.before.length).toBeGreaterThan(0)
    expect(provider.provides.length).toBeGreaterThan(0)
    expect(provider.leave.steps.length).toBeGreaterThan(0)
    expect(new URL(provider.leave.by).protocol).toBe('https:')
  })

  test('all its addresses follow its origins', () => {
    const moved = Object.fromEntries(Object.keys(provider.origins).map((name) => [name, `http://127.0.0.1:9/${name}`]))
    const endpoints = Object.values(provider.endpoints(moved, {}))
    expect(endpoints.length).toBeGreaterThan(0)
    for (const endpoint of endpoints) expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:9\//)
    for (const origin of Object.values(provider.origins)) expect(origin).toMatch(/^https:\/\/[^/]+$/)
  })

  test('OAuth has its endpoints, and a client that every use of it names', () => {
    const { authorize, token } = provider.endpoints(provider.origins, {})
    for (const { client } of oauth) expect([client, authorize, token]).not.toContain(undefined)
  })

  test('a 401 means that the token does not open anything', () => {
    const { failure } = judge(provider, { status: 401, headers: new Headers(), body: '{}' })
    expect(['expired', 'revoked']).toContain(failure)
  })

  test('a 429 is a wait', () => {
    const answer = { status: 429, headers: new Headers({ 'retry-after': '7' }), body: '{}' }
    expect(judge(provider, answer)).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
  })

  test('each kind is there once, has a fixture, and leads only to kinds that can be listed', () => {
    const kinds = provider.readers.map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    const hasFixture = (kind: string) => existsSync(new URL(`fixtures/${kind.replaceAll('_', '-')}.json`, folder))
    expect(kinds.filter((kind) => !hasFixture(kind))).toEqual([])
    const listed = provider.readers.filter(({ list }) => list).map(({ kind }) => kind)
    const children = provider.readers.flatMap((reader) => reader.children ?? [])
    expect(children.filter((kind) => !listed.includes(kind))).toEqual([])
  })

  test('a link to anywhere else is none of its own, and an id that is none of its own is not found', async () => {
    const nobody = Object.assign(() => Promise.reject(new Error('nobody is asked')), {
      config: {},
      whole: () => Promise.reject(new Error('nobody is asked')),
      stream: () => Promise.reject(new Error('nobody is asked')),
      base: provider.endpoints(provider.origins, {}).api,
      web: 'https://example.com',
    })
    for (const { kind, match, read } of provider.readers) {
      expect({ kind, id: match?.(new URL('https://example.com/acme/engine')) ?? null }).toEqual({
        kind,
        id: null,
      })
      await expect(read(nobody, '~')).rejects.toMatchObject({ failure: 'not_found' })
    }
  })
})
