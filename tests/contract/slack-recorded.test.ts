import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'
import { slackReader } from '#tests/support/slack-api.ts'

// Answers that Slack publishes, kept outside the project: <provider>/<name>.json, each { status, headers, body }, beside the
// checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/slack`
const isAbsent = !existsSync(folder)

function recorded(name: string): Reply {
  const { status, headers = {}, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status, headers, body: body ?? '' }
}

const grant = { token: 'xoxb-notReal', second: { token: 'xoxp-notReal' } }
const [channel, message] = [slackReader('channel'), slackReader('message')]
const general = 'C012AB3CD'
const join = (api: Api) => Promise.resolve(slack.sharing?.turnedOn?.(api, general))
const leave = async (api: Api) => {
  const { revoke } = slack.leave
  return typeof revoke === 'function' ? revoke({ api, grant, client: { id: 'i', secret: 's' }, last: true }) : null
}
const notAMember = { body: { ok: true, channel: { id: general, name: 'general', is_member: false } } }
const mayNotUninstall = { body: { ok: false, error: 'no_permission' } }

/** What answers: for the methods named here that, for any other the example itself. */
type Company = Record<string, string | Reply>
type Met = [name: string, use: (api: Api) => Promise<unknown>, expected: unknown, company?: Company]
const info = { '/conversations.info': 'conversations-info', '/users.list': 'users-list', '/users.info': 'users-info' }
const titled = (...all: string[]) => ({ items: all.map((title) => expect.objectContaining({ title })) })
const wait = { failure: 'rate_limited', retryAt: expect.any(Date) }

/** What the product makes of each answer that it can meet. */
const met: Met[] = [
  ['auth-test-bot', (api) => slack.identify(api, { token: 't' }), { id: 'T0G9PQBBK', label: 'Subarachnoid Workspace' }],
  ['auth-test-user', (api) => slack.identify(api, { token: 't' }), { url: 'https://subarachnoid.slack.com' }],
  [
    'conversations-list',
    (api) => channel.list(api, {}),
    { ...titled('#general', '#random'), nextCursor: expect.any(String) },
  ],
  ['conversations-list-2021', (api) => channel.list(api, {}), titled('#general', '#random')],
  ['conversations-list-mixed-types', (api) => channel.list(api, {}), { items: [] }],
  ['conversations-info', (api) => channel.read(api, general), { title: '#general', isPrivate: false }],
  ['conversations-join-already-in', join, undefined, { '/conversations.info': notAMember }],
  [
    'conversations-history',
    (api) => message.list(api, { parent: general }),
    titled('I find you punny and would like to smell your nose letter', 'What, you want to smell my shoes better?'),
    info,
  ],
  ['conversations-history-latest-inclusive', (api) => message.list(api, { parent: general }), { items: [{}] }, info],
  [
    'conversations-history-bot-attachments',
    (api) => message.list(api, { parent: general }),
    titled(
      'I find you punny and would like to smell your nose letter',
      "Isn't this whether dreadful? https://badpuns.example.com/puns/123",
    ),
    info,
  ],
  [
    'conversations-replies',
    (api) => message.read(api, 'C012AB3CD~1482960137.003543'),
    { title: 'island', body: { replies: 3, firstReplies: [{ text: 'one island' }, { text: 'two island' }] } },
    info,
  ],
  [
    'users-list',
    (api) => message.read(api, 'C012AB3CD~1482960137.003543'),
    { title: 'island' },
    { ...info, '/conversations.replies': 'conversations-replies' },
  ],
  [
    'users-info',
    (api) => message.list(api, { parent: general }),
    { items: [{ body: { author: '' } }] },
    { ...info, '/conversations.history': 'conversations-history-latest-inclusive' },
  ],
  [
    'search-messages',
    (api) => message.search(api, 'The meaning of life', {}),
    {
      items: [
        { id: 'C12345678~1508284197.000015', container: '#general', body: { author: 'roach' } },
        { id: 'C12345678~1508795665.000236', body: { author: 'robot overlord' } },
      ],
    },
  ],
  ['apps-uninstall', leave, 'ended'],
  ['auth-revoke', leave, 'ended', { '/apps.uninstall': mayNotUninstall }],
]

/** What each refusal means where the product can meet it. */
const refusals: Met[] = [
  ['auth-test-invalid-auth', (api) => slack.identify(api, { token: 't' }), { failure: 'revoked' }],
  ['auth-test-not-authed', (api) => slack.identify(api, { token: 't' }), { failure: 'unavailable' }],
  ['conversations-history-error', (api) => message.list(api, { parent: general }), { failure: 'not_found' }, info],
  [
    'conversations-join-archived',
    join,
    { failure: 'setup', detail: 'archived' },
    { '/conversations.info': notAMember },
  ],
  ['search-messages-error', (api) => message.search(api, 'x', {}), { failure: 'unavailable' }],
  ['rate-limited', (api) => channel.read(api, general), wait],
]

async function apiOf(name: string, company: Company = {}): Promise<Api> {
  const { url } = await serve(({ path: method }) => {
    const other = company[method] ?? name
    return typeof other === 'string' ? recorded(other) : other
  })
  return createApi({ provider: slack, grant, base: url })
}

describe('answers that Slack publishes', () => {
  test.skipIf(isAbsent).each(met)('%s is read', async (name, use, expected, company) => {
    expect({ value: await use(await apiOf(name, company)) }).toMatchObject({ value: expected })
  })

  test.skipIf(isAbsent).each(refusals)('%s is judged', async (name, use, expected, company) => {
    expect(await failed(use(await apiOf(name, company)))).toMatchObject(expected as object)
  })

  const [oauth] = slack.auth
  const exchange = async (name: string) => {
    const { url } = await serve(() => recorded(name))
    const method = oauth as OAuth2 // the account test asserts it
    const client = { id: 'i', secret: 's' }
    const input = { method, endpoint: url, client, redirectUri: 'http://x/cb', code: 'c', verifier: null }
    return exchangeCode(input).catch((error: unknown) => error)
  }

  test.skipIf(isAbsent).each([
    ['oauth-v2-access', { scopes: ['commands', 'incoming-webhook'], second: { token: 'xoxp-1234' } }],
    ['oauth-v2-access-token-rotation', { refreshToken: 'xoxe-1-...', second: { refreshToken: 'xoxe-1-...' } }],
    ['oauth-v2-access-sign-in-with-slack', { token: 'xoxp-yoda-yoda-yoda' }],
    ['oauth-v2-access-error', { name: 'TokenRefused', code: 'invalid_client_id', isFinal: false }],
  ])('%s becomes a grant or a refusal', async (name, expected) => {
    expect(await exchange(name)).toMatchObject(expected)
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = [...met, ...refusals].map(([name]) => name)
    // What the product does not ask for (yet).
    const unasked =
      /^(assistant-|chat-|inbound-|oauth-v2-|conversations-members$|team-info$|users-conversations$|users-list-invalid-cursor$)/
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name) && !unasked.test(name))).toEqual([])
  })
})
