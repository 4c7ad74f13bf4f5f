import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { logrocketApi, logrocketReader } from '#tests/support/logrocket-api.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/logrocket`
const isAbsent = !existsSync(folder)

describe('answers of the real service', () => {
  test.skipIf(isAbsent)('audit-logs is read: the session that it names, with its replay link', async () => {
    const { body } = JSON.parse(readFileSync(`${folder}/audit-logs.json`, 'utf8'))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2024-02-03T00:00:00Z') })
    // it says that there is more; what that is was not recorded
    const last = { ...body, has_next: false, logs: [] }
    const cursors: (string | null)[] = []
    const { api } = await logrocketApi(({ query }) => {
      cursors.push(query.get('cursor'))
      return { body: cursors.length === 1 ? body : last }
    })
    const { items } = await logrocketReader('session').list(api, {})
    vi.useRealTimers()
    expect(cursors[1]).toBe(String(body.cursor))
    expect(items).toMatchObject([
      {
        url: 'https://app.logrocket.com/lathe/shop/s/1-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/1',
        updatedAt: '2024-02-02T20:48:40.376Z',
        body: { recording: '1-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', number: '1', views: 1 },
      },
    ])
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    // requests, without an answer
    const decided = ['audit-logs', 'highlights-request', 'highlights-request-by-email']
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name))).toEqual([])
  })
})
