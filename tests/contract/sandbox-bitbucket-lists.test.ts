import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, SAM } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const ACME = '/repositories/acme'
const MOBILE = '/repositories/acme/orders-mobile'
const slugs = (values: { slug: string }[]): string[] => values.map(({ slug }) => slug)

test('a list has ten a page unless told otherwise, and a hundred at most', async () => {
  const dana = await bitbucket.tokenFor()
  for (let number = 1; number <= 12; number += 1)
    await bitbucket.set({ repository: { fullName: `acme/extra-${number}` } })
  const first = await (await bitbucket.api(ACME, dana)).json()
  expect([first.values.length, first.pagelen, first.page, first.size]).toEqual([10, 10, 1, 17])
  const second = await (await bitbucket.api(first.next, dana)).json()
  expect([second.values.length, second.page, second.next]).toEqual([7, 2, undefined])
  expect(second.previous).toContain('page=1')
  for (const wrong of ['pagelen=101', 'pagelen=-1', 'pagelen=all']) {
    expect(await bitbucket.refusal(`${ACME}?${wrong}`, dana)).toEqual([400, 'Invalid pagelen'])
  }
  for (const wrong of ['page=3', 'page=0', 'page=x']) {
    expect(await bitbucket.refusal(`${ACME}?${wrong}`, dana)).toEqual([400, 'Invalid page'])
  }
})

test('the next page is on the same host and keeps what was asked', async () => {
  const dana = await bitbucket.tokenFor()
  const { next } = await (await bitbucket.api(`${ACME}?role=member&sort=slug&pagelen=2`, dana)).json()
  expect(next).toMatch(`${bitbucket.base}/2.0${ACME}?`)
  expect(Object.fromEntries(new URL(next).searchParams)).toEqual({
    role: 'member',
    sort: 'slug',
    pagelen: '2',
    page: '2',
  })
  expect(slugs(await bitbucket.values(next, dana))).toEqual(['orders-mobile', 'payroll-exports'])
})

test('commits and directories are followed by their own next address alone', async () => {
  const dana = await bitbucket.tokenFor()
  for (const [list, total] of [
    [`${MOBILE}/commits`, 7],
    [`${MOBILE}/src/main/`, 4],
  ] as const) {
    let [address, seen]: [string | undefined, number] = [`${list}?pagelen=3`, 0]
    while (address !== undefined) {
      const page: { values: unknown[]; next?: string; page?: number; size?: number } = await (
        await bitbucket.api(address, dana)
      ).json()
      expect([page.page, page.size]).toEqual([undefined, undefined])
      seen += page.values.length
      address = page.next
    }
    expect([list, seen]).toEqual([list, total])
    expect(await bitbucket.refusal(`${list}?pagelen=3&page=2`, dana)).toEqual([400, 'Invalid page'])
  }
})

test('a filter and an order are taken, and refused where they make no sense', async () => {
  const dana = await bitbucket.tokenFor()
  const found = async (query: Record<string, string>) =>
    slugs(await bitbucket.values(`${ACME}?${new URLSearchParams({ sort: 'slug', ...query })}`, dana))
  expect(await found({ q: 'name~"PRINT"' })).toEqual(['label-printer'])
  expect(await found({ q: 'project.key="FIN" OR is_private=false' })).toEqual(['payroll-exports', 'shop-theme'])
  expect(await found({ q: 'language="python" AND (name~"label" OR name~"shop")' })).toEqual(['label-printer'])
  expect(await found({ q: 'updated_on>2026-11-15T00:00:00+00:00' })).toEqual(['orders-mobile'])
  expect(await found({ q: 'name!~"o"' })).toEqual(['label-printer'])
  expect((await found({ sort: '-updated_on' }))[0]).toBe('orders-mobile')
  for (const wrong of ['q=name', 'q=name~', 'q=colour="red"', 'q=(name~"a"', 'q=name~"a" name~"b"', 'sort=colour']) {
    expect([wrong, (await bitbucket.api(`${ACME}?${wrong}`, dana)).status]).toEqual([wrong, 400])
  }
})

test('an answer can be asked for in part', async () => {
  const dana = await bitbucket.tokenFor()
  const at = async (fields: string) =>
    (await bitbucket.api(`${ACME}?pagelen=1&sort=slug&fields=${fields}`, dana)).json()
  expect(await at('values.slug,values.project.key,next')).toEqual({
    values: [{ slug: 'courier-portal', project: { key: 'SHOP' } }],
    next: expect.any(String),
  })
  const less = await at('-values.links,-values.owner')
  expect(less.values[0]).toMatchObject({ slug: 'courier-portal', project: { key: 'SHOP' } })
  expect(less.values[0]).not.toHaveProperty('links')
  const pulls = `${MOBILE}/pullrequests?pagelen=1`
  expect((await bitbucket.values(pulls, dana))[0]).not.toHaveProperty('reviewers')
  expect((await bitbucket.values(`${pulls}&fields=%2Bvalues.reviewers`, dana))[0]).toMatchObject({
    id: 4,
    reviewers: [],
  })
  expect(await (await bitbucket.api(`${pulls}&fields=+values.reviewers`, dana)).json()).toEqual({})
})

test('pull requests are the open ones, or those of each state asked for, fifty a page at most', async () => {
  const dana = await bitbucket.tokenFor()
  const ids = async (query: string) =>
    (await bitbucket.values(`${MOBILE}/pullrequests${query}`, dana)).map(({ id }: { id: number }) => id)
  expect(await ids('')).toEqual([4, 3])
  expect(await ids('?state=MERGED&state=DECLINED')).toEqual([2, 1])
  expect(await ids('?state=SUPERSEDED')).toEqual([])
  expect(await ids('?state=OPEN&sort=-updated_on')).toEqual([3, 4])
  const filter = `q=${encodeURIComponent('source.branch.name~"feature/"')}`
  expect(await ids(`?${filter}`)).toEqual([4, 3])
  expect(await ids(`?${filter}&state=MERGED`)).toEqual([1])
  expect((await bitbucket.api(`${MOBILE}/pullrequests?state=open`, dana)).status).toBe(400)
  expect(await bitbucket.refusal(`${MOBILE}/pullrequests?pagelen=51`, dana)).toEqual([400, 'Invalid pagelen'])
})

test('a pull request names its commits by twelve characters', async () => {
  const dana = await bitbucket.tokenFor()
  const [{ hash }] = await bitbucket.values(`${MOBILE}/commits/feature/backoff`, dana)
  const pull = await (await bitbucket.api(`${MOBILE}/pullrequests/3`, dana)).json()
  expect(pull).toMatchObject({
    id: 3,
    title: 'Backoff when the API is busy',
    state: 'OPEN',
    author: { display_name: 'Lee Park' },
    source: { branch: { name: 'feature/backoff' }, commit: { hash: hash.slice(0, 12) } },
    destination: { branch: { name: 'main' } },
    links: { html: { href: `${bitbucket.url}/bitbucket-web/acme/orders-mobile/pull-requests/3` } },
    merge_commit: null,
  })
  expect(pull.participants).toMatchObject([
    { role: 'REVIEWER', approved: true, user: { nickname: 'sam' } },
    { role: 'REVIEWER', approved: false },
  ])
  expect((await bitbucket.api(`${MOBILE}/pullrequests/99`, dana)).status).toBe(404)
})

test('a pull request can be made and changed', async () => {
  const dana = await bitbucket.tokenFor()
  const about = { repository: 'acme/orders-mobile', title: 'Louder bell', source: 'feature/night' }
  expect(await bitbucket.set({ pullRequest: about })).toMatchObject({ number: 5 })
  await bitbucket.set({ pullRequest: { repository: 'acme/orders-mobile', number: 5, state: 'MERGED' } })
  expect(await (await bitbucket.api(`${MOBILE}/pullrequests/5`, dana)).json()).toMatchObject({
    title: 'Louder bell',
    state: 'MERGED',
    merge_commit: { type: 'commit' },
  })
})

test('code is found on the main branches of what the caller sees', async () => {
  const dana = await bitbucket.tokenFor()
  const search = async (query: string, as = dana) =>
    (await bitbucket.api(`/workspaces/acme/search/code?search_query=${encodeURIComponent(query)}`, as)).json()
  const pathsOf = async (query: string, as = dana) =>
    (await search(query, as)).values.map(({ file }: { file: { path: string } }) => file.path)
  expect(await pathsOf('attempt')).toEqual(['src/api/queue.ts', 'printer/backoff.py'])
  expect(await pathsOf('attempt repo:label-printer')).toEqual(['printer/backoff.py'])
  expect(await pathsOf('attempt ext:ts')).toEqual(['src/api/queue.ts'])
  expect(await pathsOf('"Finance Engineering" project:FIN')).toEqual(['README.md'])
  expect(await pathsOf('"Finance Engineering"', await bitbucket.tokenFor(SAM))).toEqual([])
  expect((await bitbucket.api('/workspaces/acme/search/code?search_query=repo:label-printer', dana)).status).toBe(400)
  const { values, query_substituted } = await search('wait_seconds')
  expect(query_substituted).toBe(false)
  expect(values[0]).toMatchObject({
    type: 'code_search_result',
    content_match_count: 1,
    content_matches: [
      {
        lines: [
          { line: 3 },
          { line: 4, segments: [{ text: 'def ' }, { text: 'wait_seconds', match: true }, { text: '(attempt):' }] },
          { line: 5 },
        ],
      },
    ],
    path_matches: [],
  })
})

test('which repository code was found in is told only when it is asked for', async () => {
  const dana = await bitbucket.tokenFor()
  const search = '/workspaces/acme/search/code?search_query=wait_seconds'
  const [plain] = await bitbucket.values(search, dana)
  expect(Object.keys(plain.file).toSorted()).toEqual(['links', 'path', 'type'])
  const [full] = await bitbucket.values(`${search}&fields=%2Bvalues.file.commit.repository`, dana)
  expect(full.file).toMatchObject({
    path: 'printer/backoff.py',
    commit: { repository: { full_name: 'acme/label-printer' } },
  })
  expect(full.file.commit).not.toHaveProperty('hash')
})
