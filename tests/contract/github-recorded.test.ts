import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Reader } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { contentsAt } from '#lib/providers/github/contents.ts'
import { CodeSearchId, DirectoryId, FileId, NumberId, RepositoryId } from '#lib/providers/github/ids.ts'
import { github } from '#lib/providers/github/provider.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/github`
const isAbsent = !existsSync(folder)

type Recorded = { status: number; headers?: Record<string, string | number>; body?: unknown }
const recorded = (name: string): Recorded => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

function toReply({ status, headers = {}, body }: Recorded): Reply {
  return {
    status,
    body,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  }
}

const reader = (kind: string): Reader => {
  const found = github.readers.find((one) => one.kind === kind)
  if (!found) throw new Error(`no reader of ${kind}`)
  return found
}
const parent = RepositoryId.write('octocat', 'Hello-World')
const list = (kind: string) => (api: Api) => reader(kind).list?.(api, { parent })
const read = (kind: string, id: string) => (api: Api) => reader(kind).read(api, id)
const search = (kind: string) => (api: Api) => reader(kind).search?.(api, 'query', { parent })
const place = { owner: 'octocat', name: 'Hello-World', ref: '', path: 'src' }
const contents = (api: Api) => contentsAt(api, place)

/** What the product does with each answer that it can meet. */
const met: Record<string, (api: Api) => unknown> = {
  'get-user': (api) => github.identify(api, { token: 't' }),
  'get-user-public-only': (api) => github.identify(api, { token: 't' }),
  'get-repo': read('repository', parent),
  'list-user-repos': list('repository'),
  'get-contents-directory': contents,
  'recorded-get-content-0': contents,
  'get-contents-file': contents,
  'get-contents-submodule': contents,
  'get-contents-symlink': contents,
  'get-pull': read('pull_request', NumberId.write('octocat', 'Hello-World', 1347)),
  'list-pulls': list('pull_request'),
  'list-issues': list('issue'),
  'recorded-paginate-issues-0': list('issue'),
  'recorded-paginate-issues-1': list('issue'),
  'recorded-paginate-issues-2': list('issue'),
  'recorded-paginate-issues-3': list('issue'),
  'recorded-paginate-issues-4': list('issue'),
  'search-code': search('code_search'),
  'search-issues': search('pull_request'),
}
// These are one part of a reader's two calls; the other part is answered from here.
const inCompany: Record<string, { others: Record<string, string>; use: (api: Api) => unknown }> = {
  'list-user-orgs': { others: { '/user': 'get-user' }, use: (api) => github.identify(api, { token: 't' }) },
  'list-branches': {
    others: { '/contents/cool/x': '404', '/contents/x': 'get-contents-file', '/commits': 'list-commits' },
    use: (api) => read('file', FileId.write('octocat', 'Hello-World', 'master', 'cool/x', 0, 0))(api),
  },
  'list-commits': {
    others: { '/contents/README.md': 'get-contents-file' },
    use: read('file', FileId.write('octocat', 'Hello-World', '', 'README.md', 0, 0)),
  },
}
const alone = new Set(['get-user', 'get-user-public-only'])

async function apiOf(answer: (path: string) => Reply): Promise<Api> {
  const { url } = await serve(({ path }) => answer(path))
  return createApi({ provider: github, grant: { token: 't' }, base: url })
}

describe('answers of the real service', () => {
  test.skipIf(isAbsent).each(Object.keys(met))('%s is read', async (name) => {
    const api = await apiOf((path) => (alone.has(name) && path !== '/user' ? { body: [] } : toReply(recorded(name))))
    const value = await met[name]?.(api)
    expect(value).toBeTruthy()
    const items = value && typeof value === 'object' && 'items' in value ? value.items : []
    const ids = Array.isArray(items) ? items.map(({ id }) => id) : []
    expect(ids.filter((id) => !/^[A-Za-z0-9_-]+$/.test(id))).toEqual([])
  })

  test.skipIf(isAbsent).each(Object.keys(inCompany))('%s is read', async (name) => {
    const { others = {}, use } = inCompany[name] ?? {}
    const api = await apiOf((path) => {
      const [, other] = Object.entries(others).find(([end]) => path.endsWith(end)) ?? []
      return other === '404' ? { status: 404, body: { message: 'Not Found' } } : toReply(recorded(other ?? name))
    })
    const outcome = await Promise.resolve(use?.(api)).catch((error: unknown) => error)
    // no branch there has a slash, so that file stays unfound after they were read
    const isUnfound = outcome instanceof ProviderFailure && outcome.failure === 'not_found'
    expect([outcome instanceof ProviderFailure, isUnfound]).toEqual(Array(2).fill(name === 'list-branches'))
  })

  test.skipIf(isAbsent)('a directory’s card is made of the recorded listing', async () => {
    const api = await apiOf((path) =>
      toReply(recorded(path.includes('/contents') ? 'get-contents-directory' : 'get-repo')),
    )
    const card = await read('directory', DirectoryId.write('octocat', 'Hello-World', '', 'lib'))(api)
    expect(card).toMatchObject({
      body: {
        entries: [
          { name: 'octokit', type: 'dir' },
          { name: 'octokit.rb', type: 'file' },
        ],
      },
    })
  })

  test.skipIf(isAbsent)('a code search’s card is made of the recorded hits', async () => {
    const api = await apiOf(() => toReply(recorded('search-code')))
    const card = await read('code_search', CodeSearchId.write('addClass', parent))(api)
    expect(card).toMatchObject({
      body: { total: 7, hits: [{ path: 'src/attributes/classes.js', repository: 'jquery/jquery' }] },
    })
  })

  const [oauth] = github.auth
  const exchange = async (name: string) => {
    if (oauth.type !== 'oauth2') throw new Error('GitHub is connected by OAuth')
    const { url } = await serve(() => toReply(recorded(name)))
    const input = {
      method: oauth,
      endpoint: url,
      client: { id: 'i', secret: 's' },
      redirectUri: 'http://x/cb',
      code: 'c',
      verifier: 'v',
    }
    return exchangeCode(input).catch((error: unknown) => error)
  }

  test.skipIf(isAbsent).each(['oauth-token-success', 'oauth-refresh-token'])('%s becomes a grant', async (name) => {
    expect(await exchange(name)).toMatchObject({ token: expect.any(String), scopes: expect.any(Array) })
  })

  test.skipIf(isAbsent).each([
    ['oauth-token-error-bad-verification-code', 'bad_verification_code', true],
    ['oauth-token-error-incorrect-client-credentials', 'incorrect_client_credentials', false],
    ['oauth-token-error-redirect-uri-mismatch', 'redirect_uri_mismatch', false],
    ['oauth-token-error-unverified-user-email', 'unverified_user_email', false],
  ])('%s is the refusal %s', async (name, code, isFinal) => {
    expect(await exchange(name)).toMatchObject({ name: 'TokenRefused', code, isFinal })
  })

  test.skipIf(isAbsent).each([
    ['error-403-oauth-app-restrictions', { failure: 'setup', detail: 'org_restricted' }],
    ['error-422-validation-failed', { failure: 'unavailable', status: 422 }],
  ])('%s is judged', async (name, judgement) => {
    const api = await apiOf(() => toReply(recorded(name)))
    await expect(read('repository', parent)(api)).rejects.toMatchObject(judgement)
  })

  test.skipIf(isAbsent)('rate-limit has headers that are understood', () => {
    const headers = new Headers(toReply(recorded('rate-limit')).headers)
    expect(github.limit?.(headers)).toEqual({
      limit: 5000,
      remaining: 4999,
      resetsAt: new Date('2020-05-28T21:38:08Z'),
    })
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = [...Object.keys(met), ...Object.keys(inCompany)]
    // What the product does not ask for (yet).
    const later =
      /^(webhook-|.*-webhook|list-.*webhooks|.*webhook-deliver|check-token|reset-token|oauth-|error-|rate-limit)/
    const unasked =
      'get-blob get-branch get-commit get-contents-object-directory get-contents-object-file get-readme get-tree get-tree-recursive list-org-members list-org-repos list-user-emails list-user-starred search-repositories'
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    const open = names.filter(
      (name) => !decided.includes(name) && !later.test(name) && !unasked.split(' ').includes(name),
    )
    expect(open).toEqual([])
  })
})
