import { describe, expect, test } from 'vitest'
import { CodeSearchId, DirectoryId, FileId, NumberId, RepositoryId } from '#lib/providers/bitbucket/ids.ts'
import type { Resource } from '#lib/providers/define.ts'
import { bitbucketApi, bitbucketFixture, failureOf, bitbucketReader as reader } from '#tests/support/bitbucket-api.ts'

const shuttle = RepositoryId.write('loom', 'shuttle')
const titles = (items: readonly Resource[]): string[] => items.map(({ title }) => title)

test('nothing of another workspace is read, and nobody is asked: the token may open it, but it was not meant', async () => {
  const { api, received } = await bitbucketApi(bitbucketFixture('repository'))
  const other = ['globex', 'keys'] as const // as const: two names
  const reads: [string, string][] = [
    ['repository', RepositoryId.write(...other)],
    ['directory', DirectoryId.write(...other, '', '')],
    ['file', FileId.write(...other, '', 'a', 0, 0)],
    ['pull_request', NumberId.write(...other, 1)],
    ['code_search', CodeSearchId.write('key', RepositoryId.write(...other))],
    ['code_search', CodeSearchId.write('key', '')],
  ]
  for (const [kind, id] of reads) expect(await failureOf(reader(kind).read(api, id))).toBe('not_found')
  for (const kind of ['directory', 'file', 'pull_request'])
    expect(await failureOf(reader(kind).list(api, { parent: RepositoryId.write(...other) }))).toBe('not_found')
  expect(received).toEqual([])
})

describe('repositories', () => {
  test('are those of the workspace that the account works on, page after page by what `next` says', async () => {
    const { api, received } = await bitbucketApi(bitbucketFixture('repository'))
    const first = await reader('repository').list(api, {})
    const second = await reader('repository').list(api, { cursor: String(first.nextCursor) })
    expect([...titles(first.items), ...titles(second.items)]).toEqual(['loom/shuttle', 'loom/patterns', 'loom/bare'])
    expect(second.nextCursor).toBeUndefined()
    expect(Object.fromEntries(received[1]?.query ?? [])).toEqual({
      role: 'member',
      sort: '-updated_on',
      pagelen: '100',
      page: '2',
      ctx: '4c6f6f6d',
    })
  })

  test('a cursor that somebody wrote leads nowhere but to a page', async () => {
    const { api, received } = await bitbucketApi(bitbucketFixture('repository'))
    await reader('repository').list(api, { cursor: 'page=2&role=owner&fields=%2B*.*&q=x&../../user' })
    expect(received[0]?.path).toBe('/2.0/repositories/loom')
    expect(received[0]?.query.get('role')).toBe('member')
    expect([received[0]?.query.has('q'), received[0]?.query.has('fields')]).toEqual([false, false])
  })

  test('are searched by every word of a name', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('repository'))
    expect(titles((await reader('repository').search(api, 'shut  tle', {})).items)).toEqual(['loom/shuttle'])
  })

  test('a card has description, main branch, language and when it changed; one that is private says so', async () => {
    const { api } = await bitbucketApi(bitbucketFixture('repository'))
    expect(await reader('repository').read(api, shuttle)).toEqual({
      kind: 'repository',
      id: shuttle,
      title: 'loom/shuttle',
      url: 'https://bitbucket.org/loom/shuttle',
      isPrivate: true,
      updatedAt: '2026-11-20T09:12:41.120000+00:00',
      excerpt: 'Moves the weft through the warp',
      body: {
        description: 'Moves the weft through the warp',
        defaultBranch: 'main',
        language: 'rust',
        visibility: 'private',
        state: 'active',
        updatedAt: '2026-11-20T09:12:41.120000+00:00',
      },
    })
    const open = await reader('repository').read(api, RepositoryId.write('loom', 'patterns'))
    expect(open).toMatchObject({ isPrivate: false, body: { visibility: 'public', language: '' } })
  })
})

describe('pull requests', () => {
  const fixture = bitbucketFixture('pull-request')

  test('are listed in every state, the last changed first, and say who, where from and where to', async () => {
    const { api, received } = await bitbucketApi(fixture)
    const first = await reader('pull_request').list(api, { parent: shuttle })
    expect(first.items.map(({ title, body }) => [title, body?.state, body?.author])).toEqual([
      ['#12 Cross the warp', 'open', 'Ada Weaver'],
      ['#11 Draft a reed', 'draft', 'somebody'],
      ['#10 Thinner yarn', 'declined', ''],
    ])
    const { query } = received.find(({ path }) => path.endsWith('/pullrequests')) ?? {}
    expect(query?.getAll('state')).toEqual(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'])
    expect([query?.get('sort'), query?.get('pagelen')]).toEqual(['-updated_on', '50'])
    const rest = await reader('pull_request').list(api, { parent: shuttle, cursor: String(first.nextCursor) })
    expect(rest.items.map(({ body }) => body?.state)).toEqual(['merged'])
    expect((await reader('pull_request').list(api, {})).items).toEqual([])
  })

  test('of a time there are those that changed since, and no more pages once one is older', async () => {
    const { api } = await bitbucketApi(fixture)
    const { items, nextCursor } = await reader('pull_request').list(api, {
      parent: shuttle,
      since: new Date('2026-11-10T00:00:00Z'),
    })
    expect(titles(items)).toEqual(['#12 Cross the warp', '#11 Draft a reed'])
    expect(nextCursor).toBeUndefined()
  })

  test('a card has the whole of it, and nobody’s address', async () => {
    const { api } = await bitbucketApi(fixture)
    const pull = await reader('pull_request').read(api, NumberId.write('loom', 'shuttle', 12))
    expect(pull).toEqual({
      kind: 'pull_request',
      id: NumberId.write('loom', 'shuttle', 12),
      title: '#12 Cross the warp',
      url: 'https://bitbucket.org/loom/shuttle/pull-requests/12',
      parent: shuttle,
      container: 'loom/shuttle',
      containerId: shuttle,
      isPrivate: true,
      updatedAt: '2026-11-20T10:11:12.500000+00:00',
      excerpt: 'Every second thread.',
      body: {
        number: 12,
        state: 'open',
        author: 'Ada Weaver',
        comments: 2,
        base: 'main',
        head: 'feature/warp',
        reviewers: ['Ada Weaver', 'somebody'],
      },
    })
  })

  test('are found by their number or by words of the title; without a repository, in those that changed last', async () => {
    const { api, received } = await bitbucketApi({ ...bitbucketFixture('account'), ...fixture })
    for (const typed of ['#12', '12', 'warp'])
      expect(titles((await reader('pull_request').search(api, typed, { parent: shuttle })).items)).toEqual([
        '#12 Cross the warp',
      ])
    const { items } = await reader('pull_request').search(api, 'warp', {})
    expect(titles(items)).toEqual(['#12 Cross the warp'])
    expect(received.find(({ path }) => path === '/2.0/repositories/loom')?.query.get('pagelen')).toBe('5')
  })
})

test('an address that a browser would run is no answer, and no e-mail address comes out of any', async () => {
  const { api } = await bitbucketApi({
    'GET /2.0/repositories/loom/shuttle': {
      body: {
        full_name: 'loom/shuttle',
        name: 'x',
        is_private: true,
        links: { html: { href: 'javascript:alert(1)' } },
      },
    },
  })
  expect(await failureOf(reader('repository').read(api, shuttle))).toBe('unavailable')
  for (const [kind, fixture] of [
    ['repository', 'repository'],
    ['directory', 'directory'],
    ['pull_request', 'pull-request'],
  ] as const) {
    const { api: whole } = await bitbucketApi(bitbucketFixture(fixture))
    const { items } = await reader(kind).list(whole, kind === 'repository' ? {} : { parent: shuttle })
    expect(items.length).toBeGreaterThan(0)
    for (const { id } of items) expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
    expect(JSON.stringify(items)).not.toContain('@')
  }
})
