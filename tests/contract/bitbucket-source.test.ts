import { describe, expect, test } from 'vitest'
import { CodeSearchId, DirectoryId, FileId, RepositoryId } from '#lib/providers/bitbucket/ids.ts'
import type { Resource } from '#lib/providers/define.ts'
import { bitbucketApi, bitbucketFixture, failureOf, bitbucketReader as reader } from '#tests/support/bitbucket-api.ts'

const shuttle = RepositoryId.write('loom', 'shuttle')
const file = (path: string, ref = '', from = 0, to = 0) => FileId.write('loom', 'shuttle', ref, path, from, to)
const AT = '/2.0/repositories/loom/shuttle'
const directory = (path: string, ref = '') => DirectoryId.write('loom', 'shuttle', ref, path)
const titles = (items: readonly Resource[]): string[] => items.map(({ title }) => title)
const HASH = '7d1f0a9be4c25a6d8f7e13b0c4d2a59667788990'

describe('directories', () => {
  test('one walks from the repository to a directory, directories first, and the files of one can be had alone', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('directory'))
    const root = await reader('directory').list(api, { parent: shuttle })
    expect(root.items.map(({ kind, title }) => [kind, title])).toEqual([
      ['directory', 'docs'],
      ['directory', 'src'],
      ['file', 'Cargo.toml'],
      ['file', 'CHANGES'],
      ['file', 'README.md'],
      ['file', 'vendor-reed'],
    ])
    const src = root.items[1]
    expect(src).toMatchObject({
      id: directory('src'),
      url: 'https://bitbucket.org/loom/shuttle/src/main/src/',
      parent: shuttle,
      containerId: shuttle,
      isPrivate: true,
    })
    const inside = await reader('directory').list(api, { parent: String(src?.id) })
    expect(titles(inside.items)).toEqual(['parts', 'loom #1.rs', 'weave.rs'])
    const rest = await reader('file').list(api, { parent: String(src?.id), cursor: String(inside.nextCursor) })
    expect(rest).toMatchObject({ items: [{ kind: 'file', title: 'yarn.rs', parent: directory('src') }] })
    expect(rest.nextCursor).toBeUndefined()
  })

  test('a card has what stands in it, by kinds, and how many there are, where that is told', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('directory'))
    const root = await reader('directory').read(api, directory(''))
    expect(root).toMatchObject({ title: 'Shuttle', url: 'https://bitbucket.org/loom/shuttle/src/main/' })
    expect(root.body).toMatchObject({ path: '', ref: 'main', total: 6 })
    expect(root.body?.entries).toEqual([
      { name: 'docs', type: 'dir' },
      { name: 'src', type: 'dir' },
      { name: 'Cargo.toml', type: 'file' },
      { name: 'CHANGES', type: 'symlink' },
      { name: 'README.md', type: 'file' },
      { name: 'vendor-reed', type: 'submodule' },
    ])
    expect((await reader('directory').read(api, directory('src'))).body).not.toHaveProperty('total')
  })

  test('a repository without a commit is an empty list, and no path is found in it', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('directory'))
    const bare = RepositoryId.write('loom', 'bare')
    expect(await reader('directory').list(api, { parent: bare })).toEqual({ items: [] })
    const inside = reader('directory').list(api, { parent: DirectoryId.write('loom', 'bare', '', 'src') })
    expect(await failureOf(inside)).toBe('not_found')
  })

  test('a branch with a slash is told from the path by the branches, and asked for by its commit', async () => {
    const { api, asked } = await bitbucketApi(bitbucketFixture('directory'))
    const { url, body } = await reader('directory').read(api, directory('warp/src', 'feature'))
    expect(url).toBe('https://bitbucket.org/loom/shuttle/src/feature%2Fwarp/src/')
    expect(body).toMatchObject({ ref: 'feature/warp', path: 'src', entries: [{ name: 'warp.rs', type: 'file' }] })
    expect(asked().at(-1)).toBe(`GET /2.0/repositories/loom/shuttle/src/${HASH}/src/`)
    const same = await reader('directory').read(api, directory('src', 'feature/warp'))
    expect(same.body).toEqual(body)
  })

  test('a directory that is not there is not found', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('directory'))
    expect(await failureOf(reader('directory').list(api, { parent: directory('missing') }))).toBe('not_found')
  })
})

describe('files', () => {
  const read = async (id: string) => {
    const bitbucket = await bitbucketApi(bitbucketFixture('file'))
    return { ...bitbucket, file: await reader('file').read(bitbucket.api, id) }
  }

  test('a card has the path, twelve lines, the branch, the commit and the size', async () => {
    const { file: weave, asked } = await read(file('src/weave.rs'))
    expect(weave).toMatchObject({
      title: 'weave.rs',
      url: 'https://bitbucket.org/loom/shuttle/src/main/src/weave.rs',
      parent: directory('src'),
      container: 'loom/shuttle',
      containerId: shuttle,
      isPrivate: true,
    })
    expect(weave.body).toMatchObject({ path: 'src/weave.rs', ref: 'main', commit: HASH, size: 900, firstLine: 1 })
    expect(weave.body?.lines).toHaveLength(12)
    expect(weave.body?.lines).toContain('let thread_1 = 1; // naïve')
    expect(asked()).toHaveLength(3)
  })

  test.each([
    ['from a line on', 10, 0, 10, 12, '#lines-10'],
    ['of a range', 10, 12, 10, 3, '#lines-10:12'],
    ['beyond the end', 99, 0, 99, 0, '#lines-99'],
  ])('the lines %s', async (_, from, to, firstLine, count, hash) => {
    const { file: weave } = await read(file('src/weave.rs', 'main', from, to))
    expect(weave.body?.firstLine).toBe(firstLine)
    expect(weave.body?.lines).toHaveLength(count)
    expect(new URL(weave.url).hash).toBe(hash)
  })

  test.each([
    ['logo.png', 'binary'],
    ['zeros.txt', 'binary'],
    ['film.mov', 'too_large'],
    ['big.json', 'too_large'],
    ['CHANGES', 'symlink'],
    ['vendor-reed', 'submodule'],
  ])('%s has no lines, and says why: %s; what cannot be shown is not asked for', async (path, omitted) => {
    const { file: odd, received } = await read(file(path))
    expect(odd.body).toMatchObject({ path, omitted, lines: [] })
    const asked = received.filter((one) => one.path.endsWith(path) && !one.query.has('format'))
    expect(asked).toHaveLength(path === 'zeros.txt' ? 1 : 0)
  })

  test('a name with signs of its own in an address, and a branch with a slash, are read as they are', async () => {
    const { file: odd } = await read(file('src/loom #1.rs'))
    expect(odd.body).toMatchObject({ lines: ['turn()', 'stop()'] })
    expect(odd.url).toBe('https://bitbucket.org/loom/shuttle/src/main/src/loom%20%231.rs')
    const { file: warp } = await read(file('warp/src/warp.rs', 'feature'))
    expect(warp.body).toMatchObject({ ref: 'feature/warp', path: 'src/warp.rs', lines: ['cross()'] })
  })

  test('a file that is not there is not found', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('file'))
    for (const id of [file('missing.rs'), file('missing.rs', 'main')])
      expect(await failureOf(reader('file').read(api, id))).toBe('not_found')
  })

  test('a directory whose link lacks the slash at its end is the directory that it is', async () => {
    const meta = { body: { type: 'commit_directory', path: 'src' } }
    const exchanges = { ...bitbucketFixture('directory'), [`GET ${AT}/src/main/src?format=meta`]: meta }
    const { api } = await bitbucketApi(exchanges)
    const id = reader('file').match(new URL('https://bitbucket.org/loom/shuttle/src/main/src')) ?? ''
    expect(await reader('file').read(api, id)).toEqual(await reader('directory').read(api, directory('src', 'main')))
  })
})

describe('code search', () => {
  const fixture = bitbucketFixture('code-search')

  test('in the workspace it finds files, each of its own repository, and is no thing by itself: it would count what is closed', async () => {
    const { api, received } = await bitbucketApi(fixture)
    const { items } = await reader('code_search').search(api, 'weave', {})
    expect(items.map(({ kind, id, isPrivate, body }) => [kind, id, isPrivate, body?.fragment])).toEqual([
      ['file', file('src/weave.rs'), true, 'fn weave() {'],
      ['file', FileId.write('loom', 'patterns', '', 'twill.md', 0, 0), false, ''],
    ])
    expect(received[0]?.query.get('fields')).toBe('+values.file.commit.repository')
  })

  test('in a repository it can stand on a board, with what is found there', async () => {
    const { api, received } = await bitbucketApi(fixture)
    const [itself, hit] = (await reader('code_search').search(api, 'weave', { parent: shuttle })).items
    expect(received[0]?.query.get('search_query')).toBe('weave repo:shuttle')
    expect(hit).toMatchObject({ kind: 'file', title: 'weave.rs' })
    expect(itself).toEqual({
      kind: 'code_search',
      id: CodeSearchId.write('weave', shuttle),
      title: 'weave',
      url: 'https://bitbucket.org/search?q=repo%3Ashuttle+weave&account=%7Ba1b2c3d4-0000-4000-8000-00000000feed%7D',
      parent: shuttle,
      container: 'loom/shuttle',
      containerId: shuttle,
      isPrivate: true,
      body: {
        query: 'weave',
        repository: 'loom/shuttle',
        total: 1,
        hits: [
          {
            path: 'src/weave.rs',
            repository: 'loom/shuttle',
            url: 'https://bitbucket.org/loom/shuttle/src/main/src/weave.rs',
            fragment: 'fn weave() {',
          },
        ],
      },
    })
    expect(await reader('code_search').read(api, String(itself?.id))).toEqual(itself)
    const below = await reader('code_search').search(api, 'weave', { parent: directory('src') })
    expect(below.items[0]?.title).toBe('weave')
  })

  test('in a directory with a space in its name nothing is looked for elsewhere, and nothing from elsewhere is shown', async () => {
    const { api, received } = await bitbucketApi(fixture)
    const of = async (path: string) => {
      const { items } = await reader('code_search').search(api, 'weave', { parent: directory(path) })
      const found = items.filter(({ kind }) => kind === 'file').map(({ excerpt }) => excerpt)
      return [received.findLast(({ path: asked }) => asked.endsWith('/code'))?.query.get('search_query'), found]
    }
    expect(await of('src')).toEqual(['weave repo:shuttle path:src', ['src/weave.rs']])
    expect(await of('old src')).toEqual(['weave repo:shuttle', []])
  })

  test('a query that reaches out of its repository shows and counts nothing of the others', async () => {
    const { api } = await bitbucketApi(fixture)
    const or = await reader('code_search').read(api, CodeSearchId.write('weave OR key', shuttle))
    expect(or.body).toMatchObject({ total: 1, hits: [{ path: 'src/weave.rs' }] })
    const named = CodeSearchId.write('key repo:hidden', shuttle)
    expect(await failureOf(reader('code_search').read(api, named))).toBe('not_found')
    const { items } = await reader('code_search').search(api, 'key repo:hidden', { parent: shuttle })
    expect(items.filter(({ kind }) => kind === 'code_search')).toEqual([])
  })

  test('what Bitbucket says of a query that it cannot read is told', async () => {
    const { api } = await bitbucketApi(fixture)
    expect(await reader('code_search').search(api, '(weave', {})).toMatchObject({
      items: [],
      message: 'Unbalanced parenthesis',
    })
  })
})
