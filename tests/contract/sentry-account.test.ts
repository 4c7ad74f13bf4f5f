import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Secret } from '#lib/providers/define-auth.ts'
import { sentry } from '#lib/providers/sentry/provider.ts'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { lathe, sentryApi, sentryFixture } from '#tests/support/sentry-api.ts'

const method = sentry.auth.find((one): one is Secret => one.type === 'api_key')
if (!method) throw new Error('Sentry takes no token')
const field = (name: string) => method.fields.find((one) => one.name === name)
const real = sentry.origins
const baseOf = (config: Config, origins: Config = real) => sentry.endpoints(origins, config).api
const under = (host: string) => `${host}/api/0/organizations/acme`

describe('where an organization is asked', () => {
  test.each<[string, Config, string]>([
    ['nothing else is known', {}, 'https://sentry.io'],
    ['the organization’s answer named its region', { region: 'https://us.sentry.io' }, 'https://us.sentry.io'],
    ['the region was typed', { baseUrl: 'https://de.sentry.io' }, 'https://de.sentry.io'],
    [
      'the region was typed wrong',
      { baseUrl: 'https://us.sentry.io', region: 'https://de.sentry.io' },
      'https://de.sentry.io',
    ],
    [
      'an answer names a host that is none of Sentry’s',
      { region: 'https://sentry.io.evil.example' },
      'https://sentry.io',
    ],
    ['it is their own', { baseUrl: 'https://sentry.acme.example' }, 'https://sentry.acme.example'],
    [
      'their own sends elsewhere',
      { baseUrl: 'https://sentry.acme.example', region: 'https://us.sentry.io' },
      'https://sentry.acme.example',
    ],
  ])('when %s', (_, config, host) => {
    expect(baseOf({ organization: 'acme', ...config })).toBe(under(host))
  })

  test('what stands for Sentry stands for its regions too, and not for somebody’s own', () => {
    const origins = { api: 'http://127.0.0.1:9/sentry-api' }
    const configs: readonly Config[] = [{}, { region: 'https://us.sentry.io' }, { baseUrl: 'https://de.sentry.io' }]
    for (const config of configs) expect(baseOf({ organization: 'acme', ...config }, origins)).toBe(under(origins.api))
    const own = { organization: 'acme', baseUrl: 'https://sentry.acme.example' }
    expect(baseOf(own, origins)).toBe(under('https://sentry.acme.example'))
  })
})

describe('the account', () => {
  const identified = async (config: Config, body: Record<string, unknown> = {}) => {
    const [[key, reply] = ['', {}]] = Object.entries(sentryFixture('account'))
    const told = Object.assign({}, reply.body, body)
    const { api, received } = await sentryApi({ [key]: { body: told } })
    return { identity: await sentry.identify(api, { token: 't', config }), received }
  }

  test('is the organization by its name, keeps its number, and is asked in its region from then on', async () => {
    const { identity, received } = await identified({ organization: 'lathe' })
    expect(identity).toEqual({
      id: '4501200034',
      label: 'Lathe & Sons',
      url: 'https://lathe.sentry.io',
      config: { organization: 'lathe', region: 'https://de.sentry.io', web: 'https://lathe.sentry.io' },
    })
    expect(received.map(({ path, query, headers }) => [path, query.get('detailed'), headers.authorization])).toEqual([
      ['/api/0/organizations/lathe/', '0', 'Bearer sntryi_notARealToken'],
    ])
  })

  test('without a name it is called by its slug', async () => {
    expect((await identified({}, { name: ' ' })).identity.label).toBe('lathe')
  })

  const own = { organization: 'lathe', baseUrl: 'https://errors.lathe.example' }
  test.each<[string, Config, unknown, string]>([
    ['an installation without links', own, undefined, 'https://errors.lathe.example/organizations/lathe'],
    [
      'one with an empty region',
      own,
      { organizationUrl: null, regionUrl: '' },
      'https://errors.lathe.example/organizations/lathe',
    ],
    [
      'one that names its host alone',
      own,
      { organizationUrl: 'https://errors.lathe.example' },
      'https://errors.lathe.example/organizations/lathe',
    ],
    ['the service without links', {}, null, 'https://sentry.io/organizations/lathe'],
    [
      'the older form of the service',
      {},
      { organizationUrl: 'https://sentry.io/lathe' },
      'https://sentry.io/organizations/lathe',
    ],
    ['a host of its own', {}, { organizationUrl: 'https://lathe.sentry.io/' }, 'https://lathe.sentry.io'],
    ['an address that runs', {}, { organizationUrl: 'javascript:alert(1)' }, 'https://sentry.io/organizations/lathe'],
  ])('the pages of %s begin with the right address', async (_, config, links, web) => {
    const { identity } = await identified(config, { links })
    expect(identity.config).toEqual({ organization: 'lathe', web })
    expect(identity.url).toBe(web)
  })

  test('a host of Sentry’s is followed; any other that an answer names is not', async () => {
    const regionUrl = 'https://us.sentry.io.evil.example'
    const { identity } = await identified({}, { links: { organizationUrl: 'https://lathe.sentry.io', regionUrl } })
    expect(identity.config).not.toHaveProperty('region')
  })

  test('two installations whose organization has the same number are two accounts', async () => {
    const ids = await Promise.all(
      ['https://a.example', 'https://b.example'].map(
        async (baseUrl) => (await identified({ baseUrl }, { id: '1' })).identity.id,
      ),
    )
    expect(ids).toEqual(['a.example/1', 'b.example/1'])
  })
})

describe('what is typed', () => {
  test.each([
    ['acme', 'acme'],
    ['  Acme ', 'acme'],
    ['https://acme.sentry.io', 'acme'],
    ['acme.sentry.io', 'acme'],
    ['https://acme.sentry.io/issues/?project=1', 'acme'],
    ['https://sentry.io/organizations/acme/issues/', 'acme'],
    ['https://sentry.io/settings/acme/developer-settings/', 'acme'],
    ['https://us.sentry.io/organizations/acme/', 'acme'],
    ['https://sentry.acme.example/organizations/acme-ops/', 'acme-ops'],
    ['https://sentry.io/', null],
    ['https://www.sentry.io/', null],
    ['https://us.sentry.io', null],
    ['Acme Inc', null],
    ['', null],
  ])('%s is the organization %s', (typed, slug) => {
    expect(field('organization')?.clean?.(typed)).toBe(slug)
  })

  test.each([
    ['https://sentry.io', 'https://sentry.io'],
    ['us.sentry.io', 'https://us.sentry.io'],
    ['https://de.sentry.io/api/0/', 'https://de.sentry.io'],
    ['https://acme.sentry.io/issues/', 'https://sentry.io'],
    ['https://sentry.acme.example:9000/organizations/acme/', 'https://sentry.acme.example:9000'],
    ['http://sentry.internal.example/', 'http://sentry.internal.example'],
    ['https://me:secret@sentry.acme.example', null],
    ['ftp://sentry.acme.example', null],
    ['sentry', null],
    ['not an address', null],
  ])('%s is the address %s', (typed, address) => {
    expect(field('baseUrl')?.clean?.(typed)).toBe(address)
  })

  const orgToken = (claims: unknown) =>
    `sntrys_${Buffer.from(JSON.stringify(claims)).toString('base64')}_${'x'.repeat(43)}`
  const refused = (token: string) => method.refuse?.({ organization: 'acme', token }, {}) ?? null

  test('an organization token is refused before anything is sent, with whose it is and what to make instead', () => {
    const token = orgToken({
      iat: 1_795_000_000,
      url: 'https://sentry.io',
      region_url: 'https://us.sentry.io',
      org: 'acme',
    })
    expect(refused(token)).toEqual({
      field: 'token',
      detail:
        'This is an organization token of “acme” at us.sentry.io: it is for CI and cannot read issues. Create an internal integration and paste its token instead.',
    })
    for (const odd of ['sntrys_', 'sntrys_zzz_x', orgToken({ org: '<b>' })])
      expect(refused(odd)?.detail).toMatch(/^This is an organization token: it is for CI/)
  })

  test.each([
    [`sntrya_${'a'.repeat(64)}`, /an app that somebody authorized/],
    ['https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42', /^This is a DSN/],
    ['0123456789abcdef0123456789abcdef', /API key of older Sentrys/],
  ])('%s reads nothing, which is said', (token, why) => {
    expect(refused(token)?.detail).toMatch(why)
    expect(refused(token)?.detail).not.toContain(token)
  })

  test.each(['sntryi_', 'sntryu_', ''])('a token that begins with “%s” may work', (prefix) => {
    expect(refused(prefix + 'ab'.repeat(32))).toBeNull()
  })

  test('what is a secret is never in what is kept in clear', () => {
    const values = { organization: 'acme', token: 't0ken', baseUrl: 'https://de.sentry.io', webhookSecret: 's3cret' }
    const { config, ...sealed } = method.grant(values)
    expect(config).toEqual({ organization: 'acme', baseUrl: 'https://de.sentry.io' })
    expect(sealed).toEqual({ token: 't0ken', webhookSecret: 's3cret' })
    expect(method.grant({ organization: 'acme', token: 't0ken' })).toEqual({
      token: 't0ken',
      config: { organization: 'acme' },
    })
  })
})

describe('checks', () => {
  let running: Sandbox
  let world: ReturnType<typeof sentryClient>
  beforeAll(async () => {
    running = await startSandbox({ port: 0, appUrl: 'http://localhost:3000' })
    world = sentryClient(running.url)
  })
  beforeEach(() => world.control.reset())
  afterAll(() => running.close())

  /** What each check says of a token: null where it passed. */
  async function tried(token: string, organization = 'acme'): Promise<Record<string, string | null>> {
    const grant = method?.grant({ organization, token }) ?? { token }
    const { api: base } = sentry.endpoints({ api: world.base }, grant.config ?? {})
    const api = createApi({ provider: sentry, grant, base, config: grant.config ?? {} })
    const outcomes = (method?.checks ?? []).map(async ({ label, ask }) => {
      const failure = await ask(api, grant).then(
        () => null,
        (error: unknown) => error,
      )
      if (failure !== null && !(failure instanceof ProviderFailure))
        throw new Error('no failure of the provider', { cause: failure })
      return [label({ organization }), failure?.failure ?? null] as const
    })
    return Object.fromEntries(await Promise.all(outcomes))
  }
  const [found, projects, issues, events] = [
    'Organization “acme” found',
    'Can read projects',
    'Can read issues',
    'Can read events',
  ]
  const all = (outcome: string | null) => ({
    [found]: outcome,
    [projects]: outcome,
    [issues]: outcome,
    [events]: outcome,
  })

  test('an internal integration with what is asked for passes each', async () => {
    expect(await tried(await world.tokenFor())).toEqual(all(null))
  })

  test('a personal token passes too, and so does one of the oldest kind', async () => {
    const account = 'dana@acme.example'
    const scopes = ['org:read', 'project:read', 'event:read']
    for (const kind of ['user', 'legacy'])
      expect(await tried(await world.tokenFor({ kind, account, scopes }))).toEqual(all(null))
  })

  test('one that may not read issues lacks that, and nothing else', async () => {
    const token = await world.tokenFor({ scopes: ['org:read', 'project:read'] })
    expect(await tried(token)).toEqual({ ...all(null), [issues]: 'scope', [events]: 'scope' })
  })

  test('one of another organization is let in nowhere; an organization that is none is not found', async () => {
    expect(await tried(await world.tokenFor({ organization: 'globex' }))).toEqual(all('scope'))
    const nobodys = await tried(await world.tokenFor(), 'nobody-here')
    expect(Object.values(nobodys)).toEqual(Array(4).fill('not_found'))
  })

  test('one that was deleted is refused everywhere', async () => {
    const token = await world.tokenFor()
    await world.control.revoke({ provider: 'sentry', token })
    expect(await tried(token)).toEqual(all('expired'))
  })

  test('an organization without issues has nothing that could be refused; nor has an issue whose events are gone', async () => {
    const at = '/api/0/organizations/lathe'
    const outcome = async (exchanges: Parameters<typeof sentryApi>[0]) => {
      const { api } = await sentryApi(exchanges, lathe)
      return method?.checks.at(-1)?.ask(api, { token: 't' })
    }
    expect(await outcome({ [`GET ${at}/issues/`]: { body: [] } })).toBeUndefined()
    expect(await outcome(sentryFixture('issue'))).toBeUndefined()
  })
})
