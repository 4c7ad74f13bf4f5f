import { describe, expect, test } from 'vitest'
import type { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import { CodeSearchId, DirectoryId, FileId, NumberId, RepositoryId } from '#lib/providers/github/ids.ts'
import { github } from '#lib/providers/github/provider.ts'
import { githubApi, githubFixture } from '#tests/support/github-api.ts'

function reader(kind: string): Required<Pick<Reader, 'list' | 'search' | 'read'>> {
  const found = github.readers.find((one) => one.kind === kind)
  const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
  return { list: none, search: none, read: none, ...found }
}
const failed = (work: Promise<unknown>): Promise<ProviderFailure> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error) => error,
  )
const titles = (items: readonly Resource[]) => items.map(({ title }) => title)

const engine = RepositoryId.write('acme', 'engine')
const file = (path: string, ref = '', from = 0, to = 0) => FileId.write('acme', 'engine', ref, path, from, to)

test('every request names its version, its media type, its sender and its token, and none ends in a slash', async () => {
  const { api, received } = await githubApi(githubFixture('directory'))
  await reader('directory').list(api, { parent: engine })
  await reader('directory').read(api, DirectoryId.write('acme', 'engine', '', ''))
  expect(received.length).toBe(3)
  for (const { headers, path } of received) {
    expect(headers['x-github-api-version']).toBe('2022-11-28')
    expect(headers.accept).toBe('application/vnd.github+json')
    expect(headers['user-agent']).toBe('Plugboard')
    expect(headers.authorization).toBe('Bearer gho_notARealToken')
    expect(path).not.toMatch(/\/$/)
  }
})

describe('repositories', () => {
  test('the list is what the account works on, newest push first, and its cursor is the next page', async () => {
    const { api, received, limits } = await githubApi(githubFixture('repository'))
    const first = await reader('repository').list(api, {})
    expect(titles(first.items)).toEqual(['acme/engine', 'dana-k/notes'])
    const second = await reader('repository').list(api, { cursor: String(first.nextCursor) })
    expect(titles(second.items)).toEqual(['acme/attic', 'acme/Engine-Docs'])
    expect(second.nextCursor).toBeUndefined()
    expect(Object.fromEntries(received[1]?.query ?? [])).toEqual({
      affiliation: 'owner,collaborator,organization_member',
      sort: 'pushed',
      per_page: '100',
      page: '2',
    })
    expect(limits).toEqual([{ limit: 5000, remaining: 4871, resetsAt: new Date(1_799_999_999_000), resource: 'core' }])
  })

  test('a cursor that somebody wrote leads nowhere but to a page', async () => {
    const { api, received } = await githubApi(githubFixture('repository'))
    await reader('repository').list(api, { cursor: 'page=2&affiliation=other&per_page=1&../../user/emails' })
    expect(received[0]?.path).toBe('/user/repos')
    expect(received[0]?.query.get('affiliation')).toBe('owner,collaborator,organization_member')
    expect(received[0]?.query.get('per_page')).toBe('100')
  })

  test('a name is searched among one’s own, on the later pages too', async () => {
    const { api } = await githubApi(githubFixture('repository'))
    const { items } = await reader('repository').search(api, 'ENGINE acme', {})
    expect(titles(items)).toEqual(['acme/engine', 'acme/Engine-Docs'])
    expect((await reader('repository').search(api, 'no such', {})).items).toEqual([])
  })

  test('a card has description, default branch, language and when it was pushed to', async () => {
    const { api } = await githubApi(githubFixture('repository'))
    expect(await reader('repository').read(api, engine)).toEqual({
      kind: 'repository',
      id: engine,
      title: 'acme/engine',
      url: 'https://github.com/acme/engine',
      isPrivate: true,
      updatedAt: '2026-11-20T09:12:41Z',
      excerpt: 'Turns crude plans into moving parts',
      body: {
        description: 'Turns crude plans into moving parts',
        defaultBranch: 'main',
        language: 'TypeScript',
        visibility: 'private',
        state: 'active',
        updatedAt: '2026-11-20T09:12:41Z',
      },
    })
  })

  test('a renamed repository is found under its old name', async () => {
    const { api } = await githubApi(githubFixture('repository'))
    expect((await reader('repository').read(api, RepositoryId.write('acme', 'motor'))).title).toBe('acme/engine')
  })

  test('one that is gone, or that the account may not see, is not found', async () => {
    const { api } = await githubApi({})
    expect((await failed(reader('repository').read(api, engine))).failure).toBe('not_found')
  })
})

describe('directories', () => {
  test('one walks from the repository to its root, to a directory, to a file', async () => {
    const { api, asked } = await githubApi({
      ...githubFixture('directory'),
      ...githubFixture('file'),
      ...githubFixture('directory'),
    })
    const root = await reader('directory').list(api, { parent: engine })
    const src = root.items.find(({ title }) => title === 'src')
    expect(root.items.slice(0, 3).map(({ kind, title }) => [kind, title])).toEqual([
      ['directory', 'docs'],
      ['directory', 'src'],
      ['file', '.editorconfig'],
    ])
    const inside = await reader('directory').list(api, { parent: String(src?.id) })
    expect(titles(inside.items)).toEqual(['parts', 'start.ts'])
    const start = await reader('file').read(api, String(inside.items[1]?.id))
    expect(start).toMatchObject({ title: 'start.ts', container: 'acme/engine', parent: src?.id })
    expect(asked()).toContain('GET /repos/acme/engine/contents/src/start.ts')
  })

  test('the files of a directory can be had alone', async () => {
    const { api } = await githubApi(githubFixture('directory'))
    const { items } = await reader('file').list(api, { parent: DirectoryId.write('acme', 'engine', '', 'src') })
    expect(items.map(({ kind, title }) => [kind, title])).toEqual([['file', 'start.ts']])
  })

  test('a card has the first ten entries, how many there are, and the ref by its name', async () => {
    const { api } = await githubApi(githubFixture('directory'))
    const id = DirectoryId.write('acme', 'engine', '', '')
    const tree = await reader('directory').read(api, id)
    expect(tree).toMatchObject({
      id,
      title: 'engine',
      url: 'https://github.com/acme/engine/tree/main',
      isPrivate: true,
    })
    expect(tree.body).toMatchObject({ path: '', ref: 'main', total: 14 })
    expect(tree.body?.entries).toHaveLength(10)
    expect(tree.body?.entries).toContainEqual({ name: 'CHANGES', type: 'symlink' })
  })

  test('a submodule that is listed as a file is shown as what it is', async () => {
    const { api } = await githubApi({
      ...githubFixture('directory'),
      'GET /repos/acme/engine/contents/docs': {
        body: [{ type: 'file', name: 'gears', path: 'docs/gears', size: 0, sha: 'a', submodule_git_url: 'git://x' }],
      },
    })
    const tree = await reader('directory').read(api, DirectoryId.write('acme', 'engine', '', 'docs'))
    expect(tree.body?.entries).toEqual([{ name: 'gears', type: 'submodule' }])
  })

  test('a ref with a slash is told from the path by the branches', async () => {
    const { api } = await githubApi(githubFixture('directory'))
    const id = DirectoryId.write('acme', 'engine', 'feature', 'cool/src/parts')
    const { url, body } = await reader('directory').read(api, id)
    expect(url).toBe('https://github.com/acme/engine/tree/feature/cool/src/parts')
    expect(body).toMatchObject({
      ref: 'feature/cool',
      path: 'src/parts',
      entries: [{ name: 'crank #1.ts', type: 'file' }],
    })
    const other = await reader('directory').read(api, DirectoryId.write('acme', 'engine', 'feature', 'cooler/src'))
    expect(other.body).toMatchObject({ ref: 'feature/cooler', path: 'src' })
  })

  test.each(['bare', 'new'])('a repository without a commit is an empty list: %s', async (name) => {
    const { api } = await githubApi(githubFixture('directory'))
    expect(await reader('directory').list(api, { parent: RepositoryId.write('acme', name) })).toEqual({ items: [] })
  })

  test('in a repository without a commit no path is found, and one that cannot be seen is not taken for empty', async () => {
    const message = 'This repository is empty.'
    const { api } = await githubApi({ 'GET /repos/acme/engine/contents/src': { status: 404, body: { message } } })
    const inside = reader('directory').list(api, { parent: DirectoryId.write('acme', 'engine', '', 'src') })
    expect((await failed(inside)).failure).toBe('not_found')
    expect((await failed(reader('directory').list(api, { parent: engine }))).failure).toBe('not_found')
  })

  test('a directory that is not there is not found, and neither is a file taken for one', async () => {
    const { api } = await githubApi({ ...githubFixture('file') })
    for (const path of ['missing', 'src/start.ts']) {
      const list = reader('directory').list(api, { parent: DirectoryId.write('acme', 'engine', '', path) })
      expect((await failed(list)).failure).toBe('not_found')
    }
  })
})

describe('files', () => {
  const read = async (id: string) => {
    const github = await githubApi(githubFixture('file'))
    return { ...github, file: await reader('file').read(github.api, id) }
  }

  test('a card has the path, twelve lines, the ref, the last commit and the size', async () => {
    const { file: start, received } = await read(file('src/start.ts'))
    expect(start).toMatchObject({ title: 'start.ts', updatedAt: '2026-11-18T10:05:00Z', container: 'acme/engine' })
    expect(start.url).toBe('https://github.com/acme/engine/blob/main/src/start.ts')
    expect(start.body).toMatchObject({ path: 'src/start.ts', ref: 'main', commit: '6f1c0de0'.repeat(5), firstLine: 1 })
    expect(start.body?.lines).toHaveLength(12)
    expect(start.body?.lines).toContain('export const line1 = 1 // naïve')
    expect(received.map(({ query }) => query.get('path') ?? '')).toEqual(['', 'src/start.ts'])
  })

  test.each([
    ['from a line on', 10, 0, 10, 12, '#L10'],
    ['of a range', 10, 12, 10, 3, '#L10-L12'],
    ['of one line', 10, 10, 10, 1, '#L10'],
    ['of a range that is too long', 3, 30, 3, 12, '#L3-L30'],
    ['at the end', 29, 0, 29, 2, '#L29'],
    ['beyond the end', 99, 0, 99, 0, '#L99'],
  ])('the lines %s', async (_, from, to, firstLine, count, hash) => {
    const { file: start } = await read(file('src/start.ts', 'main', from, to))
    expect(start.body).toMatchObject({ firstLine, ref: 'main' })
    const lines = start.body?.lines
    expect(Array.isArray(lines) && lines.length).toBe(count)
    expect(Array.isArray(lines) ? lines[0] : undefined).toBe(
      count > 0 ? `export const line${from} = ${from} // naïve` : undefined,
    )
    expect(new URL(start.url).hash).toBe(hash)
  })

  test.each([
    ['logo.png', 'binary'],
    ['latin1.txt', 'binary'],
    ['zeros.txt', 'binary'],
    ['big.json', 'too_large'],
    ['CHANGES', 'symlink'],
    ['vendor-gears', 'submodule'],
  ])('%s has no lines, and says why: %s', async (path, omitted) => {
    const { file: odd } = await read(file(path))
    expect(odd.body).toMatchObject({ path, omitted, lines: [] })
  })

  test('a name with signs of its own in an address is read as it is', async () => {
    const { file: crank, asked } = await read(file('src/parts/crank #1 50%.ts'))
    expect(crank.body).toMatchObject({ path: 'src/parts/crank #1 50%.ts', ref: 'main', lines: ['turn()'] })
    expect(asked()[0]).toBe('GET /repos/acme/engine/contents/src/parts/crank #1 50%.ts')
  })

  test('a very long line is cut', async () => {
    const content = Buffer.from('x'.repeat(5000)).toString('base64')
    const about = { type: 'file', name: 'a', path: 'a', size: 5000, sha: 's', encoding: 'base64', content }
    const { api } = await githubApi({
      'GET /repos/acme/engine/contents/a': { body: about },
      'GET /repos/acme/engine/commits': { body: [] },
    })
    const { body } = await reader('file').read(api, file('a'))
    expect(body).toMatchObject({ lines: ['x'.repeat(400)], commit: '' })
  })

  test('a ref with a slash is told from the path by the branches', async () => {
    const { file: start, asked } = await read(file('cool/src/start.ts', 'feature'))
    expect(start.body).toMatchObject({ ref: 'feature/cool', path: 'src/start.ts', lines: ['cool', 'and windows'] })
    expect(asked()).toContain('GET /repos/acme/engine/branches')
  })

  test('a file that is missing on its branch is looked for once', async () => {
    const { api, asked } = await githubApi(githubFixture('file'))
    expect((await failed(reader('file').read(api, file('missing.ts', 'main')))).failure).toBe('not_found')
    expect(asked()).toEqual(['GET /repos/acme/engine/contents/missing.ts', 'GET /repos/acme/engine/branches'])
  })

  test('a file that is not there is not found, and a directory is no file', async () => {
    const { api, asked } = await githubApi(githubFixture('file'))
    expect((await failed(reader('file').read(api, file('missing.ts')))).failure).toBe('not_found')
    expect((await failed(reader('file').read(api, file('src')))).failure).toBe('not_found')
    expect(asked()).not.toContain('GET /repos/acme/engine/branches')
  })

  test.each(['', 'not-ours', Buffer.from('["a"]').toString('base64url'), 'W10', file('x').slice(0, -3)])(
    'an id that is none of ours is not found, and nobody is asked: %j',
    async (id) => {
      const { api, received } = await githubApi(githubFixture('file'))
      for (const { kind } of github.readers)
        expect((await failed(reader(kind).read(api, id))).failure).toBe('not_found')
      expect(received).toEqual([])
    },
  )

  test.each(['../../../user', 'a/../../b', '/etc', 'a//b', './a', 'a\u0000b'])(
    'an id whose path would climb out of its repository is refused: %j',
    async (path) => {
      const { api, received } = await githubApi(githubFixture('account'))
      const id = Buffer.from(JSON.stringify(['acme', 'engine', '', path, 0, 0])).toString('base64url')
      expect((await failed(reader('file').read(api, id))).failure).toBe('not_found')
      const owner = Buffer.from(JSON.stringify(['..', 'user'])).toString('base64url')
      expect((await failed(reader('repository').read(api, owner))).failure).toBe('not_found')
      expect(received).toEqual([])
    },
  )
})

describe('code search', () => {
  test('it looks where the account works, and answers with the search itself and the files', async () => {
    const { api, received } = await githubApi(githubFixture('code-search'))
    const { items, nextCursor } = await reader('code_search').search(api, 'retry', {})
    const [, search] = received
    expect(search?.query.get('q')).toBe('retry org:acme user:dana-k')
    expect(search?.headers.accept).toBe('application/vnd.github.text-match+json')
    expect(items.map(({ kind }) => kind)).toEqual(['code_search', ...Array(7).fill('file')])
    expect(items[1]).toMatchObject({
      title: 'retry-1.ts',
      excerpt: 'src/retry-1.ts',
      container: 'acme/engine',
      isPrivate: true,
    })
    const next = await reader('code_search').search(api, 'retry', { cursor: String(nextCursor) })
    expect(titles(next.items)).toEqual(['retry-8.ts'])
  })

  test.each([
    ['a repository', engine, 'retry repo:acme/engine'],
    ['a directory', DirectoryId.write('acme', 'engine', '', 'src/parts'), 'retry repo:acme/engine path:src/parts'],
  ])('inside %s it looks nowhere else', async (_, parent, q) => {
    const { api, received } = await githubApi(githubFixture('code-search'))
    await reader('code_search').search(api, 'retry', { parent })
    expect(received.map(({ query }) => query.get('q'))).toEqual([q])
  })

  test('searches side by side ask once where the account works', async () => {
    const { api, asked } = await githubApi({ ...githubFixture('issue'), ...githubFixture('code-search') })
    const kinds = ['code_search', 'issue', 'pull_request']
    await Promise.all(kinds.map((kind) => reader(kind).search(api, 'crank', {})))
    expect(asked().filter((request) => request === 'GET /user/repos')).toHaveLength(1)
  })

  test('a query that says itself where to look is left as it is', async () => {
    const { api, received } = await githubApi(githubFixture('code-search'))
    await reader('code_search').search(api, 'retry repo:acme/engine language:ts', {})
    expect(received.map(({ query }) => query.get('q'))).toEqual(['retry repo:acme/engine language:ts'])
  })

  test('a card has the query, how many places there are and the first five', async () => {
    const { api } = await githubApi(githubFixture('code-search'))
    const id = CodeSearchId.write('retry', engine)
    const card = await reader('code_search').read(api, id)
    expect(card).toMatchObject({ id, title: 'retry', container: 'acme/engine', parent: engine })
    expect(card.url).toBe('https://github.com/search?q=repo%3Aacme%2Fengine+retry&type=code')
    expect(card.body).toMatchObject({ query: 'retry', repository: 'acme/engine', total: 31 })
    expect(card.body?.hits).toHaveLength(5)
    expect(card.body?.hits).toContainEqual({
      path: 'src/retry-2.ts',
      repository: 'acme/engine',
      url: 'https://github.com/acme/engine/blob/6f1c0de0/src/retry-2.ts',
      fragment: 'export function retry2() {',
    })
  })

  test('a query that GitHub cannot read finds nothing; it is no failure of the connection', async () => {
    const { api } = await githubApi({
      'GET /search/code': { status: 422, body: { message: 'Validation Failed', errors: [] } },
    })
    const { items } = await reader('code_search').search(api, 'a', { parent: engine })
    expect(items).toHaveLength(1)
    expect(items[0]?.body).toMatchObject({ total: 0, hits: [] })
  })
})

describe('issues and pull requests', () => {
  test('the issues of a repository come without its pull requests, and page by GitHub’s own cursor', async () => {
    const { api, received } = await githubApi(githubFixture('issue'))
    const since = new Date('2026-11-01T00:00:00Z')
    const { items, nextCursor } = await reader('issue').list(api, { parent: engine, since })
    expect(titles(items)).toEqual(['#42 The crank sticks when it is cold'])
    await reader('issue').list(api, { parent: engine, cursor: String(nextCursor) })
    expect(received[0]?.query.get('since')).toBe('2026-11-01T00:00:00.000Z')
    expect(received[1]?.query.get('after')).toBe('Y3Vyc29yOjE=')
  })

  test('an issue’s card', async () => {
    const { api } = await githubApi(githubFixture('issue'))
    const id = NumberId.write('acme', 'engine', 42)
    expect(await reader('issue').read(api, id)).toMatchObject({
      kind: 'issue',
      id,
      title: '#42 The crank sticks when it is cold',
      parent: engine,
      container: 'acme/engine',
      updatedAt: '2026-11-20T08:00:00Z',
      excerpt: 'Below zero it takes **two** people.',
      body: {
        number: 42,
        state: 'open',
        author: 'dana-k',
        assignees: ['sam-o'],
        labels: ['bug', 'winter'],
        comments: 3,
      },
    })
    const bare = await reader('issue').read(api, NumberId.write('acme', 'engine', 7))
    expect(bare.body).toMatchObject({ state: 'closed', stateReason: 'not_planned', author: '', labels: [] })
    expect(bare.excerpt).toBeUndefined()
  })

  test('a deleted issue is not found', async () => {
    const { api } = await githubApi(githubFixture('issue'))
    expect((await failed(reader('issue').read(api, NumberId.write('acme', 'engine', 8)))).failure).toBe('not_found')
  })

  test('pull requests say open, draft, merged or closed', async () => {
    const { api } = await githubApi(githubFixture('pull-request'))
    const { items, nextCursor } = await reader('pull_request').list(api, { parent: engine })
    expect(items.map(({ body }) => body?.state)).toEqual(['open', 'draft', 'merged'])
    expect(nextCursor).toBe('page=2')
  })

  test('pull requests since a day end with the first that is older', async () => {
    const { api } = await githubApi(githubFixture('pull-request'))
    const page = await reader('pull_request').list(api, { parent: engine, since: new Date('2026-11-09T00:00:00Z') })
    expect(page.items).toHaveLength(2)
    expect(page.nextCursor).toBeUndefined()
  })

  test('a pull request’s card has its branches, reviewers and size', async () => {
    const { api } = await githubApi(githubFixture('pull-request'))
    const { body } = await reader('pull_request').read(api, NumberId.write('acme', 'engine', 43))
    expect(body).toMatchObject({
      base: 'main',
      head: 'feature/cool',
      reviewers: ['sam-o'],
      changedFiles: 4,
      additions: 31,
    })
  })

  test.each([
    ['issue', 'issue', 'crank repo:acme/engine is:issue', 'open'],
    ['pull_request', 'pull-request', 'crank repo:acme/engine is:pr', 'merged'],
  ])('a search for a kind finds that kind: %s', async (kind, fixture, q, state) => {
    const { api, received } = await githubApi(githubFixture(fixture))
    const { items } = await reader(kind).search(api, 'crank', { parent: engine })
    expect(received[0]?.query.get('q')).toBe(q)
    expect(items).toMatchObject([{ kind, body: { state } }])
  })
})

describe('what every card is made of', () => {
  const isData = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(isData)
    if (value !== null && typeof value === 'object')
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isData)
    return typeof value === 'string' || typeof value === 'number'
  }
  const lists: [string, string, string?][] = [
    ['repository', 'repository'],
    ['directory', 'directory', engine],
    ['file', 'directory', engine],
    ['issue', 'issue', engine],
    ['pull_request', 'pull-request', engine],
  ]

  test.each(lists)(
    '%s: texts, numbers and lists only, and an id that holds in a path',
    async (kind, fixture, parent) => {
      const { api } = await githubApi(githubFixture(fixture))
      const { items } = await reader(kind).list(api, parent ? { parent } : {})
      expect(items.length).toBeGreaterThan(0)
      for (const item of items) {
        expect(item.id).toMatch(/^[A-Za-z0-9._~-]+$/)
        expect(isData(item.body ?? {})).toBe(true)
        expect(item.url).toMatch(/^https:\/\/github\.com\//)
      }
    },
  )

  test('an address that a browser would run is no answer', async () => {
    const { api } = await githubApi({
      'GET /repos/acme/engine/issues/1': {
        body: { number: 1, title: 't', html_url: 'javascript:alert(1)//a/b/issues/1', state: 'open', updated_at: 'x' },
      },
    })
    const error = await failed(reader('issue').read(api, NumberId.write('acme', 'engine', 1)))
    expect(error).toMatchObject({ failure: 'unavailable', detail: 'unexpected answer at html_url' })
  })
})
