import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, slackClient } from '#tests/support/sandbox-slack.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/slack')
const areMissing = !existsSync(EXAMPLES)

const slack = await newSandbox(slackClient)
let bot: string
let user: string

const CHANNEL = { channel: 'C05ENGINR01' }

beforeEach(async () => {
  const installed = await slack.install('dana@acme-corp', { user_scope: 'search:read' })
  bot = installed.access_token
  user = installed.authed_user.access_token
  await slack.send('conversations.join', bot, CHANNEL)
})

// Slack's examples are abridged, and of several years: what not every answer has, or what newer ones have besides.
const OPTIONAL = [
  /^is_enterprise_install$/,
  /^(app_id|app_name|expires_in)$/,
  /^channels?(\[\])?\.(locale|updated|num_members)$/,
  /\bprevious_names\[\]$/,
  /^(members\[\]|user)\.profile\.(first_name|last_name|phone|skype|title|image_(original|1024)|api_app_id|bot_id)$/,
  /^team\.enterprise_\w+$/,
  /^messages?(\[\])?\.(team|thread_ts|parent_user_id|subtype|username|attachments|bot_profile|app_id|bot_id|user)\b/,
  /^messages\[\]\.(reply_|latest_reply|is_locked|subscribed|last_read|unread_count)/,
]

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

const CASES: [name: string, method: string, query?: Record<string, string>, asPerson?: boolean][] = [
  ['auth-test-bot', 'auth.test'],
  ['auth-test-user', 'auth.test', {}, true],
  ['team-info', 'team.info'],
  ['users-list', 'users.list'],
  ['users-info', 'users.info', { user: 'U05SAMOKFR1' }],
  ['users-conversations', 'users.conversations'],
  ['conversations-list', 'conversations.list'],
  ['conversations-info', 'conversations.info', CHANNEL],
  ['conversations-members', 'conversations.members', CHANNEL],
  ['conversations-join-already-in', 'conversations.join', CHANNEL],
  ['conversations-history', 'conversations.history', { ...CHANNEL, limit: '5' }],
  ['search-messages', 'search.messages', { query: 'backoff' }, true],
  ['auth-revoke', 'auth.revoke'],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Slack’s own example (skipped where the examples are not at hand)',
  async (name, method, query = {}, asPerson = false) => {
    const response = await slack.get(method, asPerson ? user : bot, query)
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    const answer = await response.json()
    expect(answer.ok).toBe(true)
    expect(differences(body, answer, OPTIONAL)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'threads, posted messages and addresses have the fields of Slack’s own examples (skipped where the examples are not at hand)',
  async () => {
    const posted = await slack.send('chat.postMessage', bot, { ...CHANNEL, text: 'Hello' })
    expect(differences(example('chat-post-message').body, posted, OPTIONAL)).toEqual([])
    await slack.send('chat.postMessage', bot, { ...CHANNEL, text: 'Again', thread_ts: posted.ts })
    const thread = await slack.call('conversations.replies', bot, { ...CHANNEL, ts: posted.ts, limit: '1' })
    expect(differences(example('conversations-replies').body, thread, OPTIONAL)).toEqual([])
    const link = await slack.call('chat.getPermalink', bot, { ...CHANNEL, message_ts: posted.ts })
    expect(differences(example('chat-get-permalink').body, link, OPTIONAL)).toEqual([])
    const bounded = { ...CHANNEL, latest: posted.ts, inclusive: 'true', limit: '1' }
    const one = await slack.call('conversations.history', bot, bounded)
    expect(differences(example('conversations-history-latest-inclusive').body, one, OPTIONAL)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'refusals are Slack’s own, word for word (skipped where the examples are not at hand)',
  async () => {
    const body = (name: string) => example(name).body
    expect(await slack.call('auth.test')).toEqual(body('auth-test-not-authed'))
    expect(await slack.call('auth.test', 'xoxb-x')).toEqual(body('auth-test-invalid-auth'))
    expect(await slack.call('conversations.join', bot, { channel: 'C05MOBILE01' })).toEqual(
      body('conversations-join-archived'),
    )
    expect(await slack.call('conversations.history', bot, { channel: 'C0' })).toEqual(
      body('conversations-history-error'),
    )
    expect(await slack.call('users.list', bot, { cursor: 'x' })).toEqual(body('users-list-invalid-cursor'))
    expect(await slack.call('search.messages', user)).toEqual(body('search-messages-error'))
    expect(await slack.exchange('x', { client_id: 'x' })).toEqual(body('oauth-v2-access-error'))
    expect(await slack.send('apps.uninstall', bot, CLIENT)).toEqual(body('apps-uninstall'))
  },
)

test.skipIf(areMissing)(
  'token answers have the fields of Slack’s own examples (skipped where the examples are not at hand)',
  async () => {
    const both = { user_scope: 'search:read' }
    expect(
      differences(example('oauth-v2-access').body, await slack.install('dana@acme-corp', both), [
        /^enterprise\b/,
        ...OPTIONAL,
      ]),
    ).toEqual([])
    const personOnly = await slack.install('dana@acme-corp', { scope: '', ...both })
    expect(differences(example('oauth-v2-access-sign-in-with-slack').body, personOnly, [/^team\.name$/])).toEqual([])
    await slack.control.set({ provider: 'slack', tokenRotation: true })
    const rotating = await slack.install('dana@acme-corp', both)
    expect(
      differences(example('oauth-v2-access-token-rotation').body, rotating, [
        /^enterprise\b/,
        /^is_enterprise_install$/,
      ]),
    ).toEqual([])
  },
)
