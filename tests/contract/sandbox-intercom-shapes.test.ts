import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, intercomClient } from '#tests/support/sandbox-intercom.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/intercom')
const areMissing = !existsSync(EXAMPLES)

const intercom = await newSandbox(intercomClient)
let token: string
beforeEach(async () => {
  token = await intercom.tokenFor()
})

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

// The examples' parts have numbers for ids, Intercom's prose has text. The lists of the examples have no tags and no collections.
const OPTIONAL = [
  /\.conversation_parts\[\]\.(id|tags|assigned_to|event_details)\b/,
  /^pages\.next\b/,
  /\btags\[\]/,
  /\bparent_ids\[\]$/,
]

const EMPTY = ['list-contacts', 'list-help-centers']

const CASES: [name: string, address: string][] = [
  ['me', '/me'],
  ['list-admins', '/admins'],
  ['get-admins-admin-id', '/admins/7410001'],
  ['list-conversations', '/conversations'],
  ['get-conversation', '/conversations/48201'],
  ['list-contacts', '/contacts'],
  ['list-articles', '/articles'],
  ['get-article', '/articles/9001'],
  ['search-articles', '/articles/search?phrase=order'],
  ['list-help-centers', '/help_center/help_centers'],
  ['list-collections', '/help_center/collections'],
  ['get-help-center-collections-collection-id', '/help_center/collections/310'],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Intercom’s own example (skipped where the examples are not at hand)',
  async (name, address) => {
    const response = await intercom.get(address, token)
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    // Where the example's list is empty it says nothing of what would be in it.
    const optional = EMPTY.includes(name) ? [...OPTIONAL, /^data\[\]/] : OPTIONAL
    expect(differences(body, await response.json(), optional)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a contact and what searches find have the fields of Intercom’s own examples (skipped where the examples are not at hand)',
  async () => {
    const query = { field: 'created_at', operator: '>', value: '1306054154' }
    const talks = await intercom.search('conversations', token, query, { pagination: { per_page: 5 } })
    expect(differences(example('search-conversations').body, talks, OPTIONAL)).toEqual([])
    const people = await intercom.search('contacts', token, query, { pagination: { per_page: 5 } })
    expect(differences(example('search-contacts').body, people, [...OPTIONAL, /^data\[\]/])).toEqual([])
    const contact = await intercom.read(`/contacts/${people.data[0].id}`, token)
    expect(differences(example('get-contact').body, contact, OPTIONAL)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'refusals are Intercom’s own, word for word (skipped where the examples are not at hand)',
  async () => {
    const same = async (name: string, response: Response) => {
      const { status, body } = example(name)
      const answer = await response.json()
      expect([response.status, { ...answer, request_id: '' }]).toEqual([status, { ...Object(body), request_id: '' }])
    }
    await same('list-conversations-401', await intercom.get('/conversations'))
    await same('get-conversation-404', await intercom.get('/conversations/1', token))
    await same('get-article-404', await intercom.get('/articles/1', token))
    const sort = { field: 'created_at', order: 'desc' }
    const query = { field: 'role', operator: '=', value: 'user' }
    await same('search-contacts-400', await intercom.post('/contacts/search', token, { query, sort }))
    const { contact } = await intercom.set({ contact: { name: 'Double' } })
    await intercom.set({ contact: { contact, mergeInto: 'ruth@calderbooks.example' } })
    await same('get-contact-410-merged', await intercom.get(`/contacts/${String(contact)}`, token))
    await intercom.set({ workspace: { plan: false } })
    await same('list-conversations-403-plan', await intercom.get('/conversations', token))
  },
)

test.skipIf(areMissing)(
  'a token’s answer has the fields of Intercom’s own example (skipped where the examples are not at hand)',
  async () => {
    const exchanged = await (await intercom.exchange(await intercom.codeFor(), CLIENT)).json()
    expect(differences(example('oauth-token').body, exchanged, [])).toEqual([])
  },
)
