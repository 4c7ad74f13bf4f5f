import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const sentry = await newSandbox(sentryClient)
let token: string

beforeEach(async () => {
  // Wider than Sentry's own, so that no test waits for a second to end.
  await sentry.set({ rateLimit: { limit: 1000, windowSeconds: 600 } })
  token = await sentry.tokenFor()
})

const ISSUES = '/organizations/acme/issues/'
const json = async (path: string, as = token) => (await sentry.api(path, as)).json()
const found = async (query: Record<string, string> | string[][], as = token): Promise<string[]> => {
  const issues: { shortId: string }[] = await json(`${ISSUES}?${new URLSearchParams(query)}`, as)
  return issues.map(({ shortId }) => shortId)
}
const search = (query: string, as = token) => found({ query }, as)
const refusal = (query: Record<string, string>, path = ISSUES) =>
  sentry.refusal(`${path}?${new URLSearchParams(query)}`, token)
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ project: 'web', value: `n ${index}` }))

test('an issue counts in text and its people in numbers', async () => {
  expect(await json(`${ISSUES}WEB-1/`)).toMatchObject({
    id: expect.stringMatching(/^\d{10}$/),
    count: '1284',
    userCount: 611,
    level: 'error',
    status: 'unresolved',
    substatus: 'escalating',
    project: { slug: 'web' },
    assignedTo: { type: 'user', name: 'Priya Nair', email: 'priya@acme.example' },
  })
})

test('without a query only unresolved issues are listed, and an empty one lists all', async () => {
  const [some, all] = [await found({}), await search('')]
  expect(all).toEqual(expect.arrayContaining(some))
  expect(all.filter((one) => !some.includes(one)).sort()).toEqual([
    'API-5',
    'API-8',
    'WEB-5',
    'WEB-6',
    'WEB-7',
    'WORKER-5',
  ])
})

test('a search is read word by word', async () => {
  expect(await search('is:resolved')).toEqual(['WEB-7', 'WORKER-5', 'API-5'])
  expect(await search('is:ignored')).toEqual(await search('is:archived'))
  expect(await search('is:unresolved level:fatal')).toEqual(['WORKER-2'])
  expect(await search('level:[fatal,info] is:unresolved')).toEqual(['WORKER-2'])
  expect((await search('is:unresolved !level:error')).sort()).toEqual([
    'API-3',
    'API-6',
    'API-7',
    'WEB-4',
    'WORKER-2',
    'WORKER-3',
    'WORKER-4',
  ])
  expect(await search('timesSeen:>4000')).toEqual(['API-8', 'WEB-6'])
  expect(await search('assigned:#platform')).toEqual(['WORKER-3', 'API-2'])
  expect(await search('carrier:north job:print-label')).toEqual(['WORKER-1'])
  expect(await search('release:api@4.30.2')).toEqual(['API-4', 'API-6'])
  expect(await search('release:4.30.2 project:api')).toEqual(['API-4', 'API-6'])
  expect(await search('error.type:*Timeout*')).toEqual(['API-2'])
  expect(await search('has:carrier is:unresolved !has:job')).toEqual(['API-7'])
  expect(await search('lastSeen:-5m')).toEqual(['API-1', 'API-8', 'WEB-1'])
})

test('free words are looked for as one phrase, in any case, and what is in quotes is no filter', async () => {
  expect(await search('Deadlock detected')).toEqual(['API-1'])
  expect(await search('detected deadlock')).toEqual([])
  expect(await search('"TypeError: Failed to fetch"')).toEqual(['WEB-9'])
  expect(await search('src/orders/create.ts')).toEqual(['API-1', 'API-4'])
})

test('what is assigned to me is mine by a personal token, and nothing by an integration’s', async () => {
  const sam = await sentry.tokenFor({ kind: 'user', account: 'sam@acme.example' })
  expect(await search('is:unresolved assigned:me', sam)).toEqual(['API-1', 'WORKER-1', 'API-7'])
  expect(await search('assigned:me')).toEqual([])
})

test('a search that cannot be read is a 400 that says why', async () => {
  const wrong = ['"no end', 'level:', 'level:loud', 'timesSeen:many', 'lastSeen:yesterday', 'TypeError: x']
  for (const query of wrong) {
    expect([query, ...(await refusal({ query }))]).toEqual([
      query,
      400,
      expect.stringContaining('Error parsing search query'),
    ])
  }
  expect(await refusal({ query: 'is:open' })).toEqual([400, expect.stringContaining('Invalid value for "is" search')])
  expect((await refusal({ sort: 'priority' }))[0]).toBe(400)
  expect((await refusal({ statsPeriod: 'fortnight' }))[0]).toBe(400)
  expect((await refusal({ environment: 'moon' }))[0]).toBe(404)
})

test('projects are named by slug or number, several at once, and -1 is all of them', async () => {
  const projects: { id: string; slug: string }[] = await json('/organizations/acme/projects/')
  expect(projects.map(({ slug }) => slug)).toEqual(['api', 'web', 'worker'])
  const id = projects.find(({ slug }) => slug === 'worker')?.id ?? ''
  const workers = await found({ project: 'worker', query: '' })
  expect(workers).toHaveLength(6)
  expect(await found({ project: id, query: '' })).toEqual(workers)
  expect(
    await found([
      ['project', id],
      ['project', 'api'],
      ['query', ''],
    ]),
  ).toHaveLength(14)
  expect(await found({ project: '-1' })).toEqual(await found({}))
  expect(await refusal({ project: 'nothing' })).toEqual([403, expect.any(String)])
  expect(await json(`/projects/acme/${id}/issues/?query=`)).toHaveLength(6)
})

test('an older server wants the project’s number', async () => {
  await sentry.set({ numericProjects: true })
  expect(await refusal({ project: 'web' })).toEqual([400, 'Invalid project parameter. Values must be numbers.'])
  const [{ id }] = await json('/organizations/acme/projects/')
  expect((await sentry.api(`${ISSUES}?project=${id}`, token)).status).toBe(200)
})

test('a period leaves out what was last seen before it', async () => {
  expect(await found({ query: '', statsPeriod: '14d' })).not.toContain('WORKER-5')
  expect(await found({ query: '', statsPeriod: '60d' })).toContain('WORKER-5')
  expect(await found({ statsPeriod: '5m' })).toEqual(['API-1', 'WEB-1'])
  await sentry.control.clock(3600)
  expect(await found({ statsPeriod: '5m' })).toEqual([])
})

test('issues are sorted by last seen, or as asked', async () => {
  expect((await search('is:unresolved'))[0]).toBe('API-1')
  expect((await found({ sort: 'freq' }))[0]).toBe('WEB-4')
  expect((await found({ sort: 'user' })).slice(0, 2)).toEqual(['WEB-4', 'WEB-1'])
  expect((await found({ sort: 'new' }))[0]).toBe('WEB-9')
})

test('both links are on every page, and following the next ones finds everything once', async () => {
  await sentry.set({ issues: many(230) })
  const seen: string[] = []
  let address = `${sentry.base}/api/0${ISSUES}?limit=100&query=`
  for (let page = 0; page < 3; page += 1) {
    const response = await sentry.api(address, token)
    const link = response.headers.get('link') ?? ''
    expect(link).toMatch(
      new RegExp(`rel="previous"; results="${page > 0}"; cursor="0:${Math.max(0, page - 1) * 100}:1"`),
    )
    const [, next = '', results] = /, <([^>]+)>; rel="next"; results="(\w+)"; cursor="0:\d+:0"$/.exec(link) ?? []
    expect(results).toBe(String(page < 2))
    seen.push(...(await response.json()).map(({ id }: { id: string }) => id))
    address = next
  }
  expect([seen.length, new Set(seen).size]).toEqual([253, 253])
  expect(await json(address)).toEqual([])
})

test('a page holds 100 at most, and a cursor is one of ours', async () => {
  await sentry.set({ issues: many(120), projects: many(3).map((_, index) => ({ slug: `service-${index}` })) })
  expect(await json(`${ISSUES}?limit=500`)).toHaveLength(100)
  expect(await json('/organizations/acme/projects/?per_page=2')).toHaveLength(2)
  const projects = await sentry.api('/organizations/acme/projects/', token)
  expect(projects.headers.get('link')).toContain('/projects/?&cursor=0:100:0>; rel="next"; results="false"')
  expect(await refusal({ per_page: '101' }, '/organizations/acme/projects/')).toEqual([400, expect.any(String)])
  expect(await refusal({ cursor: '2' })).toEqual([400, 'Invalid cursor parameter.'])
})

test('an issue is found by its number or its short id, in its own organization alone', async () => {
  const { id } = await json(`${ISSUES}API-1/`)
  expect(await json(`${ISSUES}${id}/`)).toMatchObject({ shortId: 'API-1' })
  expect(await json('/organizations/acme/shortids/api-1/')).toMatchObject({
    organizationSlug: 'acme',
    projectSlug: 'api',
    groupId: id,
    group: { id },
    shortId: 'API-1',
  })
  const dana = await sentry.tokenFor({ kind: 'user' })
  expect((await sentry.api(`/organizations/globex/issues/${id}/`, dana)).status).toBe(404)
  expect((await sentry.api(`${ISSUES}API-99/`, token)).status).toBe(404)
})

test('an organization answers to its slug and to its number', async () => {
  const { id, projects } = await json('/organizations/acme/?detailed=0')
  expect(projects).toBeUndefined()
  expect(await json(`/organizations/${id}/`)).toMatchObject({ slug: 'acme', projects: expect.any(Array) })
  await sentry.set({ organization: { slug: 'acme', renamedTo: 'acme-shop' } })
  expect((await sentry.api('/organizations/acme/', token)).status).toBe(404)
  expect(await json('/organizations/acme-shop/')).toMatchObject({ id, slug: 'acme-shop' })
})

test('the host to ask is this one, another, an empty one or none, as control says', async () => {
  const links = async () => (await json('/organizations/acme/?detailed=0')).links
  expect(await links()).toEqual({ organizationUrl: `${sentry.base}/organizations/acme`, regionUrl: sentry.base })
  for (const regionUrl of ['https://de.sentry.io', '']) {
    await sentry.set({ organization: { slug: 'acme', regionUrl } })
    expect(await links()).toMatchObject({ regionUrl })
  }
  await sentry.set({ organization: { slug: 'acme', hasLinks: false } })
  expect(await links()).toBeUndefined()
})

test('the latest event holds a stack trace, and its neighbours can be walked', async () => {
  const latest = await json(`${ISSUES}API-1/events/latest/`)
  const { values } = latest.entries.find(({ type }: { type: string }) => type === 'exception').data
  expect(values[0].stacktrace.frames.at(-1)).toMatchObject({ function: 'Client.query', inApp: false })
  expect(latest).toMatchObject({
    groupID: expect.stringMatching(/^\d+$/),
    nextEventID: null,
    title: 'DatabaseError: deadlock detected',
  })
  const before = await json(`${ISSUES}API-1/events/${latest.previousEventID}/`)
  expect(before.nextEventID).toBe(latest.eventID)
  expect(Date.parse(before.dateCreated)).toBeLessThan(Date.parse(latest.dateCreated))
  expect((await json(`${ISSUES}API-1/events/oldest/`)).previousEventID).toBeNull()
  expect((await json(`${ISSUES}API-1/events/recommended/`)).id).toBe(latest.id)
  expect((await sentry.api(`${ISSUES}API-2/events/${latest.eventID}/`, token)).status).toBe(404)
})

test('events are listed latest first, without their bodies unless asked', async () => {
  const events = await json(`${ISSUES}API-1/events/?per_page=5`)
  expect(events).toHaveLength(5)
  expect(events[0]).not.toHaveProperty('entries')
  expect((await json(`${ISSUES}API-1/events/?full=true&per_page=1`))[0]).toHaveProperty('entries')
  const ofProject: { projectID: string }[] = await json('/projects/acme/api/events/')
  expect([ofProject.length, new Set(ofProject.map(({ projectID }) => projectID)).size]).toEqual([100, 1])
  expect(await json(`/organizations/acme/eventids/${events[0].eventID}/`)).toMatchObject({ projectSlug: 'api' })
})

test('a table over the events needs a dataset and one to twenty fields', async () => {
  const explore = (query: string) => `/organizations/acme/events/?${query}`
  const totals = await json(explore('dataset=errors&field=title&field=count()&statsPeriod=24h&sort=-count'))
  expect(Object.keys(totals.data[0])).toEqual(['title', 'count()'])
  expect(totals.meta.fields).toEqual({ title: 'string', 'count()': 'integer' })
  const counts = totals.data.map((row: Record<string, number>) => row['count()'])
  expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a))
  expect((await json(explore('dataset=errors&field=title&field=timestamp'))).data[0]).toHaveProperty('id')
  const twentyOne = Array.from({ length: 21 }, (_, index) => `field=tag${index}`).join('&')
  for (const query of ['field=title', 'dataset=errors', 'dataset=wishes&field=title', `dataset=errors&${twentyOne}`]) {
    expect([query, (await sentry.api(explore(query), token)).status]).toEqual([query, 400])
  }
})

test('an issue can be added, changed and removed, and its address may be left out', async () => {
  const made = await sentry.set({ issues: [{ project: 'worker', type: 'Oops', value: 'x', hasPermalink: false }] })
  expect(made).toMatchObject({ issues: [{ shortId: 'WORKER-7' }] })
  expect(await json(`${ISSUES}WORKER-7/`)).toMatchObject({ title: 'Oops: x', permalink: null })
  await sentry.set({ issues: [{ shortId: 'WORKER-7', status: 'resolved', substatus: null }] })
  expect(await json(`${ISSUES}WORKER-7/`)).toMatchObject({ status: 'resolved', title: 'Oops: x' })
  await sentry.set({ removeIssue: { shortId: 'WORKER-7' } })
  expect((await sentry.api(`${ISSUES}WORKER-7/`, token)).status).toBe(404)
  await sentry.set({ removeProject: { slug: 'worker' } })
  expect(await search('project:worker')).toEqual([])
})

test('a path without its last slash is a 404 that says so, and nothing here is written', async () => {
  const bare = await sentry.api('/organizations/acme', token)
  expect([bare.status, bare.headers.get('content-type')]).toEqual([404, 'text/plain'])
  expect(await bare.text()).toContain('did you forget a trailing slash?')
  const asJson = await sentry.api('/organizations/acme', token, { headers: { 'content-type': 'application/json' } })
  expect(await asJson.json()).toHaveProperty('info')
  expect((await sentry.api('/nothing/', token)).status).toBe(404)
  expect((await sentry.api(`${ISSUES}WEB-1/`, token, { method: 'PUT' })).status).toBe(405)
})
