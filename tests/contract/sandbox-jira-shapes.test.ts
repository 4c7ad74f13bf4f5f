import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { atlassianClient, BOTH, DANA, refusal, SAM } from '#tests/support/sandbox-atlassian.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const areMissing = !existsSync(path.join(EXAMPLES, 'jira'))

const atlassian = await newSandbox(atlassianClient)
let token: string

beforeEach(async () => {
  token = await atlassian.tokenFor(DANA, `${BOTH} read:board-scope.admin:jira-software`)
})

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

// Atlassian's examples are abridged, and some are older than what answers have had for years.
const OPTIONAL = [
  /\b(expand|locale|isPrivate|projectTypeKey|archived)$/,
  /^(values\[\]\.)?properties\b/,
  /\b(emailAddress|timeZone|accountType|avatarUrls(\.\w+)?|jsdPublic)$/,
  /(^|\b(lead|author|updateAuthor)\.)(key|name)$/,
  /^(applicationRoles|groups)\.items\b/,
  /^components\b/,
  /^(roles|email|versions|url)\b/,
  /\bprojectCategory\b/,
  /\bissueTypes\[\]\.(entityId|scope)\b/,
  /\bvisibility\b/,
  /\b(nextPage|insight(\.\w+)?)$/,
  /^values\[\]\.location\b/,
  /^location\.(userId|userAccountId|avatarURI)$/,
  /^(type|deploymentType)$/,
  /\bcolumns\[\]\.(min|max)$/,
]

const CASES: [name: string, path: string][] = [
  ['myself', '/rest/api/3/myself'],
  ['server-info', '/rest/api/3/serverInfo'],
  ['mypermissions', '/rest/api/3/mypermissions?permissions=EDIT_ISSUES'],
  ['search-projects', '/rest/api/3/project/search?maxResults=2'],
  ['get-project', '/rest/api/3/project/ORD'],
  ['issue-comments', '/rest/api/3/issue/ORD-102/comment'],
  ['agile-board-list', '/rest/agile/1.0/board'],
  ['agile-board-get', '/rest/agile/1.0/board/1'],
  ['agile-board-configuration', '/rest/agile/1.0/board/1/configuration'],
  ['agile-board-projects', '/rest/agile/1.0/board/1/project'],
  ['agile-sprint-list', '/rest/agile/1.0/board/1/sprint'],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Jira’s own example (skipped where the examples are not at hand)',
  async (name, address) => {
    const response = await atlassian.jira(address, token)
    const { status, body } = example(`jira/${name}`)
    expect(response.status).toBe(status)
    expect(differences(body, await response.json(), OPTIONAL)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a search has the fields of Jira’s own example around each issue (skipped where the examples are not at hand)',
  async () => {
    const answer = await atlassian.jira('/rest/api/3/search/jql?jql=project%3DOPS&fields=summary', token)
    const inside = /^issues\[\]\.fields\./ // the example's fields are of a site without the usual ones
    expect(differences(example('jira/search-jql-get').body, await answer.json(), [inside])).toEqual([])
    const count = await atlassian.sendJira('/rest/api/3/search/approximate-count', token, { jql: 'project = OPS' })
    expect(differences(example('jira/approximate-count').body, await count.json(), [])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'sites and people have the fields of Atlassian’s own examples (skipped where the examples are not at hand)',
  async () => {
    const sites = await (await atlassian.get('/oauth/token/accessible-resources', token)).json()
    for (const name of ['jira/accessible-resources', 'confluence/accessible-resources-confluence-site'])
      expect(differences(example(name).body, sites, [])).toEqual([])
    const two = await atlassian.get('/oauth/token/accessible-resources', await atlassian.tokenFor(SAM))
    expect(differences(example('jira/accessible-resources-two-sites').body, await two.json(), [])).toEqual([])
    const me = await (await atlassian.get('/me', token)).json()
    expect(differences(example('jira/user-identity-me').body, me, [])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a revoked refresh token is refused word for word (skipped where the examples are not at hand)',
  async () => {
    const { refresh_token } = await atlassian.grantFor()
    await atlassian.control.revoke({ provider: 'jira', account: DANA })
    const { status, body } = example('jira/token-refresh-invalid-grant')
    expect(await refusal(await atlassian.refresh(refresh_token))).toEqual([status, body])
  },
)
