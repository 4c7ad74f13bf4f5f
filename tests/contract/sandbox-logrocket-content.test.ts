import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { logrocketClient } from '#tests/support/sandbox-logrocket.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/logrocket')

const app = await newReceiver()
const logrocket = await newSandbox(logrocketClient, app.url)

const WEB = 'acme/web'
const PORTAL = 'globex/portal'
const DAY = 86_400_000

type Logs = {
  has_next: boolean
  cursor: number
  logs: { time: string; created_date: string; user: string; action: string; description: string }[]
}
type Highlights = {
  requestID: string
  appID: string
  status: string
  result: { highlights: string; sessions: { recordingID: string; sessionID: number; highlights: string }[] } | null
}
const logs = async (query = '', of = WEB): Promise<Logs> => (await logrocket.api(of, `/audit/logs/${query}`)).json()
const exported = async (query = '', of = PORTAL): Promise<{ cursor: string; sessions: { url: string }[] }> =>
  (await logrocket.api(of, `/data-export/${query}`)).json()
const ask = async (body: object, of = WEB) => logrocket.post(of, '/highlights/', body)
const shown = async (id: string, of = WEB): Promise<Highlights> =>
  (await logrocket.api(of, `/highlights?id=${encodeURIComponent(id)}`)).json()
const idOf = async (body: object): Promise<string> => (await (await ask(body)).json()).id

test('the audit log is read oldest first, page after page, until there is no next one', async () => {
  const dates = []
  let page = await logs('?limit=4')
  dates.push(...page.logs.map((one) => one.created_date))
  expect([page.has_next, page.logs.length]).toEqual([true, 4])
  while (page.has_next) {
    page = await logs(`?limit=4&cursor=${page.cursor}`)
    dates.push(...page.logs.map((one) => one.created_date))
  }
  expect(dates).toHaveLength(10)
  expect(dates).toEqual([...new Set(dates)].toSorted())
})

test('the first cursor may be a time in milliseconds', async () => {
  const recent = await logs(`?cursor=${Date.now() - 3 * DAY}`)
  expect(recent.logs.map(({ user }) => user)).toEqual([
    'lee@park.example',
    'dana@acme.example',
    'sam@acme.example',
    'priya@acme.example',
  ])
  expect(await logs(`?cursor=${Date.now() + DAY}`)).toMatchObject({ has_next: false, logs: [] })
})

test('a page has 10 unless another number is asked for, of 100 at most', async () => {
  await logrocket.set({ entries: Array.from({ length: 120 }, () => ({ action: 'Logged in', description: 'web' })) })
  expect([(await logs()).logs.length, (await logs('?limit=100')).logs.length]).toEqual([10, 100])
  for (const query of ['?limit=0', '?limit=101', '?limit=ten', '?cursor=soon']) {
    expect([query, (await logrocket.api(WEB, `/audit/logs/${query}`)).status]).toEqual([query, 400])
  }
})

test('a viewed session names its recording and number, which lead to its replay', async () => {
  const viewed = (await logs('?limit=100')).logs.filter(({ action }) => action === 'Viewed session')
  expect(viewed).toHaveLength(7)
  for (const { description } of viewed) {
    expect(description).toMatch(/^6-[0-9a-f-]{36}\/\d+$/)
    const page = await fetch(`${logrocket.url}/logrocket-app/${WEB}/s/${description}`)
    expect(page.status).toBe(200)
  }
  const [{ description } = { description: '' }] = viewed
  expect((await fetch(`${logrocket.url}/logrocket-app/globex/portal/s/${description}`)).status).toBe(404)
})

test('what happened has a date, and a time for people', async () => {
  const made = await logrocket.set({ entries: [{ ago: '1m', user: 'sam@acme.example' }] })
  const { logs: all } = await logs('?limit=100')
  const newest = all.at(-1)
  expect(newest).toMatchObject({ user: 'sam@acme.example', ...(made.entries as object[])[0] }) // control's own answer
  expect(newest?.created_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  const [, month, day, hour, minute] = /-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(newest?.created_date ?? '') ?? []
  const year = newest?.created_date.slice(2, 4)
  const [at, half] = [String(Number(hour) % 12 || 12).padStart(2, '0'), Number(hour) < 12 ? 'AM' : 'PM']
  expect(newest?.time).toBe(`${month}/${day}/${year} ${at}:${minute}${half}`)
})

test.skipIf(!existsSync(EXAMPLES))(
  'the audit log has the fields and types of LogRocket’s own example (skipped where the examples are not at hand)',
  async () => {
    const { status, body } = JSON.parse(readFileSync(path.join(EXAMPLES, 'audit-logs.json'), 'utf8'))
    const response = await logrocket.api(WEB, '/audit/logs/?limit=1')
    expect([response.status, differences(body, await response.json(), [])]).toEqual([status, []])
  },
)

test('finished sessions are exported as files, one at a time, by a cursor that is text', async () => {
  await logrocket.set({
    features: { app: WEB, dataExport: true },
  })
  const first = await exported('?limit=3', WEB)
  const second = await exported(`?limit=3&cursor=${encodeURIComponent(first.cursor)}`, WEB)
  expect([first.sessions.length, second.sessions.length, typeof first.cursor]).toEqual([3, 1, 'string'])
  const text = await (await fetch(first.sessions[0]?.url ?? '')).text()
  const lines = text.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['session', 'navigate'])
  expect(await exported(`?cursor=${second.cursor}`, WEB)).toMatchObject({ sessions: [] })
})

test('an export begins at a time, wants a cursor of its own, and a file an address that was given', async () => {
  expect((await exported(`?date=${Date.now() - 2 * DAY}`)).sessions).toEqual([])
  expect((await exported(`?date=${Date.now() - 9 * DAY}`)).sessions).toHaveLength(1)
  expect((await logrocket.api(PORTAL, '/data-export/?cursor=17')).status).toBe(400)
  expect((await fetch(`${logrocket.url}/logrocket-files/exports/${'0'.repeat(64)}.jsonl`)).status).toBe(403)
})

test('highlights are asked for by e-mail address or id, and by nothing else', async () => {
  for (const body of [
    {},
    { userEmail: 'nobody' },
    { userID: 'customer-2041', timeRange: { startMs: 1 } },
    { userID: 'customer-2041', webhookURL: 'somewhere' },
    { question: 'Why?' },
  ]) {
    expect([body, (await ask(body)).status]).toEqual([body, 400])
  }
  expect(Object.keys(await (await ask({ userEmail: 'nora@customer.example' })).json())).toEqual(['id'])
})

test('highlights take a while: pending without a result, then ready with one for each session', async () => {
  const id = await idOf({ userID: 'customer-2041', question: 'Why did she leave?' })
  expect(await shown(id)).toEqual({ requestID: id, appID: WEB, status: 'PENDING', result: null })
  await logrocket.control.clock(91)
  const { status, result } = await shown(id)
  expect([status, result?.sessions.map(({ sessionID }) => sessionID)]).toEqual(['READY', [0, 1]])
  expect(result?.highlights).toContain('**Why did she leave?**')
  expect((await logrocket.api(PORTAL, `/highlights?id=${id}`)).status).toBe(404)
})

test('highlights are of the time that is asked for, and of ten sessions at most', async () => {
  await logrocket.set({ highlights: { seconds: 0 } })
  const email = 'busy@customer.example'
  await logrocket.set({
    entries: Array.from({ length: 12 }, () => ({ ago: '2h', session: { email, userId: 'busy' } })),
  })
  const count = async (body: object) => (await shown(await idOf(body))).result?.sessions.length
  expect(await count({ userEmail: email })).toBe(10)
  const now = Date.now()
  expect(
    await count({ userID: 'customer-2041', timeRange: { startMs: now - 9.5 * DAY, endMs: now - 8.5 * DAY } }),
  ).toBe(1)
  expect(await count({ userID: 'nobody' })).toBe(0)
})

test('highlights may fail, or be ready under another name', async () => {
  const endOf = async (outcome: string) => {
    await logrocket.set({ highlights: { seconds: 0, outcome } })
    const { status, result } = await shown(await idOf({ userID: 'customer-2041' }))
    return [status, result === null]
  }
  expect([await endOf('FAILED'), await endOf('COMPLETE')]).toEqual([
    ['FAILED', true],
    ['COMPLETE', false],
  ])
})

test('the end of a request is sent to its address, unsigned, and is the same as what can be asked for', async () => {
  const id = await idOf({ userID: 'customer-1187', webhookURL: `${app.url}/done?metadata=value` })
  const answer = await logrocket.control.webhook('logrocket', { request: id })
  expect(answer).toEqual({ deliveries: [{ status: 200, response: 'thanks' }] })
  const [delivery] = app.received
  expect([delivery?.path, JSON.parse(delivery?.body ?? '')]).toEqual(['/done?metadata=value', await shown(id)])
  expect(Object.keys(delivery?.headers ?? {}).filter((name) => /signature|token|authorization/.test(name))).toEqual([])
  const silent = await idOf({ userID: 'customer-1187' })
  await expect(logrocket.control.webhook('logrocket', { request: silent })).rejects.toThrow(': 400 ')
})

test('deliveries can be forged and repeated', async () => {
  const id = await idOf({ userID: 'customer-1187', webhookURL: app.url })
  await logrocket.control.webhook('logrocket', { request: id, mode: 'forged' })
  expect(JSON.parse(app.received[0]?.body ?? '')).toMatchObject({ requestID: id, result: { sessions: [] } })
  expect((await shown(id)).result?.sessions).toHaveLength(1)
  app.received = []
  await logrocket.control.webhook('logrocket', { request: id, mode: 'repeated' })
  expect(app.received.map(({ body }) => body === app.received[0]?.body)).toEqual([true, true])
})
