import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { type ListedMeeting, type Recorded, zoomClient } from '#tests/support/sandbox-zoom.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/zoom')
const areMissing = !existsSync(EXAMPLES)

const app = await newReceiver()
const zoom = await newSandbox((url) => zoomClient(url, app.url), app.url)
let token: string

beforeEach(async () => {
  token = await zoom.tokenFor()
})

const example = (name: string) => JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))
// What only recordings that are kept elsewhere, were deleted or will be have.
const RECORDING = [/auto_delete_date$/, /file_path$/, /deleted_time$/, /timezone$/, /participant_audio_files/]

test.skipIf(areMissing)(
  'tokens and their end have the fields of Zoom’s own examples (skipped where the examples are not at hand)',
  async () => {
    const answer = await zoom.connect()
    expect(differences(example('oauth-token').body, answer, [])).toEqual([])
    const revoked = await zoom.oauth('revoke', { token: answer.access_token })
    expect(await revoked.json()).toEqual(example('oauth-revoke').body)
  },
)

test.skipIf(areMissing)(
  'a user has the fields of Zoom’s own example (skipped where the examples are not at hand)',
  async () => {
    // What people have who filled it in, or whose company did.
    const optional = [/^(employee_unique_id|manager|pic_url|plan_united_type|vanity_url)$/, /^(im_)?group_ids\[\]$/]
    expect(differences(example('users-me').body, await zoom.read('/users/me', token), optional)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'meetings, past ones and their participants have the fields of Zoom’s own examples (skipped where the examples are not at hand)',
  async () => {
    const list = await zoom.read('/users/me/meetings?page_size=30', token)
    expect(differences(example('list-meetings').body, list, [/\.pmi$/])).toEqual([])
    const { id } = list.meetings.find(({ topic }: ListedMeeting) => topic === 'Weekly platform sync')
    const past = await zoom.read(`/past_meetings/${id}`, token)
    expect(differences(example('past-meeting').body, past, [])).toEqual([])
    const people = await zoom.read(`/past_meetings/${id}/participants`, token)
    expect(differences(example('past-meeting-participants').body, people, [])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'recordings have the fields of Zoom’s own examples (skipped where the examples are not at hand)',
  async () => {
    const from = new Date(Date.now() - 28 * 86_400_000).toISOString().slice(0, 10)
    const to = new Date().toISOString().slice(0, 10)
    const list = await zoom.read(`/users/me/recordings?from=${from}&to=${to}`, token)
    expect(differences(example('list-recordings').body, list, RECORDING)).toEqual([])
    const { id } = list.meetings.find(({ topic }: Recorded) => topic === 'Weekly platform sync')
    const one = await zoom.read(`/meetings/${id}/recordings?include_fields=download_access_token&ttl=3600`, token)
    expect(differences(example('get-meeting-recordings').body, one, RECORDING)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'limits are told in Zoom’s own words and headers (skipped where the examples are not at hand)',
  async () => {
    for (const [name, of] of [
      ['rate-limited-per-second', 'second'],
      ['rate-limited-daily', 'day'],
    ] as const) {
      const { headers, body, status } = example(name)
      await zoom.set({ rateRemaining: { category: 'Light', of, remaining: 0 } })
      const response = await zoom.get('/users/me', token)
      expect([response.status, await response.json()]).toEqual([status, body])
      expect(Object.keys(headers).filter((one) => !response.headers.has(one))).toEqual([])
      expect(response.headers.get('x-ratelimit-type')).toBe(headers['X-RateLimit-Type'])
    }
  },
)

test.skipIf(areMissing)(
  'what the app is sent has the fields of Zoom’s own examples (skipped where the examples are not at hand)',
  async () => {
    for (const name of ['app-deauthorized', 'url-validation']) {
      const { body } = example(`inbound-${name}`).request
      app.received = []
      await zoom.control.webhook('zoom', { event: body.event })
      expect(differences(body, JSON.parse(app.received[0]?.body ?? ''), [/^event_ts$/])).toEqual([])
    }
  },
)
