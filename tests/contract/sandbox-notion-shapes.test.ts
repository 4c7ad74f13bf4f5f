import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { notionClient } from '#tests/support/sandbox-notion.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/notion')
const areMissing = !existsSync(EXAMPLES)
const OLD = '2022-06-28'

const notion = await newSandbox(notionClient)
let token: string

beforeEach(async () => {
  token = (await notion.connect()).access_token
})

const example = (name: string) => JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

test.skipIf(areMissing)(
  'the connection has the fields of Notion’s own example (skipped where the examples are not at hand)',
  async () => {
    // The example is older than what the connection says of its workspace.
    const since = [/^request_id$/, /^bot\.workspace_/]
    expect(differences(example('users-me').body, await notion.read('/users/me', token), since)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a search has the fields of Notion’s own example (skipped where the examples are not at hand)',
  async () => {
    const answer = await notion.send('/search', token, { query: 'Boards show' }, OLD)
    // Every database has columns of its own; what newer answers have besides.
    const own = [
      /^request_id$/,
      /^results\[\]\.properties\.(Food group|Description|Status|Quarter|Areas|Owner|Ships|Effort|Promised|Issue|Last edited)/,
      /^results\[\]\.(cover|in_trash|is_archived|is_locked|public_url)/,
    ]
    expect(differences(example('search-2022-06-28').body, answer, own)).toEqual([])
    const select = answer.results[0].properties.Quarter
    expect(differences(example('search-2022-06-28').body.results[0].properties['Food group'], select, [])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'refusals are Notion’s own, word for word (skipped where the examples are not at hand)',
  async () => {
    const { errors } = example('error-messages-table')
    const words = (code: string): string => errors.find((one: { code: string }) => one.code === code).message
    const told = async (response: Response) => (await response.json()).message
    const authorization = `Bearer ${token}`
    const bare = await fetch(`${notion.web}/v1/users/me`, { headers: { authorization } })
    expect((await told(bare)).replaceAll('`', '')).toBe(words('missing_version'))
    expect(await told(await notion.get('/users/me', 'ntn_wrong'))).toBe(words('unauthorized'))
    const id = 'be907abe-510e-4116-a3d1-7ea71018c06f'
    const missing = await told(await notion.get(`/databases/${id}`, token))
    expect(missing.replace('Plugboard', 'My Integration')).toBe(words('object_not_found'))
    await notion.set({ rateRemaining: 0 })
    expect(await told(await notion.get('/users/me', token))).toBe(words('rate_limited'))
    const code = await notion.codeFor()
    await notion.exchange(code)
    expect((await notion.exchange(code)).message).toBe(words('invalid_grant'))
  },
)

test.skipIf(areMissing)(
  'an old version’s refusal and a missing capability are Notion’s own (skipped where the examples are not at hand)',
  async () => {
    const action = await notion.read(`/data_sources/${await notion.idOf(token, 'Action items')}`, token)
    const refused = await notion.read(`/databases/${action.parent.database_id}`, token, OLD)
    const { body } = example('error-400-multiple-data-sources')
    expect(differences(body, refused, [/^request_id$/])).toEqual([])
    expect(refused.message).toBe(body.message)
    const capability = await notion.read(`/comments?block_id=${action.parent.database_id}`, token)
    expect(capability).toEqual({ ...example('error-403-restricted-resource').body, request_id: expect.any(String) })
  },
)
