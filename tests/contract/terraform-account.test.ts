import { describe, expect, test } from 'vitest'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Secret } from '#lib/providers/define-auth.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { terraform } from '#lib/providers/terraform/provider.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'
import { terraformApi, terraformFixture } from '#tests/support/terraform-api.ts'

const method = terraform.auth.find((one): one is Secret => one.type === 'api_key')
if (!method) throw new Error('Terraform takes no key')
const field = (name: string) => method.fields.find((one) => one.name === name)

const EU = 'https://app.eu.terraform.io'
describe('where an organization is asked', () => {
  test.each<[string, Config, string]>([
    ['nothing else is known', {}, 'https://app.terraform.io'],
    ['its own name was typed', { baseUrl: 'https://app.terraform.io' }, 'https://app.terraform.io'],
    ['it is in Europe', { baseUrl: EU }, EU],
    ['it is their own', { baseUrl: 'https://tfe.acme.example' }, 'https://tfe.acme.example'],
    ['it only looks like Europe', { baseUrl: `${EU}.evil.example` }, `${EU}.evil.example`],
  ])('when %s', (_, config, host) => {
    expect(terraform.endpoints(terraform.origins, config).api).toBe(`${host}/api/v2`)
  })

  test('what stands for one of the services here stands for it alone', () => {
    const origins = { api: 'http://127.0.0.1:9/terraform-api', eu: 'http://127.0.0.1:9/terraform-eu' }
    expect(terraform.endpoints(origins, {}).api).toBe(`${origins.api}/api/v2`)
    expect(terraform.endpoints(origins, { baseUrl: EU }).api).toBe(`${origins.eu}/api/v2`)
    expect(terraform.endpoints(origins, { baseUrl: 'https://tfe.acme.example' }).api).toMatch(/^https:\/\/tfe\./)
  })

  test.each([
    ['app.eu.terraform.io', EU],
    ['https://app.terraform.io/app/acme/workspaces', 'https://app.terraform.io'],
    ['TFE.acme.example:8443/app', 'https://tfe.acme.example:8443'],
    ['https://me:secret@tfe.acme.example', null],
    ['ftp://tfe.acme.example', null],
    ['terraform', null],
    ['not a host', null],
  ])('%s is the host %s', (typed, host) => {
    expect(field('baseUrl')?.clean?.(typed)).toBe(host)
  })
})

describe('what is typed', () => {
  test.each([
    ['acme', 'acme'],
    ['Acme_Infra-2', 'Acme_Infra-2'],
    ['https://app.terraform.io/app/acme/workspaces/web', 'acme'],
    ['app.eu.terraform.io/app/acme', 'acme'],
    ['https://app.terraform.io/app/settings/tokens', null],
    ['https://app.terraform.io/', null],
    ['ftp://tfe.acme.example/app/acme', null],
    ['https://me:secret@tfe.acme.example/app/acme', null],
    ['Acme Inc', null],
    ['../acme', null],
    ['', null],
  ])('%s is the organization %s', (typed, name) => {
    expect(field('organization')?.clean?.(typed)).toBe(name)
  })

  test.each([
    ['https://app.eu.terraform.io/app/acme', {}, 'app.eu.terraform.io'],
    ['tfe.acme.example:8443/app/acme/workspaces', {}, 'tfe.acme.example:8443'],
    ['https://app.terraform.io.evil.example/app/acme', {}, 'app.terraform.io.evil.example'],
    ['https://app.terraform.io/app/acme', { baseUrl: EU }, 'app.terraform.io'],
  ])('the key goes to no other host than that of a pasted address: %s beside %j', (organization, values, host) => {
    const detail = `The address of your organization is at ${host}. Enter ${host} here as well.`
    expect(method.refuse?.(values, { organization })).toEqual({ field: 'baseUrl', detail })
  })

  test.each([
    ['https://app.terraform.io/app/acme', {}],
    ['http://app.terraform.io/app/acme', {}],
    ['app.eu.terraform.io/app/acme', { baseUrl: EU }],
    ['acme', { baseUrl: 'https://tfe.acme.example' }],
  ])('%s beside %j is taken: nothing contradicts it', (organization, values) => {
    expect(method.refuse?.(values, { organization })).toBeNull()
  })

  test('the token is never in what is kept in clear', () => {
    const { config, ...sealed } = method.grant({ organization: 'acme', token: 't0ken', baseUrl: 'https://a.example' })
    expect(config).toEqual({ organization: 'acme', baseUrl: 'https://a.example' })
    expect(sealed).toEqual({ token: 't0ken' })
    expect(method.grant({ organization: 'acme', token: 't0ken' }).config).toEqual({ organization: 'acme' })
  })
})

describe('the account', () => {
  const identified = async (config: Config) => {
    const { api, received } = await terraformApi(terraformFixture('account'), config)
    return { identity: await terraform.identify(api, { token: 't', config }), received, base: api.base }
  }

  test('is the organization by the name that Terraform gives it, and its key is the id behind that name', async () => {
    const { identity, received, base } = await identified({ organization: 'lathe' })
    expect(identity).toEqual({
      id: 'org-Lathe00000001',
      label: 'lathe',
      url: base.replace('/api/v2', '/app/lathe'),
      capabilities: { token: 'team' },
      config: { organization: 'lathe' },
    })
    expect(received.every(({ headers }) => headers.accept === 'application/vnd.api+json')).toBe(true)
    expect(JSON.stringify(identity)).not.toContain('@')
  })

  test('by another name, as that of before it was renamed, it is not found', async () => {
    await expect(identified({ organization: 'lathe-works' })).rejects.toMatchObject({ failure: 'not_found' })
  })

  test('an organization that is none asks nobody for it', async () => {
    await expect(identified({ organization: '../users' })).rejects.toMatchObject({ failure: 'not_found' })
  })
})

const world = await newSandbox(terraformClient)
const [origin, european] = [`${world.url}/terraform-api`, `${world.url}/terraform-eu`]

const open = (token: string, config: Config) => {
  const { api: base, web = '' } = terraform.endpoints({ api: origin, eu: european }, config)
  return createApi({ provider: terraform, grant: { token }, base, web, config })
}
const whose = (word: string, config: Config = { organization: 'acme' }) => {
  const token = standing(word)
  return terraform.identify(open(token, config), { token, config })
}

describe('which tokens are taken', () => {
  test('a team’s and a user’s, of the organization that is named', async () => {
    expect(await whose('plugbrd')).toMatchObject({ label: 'acme', capabilities: { token: 'team' } })
    expect(await whose('danakow')).toMatchObject({ label: 'acme', capabilities: { token: 'user' } })
    expect((await whose('danakow', { organization: 'globex' })).id).not.toBe((await whose('danakow')).id)
  })

  test('an organization’s is recognized, and told what it cannot read and what to make instead', async () => {
    const failure = await whose('orgwide').catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'setup', detail: 'organization_token' })
    const remedy = findRemedy(terraform, failure instanceof ProviderFailure ? failure.detail : null)
    expect(remedy).toMatch(/^This is an organization token: .*can’t read runs or plans\. Make a team token instead/)
  })

  test('one that ended, one of an audit trail and one of nobody are refused', async () => {
    for (const word of ['expired', 'auditor', 'nobody1'])
      await expect(whose(word)).rejects.toMatchObject({ failure: 'expired', status: 401 })
  })

  test('an organization that the token may not see reads like one that is none, and both are told so', async () => {
    for (const organization of ['globex', 'nobody-here'])
      await expect(whose('plugbrd', { organization })).rejects.toMatchObject({ failure: 'not_found' })
    expect(method.refused?.unknown?.({ organization: 'globex' })).toMatch(
      /“globex”\. It answers alike for what is not there/,
    )
  })

  test('Europe and an Enterprise have their own; at the other service they open nothing', async () => {
    const europe = { organization: 'acme-eu', baseUrl: 'https://app.eu.terraform.io' }
    expect(await whose('europe1', europe)).toMatchObject({ label: 'acme-eu', url: `${european}/app/acme-eu` })
    await expect(whose('europe1', { organization: 'acme-eu' })).rejects.toMatchObject({ failure: 'expired' })
    const own = { organization: 'acme-internal', baseUrl: `${world.url}/terraform-tfe` }
    expect((await whose('private', own)).id).toMatch(/^127\.0\.0\.1:\d+\/org-/)
  })
})

describe('checks', () => {
  async function tried(word: string, organization = 'acme'): Promise<(string | null)[]> {
    const token = standing(word)
    const api = open(token, { organization })
    const outcomes = (method?.checks ?? []).map(({ ask }) =>
      ask(api, { token }).then(
        () => null,
        (error: unknown) => (error instanceof ProviderFailure ? error.failure : Promise.reject(error)),
      ),
    )
    return Promise.all(outcomes)
  }

  test('a team that may read runs and states passes each, and so does a user', async () => {
    for (const word of ['plugbrd', 'adminty', 'danakow']) expect(await tried(word)).toEqual([null, null, null])
  })

  test('one that reads outputs alone lacks the states, and nothing else', async () => {
    expect(await tried('outputs')).toEqual([null, null, 'scope'])
  })

  test('one of another organization finds no workspaces; one that ended finds nothing', async () => {
    expect(await tried('globex1')).toEqual(Array(3).fill('setup'))
    expect(await tried('expired')).toEqual(Array(3).fill('expired'))
  })
})
