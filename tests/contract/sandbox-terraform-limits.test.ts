import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const terraform = await newSandbox(terraformClient)

const READS = standing('plugbrd')
const WORKSPACES = '/organizations/acme/workspaces'
const page = (number: number, size: number) => `?page%5Bnumber%5D=${number}&page%5Bsize%5D=${size}`

test('30 requests a second and 30 lists of runs a minute, with the wait in seconds and fractions', async () => {
  const usual = await terraform.api(WORKSPACES, READS)
  const runs = await terraform.api('/organizations/acme/runs', READS)
  expect([usual, runs].map(({ headers }) => headers.get('x-ratelimit-limit'))).toEqual(['30', '30'])
  const waits = [usual, runs].map(({ headers }) => headers.get('x-ratelimit-reset') ?? '')
  expect(waits).toEqual([expect.stringMatching(/^\d+\.\d{3}$/), expect.stringMatching(/^\d+\.\d{3}$/)])
  expect(Number(waits[0])).toBeLessThanOrEqual(1)
  expect(Number(waits[1])).toBeGreaterThan(1)
})

test('who asks too often is told so, with a status that is a number, until the window ends', async () => {
  await terraform.set({ rateLimit: { limit: 2, windowSeconds: 600 } })
  const statuses = [await terraform.statusOf(WORKSPACES, READS), await terraform.statusOf(WORKSPACES, READS)]
  const refused = await terraform.api('/account/details', READS)
  expect([...statuses, refused.status]).toEqual([200, 200, 429])
  expect(await refused.json()).toEqual({
    errors: [{ detail: "You have exceeded the API's rate limit.", status: 429, title: 'Too many requests' }],
  })
  const wait = Number(refused.headers.get('x-ratelimit-reset'))
  expect([wait > 0, wait <= 600, refused.headers.get('retry-after')]).toEqual([true, true, null])
  await terraform.control.clock(601)
  expect(await terraform.statusOf(WORKSPACES, READS)).toBe(200)
})

test('all tokens of one identity share a limit, those of another do not, and without a token the address has one', async () => {
  await terraform.set({ rateLimit: { limit: 1, windowSeconds: 600 } })
  const same = await terraform.tokenFor({ team: 'plugboard' })
  const other = await terraform.tokenFor({ team: 'on-call' })
  const dana = await terraform.tokenFor({ kind: 'user' })
  const tokens = [READS, same, other, dana, standing('danakow'), undefined, undefined]
  const statuses = []
  for (const token of tokens) statuses.push(await terraform.statusOf(WORKSPACES, token))
  expect(statuses).toEqual([200, 429, 200, 200, 429, 401, 429])
})

test('lists of runs have their own limit, shared by both, and other requests go on', async () => {
  await terraform.set({ runsLimit: { limit: 2, windowSeconds: 600 } })
  const own = `/workspaces/${await terraform.workspaceId('web-cdn')}/runs`
  const [run] = (await terraform.list(own, READS)).data
  const statuses = [
    await terraform.statusOf('/organizations/acme/runs', READS),
    await terraform.statusOf(own, READS),
    await terraform.statusOf(`/runs/${run?.id}`, READS),
  ]
  expect(statuses).toEqual([200, 429, 200])
  await terraform.control.clock(601)
  expect(await terraform.statusOf(own, READS)).toBe(200)
})

test('a list has pages of 20, of what is asked for, and of 100 at most', async () => {
  const many = Array.from({ length: 120 }, (_, n) => ({ name: `many-${String(n).padStart(3, '0')}` }))
  await terraform.set({ workspaces: many })
  const size = async (query: string) => {
    const { data, meta } = await terraform.list(WORKSPACES + query, READS)
    return [data.length, meta?.pagination['page-size']]
  }
  expect([await size(''), await size(page(1, 7)), await size(page(1, 500))]).toEqual([
    [20, 20],
    [7, 7],
    [100, 100],
  ])
})

test('a page names the others by whole addresses, and says how many there are', async () => {
  const { links, meta, data } = await terraform.list(WORKSPACES + page(2, 3), READS)
  expect(meta?.pagination).toEqual({
    'current-page': 2,
    'page-size': 3,
    'prev-page': 1,
    'next-page': 3,
    'total-pages': 3,
    'total-count': 8,
  })
  expect(links?.next).toBe(`${terraform.base}/api/v2${WORKSPACES}${page(3, 3)}`)
  const next = await terraform.list(links?.next ?? '', READS)
  expect([data.length, next.data.length, next.links?.next, next.meta?.pagination['next-page']]).toEqual([
    3,
    2,
    null,
    null,
  ])
})

test('the runs of an organization say neither how many there are nor which page is the last', async () => {
  const { links, meta } = await terraform.list(`/organizations/acme/runs${page(1, 2)}`, READS)
  expect(Object.keys(links ?? {}).sort()).toEqual(['next', 'prev', 'self'])
  expect(meta?.pagination).toEqual({ 'current-page': 1, 'page-size': 2, 'prev-page': null, 'next-page': 2 })
  const far = await terraform.list(`/organizations/acme/runs${page(50, 20)}`, READS)
  expect([far.data, far.meta?.pagination['next-page']]).toEqual([[], null])
})

test('organizations come all at once and without `meta`, unless a page is asked for', async () => {
  const dana = standing('danakow')
  const whole = await terraform.list('/organizations', dana)
  expect([whole.data.length, whole.meta, whole.links]).toEqual([2, undefined, undefined])
  const paged = await terraform.list(`/organizations${page(1, 1)}`, dana)
  expect([paged.data.length, paged.meta?.pagination['total-count']]).toEqual([1, 2])
})

test('an unknown path or method is a 404, and a fault stands in for an answer', async () => {
  const paths = ['/teams', '/vars', `${WORKSPACES}/`, '/state-version-outputs/wsout-0']
  for (const path of paths) expect([path, await terraform.statusOf(path, READS)]).toEqual([path, 404])
  expect((await terraform.api(WORKSPACES, READS, { method: 'PUT' })).status).toBe(404)
  await terraform.control.faults([{ path: '/terraform-api/api/v2/organizations/*/workspaces', status: 502, times: 1 }])
  expect([await terraform.statusOf(WORKSPACES, READS), await terraform.statusOf(WORKSPACES, READS)]).toEqual([502, 200])
})
