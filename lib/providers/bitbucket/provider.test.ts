import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { CodeSearchId, DirectoryId, FileId, NumberId, placeOf, RepositoryId } from './ids.ts'
import { bitbucket } from './provider.ts'
import { allWords } from './query.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(bitbucket, {
    status,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const said = (message: string, detail?: unknown) => ({ type: 'error', error: { message, detail } })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const lacks = 'Your credentials lack one or more required privilege scopes.'
  test.each([
    [401, said('Token is invalid, expired, or not supported for this endpoint.'), 'expired'],
    [401, '', 'expired'],
    [403, said(lacks, { granted: ['read:user:bitbucket'], required: ['read:repository:bitbucket'] }), 'scope'],
    [403, said(lacks), 'scope'],
    [403, said('Other words', { required: ['read:pullrequest:bitbucket'] }), 'scope'],
    [403, said('Forbidden'), 'forbidden'],
    [403, 'not even JSON', 'forbidden'],
    [404, said('Repository loom/attic not found'), 'not_found'],
    [410, said('CHANGE-2770 - Functionality has been deprecated'), 'unavailable'],
    [555, '', 'unavailable'],
    [503, '', 'unavailable'],
  ])('%d %j is %s', (status, body, failure) => {
    expect(judged(status, body).failure).toBe(failure)
  })

  test('a 429 that does not say until when waits for minutes; a Retry-After counts where there is one', () => {
    const waitOf = (headers: Record<string, string>): number =>
      ((judged(429, {}, headers).retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000
    expect(waitOf({})).toBe(300)
    expect(waitOf({ 'retry-after': '9' })).toBe(9)
  })

  test('nothing that Bitbucket wrote is in the failure', () => {
    expect(judged(403, said('acme-secret-project')).message).not.toContain('acme')
  })
})

test('repositories, what is in files, and the rest are counted apart', () => {
  const home = '/repositories/loom/shuttle'
  const budgets = Object.fromEntries(
    [`${home}/src/main/README.md`, `${home}/src/main/src/`, `${home}/src/main/README.md?format=meta`, home]
      .concat('/repositories/loom', '/user', '/workspaces/loom/search/code')
      .map((path) => [path, bitbucket.budget?.(path)]),
  )
  expect(Object.values(budgets)).toEqual(['files', ...Array(4).fill('repositories'), 'rest', 'rest'])
})

test.each([
  ['', undefined],
  ['  ', undefined],
  ['weft', 'name~"weft"'],
  ['weft  warp', 'name~"weft" AND name~"warp"'],
  ['a"b\\', 'name~"a\\"b\\\\"'],
])('the words %j are the filter %s', (typed, filter) => {
  expect(allWords('name', typed)).toBe(filter)
})

describe('ids', () => {
  test('names are the same in any case', () => {
    expect(RepositoryId.check(['Loom', 'Shuttle'])).toBe(RepositoryId.write('loom', 'shuttle'))
  })

  test('a repository is its own root, and an id leads back to what it names', () => {
    expect(placeOf(RepositoryId.write('loom', 'shuttle'))).toEqual({
      owner: 'loom',
      name: 'shuttle',
      ref: '',
      path: '',
    })
    expect(FileId.read(FileId.write('loom', 'shuttle', 'main', 'src/loom #1.rs', 3, 9))).toEqual([
      'loom',
      'shuttle',
      'main',
      'src/loom #1.rs',
      3,
      9,
    ])
  })

  test('nothing that could climb out of a path is one', () => {
    for (const ref of ['..', 'a/../b', '../../../other/secret/refs/branches/main'])
      expect(DirectoryId.check(['loom', 'shuttle', ref, 'a']), ref).toBeNull()
    const part = fc.oneof(fc.string(), fc.constantFrom('..', '.', '/', 'a/../b', 'a//b', '\u0000', '{uuid}', 'loom'))
    fc.assert(
      fc.property(part, part, part, part, (workspace, slug, ref, path) => {
        const id = DirectoryId.check([workspace, slug, ref, path])
        if (id === null) return
        const place = placeOf(id)
        expect(place.ref.split('/').filter((segment) => segment === '..' || segment === '.')).toEqual([])
        expect(place.owner).toMatch(/^[a-z0-9_][a-z0-9_-]*$/)
        expect(place.name).toMatch(/^(?!\.{1,2}$)[a-z0-9._-]+$/)
        expect(place.path.split('/').filter((segment) => segment === '..' || segment === '.')).toEqual([])
      }),
    )
  })
})

describe('pasted links', () => {
  const kinds = (link: string) =>
    bitbucket.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [{ kind, id }] : []
    })
  const home = 'https://bitbucket.org/loom/shuttle'
  const names = ['loom', 'shuttle'] as const // as const: two names

  test.each<[string, string, string]>([
    [home, 'repository', RepositoryId.write(...names)],
    [`${home}/`, 'repository', RepositoryId.write(...names)],
    [`${home}.git`, 'repository', RepositoryId.write(...names)],
    ['https://bitbucket.org/Loom/Shuttle/overview', 'repository', RepositoryId.write(...names)],
    [`${home}/src`, 'repository', RepositoryId.write(...names)],
    [`${home}/src/main/`, 'directory', DirectoryId.write(...names, 'main', '')],
    [`${home}/src/main`, 'directory', DirectoryId.write(...names, 'main', '')],
    [`${home}/src/main/src/parts/`, 'directory', DirectoryId.write(...names, 'main', 'src/parts')],
    [`${home}/src/feature%2Fwarp/src/`, 'directory', DirectoryId.write(...names, 'feature/warp', 'src')],
    [`${home}/src/main/src/loom%20%231.rs`, 'file', FileId.write(...names, 'main', 'src/loom #1.rs', 0, 0)],
    [`${home}/src/7d1f0a9/a.rs?at=main#lines-10`, 'file', FileId.write(...names, '7d1f0a9', 'a.rs', 10, 0)],
    [`${home}/src/main/a.rs#lines-20:10`, 'file', FileId.write(...names, 'main', 'a.rs', 10, 20)],
    [`${home}/pull-requests/7`, 'pull_request', NumberId.write(...names, 7)],
    [`${home}/pull-requests/7/diff#comment-1`, 'pull_request', NumberId.write(...names, 7)],
  ])('%s is one %s', (link, kind, id) => {
    expect(kinds(link)).toEqual([{ kind, id }])
  })

  test.each([
    'https://bitbucket.org/',
    'https://bitbucket.org/loom',
    'https://bitbucket.org/loom/workspace/projects/WEFT',
    'https://bitbucket.org/loom/workspace/overview',
    'https://bitbucket.org/account/settings',
    `${home}/branches/`,
    `${home}/commits/7d1f0a9`,
    `${home}/pull-requests/`,
    `${home}/pull-requests/new`,
    'https://bitbucket.org/%7Buuid%7D/shuttle',
    'https://bitbucket.org:8443/loom/shuttle',
    'https://bitbucket.org.evil.example/loom/shuttle',
    'https://api.bitbucket.org/2.0/repositories',
    `${home}/src/main/%2e%2e%2f%2e%2e/x`,
    `${home}/src/main/%`,
  ])('%s is none of ours', (link) => {
    expect(kinds(link)).toEqual([])
  })

  test('no link is two things, and none leads to an id that cannot be read back', () => {
    const word = fc.constantFrom('loom', 'shuttle', 'src', 'main', 'pull-requests', '7', '..', '%2F', '', 'a.rs')
    const any = fc.array(fc.oneof(word, fc.string({ maxLength: 8 }).map(encodeURIComponent)), { maxLength: 7 })
    const read: Record<string, (id: string) => unknown> = {
      repository: RepositoryId.read,
      directory: DirectoryId.read,
      file: FileId.read,
      pull_request: NumberId.read,
      code_search: CodeSearchId.read,
    }
    fc.assert(
      fc.property(any, (path) => {
        const found = kinds(`https://bitbucket.org/${path.join('/')}`)
        for (const { kind, id } of found) expect(read[kind]?.(id)).toBeTruthy()
        expect(found.length).toBeLessThan(2)
      }),
    )
  })
})
