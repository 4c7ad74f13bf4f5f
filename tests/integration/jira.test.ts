// Jira through one's own account: found, searched in JQL, put on a board, not seen by who has no account there. By an API
// token for the organization: names of what it reaches, and nothing else.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { ResourceList, SearchAnswer } from '#lib/resources/schema.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { connectedBy } from '#tests/support/connected.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { DANA, DANAS_TOKEN, SAM } from '#tests/support/sandbox-atlassian.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const site = `${sandbox.url}/atlassian-site/acme`

/** Somebody with their own Jira account. */
const connected = (account = DANA) => connectedBy({ provider: 'jira', slot: 'user', account })

const list = async (by: Viewer, id: string, query: Record<string, string>) =>
  (await by.get(by.at(`connections/${id}/resources?${new URLSearchParams(query)}`), ResourceList)).body
const search = async (by: Viewer, query: Record<string, string>) =>
  (await by.get(by.at(`search?${new URLSearchParams(query)}`), SearchAnswer)).body.sources.find(
    ({ provider }) => provider === 'jira',
  )

test('T-PAL-6: links to an issue, a board, a project and a query become their cards, which a member without an account does not see', async () => {
  const { dana, org } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  const board = await newBoard(dana)
  const links = [
    '/browse/ORD-102',
    '/jira/software/projects/ORD/boards/1',
    '/browse/ORD',
    '/issues/?jql=project%20%3D%20ORD',
  ]
  for (const link of links) expect((await paste(dana, board, site + link)).status).toBe(201)
  expect((await paste(dana, board, 'https://acme.atlassian.net/browse/ORD-101')).status).toBe(201)
  const seen = await cardsOf(dana, board)
  expect(seen.map(({ state, resource }) => [state, resource?.kind, resource?.title])).toEqual([
    ['live', 'issue', 'ORD-102 Replay a dead letter from the admin page'],
    ['live', 'board', 'Orders'],
    ['live', 'project', 'Orders'],
    ['live', 'issue_search', 'project = ORD'],
    ['live', 'issue', 'ORD-101 Retry failed jobs with exponential backoff and full jitter'],
  ])
  expect(seen[0]?.resource?.body).toMatchObject({ state: 'In Progress', sprint: 'Orders 43', points: 5 })
  const foreign = await cardsOf(priya, board)
  expect(foreign.map(({ state, resource }) => [state, resource])).toEqual(
    Array(5).fill(['needs_connection', undefined]),
  )
  expect(JSON.stringify(foreign)).not.toMatch(/ORD|Replay|atlassian-site/)
})

test('a link to somebody else’s site shows nothing of ours, though the key is one of ours', async () => {
  const { dana } = await connected()
  const board = await newBoard(dana)
  expect((await paste(dana, board, 'https://other.atlassian.net/browse/ORD-102')).status).toBe(201)
  const [card] = await cardsOf(dana, board)
  expect(card).toMatchObject({ state: 'no_access' })
  expect(JSON.stringify(card)).not.toContain('Replay')
})

test('what is typed finds projects, boards and issues by name and by key', async () => {
  const { dana } = await connected()
  const found = async (q: string) => (await search(dana, { q }))?.items.map(({ kind, title }) => `${kind}: ${title}`)
  expect(await found('orders')).toEqual([
    'project: Orders',
    'issue: ORD-104 Orders in currencies without cents are off by a factor of 100',
    'issue: ORD-108 Cursors in the list of orders',
    'board: Orders',
  ])
  expect(await found('dead letter')).toContain('issue: ORD-102 Replay a dead letter from the admin page')
  expect(await found('ord-102')).toEqual(['issue: ORD-102 Replay a dead letter from the admin page'])
})

test('a query in JQL is made when it is asked for, and Jira’s own words tell what is wrong with it', async () => {
  const { dana, id } = await connected()
  const { items } = await list(dana, id, { kind: 'issue_search', q: 'project = ORD AND status = "In Progress"' })
  expect(items[0]).toMatchObject({ kind: 'issue_search', title: 'project = ORD AND status = "In Progress"' })
  expect(items.length).toBeGreaterThan(1)
  const said = "Jira: Field 'sprnt' does not exist or you do not have permission to view it."
  expect(await list(dana, id, { kind: 'issue_search', q: 'sprnt = 3' })).toEqual({
    items: [],
    nextCursor: null,
    message: said,
  })
  const answer = await search(dana, { q: 'sprnt = 3', provider: 'jira', kind: 'issue_search' })
  expect(answer).toMatchObject({ state: 'ok', message: said, items: [] })
})

test('a permission that was not given is never renewed: the rest goes on, and no token is asked for', async () => {
  await sandbox.control.set({ provider: 'jira', grantScopes: ['offline_access', 'read:jira-work', 'read:jira-user'] })
  const { dana, id } = await connected()
  await sandbox.control.clearLog()
  expect((await dana.get(dana.at(`connections/${id}/resources?kind=board`))).status).toBe(404)
  expect((await list(dana, id, { kind: 'project' })).items.length).toBeGreaterThan(0)
  const asked = (await sandbox.control.log()).filter(({ origin }) => origin === 'auth')
  expect(asked).toEqual([])
})

const pasteToken = async (by: Viewer, fields: Record<string, string>) =>
  by.post(by.at('connections'), { provider: 'jira', slot: 'organization', method: 'api_token', fields })

test('T-PAT-2 four spellings of a domain are one site, which is shown back; the token comes back nowhere', async () => {
  const spellings = [
    'acme',
    'acme.atlassian.net',
    'https://acme.atlassian.net',
    'https://ACME.atlassian.net/jira/your-work',
  ]
  for (const typed of spellings) {
    const dana = await ownerOf(await newOrganization())
    const { body, status } = await pasteToken(dana, { site: typed, email: DANA, token: ` ${DANAS_TOKEN}\n` })
    expect({ typed, status }).toEqual({ typed, status: 201 })
    const view = ConnectionView.parse(body)
    expect(view).toMatchObject({ status: 'connected', account: { label: 'acme.atlassian.net' } })
    expect(JSON.stringify(body)).not.toContain(DANAS_TOKEN)
  }
})

test.each<[string, Record<string, string>, string, string]>([
  [
    'a domain that is none',
    { site: 'acme.example.com' },
    '/fields/site',
    'Enter your Atlassian site, like acme.atlassian.net',
  ],
  ['a site that is not there', { site: 'acmee' }, '/fields/site', 'No Atlassian site at acmee.atlassian.net'],
  ['another’s e-mail', { email: SAM }, '/fields/token', "Atlassian didn't accept this email and token together."],
  [
    'a token that is not known',
    { token: 'ATATT3xFfGF0nobody=00000000' },
    '/fields/token',
    "Atlassian didn't accept this email and token together.",
  ],
])('T-PAT-2 %s is told in its own words, and nothing is kept', async (_, wrong, pointer, detail) => {
  const dana = await ownerOf(await newOrganization())
  const answer = await pasteToken(dana, { site: 'acme', email: DANA, token: DANAS_TOKEN, ...wrong })
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer, detail }] })
  expect((await dana.get(dana.at('connections'))).body).toMatchObject({ items: [] })
})

test('an account that has to pass a CAPTCHA is told where', async () => {
  await sandbox.control.set({ provider: 'jira', captcha: [DANA] })
  const dana = await ownerOf(await newOrganization())
  const { body } = await pasteToken(dana, { site: 'acme', email: DANA, token: DANAS_TOKEN })
  expect(body).toMatchObject({ status: 422, detail: expect.stringContaining('sign in in a browser first') })
})

test('T-PAT-3 what the organization’s token reaches is named to admins, with nothing that is inside, and to nobody else', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { body } = await pasteToken(dana, { site: 'acme', email: DANA, token: DANAS_TOKEN })
  const { id } = ConnectionView.parse(body)
  expect((await list(dana, id, { kind: 'project' })).items.map(({ title }) => title)).toContain('Payroll migration')
  expect((await list(dana, id, { kind: 'board' })).items[0]).not.toHaveProperty('body')
  expect((await dana.get(dana.at(`connections/${id}/resources?kind=issue&parent=acme.ORD`))).status).toBe(403)
  const priya = await joins(org, 'member', 'Priya Nair')
  expect((await priya.get(priya.at(`connections/${id}/resources?kind=project`))).status).toBe(403)
})
