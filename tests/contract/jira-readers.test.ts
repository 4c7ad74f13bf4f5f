import { describe, expect, test } from 'vitest'
import { readQuery } from '#lib/providers/atlassian-query.ts'
import { jira } from '#lib/providers/jira/provider.ts'
import { jiraApi, jiraFixture, jiraReader, lathe } from '#tests/support/atlassian-api.ts'
import { failed, titles } from '#tests/support/github-api.ts'

const all = Object.assign(
  {},
  ...['project', 'issue', 'board', 'sprint', 'issue-search'].map((name) => jiraFixture(name)),
)
const [projects, issues, boards, sprints, searches] = ['project', 'issue', 'board', 'sprint', 'issue_search'].map(
  jiraReader,
)
if (!projects || !issues || !boards || !sprints || !searches) throw new Error('a reader is missing')

describe('projects', () => {
  test('come page by page, those that are archived left out, and lead to the site, never to the gateway', async () => {
    const { api, received } = await jiraApi(all)
    const first = await projects.list(api, {})
    expect(titles(first.items)).toEqual(['Lathe', 'Quarry'])
    expect(titles((await projects.list(api, { cursor: String(first.nextCursor) })).items)).toEqual(['Old works'])
    expect(first.items.map(({ url, isPrivate }) => [url, isPrivate])).toEqual([
      ['https://lathe.atlassian.net/browse/LTH', undefined],
      ['https://lathe.atlassian.net/browse/QRY', true],
    ])
    expect(received.map(({ query }) => [query.get('status'), query.get('startAt')])).toEqual([
      ['live', '0'],
      ['live', '2'],
    ])
  })

  test('are searched by Jira, and a card says what it is and who leads it', async () => {
    const { api } = await jiraApi(all)
    expect(titles((await projects.search(api, 'quar', {})).items)).toEqual(['Quarry'])
    expect((await projects.read(api, 'lathe.LTH')).body).toEqual({
      key: 'LTH',
      description: 'Turning, and what turns with it.',
      type: 'Software',
      lead: 'Ines Brandt',
      state: 'live',
    })
  })
})

describe('issues', () => {
  test('a card has key, status, assignee, the sprint under way and the points, whatever their fields are numbered', async () => {
    const { api, received } = await jiraApi(all)
    expect(await issues.read(api, 'lathe.LTH-7')).toEqual({
      kind: 'issue',
      id: 'lathe.LTH-7',
      title: 'LTH-7 The spindle stops at 1,200',
      url: 'https://lathe.atlassian.net/browse/LTH-7',
      parent: 'lathe.LTH',
      container: 'Lathe',
      updatedAt: '2026-11-18T08:30:00.000Z',
      excerpt: 'It stops dead, says @Jon Pell\nat 1,200 turns',
      body: {
        key: 'LTH-7',
        state: 'In review',
        category: 'indeterminate',
        type: 'Bug',
        priority: 'High',
        assignees: ['Ines Brandt'],
        labels: ['spindle', 'noise'],
        sprint: 'Lathe 12',
        points: 5,
      },
    })
    expect(received[0]?.query.get('expand')).toBe('names,schema')
  })

  test('a project’s are found by the newer search, which is asked for fields and turns pages by a token', async () => {
    const { api, received } = await jiraApi(all)
    const first = await issues.list(api, { parent: 'lathe.LTH' })
    expect(titles(first.items)).toEqual(['LTH-7 The spindle stops at 1,200', 'LTH-8 Oil for the spindle'])
    const second = await issues.list(api, { parent: 'lathe.LTH', cursor: String(first.nextCursor) })
    expect(titles(second.items)).toEqual(['LTH-9'])
    expect(second.nextCursor).toBeUndefined()
    expect(received.map(({ path, query }) => [path, query.get('jql'), query.get('nextPageToken')])).toEqual([
      ['/rest/api/3/search/jql', 'project = "LTH" ORDER BY updated DESC', null],
      ['/rest/api/3/search/jql', 'project = "LTH" ORDER BY updated DESC', 'CAEaAggD'],
    ])
    expect(received[0]?.query.get('fields')).toContain('summary,status,assignee')
  })

  test('a sprint’s are found by its number; what has changed since is asked for in minutes, which no time zone bends', async () => {
    const { api, received } = await jiraApi(all)
    await issues.list(api, { parent: 'lathe.4.37' })
    await issues.list(api, { parent: 'lathe.LTH', since: new Date(Date.now() - 3_600_000) })
    expect(received.map(({ query }) => query.get('jql')?.replace(/-6[01]m/, '-60m'))).toEqual([
      'sprint = 37 ORDER BY updated DESC',
      'project = "LTH" AND updated >= -60m ORDER BY updated DESC',
    ])
  })

  test('a board’s come from the newer list, or from the older one where a site has none', async () => {
    const { api, asked } = await jiraApi(all)
    expect(titles((await issues.list(api, { parent: 'lathe.4' })).items)).toEqual(['LTH-8 Oil for the spindle'])
    const older = await issues.list(api, { parent: 'lathe.5' })
    expect(titles(older.items)).toEqual(['LTH-9 Sharpen'])
    expect(titles((await issues.list(api, { parent: 'lathe.5', cursor: String(older.nextCursor) })).items)).toEqual([
      'LTH-10 Sweep',
    ])
    expect(asked().map((one) => one.slice(4))).toEqual([
      '/rest/software/1.0/board/4/issue',
      '/rest/software/1.0/board/5/issue',
      '/rest/agile/1.0/board/5/issue',
      '/rest/agile/1.0/board/5/issue',
    ])
  })

  test('what is typed is looked for in summaries, and cannot become a query of its own', async () => {
    const { api, received } = await jiraApi(all)
    await issues.search(api, 'spin" OR project = "PAY', {})
    await issues.search(api, 'spin', { parent: 'lathe.LTH' })
    await issues.search(api, '"', {})
    expect(received.map(({ query }) => query.get('jql'))).toEqual([
      'summary ~ "spin* OR* project* PAY*" ORDER BY updated DESC',
      'project = "LTH" AND (summary ~ "spin*") ORDER BY updated DESC',
    ])
  })

  test('a key that was typed is read, in small letters too, and comes first', async () => {
    const { api, asked } = await jiraApi(all)
    const { items } = await issues.search(api, 'lth-7', {})
    expect(titles(items)).toEqual(['LTH-7 The spindle stops at 1,200', 'LTH-8 Oil for the spindle'])
    expect(asked()).toContain('GET /rest/api/3/issue/LTH-7')
    expect(titles((await issues.search(api, 'LTH-7000', {})).items)).toHaveLength(2)
  })

  test('an issue of another site is not found, though the key is one of ours, and nobody is asked', async () => {
    const { api, received } = await jiraApi(all)
    for (const id of ['quarry.LTH-7', 'lathe.LTH', 'lathe.LTH-7.x', 'LTH-7', 'lathe.', '~'])
      expect((await failed(issues.read(api, id))).failure).toBe('not_found')
    expect(received).toEqual([])
  })
})

describe('boards and sprints', () => {
  test('boards are listed and searched, all or of one project; each leads to its page', async () => {
    const { api, received } = await jiraApi(all)
    const { items } = await boards.list(api, {})
    await boards.list(api, { parent: 'lathe.LTH' })
    await boards.search(api, 'lathe', {})
    expect(items.map(({ id, title, container, url }) => [id, title, container, url])).toEqual([
      ['lathe.4', 'Lathe board', 'Lathe', 'https://lathe.atlassian.net/jira/software/projects/LTH/boards/4'],
      ['lathe.5', 'Ines’s own', 'Ines Brandt', 'https://lathe.atlassian.net/secure/RapidBoard.jspa?rapidView=5'],
    ])
    expect(received.map(({ query }) => [query.get('projectKeyOrId'), query.get('name')])).toEqual([
      [null, null],
      ['LTH', null],
      [null, 'lathe'],
    ])
  })

  test('a board without sprints has none; those under way and to come stand before those that are over', async () => {
    const { api, received } = await jiraApi(all)
    expect(await sprints.list(api, { parent: 'lathe.5' })).toEqual({ items: [] })
    const pages = [await sprints.list(api, { parent: 'lathe.4' })]
    for (let next = pages.at(-1)?.nextCursor; next && pages.length < 9; next = pages.at(-1)?.nextCursor)
      pages.push(await sprints.list(api, { parent: 'lathe.4', cursor: next }))
    expect(pages.map(({ items }) => titles(items))).toEqual([['Lathe 12', 'Lathe 13'], ['Lathe 11'], ['Lathe 10']])
    expect(received.flatMap(({ query }) => query.get('state') ?? []).slice(1)).toEqual([
      'active,future',
      'closed',
      'closed',
    ])
  })

  test('a sprint is found on a later page, with its goal and its days; its board is asked for once', async () => {
    const { api, asked } = await jiraApi(all)
    expect(await sprints.read(api, 'lathe.4.35')).toMatchObject({
      id: 'lathe.4.35',
      parent: 'lathe.4',
      container: 'Lathe board',
      body: { state: 'closed', startsAt: '2026-10-12T07:00:00.000Z', endsAt: '2026-10-26T09:00:00.000Z' },
    })
    expect(asked().filter((line) => line === 'GET /rest/agile/1.0/board/4')).toHaveLength(1)
    expect((await failed(sprints.read(api, 'lathe.4.99'))).failure).toBe('not_found')
  })

  test('of a board where every sprint is over, these come at once', async () => {
    const none = { body: { isLast: true, values: [] } }
    const { api } = await jiraApi({ ...all, 'GET /rest/agile/1.0/board/4/sprint?state=active,future': none })
    expect(titles((await sprints.list(api, { parent: 'lathe.4' })).items)).toEqual(['Lathe 11'])
  })
})

describe('JQL', () => {
  test('a query finds itself, to be kept on a board, and its issues', async () => {
    const { api } = await jiraApi(all)
    const { items } = await searches.search(api, 'project = LTH', {})
    expect(titles(items)).toEqual(['project = LTH', 'LTH-7 The spindle stops at 1,200', 'LTH-8 Oil for the spindle'])
    const list = await searches.read(api, String(items[0]?.id))
    expect(list).toMatchObject({
      kind: 'issue_search',
      url: 'https://lathe.atlassian.net/issues/?jql=project+%3D+LTH',
      body: {
        total: 38,
        hits: [{ title: 'LTH-7 The spindle stops at 1,200', detail: 'In review' }, { detail: 'Done' }],
      },
    })
  })

  test('what Jira says of a query that it refuses is told as it is, and a card keeps saying it', async () => {
    const { api } = await jiraApi(all)
    const said = "Field 'sprnt' does not exist or you do not have permission to view it."
    expect(await searches.search(api, 'sprnt = 3', {})).toEqual({ items: [], message: said })
    const id = searches.match(new URL('https://lathe.atlassian.net/issues/?jql=sprnt%20%3D%203')) ?? ''
    expect((await searches.read(api, id)).body).toMatchObject({ query: 'sprnt = 3', refused: said, hits: [] })
  })

  test('words that are no query are looked for in everything; a query is narrowed to where one is', async () => {
    const { api, received } = await jiraApi(all)
    await searches.search(api, 'loud spindle', {})
    await searches.search(api, 'status = Done OR status = Closed ORDER BY key', { parent: 'lathe.LTH' })
    await searches.search(api, 'priority = High', { parent: 'lathe.4' })
    expect(received.flatMap(({ query }) => query.get('jql') ?? [])).toEqual([
      'text ~ "loud spindle" ORDER BY updated DESC',
      'project = "LTH" AND (status = Done OR status = Closed) ORDER BY key',
      'project = "LTH" AND (priority = High)',
    ])
  })
})

test.each([
  ['https://lathe.atlassian.net/browse/LTH-7', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/browse/lth-7?focusedCommentId=1', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/jira/software/projects/LTH/boards/4?selectedIssue=LTH-7', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/jira/software/c/projects/LTH/issues/LTH-7', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/projects/LTH/issues/LTH-7', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/issues/LTH-7?filter=-1', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/issues/LTH-7?jql=project%20%3D%20LTH', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/jira/servicedesk/projects/LTH/queues/custom/12/LTH-7', 'issue', 'lathe.LTH-7'],
  ['https://lathe.atlassian.net/jira/servicedesk/projects/LTH/queues/custom/12', 'project', 'lathe.LTH'],
  ['https://lathe.atlassian.net/jira/software/c/projects/LTH/boards/4/backlog', 'board', 'lathe.4'],
  ['https://lathe.atlassian.net/secure/RapidBoard.jspa?rapidView=4', 'board', 'lathe.4'],
  ['https://lathe.atlassian.net/browse/LTH', 'project', 'lathe.LTH'],
  ['https://lathe.atlassian.net/jira/software/projects/LTH/summary', 'project', 'lathe.LTH'],
  ['https://lathe.atlassian.net/jira/core/projects/LTH/board', 'project', 'lathe.LTH'],
])('%s is its %s', (link, kind, id) => {
  const matched = jira.readers.flatMap(({ kind: one, match }) => {
    const found = match?.(new URL(link))
    return found ? [[one, found]] : []
  })
  expect(matched).toEqual([[kind, id]])
})

test.each([
  'https://lathe.atlassian.net/',
  'https://lathe.atlassian.net/wiki/spaces/WORKS/pages/98432/Sharpening',
  'https://lathe.atlassian.net/browse/7-LTH',
  'https://lathe.atlassian.net/jira/your-work',
  'https://lathe.atlassian.net/browse/%E0%A4%A',
  'https://atlassian.net/browse/LTH-7',
  'https://lathe.atlassian.net.evil.example/browse/LTH-7',
])('%s is nothing of Jira’s', (link) => {
  expect(jira.readers.map(({ match }) => match?.(new URL(link)) ?? null).filter(Boolean)).toEqual([])
})

test('a link to a query keeps it as it was written', async () => {
  const id = searches.match(
    new URL('https://lathe.atlassian.net/issues/?jql=project%20%3D%20LTH%20AND%20text%20~%20%22%C3%96l%22'),
  )
  expect(id).toMatch(/^lathe\.[\w-]+$/)
  expect(readQuery(String(id).slice('lathe.'.length))).toBe('project = LTH AND text ~ "Öl"')
  const { api } = await jiraApi(all, { ...lathe, siteUrl: 'https://quarry.atlassian.net' })
  expect((await failed(searches.read(api, String(id)))).failure).toBe('not_found')
})

test('a site with an address of its own is known by the id that Atlassian gave it: what names no site or another is not found', async () => {
  const own = { cloudId: '5e0f6a11-lathe', siteName: 'lathe', siteUrl: 'https://jira.lathe.example' }
  const { api, received } = await jiraApi(all, own)
  for (const id of ['.LTH-7', 'lathe.LTH-7', 'quarry.LTH-7'])
    expect((await failed(issues.read(api, id))).failure).toBe('not_found')
  expect(received).toEqual([])
  expect(await issues.read(api, '5e0f6a11-lathe.LTH-7')).toMatchObject({ id: '5e0f6a11-lathe.LTH-7' })
  expect(
    (
      await jira.identify(await jiraApi(jiraFixture('account'), own).then((one) => one.api), {
        token: 't',
        config: own,
      })
    ).label,
  ).toBe('jira.lathe.example')
  expect(issues.match(new URL('https://a.b.atlassian.net/browse/LTH-7'))).toBeNull()
})
