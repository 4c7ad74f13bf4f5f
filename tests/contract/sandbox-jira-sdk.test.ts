import { createAgileClient, createCloudClient } from 'jira.js'
import {
  type ClientConfig,
  createClient,
  exchangeAuthorizationCode,
  generateAuthorizationUrl,
  getAccessibleResources,
  isForbiddenError,
  isNotFoundError,
  isRateLimitError,
  isReauthorizationRequired,
  isScopeError,
  parseCallbackUrl,
  refreshOAuth2Token,
} from 'jira.js/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import {
  ACME,
  APP_URL,
  atlassianClient,
  BOTH,
  CLIENT,
  DANA,
  DANAS_TOKEN,
  REDIRECT_URI,
} from '#tests/support/sandbox-atlassian.ts'

const CREDENTIALS = { clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret }
const ADMIN = 'read:board-scope.admin:jira-software'
const real = globalThis.fetch

let sandbox: Sandbox
let atlassian: ReturnType<typeof atlassianClient>

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, appUrl: APP_URL })
  atlassian = atlassianClient(sandbox.url)
  // The client has Atlassian's addresses written into it, so the way to them is bent here.
  globalThis.fetch = (input, init) => {
    const text = input instanceof Request ? input.url : String(input)
    const bent = text
      .replace('https://auth.atlassian.com', atlassian.auth)
      .replace('https://api.atlassian.com', atlassian.api)
    return real(bent, init)
  }
})
beforeEach(() => atlassian.control.reset())
afterAll(async () => {
  globalThis.fetch = real
  await sandbox.close()
})

/** The client with answers checked against its own schemas: what does not fit throws. */
const clients = (config: ClientConfig) => {
  const client = createClient({ ...config, onSchemaMismatch: 'throw' })
  return { cloud: createCloudClient(client), agile: createAgileClient(client) }
}
async function granted(scope = `${BOTH} ${ADMIN}`) {
  const code = await atlassian.codeFor(DANA, { scope })
  return exchangeAuthorizationCode({ ...CREDENTIALS, code, redirectUri: REDIRECT_URI })
}
const connected = async (scope?: string) => {
  const { accessToken } = await granted(scope)
  return clients({ auth: { type: 'oauth2', accessToken, cloudId: ACME } })
}

test('the official client’s authorization address leads through consent to a token and its sites', async () => {
  const scopes = BOTH.split(' ')
  const address = generateAuthorizationUrl({
    clientId: CLIENT.client_id,
    scopes,
    redirectUri: REDIRECT_URI,
    state: 's',
  })
  const bent = address.replace('https://auth.atlassian.com', atlassian.auth)
  const back = parseCallbackUrl(await atlassian.consent(bent, { account: DANA }), { expectedState: 's' })
  const tokens = await exchangeAuthorizationCode({ ...CREDENTIALS, code: back.code, redirectUri: REDIRECT_URI })
  expect(tokens).toMatchObject({ expiresIn: 3600, scope: BOTH, refreshToken: expect.any(String) })
  expect(await getAccessibleResources(tokens.accessToken)).toMatchObject([{ id: ACME }, { id: ACME }])
})

test('the official client reads a declined consent as one', async () => {
  const address = await atlassian.consent(atlassian.authorizeUrl(), { account: DANA, decision: 'deny' })
  expect(() => parseCallbackUrl(address, { expectedState: 'st4te' })).toThrow('The user declined authorization')
})

test('the official client refreshes, and tells a dead refresh token from a wrong secret', async () => {
  const { refreshToken = '' } = await granted()
  expect(await refreshOAuth2Token({ ...CREDENTIALS, refreshToken })).toMatchObject({ scope: `${BOTH} ${ADMIN}` })
  const failure = (fields: object): Promise<unknown> =>
    refreshOAuth2Token({ ...CREDENTIALS, refreshToken, ...fields }).catch((problem: unknown) => problem)
  expect(isReauthorizationRequired(await failure({ clientSecret: 'x' }))).toBe(false)
  await atlassian.control.revoke({ provider: 'jira', account: DANA })
  expect(isReauthorizationRequired(await failure({}))).toBe(true)
  expect(isReauthorizationRequired(await failure({ refreshToken: 'x' }))).toBe(true)
})

test('the official client renews a token that ran out by itself', async () => {
  const { accessToken, refreshToken = '' } = await granted()
  const seen: (string | undefined)[] = []
  const { cloud } = clients({
    auth: {
      type: 'oauth2',
      ...CREDENTIALS,
      accessToken,
      refreshToken,
      cloudId: ACME,
      onTokenRefresh: (event) => void seen.push(event.refreshToken),
    },
  })
  await atlassian.control.clock(3601)
  expect((await cloud.myself.getCurrentUser()).displayName).toBe('Dana Kowalski')
  expect(seen).toEqual([expect.any(String)])
})

test('the official client sees a missing scope as one, and does not refresh for it', async () => {
  const { cloud, agile } = await connected('offline_access read:jira-work')
  await expect(cloud.myself.getCurrentUser()).rejects.toSatisfy(isScopeError)
  await expect(agile.board.getAllBoards()).rejects.toSatisfy(isScopeError)
  expect((await cloud.projects.searchProjects()).values?.length).toBe(4)
})

test('the official client finds its own schemas in every answer about projects and issues', async () => {
  const { cloud } = await connected()
  const { values } = await cloud.projects.searchProjects({ expand: 'description,lead,insight', maxResults: 2 })
  expect(values.map(({ key }) => key)).toEqual(['OPS', 'ORD'])
  expect((await cloud.projects.getProject({ projectIdOrKey: 'ORD' })).lead?.displayName).toBe('Dana Kowalski')
  const search = await cloud.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = ORD ORDER BY key',
    fields: ['*all'],
    maxResults: 5,
  })
  expect([search.issues?.length, search.isLast]).toEqual([5, false])
  const next = await cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: 'project = ORD ORDER BY key',
    fields: ['summary'],
    nextPageToken: search.nextPageToken ?? '',
  })
  expect(next.isLast).toBe(true)
  expect((await cloud.issueSearch.countIssues({ jql: 'project = ORD' })).count).toBe(13)
  expect((await cloud.issues.getIssue({ issueIdOrKey: 'ORD-102' })).key).toBe('ORD-102')
  expect((await cloud.issueComments.getComments({ issueIdOrKey: 'ORD-102' })).total).toBe(3)
  expect((await cloud.serverInfo.getServerInfo()).serverTitle).toBe('Jira')
})

test('the official client finds its own schemas in every answer about boards and sprints', async () => {
  const { agile } = await connected()
  const { values } = await agile.board.getAllBoards({ type: 'scrum' })
  expect(values.map(({ name }) => name)).toEqual(['Orders', 'Payroll cut-over'])
  expect((await agile.board.getBoard({ boardId: 1 })).location?.projectKey).toBe('ORD')
  expect((await agile.board.getAllSprints({ boardId: 1, state: 'active' })).values?.[0]?.goal).toMatch(/Retries/)
  expect((await agile.board.getIssuesForBoard({ boardId: 1, maxResults: 3 })).issues?.length).toBe(3)
  const inSprint = await agile.board.getBoardIssuesForSprint({ boardId: 1, sprintId: 13 })
  expect(inSprint.issues?.length).toBe(6)
  expect((await agile.board.getConfiguration({ boardId: 1 })).columnConfig?.columns?.length).toBe(4)
  expect((await agile.sprint.getSprint({ sprintId: 13 })).state).toBe('active')
})

test('the official client works with an API token on the site’s own host', async () => {
  const auth = { type: 'basic', email: DANA, apiToken: DANAS_TOKEN } as const
  const { cloud, agile } = clients({ host: `${atlassian.site}/acme`, auth })
  expect((await cloud.myself.getCurrentUser()).emailAddress).toBe(DANA)
  expect((await agile.board.getAllBoards()).values?.length).toBe(4)
})

test('the official client tells what is not there, not allowed and too much apart', async () => {
  const { cloud } = await connected()
  await expect(cloud.issues.getIssue({ issueIdOrKey: 'ORD-999' })).rejects.toSatisfy(isNotFoundError)
  await atlassian.set({ pointsRemaining: 0 })
  await expect(cloud.projects.searchProjects()).rejects.toSatisfy(isRateLimitError)
  await atlassian.set({ pointsRemaining: 100, member: { site: 'acme', email: DANA, jira: false } })
  await expect(cloud.projects.searchProjects()).rejects.toSatisfy(isForbiddenError)
})
