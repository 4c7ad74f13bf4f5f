import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { DirectoryId, FileId, NumberId, RepositoryId } from '#lib/providers/bitbucket/ids.ts'
import { bitbucket } from '#lib/providers/bitbucket/provider.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { bitbucketApi, bitbucketReader as reader } from '#tests/support/bitbucket-api.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import type { Reply } from '#tests/support/loopback.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/bitbucket`
const isAbsent = !existsSync(folder)
const recorded = (name: string): Reply => {
  const { status, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status: status === 201 ? 200 : status, body }
}

const config = { workspace: 'nangodev', email: 'ada@loom.example' }
const [workspace, slug] = ['nangodev', 'nango-api-test'] as const // as const: two names
const home = `GET /2.0/repositories/${workspace}`
const repository = RepositoryId.write(workspace, slug)
const identify = (api: Api) => bitbucket.identify(api, { token: 't', config })

/** Where each answer is met, and what the product does there. */
const met: Record<string, { on: string; use: (api: Api) => Promise<unknown> }> = {
  'get-user': { on: 'GET /2.0/user', use: identify },
  'list-repositories': { on: home, use: (api) => reader('repository').list(api, {}) },
  'get-repository': { on: `${home}/${slug}`, use: (api) => reader('repository').read(api, repository) },
  'create-repository': { on: `${home}/${slug}`, use: (api) => reader('repository').read(api, repository) },
  'create-pullrequest': {
    on: `${home}/${slug}/pullrequests/5`,
    use: (api) => reader('pull_request').read(api, NumberId.write(workspace, slug, 5)),
  },
  'src-directory-listing': {
    on: `${home}/${slug}/src/main/tests/`,
    use: (api) => reader('directory').list(api, { parent: DirectoryId.write(workspace, slug, 'main', 'tests') }),
  },
  'src-file-meta': {
    on: `${home}/${slug}/src/main/tests/__init__.py?format=meta`,
    use: (api) => reader('file').read(api, FileId.write(workspace, slug, 'main', 'tests/__init__.py', 0, 0)),
  },
}

const use = async (name: string, more: Exchanges = {}): Promise<unknown> => {
  const { on = '', use: work } = met[name] ?? {}
  const others = { [home]: recorded('list-repositories'), [`${home}/${slug}`]: recorded('get-repository'), ...more }
  const { api } = await bitbucketApi({ ...others, [on]: recorded(name) }, config)
  return work?.(api)
}
const emptyFile = { [`${home}/${slug}/src/main/tests/__init__.py`]: { body: '' } }

describe('answers of the real service', () => {
  test.skipIf(isAbsent).each(Object.keys(met))('%s is read', async (name) => {
    const value = await use(name, emptyFile)
    const items = value && typeof value === 'object' && 'items' in value ? value.items : [value]
    if (!Array.isArray(items) || items.length === 0) throw new Error('nothing was read')
    for (const { id } of items) expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
    expect(JSON.stringify(value)).not.toContain('@')
  })

  test.skipIf(isAbsent)('a repository’s and a pull request’s cards are made of the recorded ones', async () => {
    expect(await use('get-repository')).toMatchObject({
      title: 'nangodev/nango-api-test',
      url: 'https://bitbucket.org/nangodev/nango-api-test',
      isPrivate: false,
      body: { description: 'Primary Nango API validation repo', defaultBranch: 'master', language: 'javascript' },
    })
    expect(await use('create-pullrequest')).toMatchObject({
      title: '#5 Test PR from feature',
      url: 'https://bitbucket.org/nangodev/nango-api-test/pull-requests/5',
      body: { state: 'open', author: 'Nango Developer', base: 'main', head: 'feature' },
    })
    expect(await use('get-user')).toMatchObject({ id: 'nangodev', label: 'nangodev', person: 'Nango Developer' })
  })

  test.skipIf(isAbsent)('lists without anything in them are empty', async () => {
    const { api } = await bitbucketApi(
      {
        [`${home}/${slug}`]: recorded('get-repository'),
        [`${home}/${slug}/pullrequests`]: recorded('list-pullrequests-empty'),
      },
      config,
    )
    expect((await reader('pull_request').list(api, { parent: repository })).items).toEqual([])
  })

  test.skipIf(isAbsent)(
    'the recorded search has its matching line; whose file it is has to be asked for besides',
    async () => {
      const { body } = recorded('search-code')
      const text = JSON.stringify(body).replace(
        '"type":"commit_file"',
        '"commit":{"repository":{"full_name":"nangodev/nango-api-test"}},"type":"commit_file"',
      )
      const search = { [`GET /2.0/workspaces/${workspace}/search/code`]: { body: JSON.parse(text) } }
      const { api } = await bitbucketApi({ ...search, [`${home}/${slug}`]: recorded('get-repository') }, config)
      const { items } = await reader('code_search').search(api, 'foo', {})
      expect(items.map(({ title, body: shown }) => [title, shown?.fragment])).toEqual([['foo.py', 'def foo():']])
    },
  )

  test.skipIf(isAbsent).each([
    ['error-401-token-invalid', 'expired'],
    ['error-403-forbidden', 'forbidden'],
    ['error-410-cross-workspace', 'unavailable'],
  ])('%s is %s', (name, failure) => {
    const { status = 0, body } = recorded(name)
    expect(judge(bitbucket, { status, headers: new Headers(), body: JSON.stringify(body) }).failure).toBe(failure)
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    // What the product does not ask for (yet).
    const unasked =
      'branching-model create-webhook delete-webhook diffstat filehistory get-branch get-commit get-workspace hook-event-subjects list-branches list-branches-empty list-commits-empty list-hook-events list-projects list-user-workspaces list-webhooks list-workspace-members update-webhook workspace-permissions workspace-repo-permissions'
    const tried = ['list-pullrequests-empty', 'search-code']
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    const isDecided = (name: string) =>
      name in met || tried.includes(name) || /^(?:error|webhook)-/.test(name) || unasked.split(' ').includes(name)
    expect(names.filter((name) => !isDecided(name))).toEqual([])
  })
})
