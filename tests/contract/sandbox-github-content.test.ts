import { Octokit } from 'octokit'
import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { githubClient } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)
let octokit: Octokit
let token: string

const API = { owner: 'acme', repo: 'api' }

beforeEach(async () => {
  token = await github.tokenFor('dana-k')
  octokit = new Octokit({
    auth: token,
    baseUrl: `${github.url}/github-api`,
    retry: { enabled: false },
    throttle: { enabled: false },
  })
})

const text = (content: string) => Buffer.from(content, 'base64').toString()
const statusOf = async (path: string) => (await github.api(path, token)).status
const issuesMade = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `Issue ${index + 1}` }))

test('the official client reads who it is, its organizations and its repositories', async () => {
  expect((await octokit.rest.users.getAuthenticated()).data.login).toBe('dana-k')
  const orgs = await octokit.rest.orgs.listForAuthenticatedUser()
  expect(orgs.data.map(({ login }) => login)).toEqual(['acme', 'globex-labs'])
  const repos = await octokit.rest.repos.listForAuthenticatedUser({ sort: 'pushed', per_page: 100 })
  expect(repos.data[0]?.full_name).toBe('acme/mobile-app')
  expect(repos.data.map(({ full_name }) => full_name)).toContain('globex-labs/telemetry')
})

test('the official client follows the pages of a list to its end', async () => {
  await github.control.set({
    provider: 'github',
    repository: { owner: 'dana-k', name: 'many', issues: issuesMade(75) },
  })
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
    owner: 'dana-k',
    repo: 'many',
    per_page: 30,
  })
  expect(issues).toHaveLength(75)
  expect(new Set(issues.map(({ number }) => number)).size).toBe(75)
})

test('a page has 30 entries, a hundred at most, and links to its neighbours by the repository’s number', async () => {
  const made = await github.control.set({
    provider: 'github',
    repository: { owner: 'dana-k', name: 'many', issues: issuesMade(120) },
  })
  const { id } = made.repository as { id: number } // what control says it made
  const page = async (query: string) => {
    const response = await github.api(`/repos/dana-k/many/issues${query}`, token)
    return { link: response.headers.get('link'), count: (await response.json()).length }
  }
  const at = (query: string) => `<${github.url}/github-api/repositories/${id}/issues?${query}>`
  expect(await page('')).toEqual({ count: 30, link: `${at('page=2')}; rel="next", ${at('page=4')}; rel="last"` })
  expect(await page('?per_page=500')).toMatchObject({ count: 100 })
  expect(await page('?per_page=50&page=2')).toEqual({
    count: 50,
    link: ['prev', 'next', 'last', 'first']
      .map((rel, index) => `${at(`per_page=50&page=${[1, 3, 3, 1][index]}`)}; rel="${rel}"`)
      .join(', '),
  })
  expect(await page('?per_page=50&page=3')).toMatchObject({ count: 20, link: expect.not.stringContaining('next') })
  expect(await page('?per_page=100&page=9')).toMatchObject({ count: 0 })
  expect((await github.api('/user/orgs', token)).headers.get('link')).toBeNull()
})

test('a file comes as base64 in lines, or raw when that is asked for', async () => {
  const { data } = await octokit.rest.repos.getContent({ ...API, path: 'src/queue/retry.ts' })
  if (Array.isArray(data) || data.type !== 'file') throw new Error('expected a file')
  expect(data).toMatchObject({ encoding: 'base64', name: 'retry.ts', path: 'src/queue/retry.ts' })
  expect(data.content).toMatch(/^([A-Za-z0-9+/=]{1,60}\n)+$/)
  expect(text(data.content)).toContain('Exponential backoff with full jitter')
  expect(data.size).toBe(Buffer.from(data.content, 'base64').length)
  const raw = await github.api('/repos/acme/api/contents/src/queue/retry.ts', token, {
    accept: 'application/vnd.github.raw+json',
  })
  expect(await raw.text()).toBe(text(data.content))
})

test('a file above one megabyte has no content unless it is asked for raw', async () => {
  const path = '/repos/acme/web/contents/public/catalogue-2026.csv'
  const file = await (await github.api(path, token)).json()
  expect(file).toMatchObject({ content: '', encoding: 'none' })
  expect(file.size).toBeGreaterThan(1_000_000)
  const raw = await github.api(path, token, { accept: 'application/vnd.github.raw+json' })
  expect((await raw.text()).length).toBe(file.size)
})

test('a folder is a list, the root too, and an object when that is asked for', async () => {
  const { data } = await octokit.rest.repos.getContent({ ...API, path: '' })
  if (!Array.isArray(data)) throw new Error('expected a list')
  expect(data.map(({ name, type }) => `${type} ${name}`)).toEqual(
    expect.arrayContaining(['file README.md', 'dir src', 'dir infra', 'file .gitmodules']),
  )
  const object = await github.api('/repos/acme/api/contents/src', token, {
    accept: 'application/vnd.github.object+json',
  })
  expect(await object.json()).toMatchObject({ type: 'dir', path: 'src', entries: expect.any(Array) })
})

test('a link to a file is that file, any other link is a link, and a submodule names its commit', async () => {
  const contents = async (path: string) => (await github.api(`/repos/acme/api/contents/${path}`, token)).json()
  const linked = await contents('docs/latest-decision.md')
  expect(linked).toMatchObject({ type: 'file', path: 'docs/latest-decision.md' })
  expect(text(linked.content)).toContain('Money is an integer of cents')
  expect(await contents('infra/kubernetes/current')).toMatchObject({ type: 'symlink', target: 'overlays/production' })
  expect(await contents('vendor/carrier-schemas')).toMatchObject({
    type: 'submodule',
    sha: '6ca3721222109997540bd6d9ccd396902e0ad2f9',
    submodule_git_url: 'https://github.com/globex-labs/carrier-schemas.git',
    download_url: null,
  })
})

test('a submodule in a list is a file up to 2022-11-28 and a submodule since 2026-03-10', async () => {
  const typeIn = async (version: string) => {
    const response = await github.api('/repos/acme/api/contents/vendor', token, { 'x-github-api-version': version })
    return (await response.json())[0].type
  }
  expect([await typeIn('2022-11-28'), await typeIn('2026-03-10')]).toEqual(['file', 'submodule'])
})

test('contents are read at a branch, a tag of letters or a commit, and an unknown one is a 404', async () => {
  const at = (ref: string) => statusOf(`/repos/acme/api/contents/src/http/idempotency.ts?ref=${ref}`)
  const { data: branch } = await octokit.rest.repos.getBranch({ ...API, branch: 'idempotency-keys' })
  expect(await at('idempotency-keys')).toBe(200)
  expect(await at(branch.commit.sha)).toBe(200)
  expect(await at(branch.commit.sha.slice(0, 8))).toBe(200)
  expect(await at('main')).toBe(404)
  expect(await at('no-such-branch')).toBe(404)
})

test('a tree is one level, or all of them with any value of recursive', async () => {
  const one = await octokit.rest.git.getTree({ ...API, tree_sha: 'main' })
  expect(one.data.tree.map(({ path }) => path)).toContain('src')
  expect(one.data.tree.some(({ path }) => path?.includes('/'))).toBe(false)
  const all = await (await github.api('/repos/acme/api/git/trees/main?recursive=0', token)).json()
  expect(all).toMatchObject({ sha: one.data.sha, truncated: false })
  const types = Object.fromEntries(
    all.tree.map((entry: { path: string; mode: string; type: string }) => [entry.path, `${entry.mode} ${entry.type}`]),
  )
  expect(types).toMatchObject({
    'src/queue': '040000 tree',
    'src/queue/retry.ts': '100644 blob',
    'scripts/deploy.sh': '100755 blob',
    'infra/kubernetes/current': '120000 blob',
    'vendor/carrier-schemas': '160000 commit',
  })
})

test('a tree that is too large is cut and says so', async () => {
  await github.control.set({ provider: 'github', treeLimit: 10 })
  const cut = await (await github.api('/repos/acme/api/git/trees/main?recursive=1', token)).json()
  expect([cut.truncated, cut.tree.length]).toEqual([true, 10])
})

test('names of objects are git’s own', async () => {
  await github.control.set({
    provider: 'github',
    repository: { owner: 'dana-k', name: 'hello', files: { 'hello.txt': 'hello\n' } },
  })
  const { data } = await octokit.rest.git.getTree({ owner: 'dana-k', repo: 'hello', tree_sha: 'main' })
  // `printf 'hello\n' | git hash-object --stdin`, and `git write-tree` of that one file
  expect(data.tree[0]?.sha).toBe('ce013625030ba8dba906f756967f9e9ca394464a')
  expect(data.sha).toBe('aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7')
  const blob = await octokit.rest.git.getBlob({
    owner: 'dana-k',
    repo: 'hello',
    file_sha: 'ce013625030ba8dba906f756967f9e9ca394464a',
  })
  expect(text(blob.data.content)).toBe('hello\n')
})

test('an empty repository answers 409 for its tree and its commits', async () => {
  expect(await statusOf('/repos/acme/mobile-app')).toBe(200)
  expect(await statusOf('/repos/acme/mobile-app/git/trees/main')).toBe(409)
  expect(await statusOf('/repos/acme/mobile-app/commits')).toBe(409)
  expect(await statusOf('/repos/acme/mobile-app/contents/')).toBe(404)
})

test('commits come newest first and can be narrowed by path, author and time', async () => {
  const messages = async (query: object) =>
    (await octokit.rest.repos.listCommits({ ...API, ...query })).data.map(({ commit }) => commit.message)
  expect((await messages({}))[0]).toBe('Measure the queue')
  expect(await messages({ path: 'src/queue/worker.ts' })).toEqual([
    'Retry failed jobs with exponential backoff (#7)',
    'Add the job queue',
  ])
  expect(await messages({ author: 'sam-o', since: '2026-05-01T00:00:00Z' })).toEqual(['Measure the queue'])
  expect(await messages({ sha: 'idempotency-keys', per_page: 1 })).toEqual(['Answer repeated order requests once'])
})

test('a commit shows what it changed', async () => {
  const [commit] = (await octokit.rest.repos.listCommits({ ...API, path: 'src/queue/retry.ts' })).data
  const { data } = await octokit.rest.repos.getCommit({ ...API, ref: commit?.sha ?? '' })
  expect(data.files?.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
    'added src/queue/retry.test.ts',
    'added src/queue/retry.ts',
    'modified src/queue/worker.ts',
  ])
  expect(data.files?.[2]?.patch).toContain("+import { backoffMs, mayRetry } from './retry.ts'")
  expect(data.stats?.total).toBe((data.stats?.additions ?? 0) + (data.stats?.deletions ?? 0))
  expect(data.author?.login).toBe('sam-o')
})

test('issues hold pull requests too, and are open ones unless all are asked for', async () => {
  const open = await octokit.rest.issues.listForRepo({ ...API, per_page: 100 })
  expect(new Set(open.data.map(({ state }) => state))).toEqual(new Set(['open']))
  expect(open.data.find(({ number }) => number === 11)).toHaveProperty('pull_request')
  const all = await octokit.rest.issues.listForRepo({ ...API, state: 'all', per_page: 100 })
  expect(all.data.length).toBeGreaterThan(open.data.length)
  const recent = await octokit.rest.issues.listForRepo({
    ...API,
    state: 'all',
    since: '2026-05-20T00:00:00Z',
    sort: 'updated',
  })
  expect(recent.data.map(({ number }) => number)).toEqual([15, 14, 12, 6])
  const labelled = await octokit.rest.issues.listForRepo({ ...API, labels: 'security' })
  expect(labelled.data.map(({ number }) => number)).toEqual([15, 13])
})

test('a pull request names its branches and what it changes', async () => {
  const { data } = await octokit.rest.pulls.get({ ...API, pull_number: 11 })
  expect(data).toMatchObject({ state: 'open', merged: false, changed_files: 3, user: { login: 'lee-p' } })
  expect([data.head.ref, data.base.ref]).toEqual(['idempotency-keys', 'main'])
  const merged = await octokit.rest.pulls.list({ ...API, state: 'closed' })
  expect(merged.data.map(({ number }) => number)).toEqual([7])
  expect(merged.data[0]?.merged_at).toBe('2026-03-03T10:05:00Z')
  await expect(octokit.rest.pulls.get({ ...API, pull_number: 1 })).rejects.toMatchObject({ status: 404 })
})
