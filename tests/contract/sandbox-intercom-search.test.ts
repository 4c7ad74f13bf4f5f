import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { intercomClient, refusalOf } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)
let token: string
beforeEach(async () => {
  token = await intercom.tokenFor()
})

type Filter = { field: string; operator: string; value: unknown }
const where = (field: string, operator: string, value: unknown): Filter => ({ field, operator, value })
const all = (operator: string, ...value: unknown[]) => ({ operator, value })
const at = (time: string): number => Date.parse(`${time}Z`) / 1000

/** The ids of the conversations that a query finds, in order of their numbers. */
const found = async (query: unknown): Promise<string[]> => {
  const { conversations } = await intercom.search('conversations', token, query)
  return conversations.map(({ id }: { id: string }) => id).toSorted()
}
/** The e-mail addresses of the contacts that a query finds, in order. */
const people = async (query: unknown): Promise<(string | null)[]> => {
  const { data } = await intercom.search('contacts', token, query)
  return data.map(({ email }: { email: string | null }) => email).toSorted()
}
const refused = async (query: unknown, kind = 'conversations', more = {}) =>
  refusalOf(await intercom.post(`/${kind}/search`, token, { query, ...more }))

test('one condition may stand alone, and groups say AND or OR', async () => {
  expect(await found(where('state', '=', 'snoozed'))).toEqual(['48207'])
  const open = where('open', '=', true)
  expect(await found(all('AND', open, where('priority', '=', 'high')))).toEqual(['48203', '48209'])
  const either = all('OR', where('priority', '=', 'urgent'), where('priority', '=', 'medium'))
  expect(await found(either)).toEqual(['48201', '48206'])
  expect(await found(all('AND', open, either))).toEqual(['48201', '48206'])
})

test('a body is searched word by word: one whole word is found, two together are not', async () => {
  expect(await found(where('source.body', '=', 'backoff'))).toEqual(['48203'])
  expect(await found(where('source.body', '=', 'BACKOFF'))).toEqual(['48203'])
  expect(await found(where('source.body', '=', 'new backoff'))).toEqual([])
  expect(await found(where('source.body', '=', 'back'))).toEqual([])
  expect(await found(where('source.body', '~', 'new backoff'))).toEqual([])
})

test('a subject is searched by what it contains', async () => {
  expect(await found(where('source.subject', '~', 'october'))).toEqual(['48204'])
  expect(await found(where('source.subject', '^', 'Invoice'))).toEqual(['48204'])
  expect(await found(where('source.subject', '$', 'Invoice'))).toEqual([])
})

test('conversations are found by who writes, who answers and how they are tagged', async () => {
  expect(await found(where('source.author.email', '=', 'mira@fjordgoods.example'))).toEqual(['48201'])
  expect(await found(where('admin_assignee_id', '=', 7_410_003))).toEqual(['48208'])
  expect(await found(where('teammate_ids', 'IN', ['7410003']))).toEqual(['48208'])
  const { tags } = await intercom.read('/conversations/48202', token)
  expect(await found(where('tag_ids', '=', tags.tags[0].id))).toEqual(['48202'])
})

test('times of conversations are compared to the second, the very second included', async () => {
  const last = at('2026-11-20T18:26:00')
  expect(await found(where('updated_at', '>', last))).toEqual(['48209'])
  expect(await found(where('updated_at', '>', String(last)))).toEqual(['48209'])
  expect(await found(where('updated_at', '>', last + 1))).toEqual([])
})

test('times of contacts are compared by days: only later days are later', async () => {
  const since = (value: number) => people(all('AND', where('created_at', '>', value), where('role', '=', 'lead')))
  expect(await since(at('2026-11-19T00:00:00'))).toEqual(['hello@paperboat.example'])
  expect(await since(at('2026-11-20T00:00:00'))).toEqual([])
  expect(await people(where('created_at', '=', at('2026-11-20T23:59:59')))).toEqual(['hello@paperboat.example'])
})

test('contacts are found by name and address, and by having none', async () => {
  expect(await people(where('name', '~', 'lindq'))).toEqual(['mira@fjordgoods.example'])
  expect(await people(where('email', '$', '@radwerk.example'))).toEqual(['jonas@radwerk.example'])
  expect(await people(where('email', '=', null))).toEqual([null])
  expect(await people(where('email', '=', 'null'))).toEqual([])
  expect(await people(where('email', 'IN', ['noor@spicelane.example', 'x']))).toEqual(['noor@spicelane.example'])
})

test('a search goes by cursor and sorts as it is told', async () => {
  const query = where('created_at', '>', 0)
  const sort = { field: 'updated_at', order: 'ascending' }
  const seen: number[] = []
  for (let starting_after: string | undefined, left = true; left; ) {
    const pagination = { per_page: 5, starting_after }
    const answer = await intercom.search('conversations', token, query, { pagination, sort })
    seen.push(...answer.conversations.map(({ updated_at }: { updated_at: number }) => updated_at))
    starting_after = answer.pages.next?.starting_after
    left = starting_after !== undefined
  }
  expect(seen).toHaveLength(12)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
})

test('an order is ascending or descending, by a field that there is', async () => {
  const query = where('open', '=', true)
  expect(await refused(query, 'contacts', { sort: { field: 'created_at', order: 'desc' } })).toBe(
    '400 invalid_field: open is not a valid field',
  )
  const sorted = (sort: unknown) => refused(query, 'conversations', { sort })
  expect(await sorted({ field: 'created_at', order: 'desc' })).toBe(
    "400 invalid_sort_order: Invalid sort order 'desc'. Must be one of: ascending, descending",
  )
  expect(await sorted({ field: 'mood', order: 'ascending' })).toBe('400 invalid_field: mood is not a valid field')
})

test('fields, operators and values have to fit each other', async () => {
  expect(await refused(where('mood', '=', 'good'))).toBe('400 invalid_field: mood is not a valid field')
  expect(await refused(where('source.author.email', '>', 'a'))).toBe(
    '400 invalid_operator: source.author.email does not support operator: >',
  )
  expect(await refused(where('created_at', '~', '1'))).toContain('400 invalid_operator')
  expect(await refused(where('created_at', '>', 'yesterday'))).toBe('400 invalid_value: yesterday is not a valid date')
  expect(await refused(where('source.subject', '=', 123))).toBe('400 invalid_value: 123 is not a valid string')
  expect(await refused(where('state', 'IN', 'open'))).toBe('400 invalid_value: open is not a valid array')
})

test('groups are two levels deep at most and have 15 members at most', async () => {
  const one = where('open', '=', true)
  expect(await refused(all('AND', all('OR', all('AND', one))))).toContain('400 invalid_query')
  expect(await refused(all('AND', ...Array.from({ length: 16 }, () => one)))).toBe(
    '400 invalid_value: Number of elements in composite query is greater than 15, please try again with a smaller list',
  )
  expect(await refused(all('XOR', one))).toContain('400 invalid_operator: Composite operators')
})

test('a search is a JSON object with a query and nothing unknown', async () => {
  const send = async (body: unknown, headers = {}) =>
    refusalOf(await intercom.post('/conversations/search', token, body, headers))
  expect(await send('{"query"')).toContain('400 parameter_invalid')
  expect(await send('query=1', { 'content-type': 'application/x-www-form-urlencoded' })).toContain(
    '400 parameter_invalid',
  )
  expect(await send({})).toContain('400 invalid_query')
  expect(await send({ query: { field: 'state' } })).toContain('400 invalid_query')
  expect(await send({ query: where('open', '=', true), limit: 5 })).toBe("400 bad_request: bad 'limit' parameter")
  const large = { query: where('open', '=', true), pagination: { per_page: 151 } }
  expect(await send(large)).toBe('400 parameter_invalid: Per Page is too big')
})
