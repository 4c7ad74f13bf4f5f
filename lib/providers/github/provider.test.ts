import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { now } from '#lib/platform/clock.ts'
import { judge } from '#lib/providers/api.ts'
import { CodeSearchId, DirectoryId, FileId, NumberId, parentId, placeOf, RepositoryId } from './ids.ts'
import { github } from './provider.ts'

const seconds = (date: Date | null) => Math.round(((date?.getTime() ?? 0) - now().getTime()) / 1000)
const judged = (status: number, headers: Record<string, string> = {}, message = '') =>
  judge(github, { status, headers: new Headers(headers), body: JSON.stringify({ message }) })
const epoch = (fromNow: number) => String(Math.round(now().getTime() / 1000) + fromNow)

describe('check 30: what GitHub means by a 403 or a 429', () => {
  const restricted =
    'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.'

  test.each([403, 429])('%d with nothing remaining waits for the reset, told in epoch seconds', (status) => {
    const { failure, retryAt } = judged(status, {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': epoch(1200),
    })
    expect(failure).toBe('rate_limited')
    expect(Math.abs(seconds(retryAt) - 1200)).toBeLessThanOrEqual(1)
  })

  test.each([
    ['in the past', epoch(-500), 1],
    ['far away', epoch(90_000), 3600],
    ['missing', '', 1],
  ])('a reset %s is a short wait, and never a long one', (_, reset, wait) => {
    const headers = {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      ...(reset ? { 'x-ratelimit-reset': reset } : {}),
    }
    expect(seconds(judged(403, headers).retryAt)).toBe(wait)
  })

  test.each([403, 429])('%d with retry-after waits that long', (status) => {
    const { failure, retryAt } = judged(status, { 'retry-after': '30', 'x-ratelimit-remaining': '0' })
    expect([failure, seconds(retryAt)]).toEqual(['rate_limited', 30])
  })

  test('a secondary limit without a time waits a minute', () => {
    const { failure, retryAt } = judged(
      403,
      { 'x-ratelimit-remaining': '4000' },
      'You have exceeded a secondary rate limit.',
    )
    expect([failure, seconds(retryAt)]).toEqual(['rate_limited', 60])
    expect(seconds(judged(429).retryAt)).toBe(60)
  })

  test('the throttle after many bad tokens is a wait, not a revoked token', () => {
    const { failure, retryAt } = judged(403, {}, 'Maximum number of login attempts exceeded. Please try again later.')
    expect([failure, seconds(retryAt)]).toEqual(['rate_limited', 900])
  })

  test('an organization that restricts OAuth apps, wants single sign-on or lists addresses is a matter of setup', () => {
    expect(judged(403, {}, restricted)).toMatchObject({ failure: 'setup', detail: 'org_restricted' })
    const sso = judged(403, {
      'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=x',
    })
    expect(sso).toMatchObject({ failure: 'setup', detail: 'sso' })
    expect(judged(403, {}, 'the `acme` organization has an IP allow list enabled')).toMatchObject({
      failure: 'setup',
      detail: 'ip_allow_list',
    })
  })

  test('a scope that would do and is lacking is told from a permission that is', () => {
    const lacking = { 'x-oauth-scopes': 'repo, read:user', 'x-accepted-oauth-scopes': 'read:org, user' }
    expect(judged(403, lacking).failure).toBe('scope')
    expect(judged(403, { ...lacking, 'x-oauth-scopes': 'repo, user' }).failure).toBe('forbidden')
    expect(judged(403, { 'x-oauth-scopes': '', 'x-accepted-oauth-scopes': '' }).failure).toBe('forbidden')
    expect(judged(403, {}, 'Resource not accessible by integration').failure).toBe('scope')
    expect(judged(403, {}, 'Must have admin rights to Repository.').failure).toBe('forbidden')
  })

  test('the other statuses mean what they say', () => {
    const meanings = {
      401: 'expired',
      404: 'not_found',
      410: 'not_found',
      409: 'unavailable',
      422: 'unavailable',
      502: 'unavailable',
    }
    for (const [status, failure] of Object.entries(meanings)) expect(judged(Number(status)).failure).toBe(failure)
    // A 404 whose budget is used up is still a 404.
    expect(judged(404, { 'x-ratelimit-remaining': '0' }).failure).toBe('not_found')
  })

  test('nothing that GitHub wrote is in the failure', () => {
    const { message, detail } = judged(403, {}, restricted)
    expect(`${message} ${detail}`).not.toContain('acme')
  })
})

test('the limit is read from its headers, and from nothing less than all of them', () => {
  const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1590701888' }
  expect(github.limit?.(new Headers(headers))).toEqual({
    limit: 5000,
    remaining: 4999,
    resetsAt: new Date('2020-05-28T21:38:08Z'),
  })
  expect(github.limit?.(new Headers({ ...headers, 'x-ratelimit-reset': 'soon' }))).toBeNull()
  expect(github.limit?.(new Headers({ 'x-ratelimit-limit': '5000' }))).toBeNull()
})

describe('ids', () => {
  const Name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/)
  const Segment = fc
    .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
    .filter((one) => !/[/\p{Cc}]/u.test(one) && one !== '.' && one !== '..')
  const Path = fc.array(Segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'))
  const Line = fc.integer({ min: 0, max: 10_000_000 })

  test('whatever a file is called, its id holds in a path and leads back to it', () => {
    fc.assert(
      fc.property(Name, Name, Path, Path, Line, Line, (owner, name, ref, path, from, to) => {
        const id = FileId.write(owner, name, ref, path, from, to)
        expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
        expect(FileId.read(id)).toEqual([owner, name, ref, path, from, to])
        expect(placeOf(DirectoryId.write(owner, name, ref, path))).toEqual({ owner, name, ref, path })
      }),
    )
  })

  test('a text that is no id is refused, and never taken for one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const kind of [RepositoryId, DirectoryId, FileId, CodeSearchId, NumberId])
          expect(() => kind.read(text)).toThrow('not_found')
      }),
    )
  })

  test('above a file is its directory, above that the next, and at last the repository', () => {
    const at = (path: string, ref = '') => parentId({ owner: 'acme', name: 'engine', ref, path })
    expect(at('src/parts/a.ts')).toBe(DirectoryId.write('acme', 'engine', '', 'src/parts'))
    expect(at('src')).toBe(RepositoryId.write('acme', 'engine'))
    expect(at('src', 'v2')).toBe(DirectoryId.write('acme', 'engine', 'v2', ''))
  })
})

describe('pasted links', () => {
  const kinds = (link: string) =>
    github.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [{ kind, id }] : []
    })
  const web = 'https://github.com'

  test.each([
    ['/acme/engine', 'repository', RepositoryId.write('acme', 'engine')],
    ['/acme/engine/', 'repository', RepositoryId.write('acme', 'engine')],
    ['/acme/engine.git', 'repository', RepositoryId.write('acme', 'engine')],
    ['/acme/engine?tab=readme-ov-file#usage', 'repository', RepositoryId.write('acme', 'engine')],
    ['/acme/engine/tree/main', 'directory', DirectoryId.write('acme', 'engine', 'main', '')],
    ['/acme/engine/tree/main/src/parts', 'directory', DirectoryId.write('acme', 'engine', 'main', 'src/parts')],
    ['/acme/engine/blob/main/src/a%20b%231.ts', 'file', FileId.write('acme', 'engine', 'main', 'src/a b#1.ts', 0, 0)],
    ['/acme/engine/blob/v1.0/a.ts#L10', 'file', FileId.write('acme', 'engine', 'v1.0', 'a.ts', 10, 0)],
    ['/acme/engine/blob/main/a.ts?plain=1#L10-L20', 'file', FileId.write('acme', 'engine', 'main', 'a.ts', 10, 20)],
    ['/acme/engine/blob/main/a.ts#L10C3-L20C5', 'file', FileId.write('acme', 'engine', 'main', 'a.ts', 10, 20)],
    ['/acme/engine/blob/main/a.ts#L20-L10', 'file', FileId.write('acme', 'engine', 'main', 'a.ts', 10, 20)],
    ['/acme/engine/blob/main/a.md#heading', 'file', FileId.write('acme', 'engine', 'main', 'a.md', 0, 0)],
    ['/acme/engine/issues/42#issuecomment-1', 'issue', NumberId.write('acme', 'engine', 42)],
    ['/acme/engine/pull/43', 'pull_request', NumberId.write('acme', 'engine', 43)],
    ['/acme/engine/pull/43/files', 'pull_request', NumberId.write('acme', 'engine', 43)],
    ['/search?q=retry&type=code', 'code_search', CodeSearchId.write('retry', '')],
    [
      '/acme/engine/search?q=retry&type=code',
      'code_search',
      CodeSearchId.write('retry', RepositoryId.write('acme', 'engine')),
    ],
  ])('%s is one %s', (path, kind, id) => {
    expect(kinds(web + path)).toEqual([{ kind, id }])
  })

  test.each([
    `${web}`,
    `${web}/acme`,
    `${web}/settings/applications`,
    `${web}/orgs/acme`,
    `${web}/marketplace/acme`,
    `${web}/acme/engine/issues`,
    `${web}/acme/engine/issues/new`,
    `${web}/acme/engine/issues/0`,
    `${web}/acme/engine/issues/99999999999`,
    `${web}/acme/engine/blob/main`,
    `${web}/acme/engine/tree`,
    `${web}/acme/engine/wiki/Home`,
    `${web}/acme/%zz`,
    `${web}/acme/engine/blob/main/..%2f..%2fuser`,
    `${web}/search?q=retry&type=issues`,
    `${web}/search?type=code`,
    'https://github.com.evil.example/acme/engine',
    'https://github.community/acme',
    'https://evil.example/github.com/acme/engine',
    'https://github.cox/acme/engine/tree/https://github.com/x',
    'https://gist.github.com/acme/engine',
    'https://api.github.com/acme/engine',
    'http://github.com:81/acme/engine',
    'javascript:alert(1)//github.com/acme/engine',
    'http://127.0.0.1:4567/github-web/acme/engine',
  ])('%s is none of ours', (link) => {
    expect(kinds(link)).toEqual([])
  })

  test('no link leads to an id that cannot be read back', () => {
    const word = fc.constantFrom(
      'acme',
      'engine',
      'blob',
      'tree',
      'issues',
      'pull',
      'search',
      'main',
      '7',
      '..',
      '%2e%2e',
      '%2F',
      '',
    )
    const segment = fc.oneof(word, fc.string({ maxLength: 8 }).map(encodeURIComponent))
    const end = fc.constantFrom('', '#L3', '#L0-L9', '#L99999999', '?q=x&type=code', '?q=&type=code')
    const any = fc
      .tuple(fc.array(segment, { maxLength: 7 }), end)
      .map(([path, rest]) => `${web}/${path.join('/')}${rest}`)
    const readers = {
      repository: RepositoryId,
      directory: DirectoryId,
      file: FileId,
      code_search: CodeSearchId,
      issue: NumberId,
      pull_request: NumberId,
    }
    const read: Record<string, { read: (id: string) => unknown }> = readers
    fc.assert(
      fc.property(any, (link) => {
        for (const { kind, id } of kinds(link)) expect(read[kind]?.read(id)).toBeTruthy()
      }),
    )
  })
})
