import { describe, expect, test } from 'vitest'
import { ProviderFailure } from '#lib/providers/api.ts'
import { bitbucket } from '#lib/providers/bitbucket/provider.ts'
import { bitbucketApi, bitbucketAt, bitbucketFixture, bitbucketToken, loom } from '#tests/support/bitbucket-api.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, DANA, LEE, type Pair } from '#tests/support/sandbox-bitbucket.ts'

const REPOSITORIES = 'GET /2.0/repositories/loom'
const invalid = {
  status: 401,
  body: { type: 'error', error: { message: 'Token is invalid, expired, or not supported for this endpoint.' } },
}

describe('the account', () => {
  const identified = async (more: Exchanges = {}) => {
    const { api, received } = await bitbucketApi({ ...bitbucketFixture('account'), ...more })
    return { identity: await bitbucket.identify(api, { token: 't', config: loom }), received }
  }

  test('is the workspace by its name, with whose token it is; e-mail and token go as Basic, and no e-mail comes out', async () => {
    const { identity, received } = await identified()
    expect(identity).toEqual({
      id: 'loom',
      label: 'Loom & Sons',
      url: 'https://bitbucket.org/loom/',
      person: 'Ada Weaver',
    })
    const pair = Buffer.from('ada@loom.example:ATATT3xFfGF0notARealToken').toString('base64')
    expect(received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/2.0/repositories/loom', `Basic ${pair}`],
      ['/2.0/user', `Basic ${pair}`],
    ])
    expect(received[0]?.query.get('role')).toBe('member')
  })

  test.each([401, 403, 404, 500])('a token that answers %d to whose it is works all the same', async (status) => {
    const { identity } = await identified({ 'GET /2.0/user': { status, body: {} } })
    expect(identity).toEqual({ id: 'loom', label: 'Loom & Sons', url: 'https://bitbucket.org/loom/' })
  })

  test('a workspace without a repository is called as it stands in addresses', async () => {
    const { identity } = await identified({ [REPOSITORIES]: { body: { values: [], pagelen: 1 } } })
    expect(identity).toMatchObject({ id: 'loom', label: 'loom', url: 'https://bitbucket.org/loom/' })
    expect(identity.warning).toMatch(/^This account works on no repository of “loom”/)
    expect((await identified()).identity).not.toHaveProperty('warning')
  })

  test.each([
    ['expired', invalid],
    ['not_found', { status: 404, body: { type: 'error', error: { message: 'No workspace' } } }],
  ])('without repositories there is no account: %s', async (failure, reply) => {
    await expect(identified({ [REPOSITORIES]: reply })).rejects.toMatchObject({ failure })
  })
})

describe('what is typed', () => {
  const field = (name: string) => bitbucketToken.fields.find((one) => one.name === name)

  test.each([
    ['acme', 'acme'],
    ['  Acme-Corp ', 'acme-corp'],
    ['https://bitbucket.org/acme', 'acme'],
    ['bitbucket.org/acme/orders-mobile/src/main/', 'acme'],
    ['https://bitbucket.org/acme/workspace/overview', 'acme'],
    ['https://www.bitbucket.org/workspaces/acme/', 'acme'],
    ['https://bitbucket.org/', null],
    ['https://bitbucket.org.evil.example/acme', null],
    ['https://github.com/acme', null],
    ['Acme Inc', null],
    ['../acme', null],
    ['', null],
  ])('%s is the workspace %s', (typed, workspace) => {
    expect(field('workspace')?.clean?.(typed)).toBe(workspace)
  })

  test('a user name is no e-mail address, and it is said why it does not do', () => {
    const email = field('email')
    expect(email?.clean?.('dana-k')).toBeNull()
    expect(email?.wrong).toContain('takes no user name')
    expect(email?.clean?.(DANA)).toBe(DANA)
  })

  test('T-PAT-4: an app password and an access token are told before anything is sent, and what to use instead', () => {
    const refused = (token: string) => bitbucketToken.refuse?.({ ...loom, token }, {})
    expect(refused('ATBBx7kQnotReal')).toEqual({
      field: 'token',
      detail: 'This is an app password. Bitbucket removed app passwords in July 2026. Use an API token with scopes.',
    })
    expect(refused('ATCTT3xFfGN0notReal')?.detail).toMatch(
      /^This is an access token of .* Use an API token with scopes\.$/,
    )
    for (const token of ['ATATT3xFfGF0x', 'h4Kd82mPq0xYz19LbVcE']) expect(refused(token)).toBeNull()
  })

  test('T-PAT-4: what Bitbucket refuses is told with what to use instead, for one of either kind', () => {
    const said = (token: string) => bitbucketToken.refused?.secret?.({ ...loom, token })
    expect(said('ATATT3xFfGF0x')).toContain('refuses a token without scopes')
    expect(said('h4Kd82mPq0xYz19LbVcE')).toContain(
      'Bitbucket removed app passwords in July 2026. Use an API token with scopes.',
    )
  })

  test('the token is sealed; workspace and e-mail are kept in clear', () => {
    const { config, ...sealed } = bitbucketToken.grant({ ...loom, token: 't0ken' })
    expect([config, sealed]).toEqual([loom, { token: 't0ken' }])
  })
})

const sandbox = await newSandbox(bitbucketClient)

describe('checks', () => {
  /** What each check says of a token: null where it passed. */
  async function tried({ email, token }: Pair, workspace = 'acme'): Promise<(string | null)[]> {
    const api = bitbucketAt(sandbox.base, { workspace, email }, token)
    const outcomes: (string | null)[] = []
    for (const { ask } of bitbucketToken.checks) {
      const failure = await ask(api, { token }).then(
        () => null,
        (error: unknown) => error,
      )
      if (failure !== null && !(failure instanceof ProviderFailure))
        throw new Error('no failure of the provider', { cause: failure })
      outcomes.push(failure?.failure ?? null)
    }
    return outcomes
  }
  const [repositories, pulls, user] = bitbucketToken.scopes.map(({ name }) => name)

  test('a token with what is asked for passes each: workspace, files, pull requests, whose it is', async () => {
    expect(bitbucketToken.checks.map(({ label }) => label({ workspace: 'acme' }))).toEqual([
      'Workspace “acme” found',
      'Can read files',
      'Can read pull requests',
      'Can tell whose it is',
    ])
    const scopes = bitbucketToken.scopes.map(({ name }) => name)
    expect(await tried(await sandbox.tokenFor(DANA, { scopes }))).toEqual([null, null, null, null])
  })

  test('what is not granted lacks, and nothing else', async () => {
    expect(await tried(await sandbox.tokenFor(DANA, { scopes: [repositories, user] }))).toEqual([
      null,
      null,
      'scope',
      null,
    ])
    expect(await tried(await sandbox.tokenFor(DANA, { scopes: [repositories, pulls] }))).toEqual([
      null,
      null,
      null,
      'scope',
    ])
    expect((await tried(await sandbox.tokenFor(DANA, { scopes: [pulls, user] }))).slice(0, 2)).toEqual([
      'scope',
      'scope',
    ])
  })

  test('a token that may not tell whose it is may be told that it is none: it lacks that alone', async () => {
    const { api } = await bitbucketApi({ ...bitbucketFixture('account'), 'GET /2.0/user': invalid })
    await expect(bitbucketToken.checks.at(-1)?.ask(api, { token: 't' })).rejects.toMatchObject({ failure: 'scope' })
  })

  test('T-PAT-4: a token without scopes or for Jira, an app password, a user name instead of the e-mail, and one that was revoked are refused everywhere', async () => {
    const all = ['expired', 'expired', 'expired']
    const good = await sandbox.tokenFor()
    expect((await tried(await sandbox.tokenFor(DANA, { kind: 'unscoped' }))).slice(0, 3)).toEqual(all)
    expect((await tried(await sandbox.tokenFor(DANA, { kind: 'jira' }))).slice(0, 3)).toEqual(all)
    expect((await tried(await sandbox.tokenFor(DANA, { kind: 'app-password' }))).slice(0, 3)).toEqual(all)
    expect((await tried({ ...good, email: 'dana-k' })).slice(0, 3)).toEqual(all)
    await sandbox.control.revoke({ provider: 'bitbucket', token: good.token })
    expect((await tried(good)).slice(0, 3)).toEqual(all)
  })

  test('a workspace that is none is not found; one that is empty has nothing that could be refused', async () => {
    expect((await tried(await sandbox.tokenFor(), 'nobody-here')).slice(0, 3)).toEqual(Array(3).fill('not_found'))
    const empty = { [REPOSITORIES]: { body: { values: [] } }, 'GET /2.0/user': { body: { display_name: 'Ada' } } }
    const { api } = await bitbucketApi(empty)
    for (const { ask } of bitbucketToken.checks) await ask(api, { token: 't' })
  })

  test('files are tried in a repository that has some', async () => {
    const [bare, shuttle] = ['bare', 'shuttle'].map((slug) => bitbucketFixture('file')[`${REPOSITORIES}/${slug}`]?.body)
    const lacking = { error: { message: 'x', detail: { required: ['read:repository:bitbucket'] } } }
    const { api } = await bitbucketApi({
      ...bitbucketFixture('file'),
      [REPOSITORIES]: { body: { values: [bare, shuttle] } },
      [`${REPOSITORIES}/shuttle/src/main/`]: { status: 403, body: lacking },
    })
    await expect(bitbucketToken.checks[1]?.ask(api, { token: 't' })).rejects.toMatchObject({ failure: 'scope' })
  })

  test('none of what answers 410 is asked', async () => {
    await sandbox.control.clearLog()
    await tried(await sandbox.tokenFor(LEE), 'lee-park')
    const { email, token } = await sandbox.tokenFor()
    const api = bitbucketAt(sandbox.base, { workspace: 'acme', email }, token)
    await bitbucket.identify(api, { token: 't', config: { workspace: 'acme' } })
    for (const { list, search } of bitbucket.readers) await Promise.all([list?.(api, {}), search?.(api, 'order', {})])
    const asked = (await sandbox.control.log()).filter(({ origin }) => origin === '/bitbucket-api')
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter(({ status }) => status === 410)).toEqual([])
  })
})
