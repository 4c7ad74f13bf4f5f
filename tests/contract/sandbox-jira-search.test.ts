import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { atlassianClient, BOTH, DANA, SAM } from '#tests/support/sandbox-atlassian.ts'

const atlassian = await newSandbox(atlassianClient)
let token: string

beforeEach(async () => {
  token = await atlassian.tokenFor()
})

type Found = { id: string; key: string; fields: Record<string, unknown> }
const ask = (jql: string, query: Record<string, string> = {}, as = token) =>
  atlassian.jira(`/rest/api/3/search/jql?${new URLSearchParams({ jql, ...query })}`, as)
const keys = async (jql: string, as = token): Promise<string[]> => {
  const answer = await (await ask(jql, { fields: 'key', maxResults: '200' }, as)).json()
  return answer.issues.map(({ key }: Found) => key)
}
const errorOf = async (jql: string): Promise<string> => {
  const response = await ask(jql)
  expect(response.status).toBe(400)
  return (await response.json()).errorMessages.join()
}

test('a search answers with ids alone unless fields are named, and without a total', async () => {
  const bare = await (await ask('project = OPS')).json()
  expect(Object.keys(bare)).toEqual(['issues', 'isLast'])
  expect(bare.issues).toContainEqual({ id: expect.stringMatching(/^\d+$/) })
  const { issues } = await (await ask('key = ORD-102', { fields: 'summary,status,nonsense' })).json()
  expect(issues).toEqual([
    {
      expand: expect.any(String),
      id: expect.any(String),
      self: expect.stringContaining('/atlassian-api/ex/jira/'),
      key: 'ORD-102',
      fields: {
        summary: 'Replay a dead letter from the admin page',
        status: expect.objectContaining({ name: 'In Progress' }),
      },
    },
  ])
})

test('pages follow one another by token, which the last has none of', async () => {
  const seen: string[] = []
  let next: string | undefined
  do {
    const page = await (await ask('project = ORD', { maxResults: '5', ...(next && { nextPageToken: next }) })).json()
    seen.push(...page.issues.map(({ id }: Found) => id))
    expect(page.isLast).toBe(page.nextPageToken === undefined)
    next = page.nextPageToken
  } while (next !== undefined)
  expect([seen.length, new Set(seen).size]).toEqual([13, 13])
})

test('a page token is good for its own query, for a week', async () => {
  const { nextPageToken } = await (await ask('project = ORD', { maxResults: '1' })).json()
  expect((await ask('project = OPS', { nextPageToken })).status).toBe(400)
  expect((await ask('project = ORD', { nextPageToken: 'x' })).status).toBe(400)
  expect((await ask('project = ORD', { nextPageToken })).status).toBe(200)
  await atlassian.control.clock(7 * 86_400)
  token = await atlassian.tokenFor()
  expect((await ask('project = ORD', { nextPageToken })).status).toBe(400)
})

test('more fields make smaller pages', async () => {
  await atlassian.set({ fill: { site: 'acme', project: 'OPS', prefix: 'Disk', count: 150 } })
  const sizes = async (fields: string) =>
    (await (await ask('summary ~ Disk', { fields, maxResults: '5000' })).json()).issues.length
  expect([await sizes('id'), await sizes('summary')]).toEqual([150, 100])
})

test('a search by body is the same, and takes nothing that it does not know', async () => {
  const path = '/rest/api/3/search/jql'
  const answer = await (await atlassian.sendJira(path, token, { jql: 'key = ORD-102', fields: ['summary'] })).json()
  expect(answer).toMatchObject({ isLast: true, issues: [{ key: 'ORD-102' }] })
  for (const wrong of [{ jql: 'key = ORD-102', startAt: 0 }, { jql: 7 }, []])
    expect((await atlassian.sendJira(path, token, wrong)).status).toBe(400)
})

test('the search before that is gone', async () => {
  expect((await atlassian.jira('/rest/api/3/search?jql=project%3DORD', token)).status).toBe(410)
  expect((await atlassian.sendJira('/rest/api/3/search', token, { jql: 'project = ORD' })).status).toBe(410)
})

test('a count tells how many there are', async () => {
  const answer = await atlassian.sendJira('/rest/api/3/search/approximate-count', token, { jql: 'project = OPS' })
  expect(await answer.json()).toEqual({ count: 4 })
})

test.each([
  ['project = SHOP ORDER BY key', 'SHOP-20 SHOP-21 SHOP-22 SHOP-23 SHOP-24'],
  ['project in (OPS, "Web shop") AND status = "In Review"', 'SHOP-22'],
  [
    'project = ORD AND sprint in openSprints() AND statusCategory != Done ORDER BY priority DESC, key',
    'ORD-104 ORD-102 ORD-103 ORD-105 ORD-106',
  ],
  ['sprint = "Orders 44" order by key asc', 'ORD-111 ORD-112'],
  ['sprint = 11', 'ORD-108'],
  ['parent = ORD-100 and resolution is empty order by key', 'ORD-102 ORD-103'],
  ['assignee = currentUser() AND issuetype = Bug', 'ORD-104'],
  ['assignee = "5e0a44c17b2f9d0ea91c6d32" AND labels in (admin, database) ORDER BY key', 'OPS-30 ORD-102'],
  ['project = OPS AND assignee is EMPTY', 'OPS-33'],
  ['text ~ "dead letter"', 'ORD-103 ORD-102'],
  ['summary ~ "retr*"', 'ORD-101'],
  ['summary ~ "retr"', ''],
  ['text ~ "\\"full jitter\\""', 'ORD-101'],
  ['comment ~ ISO', 'ORD-104'],
  ['key in (ORD-101, FUL-102) ORDER BY key', 'ORD-101 ORD-102'],
  ['created >= "2026-11-18" AND project != PAYR ORDER BY created', 'SHOP-23 ORD-105 OPS-33'],
  ['duedate < 2027-01-01', 'OPS-30'],
  ['resolved >= 2026-11-12 AND resolved < "2026-11-13 12:00" ORDER BY resolved', 'ORD-101 OPS-32'],
  ['"Story Points" >= 5 AND cf[10016] != 8 AND status != Done', 'ORD-102'],
  ['project = PAYR && !(status = Done) || key = ORD-113', 'PAYR-2 ORD-113'],
  ['NOT project in (ORD, SHOP, OPS) AND status = done', 'PAYR-1'],
])('%s', async (jql, expected) => {
  expect((await keys(jql)).join(' ')).toBe(expected)
})

test('relative dates follow the clock', async () => {
  await atlassian.set({ issue: { key: 'ORD-113', summary: 'Changed now' } })
  expect(await keys('updated >= -1m')).toEqual(['ORD-113'])
  await atlassian.control.clock(120)
  expect(await keys('updated >= -1m')).toEqual([])
  expect(await keys('updated >= -1h AND updated <= now()')).toEqual(['ORD-113'])
})

test.each([
  ['', 'Unbounded JQL queries are not allowed here'],
  ['order by key desc', 'Unbounded JQL queries are not allowed here'],
  ['sprnt = 13', "Field 'sprnt' does not exist or you do not have permission to view it."],
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['status = Doing', "The value 'Doing' does not exist for the field 'status'."],
  ['key = ORD-999', "An issue with key 'ORD-999' does not exist for field 'key'."],
  ['project ~ ORD', "The operator '~' is not supported by the 'project' field."],
  ['summary = retry', "The operator '=' is not supported by the 'summary' field."],
  ['project ORD', "Expecting operator but got 'ORD'."],
  ['project = ORD status = Done', "Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 15)"],
  ['project = AND', "Expecting either a value, list or function but got 'AND'."],
  ['project = "ORD', "The quoted string 'ORD' has not been completed."],
  ['(project = ORD', "Expecting ')' before end of query."],
  [
    'assignee = dana@acme.example',
    "The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0040' instead. (line 1, character 16)",
  ],
  ['assignee = me()', "Unable to find JQL function 'me()'."],
  ['updated >= yesterday', "Date value 'yesterday' for field 'updated' is invalid."],
  ['project = ORD ORDER BY description', "Not able to sort using field 'description'."],
])('%s is refused with Jira’s own words', async (jql, message) => {
  expect(await errorOf(jql)).toContain(message)
})

test('a query can be tried without running it', async () => {
  const queries = ['project = ORD', 'sprnt = 1', 'order by key']
  const answer = await (await atlassian.sendJira('/rest/api/3/jql/parse', token, { queries })).json()
  expect(answer.queries.map(({ errors }: { errors?: string[] }) => errors?.[0])).toEqual([
    undefined,
    expect.stringContaining("Field 'sprnt' does not exist"),
    undefined,
  ])
})

test('nobody finds what they may not see, and naming it is an error', async () => {
  const priya = await atlassian.tokenFor('priya@acme.example')
  expect(await keys('text ~ "payslip*"', priya)).toEqual([])
  expect(await keys('text ~ "payslip*"')).toEqual(['PAYR-2', 'PAYR-1'])
  expect((await ask('project = PAYR', {}, priya)).status).toBe(400)
  expect((await atlassian.jira('/rest/api/3/issue/PAYR-1', priya)).status).toBe(404)
})

test('an issue has every field unless some are named, and its texts are documents', async () => {
  const issue = await (await atlassian.jira('/rest/api/3/issue/ORD-101', token)).json()
  expect(issue.fields).toMatchObject({
    issuetype: { name: 'Story', subtask: false },
    status: { name: 'Done', statusCategory: { key: 'done' } },
    assignee: { displayName: 'Lee Park' },
    parent: { key: 'ORD-100' },
    customfield_10016: 5,
    customfield_10020: [{ id: 12, name: 'Orders 42', state: 'closed', boardId: 1 }],
    comment: { total: 2, comments: [{ author: { displayName: 'Lee Park' } }, {}] },
    description: { type: 'doc', version: 1 },
    resolutiondate: '2026-11-12T15:00:00.000+0000',
  })
  expect(issue.fields.description.content.map(({ type }: { type: string }) => type)).toEqual([
    'paragraph',
    'bulletList',
  ])
  const named = await (
    await atlassian.jira('/rest/api/3/issue/ORD-101?fields=*all,-comment,-description', token)
  ).json()
  expect(Object.keys(named.fields)).not.toContain('comment')
  expect(Object.keys(named.fields)).toContain('summary')
})

test('an issue of a project that was renamed is found by its old key, and says its new one', async () => {
  expect(await (await atlassian.jira('/rest/api/3/issue/ful-102?fields=summary', token)).json()).toMatchObject({
    key: 'ORD-102',
  })
  await atlassian.set({ project: { key: 'OPS', renameTo: 'PLAT' } })
  expect(await (await atlassian.jira('/rest/api/3/issue/OPS-30', token)).json()).toMatchObject({ key: 'PLAT-30' })
})

test('comments come page by page, from either end', async () => {
  const path = '/rest/api/3/issue/ORD-102/comment'
  const first = await (await atlassian.jira(`${path}?maxResults=1&orderBy=-created`, token)).json()
  expect(first).toMatchObject({
    startAt: 0,
    maxResults: 1,
    total: 3,
    comments: [{ author: { displayName: 'Priya Nair' } }],
  })
  const last = await (await atlassian.jira(`${path}?startAt=2`, token)).json()
  expect(last.comments).toMatchObject([{ author: { displayName: 'Priya Nair' }, body: { type: 'doc' } }])
})

test('control makes and changes issues', async () => {
  const { issue } = await atlassian.set({ issue: { project: 'SHOP', summary: 'Gift cards', assignee: SAM } })
  expect(issue).toMatchObject({ key: 'SHOP-25' })
  const comment = { author: DANA, text: 'Not before March.' }
  await atlassian.set({ issue: { key: 'SHOP-25', status: 'Done', comment } })
  expect(await keys('comment ~ March AND status = Done')).toEqual(['SHOP-25'])
  await atlassian.set({ removeIssue: { key: 'SHOP-25' } })
  expect((await atlassian.jira('/rest/api/3/issue/SHOP-25', token)).status).toBe(404)
})

test('projects are searched by words, and archived ones are asked for', async () => {
  const search = async (query: string) =>
    (await (await atlassian.jira(`/rest/api/3/project/search?${query}`, token)).json()).values.map(
      ({ key }: Found) => key,
    )
  expect(await search('query=oper')).toEqual(['OPS'])
  expect(await search('status=archived')).toEqual(['MOB'])
  expect(await search('orderBy=-name')).toEqual(['SHOP', 'PAYR', 'ORD', 'OPS'])
  expect(await search('typeKey=business')).toEqual([])
  const page = await (await atlassian.jira('/rest/api/3/project/search?maxResults=3', token)).json()
  expect(page).toMatchObject({ startAt: 0, maxResults: 3, total: 4, isLast: false })
  const rest = await (await atlassian.get(page.nextPage, token)).json()
  expect(rest).toMatchObject({ startAt: 3, isLast: true, values: [{ key: 'SHOP' }] })
  expect(rest).not.toHaveProperty('nextPage')
})

test('boards are those of projects one sees, by type, name and project', async () => {
  const boards = async (query = '', as = token) =>
    (await (await atlassian.jira(`/rest/agile/1.0/board?${query}`, as)).json()).values.map(
      ({ id }: { id: number }) => id,
    )
  expect(await boards()).toEqual([1, 2, 3, 4])
  expect(await boards('', await atlassian.tokenFor('priya@acme.example', BOTH))).toEqual([1, 2, 3])
  expect([await boards('type=kanban'), await boards('name=ORD'), await boards('projectKeyOrId=SHOP')]).toEqual([
    [3],
    [1],
    [2],
  ])
  expect((await atlassian.jira('/rest/agile/1.0/board?projectKeyOrId=NOPE', token)).status).toBe(404)
  expect((await atlassian.jira('/rest/agile/1.0/board/9', token)).status).toBe(404)
})

test('sprints belong to scrum boards', async () => {
  const sprints = await (await atlassian.jira('/rest/agile/1.0/board/1/sprint?state=active,future', token)).json()
  expect(sprints.values).toMatchObject([
    { id: 13, state: 'active', originBoardId: 1, startDate: '2026-11-16T08:00:00.000Z' },
    { id: 14, state: 'future' },
  ])
  expect(sprints.values[1]).not.toHaveProperty('startDate')
  expect((await atlassian.jira('/rest/agile/1.0/board/3/sprint', token)).status).toBe(400)
  expect((await atlassian.jira('/rest/agile/1.0/board/1/sprint?state=open', token)).status).toBe(400)
})

test('a board’s issues come by token at the new address, and counted at the old one', async () => {
  const fields = 'fields=summary&maxResults=2'
  const jql = `jql=${encodeURIComponent('statusCategory != Done')}`
  const page = await (await atlassian.jira(`/rest/software/1.0/board/1/sprint/13/issue?${fields}&${jql}`, token)).json()
  expect(page).toMatchObject({ isLast: false, issues: [{ key: 'ORD-102' }, { key: 'ORD-103' }] })
  expect(page).not.toHaveProperty('total')
  const next = `nextPageToken=${encodeURIComponent(page.nextPageToken)}`
  const second = await atlassian.jira(`/rest/software/1.0/board/1/sprint/13/issue?${fields}&${jql}&${next}`, token)
  expect(await second.json()).toMatchObject({ issues: [{ key: 'ORD-104' }, { key: 'ORD-105' }] })
  const old = await (await atlassian.jira(`/rest/agile/1.0/board/1/issue?${fields}`, token)).json()
  expect(old).toMatchObject({ startAt: 0, maxResults: 2, total: 13, issues: [{ key: 'ORD-100' }, {}] })
})

test('a board’s configuration names the field that holds its points', async () => {
  const admin = await atlassian.tokenFor(DANA, 'read:board-scope.admin:jira-software read:project:jira')
  const configuration = await (await atlassian.jira('/rest/agile/1.0/board/1/configuration', admin)).json()
  expect(configuration.estimation.field).toEqual({ fieldId: 'customfield_10016', displayName: 'Story Points' })
  expect(await (await atlassian.jira('/rest/agile/1.0/board/3/configuration', admin)).json()).not.toHaveProperty(
    'estimation',
  )
})
