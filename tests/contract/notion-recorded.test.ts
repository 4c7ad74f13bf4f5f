import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { notion } from '#lib/providers/notion/provider.ts'
import { findDatabase } from '#lib/providers/notion/rows.ts'
import { failed } from '#tests/support/github-api.ts'
import type { Reply } from '#tests/support/loopback.ts'
import { notionApi, notionReader } from '#tests/support/notion-api.ts'

// Answers that Notion publishes, kept outside the project: <provider>/<name>.json, each { status, headers, body }, beside the
// checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for
// them. Of tokens, tables and databases in their present shape Notion publishes none: those are our fixtures alone.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/notion`
const isAbsent = !existsSync(folder)

const read = (name: string) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
function recorded(name: string): Reply {
  const { status, headers = {}, body } = read(name)
  return { status, headers, body }
}

const pages = notionReader('page')

const kale = '954b67f9-3f87-41db-8874-23b92bbd31ee'
const nothing = { body: { object: 'list', results: [], has_more: false, next_cursor: null } }

type Met = [name: string, line: string, use: (api: Api) => Promise<unknown>, expected: unknown]
/** What the product makes of each answer that it can meet. */
const met: Met[] = [
  [
    'users-me',
    'GET /users/me',
    (api) => notion.identify(api, { token: 't' }),
    { id: '16d84278-ab0e-484c-9bdd-b35da3bd8905', label: 'Notion workspace' },
  ],
  [
    'search-2022-06-28',
    'POST /search',
    (api) => pages.search(api, 'kale', {}),
    {
      items: [
        {
          id: kale,
          title: 'Tuscan kale',
          url: 'https://www.notion.so/Tuscan-kale-954b67f93f8741db887423b92bbd31ee',
          containerId: 'd9824bdc-8445-4327-be8b-5b47500af6ce',
          body: { state: '🥬 Vegetable' },
        },
      ],
    },
  ],
]
const refusals: Met[] = [
  ['error-403-restricted-resource', `GET /pages/${kale}`, (api) => pages.read(api, kale), { detail: 'capability' }],
  [
    'error-400-multiple-data-sources',
    `GET /databases/${kale}`,
    (api) => findDatabase(api, kale),
    { failure: 'unavailable', status: 400 },
  ],
]

const meanings: Record<string, unknown> = {
  validation_error: { failure: 'unavailable' },
  missing_version: { failure: 'unavailable' },
  unauthorized: { failure: 'expired' },
  object_not_found: { failure: 'setup', detail: 'not_shared' },
  rate_limited: { failure: 'rate_limited', retryAt: expect.any(Date) },
  service_unavailable: { failure: 'unavailable' },
  invalid_grant: { failure: 'unavailable' }, // of the token endpoint, which is read elsewhere
  restricted_resource: { failure: 'setup', detail: 'capability' },
  conflict_error: { failure: 'unavailable' },
}

describe('answers that Notion publishes', () => {
  test.skipIf(isAbsent).each(met)('%s is read', async (name, line, use, expected) => {
    const { api } = await notionApi({ 'POST /search': nothing, [line]: recorded(name) })
    expect(await use(api)).toMatchObject(expected as object)
  })

  test.skipIf(isAbsent).each(refusals)('%s is judged', async (name, line, use, expected) => {
    const { api } = await notionApi({ [line]: recorded(name) })
    expect(await failed(use(api))).toMatchObject(expected as object)
  })

  test.skipIf(isAbsent)('each code of the table of errors means what can be done about it', () => {
    const { errors }: { errors: { status: number; code: string }[] } = read('error-messages-table')
    expect(errors.map(({ code }) => code).toSorted()).toEqual(Object.keys(meanings).toSorted())
    for (const error of errors) {
      const body = JSON.stringify({ object: 'error', ...error })
      const judged = judge(notion, { status: error.status, headers: new Headers(), body })
      expect(judged, error.code).toMatchObject(meanings[error.code] as object)
    }
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = ['error-messages-table', ...[...met, ...refusals].map(([name]) => name)]
    // What the product does not ask for (yet).
    const unasked = /^(comments-list$|webhook-)/
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name) && !unasked.test(name))).toEqual([])
  })
})
