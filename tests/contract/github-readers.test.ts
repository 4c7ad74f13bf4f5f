import { describe, expect, test } from 'vitest'
import { DirectoryId, NumberId, RepositoryId } from '#lib/providers/github/ids.ts'
import { engine, failed, githubApi, githubFixture, reader, titles } from '#tests/support/github-api.ts'

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
    expect(limits).toEqual([{ limit: 5000, remaining: 4871, resetsAt: new Date(1_799_999_999_000) }])
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
