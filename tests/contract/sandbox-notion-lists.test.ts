import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { type Found, messageOf, notionClient, titles } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)
let token: string

beforeEach(async () => {
  token = (await notion.connect()).access_token
})

test('a search looks at titles only, newest edit first', async () => {
  const answer = await notion.send('/search', token, { query: 'ROADMAP' })
  expect(titles(answer)).toEqual(['Product roadmap'])
  expect(answer).toMatchObject({ object: 'list', has_more: false, next_cursor: null, type: 'page_or_data_source' })
  expect(answer.page_or_data_source).toEqual({})
  expect(titles(await notion.send('/search', token, { query: 'jitter' }))).toEqual(['Jitter for all retries'])
  const all = (await notion.send('/search', token)).results.map(
    (one: { last_edited_time: string }) => one.last_edited_time,
  )
  expect(all).toEqual(all.toSorted().toReversed())
  const sort = { timestamp: 'last_edited_time', direction: 'ascending' }
  const oldest = (await notion.send('/search', token, { sort })).results.map(
    (one: { last_edited_time: string }) => one.last_edited_time,
  )
  expect(oldest).toEqual(all.toReversed())
})

test('a search filters by kind: pages or data sources, databases no longer', async () => {
  const kinds = async (value: string) => {
    const { results } = await notion.send('/search', token, { filter: { property: 'object', value } })
    return [...new Set(results.map(({ object }: Found) => object))]
  }
  expect(await kinds('page')).toEqual(['page'])
  expect(await kinds('data_source')).toEqual(['data_source'])
  const filter = { property: 'object', value: 'database' }
  expect(await messageOf(await notion.post('/search', token, { filter }))).toBe(
    'body failed validation: body.filter.value should be `"page"` or `"data_source"`, instead was `"database"`.',
  )
})

test('a search leaves the trash out, unless asked for it', async () => {
  expect(titles(await notion.send('/search', token, { query: '2024' }))).toEqual([])
  await notion.set({ edit: { page: 'Brand guide', trashed: true } })
  expect(titles(await notion.send('/search', token, { query: 'brand' }))).toEqual([])
  expect(titles(await notion.send('/search', token, { query: 'brand', filter: { in_trash: true } }))).toEqual([
    'Brand guide',
  ])
})

test('a new page is found after a while', async () => {
  await notion.set({ searchDelaySeconds: 30, page: { title: 'Fresh', parent: 'Engineering handbook' } })
  expect(titles(await notion.send('/search', token, { query: 'Fresh' }))).toEqual([])
  await notion.control.clock(31)
  expect(titles(await notion.send('/search', token, { query: 'Fresh' }))).toEqual(['Fresh'])
})

test('lists come in pages of up to a hundred, by a cursor of that very list', async () => {
  const all = titles(await notion.send('/search', token))
  const seen: (string | undefined)[] = []
  let cursor: string | null = null
  do {
    const answer: { results: Found[]; next_cursor: string | null; has_more: boolean } = await notion.send(
      '/search',
      token,
      {
        page_size: 4,
        ...(cursor === null ? {} : { start_cursor: cursor }),
      },
    )
    expect(answer.has_more).toBe(answer.next_cursor !== null)
    seen.push(...titles(answer))
    cursor = answer.next_cursor
  } while (cursor !== null)
  expect(seen).toEqual(all)
  const { next_cursor } = await notion.send('/search', token, { page_size: 1 })
  expect(await messageOf(await notion.post('/search', token, { query: 'a', start_cursor: next_cursor }))).toBe(
    `The start_cursor provided is invalid: ${next_cursor}`,
  )
  const users = await notion.read('/users?page_size=2', token)
  expect(users.results).toHaveLength(2)
  expect((await notion.read(`/users?page_size=2&start_cursor=${users.next_cursor}`, token)).results).toHaveLength(2)
})

test('a body is checked to the letter', async () => {
  const told = async (body: object) => messageOf(await notion.post('/search', token, body))
  expect(await told({ page_size: 101 })).toBe(
    'body failed validation: body.page_size should be ≤ `100`, instead was `101`.',
  )
  expect(await told({ limit: 5 })).toBe('body failed validation: body.limit should be not present, instead was `5`.')
  expect(await told({ query: 5 })).toBe('body failed validation: body.query should be a valid string, instead was `5`.')
  const broken = await fetch(`${notion.web}/v1/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11', 'content-type': 'application/json' },
    body: '{',
  })
  expect((await broken.json()).code).toBe('invalid_json')
})

test('since 2026-03-11 things are in the trash and no longer archived, and transcriptions are meeting notes', async () => {
  const page = await notion.idOf(token, 'Deploying')
  const keys = async (version: string) => Object.keys(await notion.read(`/pages/${page}`, token, version))
  expect(await keys('2026-03-11')).not.toContain('archived')
  expect(await keys('2025-09-03')).toEqual(expect.arrayContaining(['archived', 'in_trash', 'is_archived', 'is_locked']))
  const types = async (version: string) =>
    (await notion.read(`/blocks/${page}/children`, token, version)).results.map(({ type }: { type: string }) => type)
  expect(await types('2026-03-11')).toContain('meeting_notes')
  expect(await types('2025-09-03')).toContain('transcription')
})
