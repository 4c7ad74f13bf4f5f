import { expect, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { SearchAnswer, SourceAnswer } from '#lib/resources/schema.ts'
import { searchResources } from '#lib/resources/search-resources.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const apiCalls = async () => (await sandbox.control.log()).filter(({ origin }) => origin === '/github-api')
async function search(viewer: Viewer, query: string): Promise<SourceAnswer> {
  const { sources } = (await viewer.get(viewer.at(`search?${query}`), SearchAnswer)).body
  return SourceAnswer.parse(sources.find(({ provider }) => provider === 'github'))
}
const titles = ({ items }: SourceAnswer) => items.map(({ title }) => title)

test('typing finds repositories by name, as this person sees them', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya', 'priya-n')
  const asDana = await search(dana, 'q=payroll')
  expect(asDana).toMatchObject({ name: 'GitHub', state: 'ok', message: null, connectionId: dana.connectionId })
  expect(titles(asDana).join(' ')).toContain('payroll')
  expect(asDana.items.every(({ kind }) => kind === 'repository')).toBe(true)
  expect((await search(priya, 'q=payroll')).items).toEqual([])
})

test('the small limits are spent only when a kind or a source is asked for', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await sandbox.control.clearLog()
  await search(dana, 'q=retry')
  const paths = async () => (await apiCalls()).map(({ path }) => path)
  expect(await paths()).not.toContain('/github-api/search/code')
  expect(await paths()).not.toContain('/github-api/search/issues')
  const code = await search(dana, 'q=retry&kind=code_search')
  expect(new Set(code.items.map(({ kind }) => kind))).toEqual(new Set(['code_search', 'file']))
  await search(dana, 'q=retry&provider=github')
  expect(await paths()).toEqual(expect.arrayContaining(['/github-api/search/code', '/github-api/search/issues']))
})

test('a source without a connection says so, and nothing is asked of it', async () => {
  const dana = await ownerOf(await newOrganization())
  await sandbox.control.clearLog()
  expect(await search(dana, 'q=api')).toMatchObject({
    state: 'needs_connection',
    message: 'Connect your GitHub account',
    connectionId: null,
    items: [],
  })
  expect(await apiCalls()).toEqual([])
})

test('the organization’s own connection finds nothing for people who can have their own', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  await sandbox.control.clearLog()
  expect(await search(dana, 'q=payroll')).toMatchObject({ state: 'needs_connection', items: [] })
  expect(await apiCalls()).toEqual([])
})

test('a connection that broke, a source that is down and one that asks us to wait each say so', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  await sandbox.control.faults([
    { provider: 'github', path: '/search/**', status: 503 },
    { provider: 'github', path: '/user/repos', status: 503 },
  ])
  expect(await search(dana, 'q=api')).toMatchObject({ state: 'unavailable', message: "GitHub didn't answer (503)" })
  await sandbox.control.clearFaults()
  await sandbox.control.set({ provider: 'github', rateRemaining: { core: 0, search: 0 } })
  const limited = await search(dana, 'q=api')
  expect(limited.state).toBe('limited')
  expect(limited.message).toMatch(/^GitHub asked us to wait until \d\d:\d\d UTC$/)
  await sandbox.control.reset()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  await sandbox.control.revoke({ provider: 'github', account: 'sam-o' })
  expect(await search(sam, 'q=api')).toMatchObject({ state: 'reauth', message: 'Reconnect your GitHub', items: [] })
})

test('T-PAL-3 one kind that fails leaves the others’ answers standing and says what is missing', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await sandbox.control.faults([{ provider: 'github', path: '/search/code', status: 503 }])
  const answer = await search(dana, 'q=retry&provider=github')
  expect(answer).toMatchObject({ state: 'ok', message: "GitHub didn't answer (503)" })
  expect(answer.items.length).toBeGreaterThan(0)
})

test('a source that takes too long is left behind', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await sandbox.control.faults([{ provider: 'github', path: '/**', delayMs: 1_000 }])
  const { sources } = await searchResources(dana.actor, { q: 'api' }, 200)
  expect(sources.filter(({ provider }) => provider === 'github')).toMatchObject([
    { provider: 'github', state: 'unavailable', message: "GitHub didn't answer", items: [] },
  ])
})

test('asked for lines, each source is a line of its own', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const headers = { cookie: dana.cookie, accept: 'application/x-ndjson' }
  const response = await dispatch(ownRequest('GET', dana.at('search?q=api'), { headers }))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  const text = await response.text()
  expect(text.endsWith('\n')).toBe(true)
  const answers = text
    .trim()
    .split('\n')
    .map((line) => SourceAnswer.parse(JSON.parse(line)))
  const github = answers.filter(({ provider }) => provider === 'github')
  expect(github).toHaveLength(1)
  expect(github[0]?.items.length).toBeGreaterThan(0)
})

test('what cannot be searched is refused with the field, before anything is asked', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const pointer = async (query: string) => {
    const { status, body } = await dana.get(dana.at(`search?${query}`))
    return [status, (body as { errors?: { pointer: string }[] }).errors?.[0]?.pointer]
  }
  expect(await pointer('q=%20')).toEqual([422, '/q'])
  expect(await pointer('q=x&provider=myspace')).toEqual([422, '/provider'])
  expect(await pointer(`q=${'x'.repeat(201)}`)).toEqual([422, '/q'])
})

test('37: searching has a limit of its own', async () => {
  const dana = await ownerOf(await newOrganization())
  const answers = await Promise.all(Array.from({ length: 250 }, () => dana.get(dana.at('search?q=x'))))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(10)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('after disconnecting the search asks nothing more', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await disconnect(dana.actor, dana.connectionId)
  await sandbox.control.clearLog()
  expect((await search(dana, 'q=api')).state).toBe('needs_connection')
  expect(await apiCalls()).toEqual([])
})
