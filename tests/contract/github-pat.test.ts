import { describe, expect, test } from 'vitest'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Secret } from '#lib/providers/define-auth.ts'
import { github } from '#lib/providers/github/provider.ts'
import { githubApi, githubFixture } from '#tests/support/github-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'

const method = github.auth.find((one): one is Secret & { slots: ['organization'] } => one.type === 'pat')
if (!method) throw new Error('GitHub takes no personal access token')

const sandbox = await newSandbox(sandboxClient)

const make = async (pat: Record<string, unknown>): Promise<string> =>
  String((await sandbox.control.set({ provider: 'github', makePat: { account: 'dana-k', ...pat } })).token)

const opened = (token: string) => {
  const grant = method.grant({ token, realtime: 'off' })
  return { grant, api: createApi({ provider: github, grant, base: `${sandbox.url}/github-api` }) }
}
const identified = (token: string) => {
  const { api, grant } = opened(token)
  return github.identify(api, grant)
}

/** The permissions that the checks of the method find missing with a token. */
async function missingBy(token: string): Promise<string[]> {
  const { api, grant } = opened(token)
  const missing: string[] = []
  for (const check of method?.checks ?? []) {
    const failure = await check.ask(api, grant).then(
      () => null,
      (error: unknown) => error,
    )
    if (failure !== null && !(failure instanceof ProviderFailure))
      throw new Error('no failure of the provider', { cause: failure })
    if (failure) missing.push(`${check.label({})}: ${failure.failure}`)
  }
  return missing
}

const needed = (values: Record<string, string>) =>
  method.scopes.filter(({ option }) => option === undefined || values[option] === 'on')
const compared = (granted: readonly string[], values: Record<string, string> = {}) => {
  const scopes = needed(values)
  return compareScopes(
    scopes,
    scopes.map(({ name }) => name),
    granted,
  )
}

describe('T-PAT-1: what the form asks for', () => {
  test('only the organization is connected with a token that somebody made', () => {
    expect(method.slots).toEqual(['organization'])
    expect(method.makeAt).toBe('https://github.com/settings/tokens')
  })

  test('the choice of real-time updates is off at first, and turning it on asks for webhooks', () => {
    const field = method.fields.find(({ name }) => name === 'realtime')
    expect(field?.choices?.map(({ id }) => id)).toEqual(['off', 'on'])
    expect(needed({ realtime: 'off' }).map(({ name }) => name)).toEqual(['repo'])
    expect(needed({ realtime: 'on' }).map(({ name }) => name)).toEqual(['repo', 'admin:repo_hook'])
  })

  test('a token with `repo` manages webhooks already; one with hooks alone reads public repositories only', () => {
    expect(compared(['repo'], { realtime: 'on' })).toMatchObject({ missing: [], missingRequired: [] })
    expect(compared(['admin:repo_hook'], { realtime: 'on' })).toMatchObject({ missing: ['repo'], missingRequired: [] })
    expect(compared([], { realtime: 'on' }).missingRequired).toEqual(['admin:repo_hook'])
    expect(method.scopes.find(({ name }) => name === 'repo')?.limits).toBe('Only public repositories can be read.')
  })
})

describe('a classic token', () => {
  test('tells its scopes and its end, and passes every check', async () => {
    const token = await make({ scopes: ['repo', 'read:org'], expiresAt: '2027-03-04T05:06:07Z' })
    expect(token).toMatch(/^ghp_/)
    const identity = await identified(token)
    expect(identity).toMatchObject({ label: '@dana-k', expiresAt: new Date('2027-03-04T05:06:07Z') })
    expect(identity.scopes?.toSorted()).toEqual(['read:org', 'repo'])
    expect(identity.capabilities).toMatchObject({ organizations: expect.arrayContaining(['acme']) })
    expect(await missingBy(token)).toEqual([])
  })

  test('without an end tells none, and without `read:org` its organizations by the repositories', async () => {
    const identity = await identified(await make({ scopes: ['repo'] }))
    expect(identity).not.toHaveProperty('expiresAt')
    expect(identity.capabilities).toMatchObject({ organizations: expect.arrayContaining(['acme']) })
  })

  test('without `repo` is known to lack it, and reads what is public', async () => {
    const token = await make({ scopes: ['read:user'] })
    const { scopes = [] } = await identified(token)
    expect(compared(scopes)).toMatchObject({ missing: ['repo'], missingRequired: [] })
    expect(await missingBy(token)).toEqual([])
  })

  test('T-PAT-5: with scopes that nobody needs has a sentence for each that can do harm', async () => {
    const { scopes = [] } = await identified(await make({ scopes: ['repo', 'delete_repo', 'workflow', 'admin:org'] }))
    const { extra } = compared(scopes)
    const words = extra.flatMap((name) => method.broad?.[name] ?? [])
    expect(words.toSorted()).toEqual([
      'change the workflows of GitHub Actions',
      'delete repositories',
      'manage organizations, their teams and members',
    ])
  })

  test('once deleted reads expired, past its end as well', async () => {
    const token = await make({ scopes: ['repo'] })
    await sandbox.control.revoke({ provider: 'github', token })
    await expect(identified(token)).rejects.toMatchObject({ failure: 'expired' })
    const short = await make({ scopes: ['repo'], expiresAt: new Date(Date.now() + 60_000).toISOString() })
    await sandbox.control.clock(120)
    await expect(identified(short)).rejects.toMatchObject({ failure: 'expired' })
  })
})

describe('a fine-grained token', () => {
  const all = { metadata: 'read', contents: 'read', issues: 'read', pull_requests: 'read', repository_hooks: 'write' }
  const fine = (permissions: Record<string, string>, more: Record<string, unknown> = {}) =>
    make({ fineGrained: { resourceOwner: 'acme', permissions, ...more } })

  test('has permissions, so nothing is said of scopes, and the checks decide', async () => {
    const token = await fine(all)
    expect(token).toMatch(/^github_pat_/)
    const identity = await identified(token)
    expect(identity).not.toHaveProperty('scopes')
    expect(identity.capabilities).toMatchObject({ organizations: expect.arrayContaining(['acme']) })
    expect(await missingBy(token)).toEqual([])
  })

  test.each([
    ['contents', ['Can read files: scope']],
    ['issues', ['Can read issues and pull requests: scope']],
    ['pull_requests', ['Can read issues and pull requests: scope']],
    ['repository_hooks', ['Can manage webhooks: scope']],
  ])('without %s lacks a permission, not the repository', async (permission, missing) => {
    const { [permission]: _, ...rest } = all as Record<string, string> // a table of words
    expect(await missingBy(await fine(rest, { repositories: ['payroll'] }))).toEqual(missing)
  })
})

describe('a token that nobody makes to be pasted', () => {
  const refused = (token: string) => method.refuse?.({ token }, {})?.detail ?? null

  test.each(['gho_', 'ghu_', 'ghs_', 'ghr_'])('%s… is refused before anything is sent', (prefix) => {
    expect(refused(`${prefix}notARealToken0123456789`)).toMatch(/^This is no personal access token: .+\. Create a /)
  })

  test('those that are made for it are not, whatever their age', () => {
    const old = 'a'.repeat(40)
    for (const token of ['ghp_notARealToken0123456789', 'github_pat_notARealToken0123456789', old])
      expect(refused(token)).toBeNull()
  })

  test('what cannot be a token is not sent either', () => {
    const clean = method.fields.find(({ name }) => name === 'token')?.clean
    expect(clean?.('ghp_notARealToken0123456789')).toBe('ghp_notARealToken0123456789')
    for (const text of ['hunter2', 'ghp_not a token at all, is it', 'x'.repeat(256)]) expect(clean?.(text)).toBeNull()
  })
})

test.each([
  ['2027-01-02 03:04:05 UTC', '2027-01-02T03:04:05.000Z'],
  ['2027-01-02 03:04:05 +0200', '2027-01-02T01:04:05.000Z'],
  ['2027-01-02 03:04:05 -0730', '2027-01-02T10:34:05.000Z'],
  ['soon', undefined],
  ['2027-13-02 03:04:05 UTC', undefined],
])('an end told as %s is %s', async (told, end) => {
  const { body } = githubFixture('account')['GET /user'] ?? {}
  const headers = { 'github-authentication-token-expiration': told }
  const { api } = await githubApi({ ...githubFixture('account'), 'GET /user': { body, headers } })
  const identity = await github.identify(api, { token: 'ghp_notARealToken' })
  expect(identity.expiresAt?.toISOString()).toBe(end)
})
