import { describe, expect, test } from 'vitest'
import { CodeSearchId, DirectoryId, NumberId } from '#lib/providers/github/ids.ts'
import { engine, failed, githubApi, githubFixture, reader, titles } from '#tests/support/github-api.ts'

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
