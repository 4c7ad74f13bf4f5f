import { describe, expect, test } from 'vitest'
import { lathe, sentryApi, sentryFixture, sentryReader } from '#tests/support/sentry-api.ts'

const [projects, issues] = ['project', 'issue'].map(sentryReader) as [
  ReturnType<typeof sentryReader>,
  ReturnType<typeof sentryReader>,
] // a list of two gives two
const at = '/api/0/organizations/lathe'

describe('projects', () => {
  test('are listed page by page, until Sentry says that the next has no results', async () => {
    const { api, received } = await sentryApi(sentryFixture('project'))
    const first = await projects.list(api, {})
    expect(first.items).toEqual([
      {
        kind: 'project',
        id: '81',
        title: 'Spindle',
        url: 'https://lathe.sentry.io/projects/spindle/',
        excerpt: 'rust',
        body: { slug: 'spindle', platform: 'rust', environments: ['production', 'bench'], teams: ['machines'] },
      },
    ])
    expect(first.nextCursor).toBe('0:100:0')
    const second = await projects.list(api, { cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ items: [{ id: '82', title: 'lathe-web' }], nextCursor: undefined })
    expect(received.map(({ path, query }) => [path, query.get('per_page'), query.get('cursor')])).toEqual([
      [`${at}/projects/`, '100', null],
      [`${at}/projects/`, '100', '0:100:0'],
    ])
  })

  test('are found by words of their name or slug, also on a later page', async () => {
    const { api } = await sentryApi(sentryFixture('project'))
    expect((await projects.search(api, 'web LATHE', {})).items).toMatchObject([{ id: '82' }])
    expect(await projects.search(api, 'turbine', {})).toEqual({ items: [], nextCursor: undefined })
  })

  test('are read by number and by the slug of a link; another is not found', async () => {
    const { api } = await sentryApi(sentryFixture('project'))
    for (const id of ['82', 'lathe-web']) expect(await projects.read(api, id)).toMatchObject({ id: '82' })
    await expect(projects.read(api, '83')).rejects.toMatchObject({ failure: 'not_found' })
  })
})

describe('issues', () => {
  test('a card tells level, how often, how many users, the trend and who has it', async () => {
    const { api, received } = await sentryApi(sentryFixture('issue'))
    const { items, nextCursor } = await issues.list(api, { parent: '81' })
    expect(items[0]).toEqual({
      kind: 'issue',
      id: '7001',
      title: 'SpindleJam: chuck 4 is closed',
      url: 'https://lathe.sentry.io/issues/7001/',
      parent: '81',
      container: 'Spindle',
      containerId: '81',
      updatedAt: '2026-11-20T10:11:12Z',
      excerpt: 'chuck::close',
      body: {
        shortId: 'SPINDLE-1F',
        state: 'unresolved',
        substate: 'regressed',
        level: 'fatal',
        priority: 'high',
        events: 1204,
        users: 31,
        assignees: ['Priya Nair'],
        firstSeen: '2026-10-02T05:06:07.120000Z',
        lastSeen: '2026-11-20T10:11:12Z',
        hours: [2, 2, 9, 14],
        trend: 'rising',
      },
    })
    expect(nextCursor).toBe('1780000000000:0:0')
    expect(Object.fromEntries(received[0]?.query ?? [])).toEqual({
      query: '',
      project: '81',
      statsPeriod: '90d',
      sort: 'date',
      limit: '100',
    })
  })

  test('one without an address of its own gets the organization’s, one without a name nobody’s e-mail', async () => {
    const { api } = await sentryApi(sentryFixture('issue'))
    const [, second] = (await issues.list(api, {})).items
    expect(second).toMatchObject({
      url: 'https://lathe.sentry.io/issues/7002/',
      container: 'lathe-web',
      body: { assignees: ['somebody'], trend: '' },
    })
    expect(JSON.stringify((await issues.list(api, {})).items)).not.toContain('@lathe.example')
  })

  test('are read by number and by short id, in whatever letters it is typed', async () => {
    const { api, received } = await sentryApi(sentryFixture('issue'))
    expect(await issues.read(api, '7001')).toMatchObject({
      id: '7001',
      body: { assignees: ['#machines'], trend: 'falling' },
    })
    expect(await issues.read(api, 'lathe-web-9')).toMatchObject({ id: '7002', body: { shortId: 'LATHE-WEB-9' } })
    expect(received.map(({ path }) => path)).toEqual([`${at}/issues/7001/`, `${at}/shortids/LATHE-WEB-9/`])
    await expect(issues.read(api, '7009')).rejects.toMatchObject({ failure: 'not_found' })
  })

  test.each([
    ['chuck closed', '"chuck closed"'],
    ['chuck "4"', '"chuck \\"4\\""'],
    ['SpindleJam: chuck', '"SpindleJam: chuck"'],
    ['https://lathe.example/x', '"https://lathe.example/x"'],
    ['"chuck 4"', '"chuck 4"'],
    ['is:unresolved level:fatal', 'is:unresolved level:fatal'],
    ['chuck !level:info', 'chuck !level:info'],
    ['times_seen:>5', 'times_seen:>5'],
  ])('typed %s, Sentry is asked for %s', async (typed, query) => {
    const { api, received } = await sentryApi(sentryFixture('issue'))
    await issues.search(api, typed, { parent: '81' })
    expect(received.map((one) => [one.path, one.query.get('query'), one.query.get('project')])).toEqual([
      [`${at}/issues/`, query, '81'],
    ])
  })

  test('a typed short id is found first, and once; in another project it is not', async () => {
    const { api } = await sentryApi(sentryFixture('issue'))
    const ids = async (parent?: string) =>
      (await issues.search(api, 'LATHE-WEB-9', parent ? { parent } : {})).items.map(({ id }) => id)
    expect(await ids()).toEqual(['7002', '7001'])
    expect((await ids('81'))[0]).toBe('7001')
    expect((await issues.search(api, 'SPINDLE-404', {})).items).toHaveLength(2)
  })

  test('a search that Sentry cannot read finds nothing; a list that it refuses fails', async () => {
    const refused = { status: 400, body: { detail: "Error parsing search query: Empty string after 'is:'" } }
    const { api } = await sentryApi({ [`GET ${at}/issues/`]: refused })
    expect(await issues.search(api, 'is:x is:', {})).toEqual({ items: [], nextCursor: undefined })
    await expect(issues.list(api, {})).rejects.toMatchObject({ failure: 'unavailable', status: 400 })
  })

  test('without anything kept of the organization’s address, a link is left out rather than made up', async () => {
    const { web: _web, ...rest } = lathe
    const { api } = await sentryApi(sentryFixture('issue'), rest)
    const [, second] = (await issues.list(api, {})).items
    expect(second?.url).toBe('/issues/7002/')
  })
})
