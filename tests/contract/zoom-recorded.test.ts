import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTokenAnswer } from '#lib/oauth/token-answer.ts'
import { judge } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { oauth } from '#lib/providers/zoom/oauth.ts'
import { zoom } from '#lib/providers/zoom/provider.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import type { Reply } from '#tests/support/loopback.ts'
import { zoomApi, zoomReader } from '#tests/support/zoom-api.ts'

// Answers that Zoom publishes, kept outside the project: <provider>/<name>.json, each { status, headers, body }, beside the
// checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/zoom`
const isAbsent = !existsSync(folder)

function recorded(name: string): Reply {
  const { status, headers = {}, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status, headers, body }
}

const [meetings, recordings] = [zoomReader('meeting'), zoomReader('recording')]
const none = { body: { meetings: [], next_page_token: '' } }
// an example says that there is a next page, whatever page it is of
const endless = (name: string): Reply => ({ body: { ...(recorded(name).body as object), next_page_token: '' } })
const leave = async (api: Api) => {
  const { revoke } = zoom.leave
  return typeof revoke === 'function'
    ? revoke({ api, grant: { token: 't' }, client: { id: 'i', secret: 's' }, last: true })
    : null
}

type Met = [name: string, exchanges: () => Exchanges, use: (api: Api) => Promise<unknown>, expected: unknown]
/** What the product makes of each answer that it can meet. */
const met: Met[] = [
  [
    'users-me',
    () => ({ 'GET /users/me': recorded('users-me') }),
    (api) => zoom.identify(api, { token: 't' }),
    { id: 'q6gBJVO5TzexKYTb_I2rpg/zJKyaiAyTNC-MWjiWC18KQ', label: 'jchill@example.com' },
  ],
  [
    'list-meetings',
    () => ({
      'GET /users/me/meetings?type=scheduled': endless('list-meetings'),
      'GET /users/me/meetings?type=previous_meetings': none,
    }),
    (api) => meetings.list(api, {}),
    { items: [{ id: '97763643886', title: 'My Meeting', url: 'https://example.com/j/11111', excerpt: 'My Meeting' }] },
  ],
  [
    'past-meeting',
    () => ({
      'GET /users/me/meetings': none,
      'GET /past_meetings/5638296721': recorded('past-meeting'),
      'GET /past_meetings/5638296721/participants': recorded('past-meeting-participants'),
      'GET /meetings/5638296721/recordings': recorded('get-meeting-recordings'),
    }),
    (api) => meetings.read(api, '5638296721'),
    {
      title: 'My Meeting',
      body: { participants: 2, names: ['Jill Chill'], host: 'Jill Chill', recording: 'ready', minutes: 60 },
    },
  ],
  [
    'list-recordings',
    () => ({ 'GET /users/me/recordings': endless('list-recordings') }),
    (api) => recordings.list(api, {}),
    {
      items: [
        {
          title: 'My Personal Meeting',
          containerId: '6840331990',
          url: 'https://example.com/rec/play/Qg75t7xZBtEbAkjdlgbfdngBBBB',
        },
      ],
    },
  ],
  [
    'get-meeting-recordings',
    () => ({ 'GET /meetings/BOKXuumlTAGXuqwr3bLyuQ==/recordings': recorded('get-meeting-recordings') }),
    (api) => recordings.read(api, `6840331990~${Buffer.from('BOKXuumlTAGXuqwr3bLyuQ==').toString('base64url')}`),
    { body: { minutes: 20, files: [{ name: 'Video' }], transcript: 'none' } },
  ],
  ['oauth-revoke', () => ({ 'POST /oauth/revoke': recorded('oauth-revoke') }), leave, 'ended'],
]

const limits = ['rate-limited-daily', 'rate-limited-per-second']

describe('answers that Zoom publishes', () => {
  test.skipIf(isAbsent).each(met)('%s is read', async (_, exchanges, use, expected) => {
    const { api } = await zoomApi(exchanges(), { plan: 'licensed' })
    const read = await use(api)
    expect({ read }).toMatchObject({ read: expected })
    expect(JSON.stringify(read)).not.toMatch(/yNYIS408|981651/)
  })

  test.skipIf(isAbsent)('oauth-token is a grant', () => {
    const { status = 200, body } = recorded('oauth-token')
    const answer = { status, headers: new Headers(), body: JSON.stringify(body), url: 'https://zoom.us' }
    expect(readTokenAnswer(answer, oauth.dialect)).toMatchObject({ token: 'eyJ...', scopes: ['user:read:user'] })
  })

  test.skipIf(isAbsent).each(limits)('%s is a wait, at least a moment long', (name) => {
    const { status = 0, headers = {}, body } = recorded(name)
    const judged = judge(zoom, { status, headers: new Headers(headers), body: JSON.stringify(body) })
    expect(judged).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
    expect(judged.retryAt?.getTime()).toBeGreaterThan(Date.now())
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = ['oauth-token', 'past-meeting-participants', ...limits, ...met.map(([name]) => name)]
    // What the product does not ask for (yet).
    const unasked =
      /^(get-meeting|list-users|meeting-(invitation|summary|templates)|past-meeting-instances|recording-(analytics|settings)|report-user-meetings|upcoming-meetings|inbound-.*)$/
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name) && !unasked.test(name))).toEqual([])
  })
})
