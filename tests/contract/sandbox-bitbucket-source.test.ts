import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const MOBILE = '/repositories/acme/orders-mobile'
const PRINTER = '/repositories/acme/label-printer'
const pathsOf = (values: { path: string }[]): string[] => values.map(({ path }) => path)

test('a repository says where its pages, branches and files are, and when anything last changed', async () => {
  const dana = await bitbucket.tokenFor()
  const body = await (await bitbucket.api(MOBILE, dana)).json()
  expect(body).toMatchObject({
    full_name: 'acme/orders-mobile',
    is_private: true,
    language: 'typescript',
    mainbranch: { name: 'main', type: 'branch' },
    workspace: { slug: 'acme' },
    project: { key: 'SHOP', name: 'Shop' },
    updated_on: '2026-11-18T16:20:00.000000+00:00',
    links: { html: { href: `${bitbucket.url}/bitbucket-web/acme/orders-mobile` } },
  })
  expect(body.size).toBeGreaterThan(500)
  await bitbucket.set({ commit: { repository: 'acme/orders-mobile', files: { 'a.txt': 'a' } } })
  expect((await (await bitbucket.api(MOBILE, dana)).json()).updated_on > body.updated_on).toBe(true)
})

test('an empty repository has no main branch, no commits and no files', async () => {
  const dana = await bitbucket.tokenFor()
  const empty = '/repositories/acme/courier-portal'
  expect(await (await bitbucket.api(empty, dana)).json()).toMatchObject({ mainbranch: null, size: 0 })
  expect(await (await bitbucket.api(`${empty}/commits`, dana)).json()).toEqual({ values: [], size: 0 })
  expect(await bitbucket.values(`${empty}/refs/branches`, dana)).toEqual([])
  expect((await bitbucket.api(`${empty}/src`, dana)).status).toBe(404)
})

test('the root redirects to the listing at the main branch’s commit', async () => {
  const dana = await bitbucket.tokenFor()
  const { target } = await (await bitbucket.api(`${MOBILE}/refs/branches/main`, dana)).json()
  const answer = await bitbucket.api(`${MOBILE}/src?pagelen=50`, dana)
  const location = answer.headers.get('location') ?? ''
  expect([answer.status, location]).toEqual([302, `${bitbucket.base}/2.0${MOBILE}/src/${target.hash}/?pagelen=50`])
  expect((await bitbucket.api(location)).status).toBe(404)
  const listing = await (await bitbucket.api(location, dana)).json()
  expect(pathsOf(listing.values)).toEqual(['README.md', 'package.json', 'scripts', 'src'])
})

test('a directory lists what is in it, with or without its last slash', async () => {
  const dana = await bitbucket.tokenFor()
  const [one, two] = [
    await bitbucket.values(`${MOBILE}/src/main/src/`, dana),
    await bitbucket.values(`${MOBILE}/src/main/src`, dana),
  ]
  expect(one).toEqual(two)
  const file = await (await bitbucket.api(`${MOBILE}/src/main/src/app.ts`, dana)).arrayBuffer()
  expect(one[0]).toMatchObject({ type: 'commit_directory', path: 'src/api' })
  expect(one.find(({ path }: { path: string }) => path === 'src/app.ts')).toMatchObject({
    type: 'commit_file',
    size: file.byteLength,
    attributes: [],
    commit: { hash: expect.stringMatching(/^[0-9a-f]{40}$/) },
  })
})

test('deeper listings go level by level, and what is too deep is a 555', async () => {
  const dana = await bitbucket.tokenFor()
  const listed = await bitbucket.values(`${MOBILE}/src/main/src/?max_depth=2&pagelen=100`, dana)
  expect(pathsOf(listed)).toEqual([
    'src/api',
    'src/app.ts',
    'src/route',
    'src/signature',
    'src/api/queue.ts',
    'src/route/map',
    'src/route/offline.ts',
    'src/route/route.ts',
    'src/signature/signature.ts',
  ])
  expect((await bitbucket.api(`${MOBILE}/src/main/?max_depth=11`, dana)).status).toBe(555)
  expect((await bitbucket.api(`${MOBILE}/src/main/?max_depth=0`, dana)).status).toBe(400)
  await bitbucket.set({ deepest: 1 })
  expect((await bitbucket.api(`${MOBILE}/src/main/?max_depth=2`, dana)).status).toBe(555)
})

test('a file is its bytes, and its description only when that is asked for', async () => {
  const dana = await bitbucket.tokenFor()
  const raw = await bitbucket.api(`${MOBILE}/src/main/README.md`, dana)
  expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await raw.text()).toContain('# orders-mobile')
  const meta = await (await bitbucket.api(`${MOBILE}/src/main/README.md?format=meta`, dana)).json()
  expect(meta).toMatchObject({ type: 'commit_file', path: 'README.md', attributes: [] })
  expect((await bitbucket.api(`${MOBILE}/src/main/README.md?format=json`, dana)).status).toBe(400)
})

test('a path or a commit that is not there is a 404 that says which', async () => {
  const dana = await bitbucket.tokenFor()
  expect(await bitbucket.refusal(`${MOBILE}/src/main/nothing.md`, dana)).toEqual([
    404,
    'No such file or directory: nothing.md',
  ])
  expect((await bitbucket.api(`${MOBILE}/src/main/README.md/`, dana)).status).toBe(404)
  const unknown = await bitbucket.api(`${MOBILE}/src/deadbeef/README.md`, dana)
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    {
      type: 'error',
      error: { message: 'Commit not found', data: { shas: ['deadbeef'] } },
      data: { shas: ['deadbeef'] },
    },
  ])
})

test('a file is found by its branch, its commit or an abbreviation, as it was there', async () => {
  const dana = await bitbucket.tokenFor()
  const [newest, oldest] = await bitbucket.values('/repositories/acme/shop-theme/commits', dana)
  const textAt = async (ref: string) =>
    (await bitbucket.api(`/repositories/acme/shop-theme/src/${ref}/tokens.css`, dana)).text()
  expect(await textAt(newest.hash.slice(0, 12))).toContain('#101418')
  expect(await textAt(oldest.hash)).toContain('#1f2328')
  expect(await textAt('main')).toBe(await textAt(newest.hash))
  const branch = encodeURIComponent('feature/backoff')
  expect((await bitbucket.api(`${MOBILE}/src/${branch}/src/api/backoff.ts`, dana)).status).toBe(200)
})

test('links, submodules, large and executable files say what they are', async () => {
  const dana = await bitbucket.tokenFor()
  const listed = [
    ...(await bitbucket.values(`${PRINTER}/src/main/?max_depth=2&pagelen=100`, dana)),
    ...(await bitbucket.values(`${MOBILE}/src/main/scripts/`, dana)),
  ]
  const attributes = Object.fromEntries(listed.map(({ path, attributes: own }) => [path, own]))
  expect(attributes).toMatchObject({
    'printer/current': ['link'],
    'vendor/zpl': ['subrepository'],
    'fonts/label.ttf': ['lfs'],
    'scripts/release.sh': ['executable'],
    'README.md': [],
  })
  expect((await bitbucket.api(`${PRINTER}/src/main/vendor/zpl`, dana)).status).toBe(404)
})

test('a large file is at a media host, which takes no token', async () => {
  const dana = await bitbucket.tokenFor()
  const answer = await bitbucket.api(`${PRINTER}/src/main/fonts/label.ttf`, dana)
  const location = answer.headers.get('location') ?? ''
  expect([answer.status, location.startsWith(`${bitbucket.url}/bitbucket-media/`)]).toEqual([301, true])
  expect((await bitbucket.api(location, dana)).status).toBe(400)
  expect((await (await bitbucket.api(location)).arrayBuffer()).byteLength).toBe(184_320)
})

test('commits are those of every branch, newest first, or of one, or those that touched a path', async () => {
  const dana = await bitbucket.tokenFor()
  const messages = async (rest: string) =>
    (await bitbucket.values(`${MOBILE}/${rest}`, dana)).map(({ message }: { message: string }) => message)
  expect((await messages('commits')).slice(0, 2)).toEqual(['Dark colours', 'Wait longer each time'])
  expect((await messages('commits/main'))[0]).toBe('Merged in feature/offline-route (pull request #1)')
  expect(await messages('commits/feature/backoff?path=src/api/backoff.ts')).toEqual(['Wait longer each time'])
  expect((await bitbucket.api(`${MOBILE}/commits/nowhere`, dana)).status).toBe(404)
})

test('a commit says who wrote it, when, and after which', async () => {
  const dana = await bitbucket.tokenFor()
  const [{ hash }] = await bitbucket.values(`${MOBILE}/commits/feature/backoff`, dana)
  const commit = await (await bitbucket.api(`${MOBILE}/commit/${hash.slice(0, 12)}`, dana)).json()
  expect(commit).toMatchObject({
    hash,
    date: '2026-11-16T10:00:00+00:00',
    author: { raw: 'Lee Park <lee@park.example>', user: { nickname: 'lee', type: 'user' } },
    parents: [{ type: 'commit', hash: expect.stringMatching(/^[0-9a-f]{40}$/) }],
  })
  expect((await bitbucket.api(`${MOBILE}/commit/main`, dana)).status).toBe(404)
})

test('a branch has a name with slashes, and the commit it points at', async () => {
  const dana = await bitbucket.tokenFor()
  expect(await (await bitbucket.api(`${MOBILE}/refs/branches/feature/backoff`, dana)).json()).toMatchObject({
    type: 'branch',
    name: 'feature/backoff',
    target: { message: 'Wait longer each time' },
  })
  expect((await bitbucket.api(`${MOBILE}/refs/branches/feature`, dana)).status).toBe(404)
})
