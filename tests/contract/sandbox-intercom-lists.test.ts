import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { intercomClient, refusalOf } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)
let token: string
beforeEach(async () => {
  token = await intercom.tokenFor()
})

type Item = { id: string }
const idsOf = (items: readonly Item[]) => items.map(({ id }) => id)

/** Walks a list that goes by cursor, and gives the ids of each page. */
async function walk(path: string, key: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let after = ''; ; ) {
    const answer = await intercom.read(`${path}${after}`, token)
    pages.push(idsOf(answer[key]))
    if (!answer.pages.next) return pages
    after = `&starting_after=${encodeURIComponent(answer.pages.next.starting_after)}`
  }
}

test('conversations come by the last change, twenty at a time, without their parts', async () => {
  const answer = await intercom.read('/conversations', token)
  expect(answer).toMatchObject({
    type: 'conversation.list',
    total_count: 12,
    pages: { type: 'pages', page: 1, per_page: 20, total_pages: 1 },
  })
  expect(answer.pages).not.toHaveProperty('next')
  const times = answer.conversations.map(({ updated_at }: { updated_at: number }) => updated_at)
  expect(times).toEqual(times.toSorted((a: number, b: number) => b - a))
  expect(answer.conversations[0]).not.toHaveProperty('conversation_parts')
})

test('a cursor leads through the whole list, each thing once', async () => {
  const pages = await walk('/conversations?per_page=5', 'conversations')
  expect(pages.map(({ length }) => length)).toEqual([5, 5, 2])
  expect(new Set(pages.flat()).size).toBe(12)
  const contacts = await walk('/contacts?per_page=4', 'data')
  expect(contacts.map(({ length }) => length)).toEqual([4, 4, 4])
})

test('the next page is a page’s number and its cursor, which is base64', async () => {
  const { pages } = await intercom.read('/conversations?per_page=5', token)
  expect(pages).toMatchObject({
    page: 1,
    next: { page: 2, starting_after: expect.stringMatching(/^Wz/) },
    total_pages: 3,
  })
  const second = await intercom.read(
    `/conversations?per_page=5&starting_after=${encodeURIComponent(pages.next.starting_after)}`,
    token,
  )
  expect(second.pages).toMatchObject({ page: 2, next: { page: 3 } })
})

test('what changes while somebody walks does not come twice', async () => {
  const first = await intercom.read('/conversations?per_page=5', token)
  const [seen] = first.conversations
  await intercom.set({ conversation: { id: seen.id, reply: { text: 'One more thing' } } })
  const cursor = encodeURIComponent(first.pages.next.starting_after)
  const second = await intercom.read(`/conversations?per_page=5&starting_after=${cursor}`, token)
  expect(idsOf(second.conversations)).not.toContain(seen.id)
})

test('a page has 150 items at most, and a cursor has to be one that was given', async () => {
  const refused = async (path: string) => refusalOf(await intercom.get(path, token))
  for (const path of ['/conversations', '/contacts', '/articles', '/help_center/collections']) {
    expect(await refused(`${path}?per_page=151`)).toBe('400 parameter_invalid: Per Page is too big')
    expect(await refused(`${path}?per_page=0`)).toBe('400 parameter_invalid: Per Page is invalid')
    expect(await refused(`${path}?per_page=many`)).toBe('400 parameter_invalid: Per Page is invalid')
    expect((await intercom.get(`${path}?per_page=150`, token)).status).toBe(200)
  }
  expect(await refused('/conversations?starting_after=nonsense')).toBe(
    '400 parameter_invalid: starting_after is invalid',
  )
})

test('contacts come fifty at a time, users and leads, without who was merged', async () => {
  await intercom.set({ fill: { kind: 'contacts', count: 60 } })
  const { data, pages, total_count } = await intercom.read('/contacts', token)
  expect([data.length, total_count, pages.total_pages]).toEqual([50, 72, 2])
  const all = (await walk('/contacts?per_page=150', 'data')).flat()
  const merged = await intercom.search('contacts', token, {
    field: 'email',
    operator: '=',
    value: 'mira.l@mail.example',
  })
  expect([all.length, merged.total_count]).toEqual([72, 0])
})

test('articles come by page number, drafts too, and the next page is an address', async () => {
  const first = await intercom.read('/articles?per_page=4', token)
  expect(first).toMatchObject({ type: 'list', total_count: 11, pages: { page: 1, total_pages: 3 } })
  expect(first.pages.per_page).toBe('4')
  expect(first.pages.next).toBe(`${intercom.api}/articles?per_page=4&page=2`)
  const second = await intercom.read(first.pages.next, token)
  const third = await intercom.read(second.pages.next, token)
  expect(third.pages).not.toHaveProperty('next')
  const ids = [first, second, third].flatMap(({ data }) => idsOf(data))
  expect(new Set(ids).size).toBe(11)
  expect(ids.slice(0, 2)).toEqual(['9010', '9011'])
  expect((await intercom.read('/articles', token)).pages.per_page).toBe(25)
  expect(await refusalOf(await intercom.get('/articles?page=0', token))).toBe('400 parameter_invalid: Page is invalid')
})
