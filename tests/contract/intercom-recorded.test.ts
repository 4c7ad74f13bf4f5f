import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTokenAnswer } from '#lib/oauth/token-answer.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { oauth } from '#lib/providers/intercom/oauth.ts'
import { intercom } from '#lib/providers/intercom/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { intercomApi, intercomReader } from '#tests/support/intercom-api.ts'
import type { Reply } from '#tests/support/loopback.ts'

// Answers that Intercom publishes, kept outside the project: <provider>/<name>.json, each { status, headers, body }, beside the
// checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for
// them. Some ids of workspaces in them say of themselves how long they should be.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/intercom`
const isAbsent = !existsSync(folder)

function recorded(name: string): Reply {
  const { status, headers = {}, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status, headers, body }
}

const [conversations, contacts, articles] = ['conversation', 'contact', 'article'].map(intercomReader)
if (!conversations || !contacts || !articles) throw new Error('a reader is missing')

const HEX = '6762f0d01bb69f9f2193bb7d'
const identify = (api: Api) => intercom.identify(api, { token: 't' })
const readConversation = (api: Api) => conversations.read(api, 'w.503')
const readContact = (api: Api) => contacts.read(api, `w.${HEX}`)
const readArticle = (api: Api) => articles.read(api, '~w.45')

type Met = [name: string, line: string, use: (api: Api) => Promise<unknown>, expected: object]
const talk = { title: 'this is the message body', body: { state: 'closed', customer: '', priority: '' } }
/** What the product makes of each answer that it can meet. */
const met: Met[] = [
  ['me', 'GET /me', identify, { label: 'MyApp 1', config: { region: 'US' } }],
  ['me-docs-example', 'GET /me', identify, { id: 'drzzt019', label: 'Hogwarts workspace' }],
  ['list-conversations', 'GET /conversations', (api) => conversations.list(api, {}), { items: [talk] }],
  [
    'search-conversations',
    'POST /conversations/search',
    (api) => conversations.search(api, 'body', {}),
    { items: [talk] },
  ],
  [
    'get-conversation',
    'GET /conversations/503',
    readConversation,
    // it was not asked for as plain text there
    { title: '<p>this is the message body</p>', body: { lastMessage: { author: 'Operator', text: '<p>Okay!</p>' } } },
  ],
  ['list-contacts', 'GET /contacts', (api) => contacts.list(api, {}), { items: [] }],
  ['search-contacts', 'POST /contacts/search', (api) => contacts.search(api, 'joe', {}), { items: [] }],
  [
    'get-contact',
    `GET /contacts/${HEX}`,
    readContact,
    { title: 'Joe Bloggs', body: { role: 'user', lastSeen: '' }, forAdmins: { email: 'joe@bloggs.com' } },
  ],
  [
    'list-articles',
    'GET /articles',
    (api) => articles.list(api, {}),
    { items: [{ id: 'myapp-64.39', title: 'This is the article title' }] },
  ],
  [
    'search-articles',
    'GET /articles/search',
    (api) => articles.search(api, 'Title', {}),
    { items: [{ id: '~w.55', title: 'Title 1', url: '', isPrivate: true }] },
  ],
  ['get-article', 'GET /articles/45', readArticle, { title: 'This is the article title' }],
]
const refusals: Met[] = [
  ['list-conversations-401', 'GET /conversations', (api) => conversations.list(api, {}), { failure: 'revoked' }],
  ['list-conversations-403-plan', 'GET /conversations', (api) => conversations.list(api, {}), { detail: 'plan' }],
  ['get-conversation-403-plan', 'GET /conversations/503', readConversation, { failure: 'setup', detail: 'plan' }],
  ['get-conversation-404', 'GET /conversations/503', readConversation, { failure: 'not_found' }],
  ['get-contact-410-merged', `GET /contacts/${HEX}`, readContact, { failure: 'not_found' }],
  [
    'search-contacts-400',
    'POST /contacts/search',
    (api) => contacts.search(api, 'joe', {}),
    { failure: 'unavailable' },
  ],
  ['get-article-404', 'GET /articles/45', readArticle, { failure: 'not_found' }],
  ['search-articles-401', 'GET /articles/search', (api) => articles.search(api, 'a', {}), { failure: 'revoked' }],
]

describe('answers that Intercom publishes', () => {
  test.skipIf(isAbsent).each(met)('%s is read', async (name, line, use, expected) => {
    const { api } = await intercomApi({ [line]: recorded(name) }, { workspace: 'w' })
    expect(await use(api)).toMatchObject(expected)
  })

  test.skipIf(isAbsent).each(refusals)('%s is judged', async (name, line, use, expected) => {
    const { api } = await intercomApi({ [line]: recorded(name) }, { workspace: 'w' })
    expect(await failed(use(api))).toMatchObject(expected)
  })

  test.skipIf(isAbsent)('a token is a grant without an end', () => {
    const { status = 0, body } = recorded('oauth-token')
    const answer = { status, headers: new Headers(), body: JSON.stringify(body), url: 'https://api.intercom.io' }
    expect(readTokenAnswer(answer, oauth.dialect)).toEqual({ token: 'dG9rOjBiM...' })
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    const decided = ['oauth-token', ...[...met, ...refusals].map(([name]) => name)]
    // What the product does not ask for (yet).
    const unasked =
      /^(inbound-|(get|list)-(admins|teams|tags|segments|companies|collections|help-cent|internal-)|post-tickets-search$)/
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !decided.includes(name) && !unasked.test(name))).toEqual([])
  })
})
