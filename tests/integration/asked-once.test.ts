// A provider with few requests a second is asked nothing twice for one look; what one person's look found is nobody else's.
import { expect, onTestFinished, test } from 'vitest'
import { BoardView, CardList } from '#lib/boards/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { ResourceList, type ResourceView, SearchAnswer } from '#lib/resources/schema.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { connectSource } from '#tests/support/sources.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

/** The GETs that a provider was asked while `work` was done, each with who asked. */
async function getsOf(provider: string, work: () => Promise<unknown>): Promise<string[]> {
  await sandbox.control.clearLog()
  await work()
  const log = await sandbox.control.log()
  return log
    .filter((one) => one.provider === provider && one.method === 'GET')
    .map(({ path, query, account }) => [account, path, ...query].join(' '))
}
const twice = (gets: readonly string[]) => gets.filter((one, at) => gets.indexOf(one) !== at)

async function boardOf(by: Viewer, urls: readonly string[]): Promise<string> {
  const { id } = (await by.post(by.at('boards'), { name: 'Notes' }, BoardView)).body
  for (const url of urls)
    expect((await by.post(by.at(`boards/${id}/objects`), { type: 'reference', url })).status).toBe(201)
  return id
}
const look = async (by: Viewer, board: string) => {
  const { items } = (await by.get(by.at(`boards/${board}/cards`), CardList)).body
  expect(items.map(({ state }) => state)).toEqual(items.map(() => 'live'))
}

async function onNotion() {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { id } = await connectSource(dana, 'notion')
  const list = async (query: Record<string, string>): Promise<ResourceView[]> =>
    (await dana.get(dana.at(`connections/${id}/resources?${new URLSearchParams(query)}`), ResourceList)).body.items
  return { org, dana, list }
}

test('a look at pages of one database asks Notion once for what they have in common, and the next look asks again', async () => {
  const { org, dana, list } = await onNotion()
  const priya = await joins(org, 'member', 'Priya Nair')
  const roadmap = (await list({ kind: 'database' })).find(({ title }) => title === 'Product roadmap')
  const rows = (await list({ kind: 'page', parent: roadmap?.id ?? '' })).slice(0, 4)
  const board = await boardOf(
    dana,
    rows.map(({ url }) => url),
  )
  const first = await getsOf('notion', () => look(dana, board))
  expect(first.filter((one) => one.includes(`/databases/${roadmap?.id}`))).toHaveLength(1)
  expect(first.filter((one) => /\/v1\/pages\//.test(one))).toHaveLength(rows.length)
  expect(twice(first)).toEqual([])
  const asPriya = await getsOf('notion', () => look(priya, board))
  onTestFinished(shiftClock(2 * 60_000)) // what was read is not fresh any more
  const later = await getsOf('notion', () => look(dana, board))
  for (const gets of [asPriya, later]) expect(gets.toSorted()).toEqual(first.toSorted())
})

test('a search of Notion asks nothing twice, though its pages and its databases are in the same places', async () => {
  const { dana } = await onNotion()
  const gets = await getsOf('notion', async () => {
    const { sources } = (await dana.get(dana.at('search?q=a&provider=notion'), SearchAnswer)).body
    expect(sources[0]).toMatchObject({ state: 'ok', message: null })
    expect(new Set(sources[0]?.items.map(({ kind }) => kind))).toEqual(new Set(['page', 'database']))
  })
  expect(twice(gets)).toEqual([])
})

test('two people who look at one board at one moment are each answered by their own account', async () => {
  const org = await newOrganization()
  const [dana, sam] = [await ownerOf(org, 'dana-k'), await joins(org, 'member', 'Sam Ortiz', 'sam-o')]
  const board = await boardOf(dana, [
    'https://github.com/acme/api',
    'https://github.com/acme/api/blob/main/src/main.ts',
  ])
  const own = (gets: readonly string[], login: string) => gets.filter((one) => one.startsWith(`${login} `)).sort()
  const gets = await getsOf('github', () => Promise.all([look(dana, board), look(sam, board)]))
  const bare = (account: string) => own(gets, account).map((one) => one.slice(account.length))
  expect(bare('dana-k')).not.toEqual([])
  expect(bare('sam-o')).toEqual(bare('dana-k'))
  expect(twice(gets)).toEqual([])
})
