import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { intercomClient, refusalOf } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)
let token: string
beforeEach(async () => {
  token = await intercom.tokenFor()
})

const read = (path: string) => intercom.read(path, token)
type Part = { part_type: string; body: string | null; author: { type: string; name: string | null } }

test('a conversation has its parts, notes of the team among them', async () => {
  const { conversation_parts, ...about } = await read('/conversations/48201')
  expect(about).toMatchObject({
    title: '400 on every new order',
    state: 'open',
    open: true,
    priority: 'urgent',
    admin_assignee_id: 7_410_002,
    team_assignee_id: 5_017_691,
    waiting_since: Date.parse('2026-11-17T11:31Z') / 1000,
    source: { type: 'conversation', author: { type: 'user', name: 'Mira Lindqvist' } },
  })
  const parts: Part[] = conversation_parts.conversation_parts
  expect(parts.map(({ part_type }) => part_type)).toEqual(['assignment', 'comment', 'note', 'comment', 'comment'])
  expect(parts[0]).toMatchObject({ body: null, author: { type: 'admin', name: 'Sam Okafor' } })
})

test('bodies are HTML unless plain text is asked for', async () => {
  expect((await read('/conversations/48206')).source.body).toMatch(/^<p>.* use them &amp; no time .*<\/p>$/)
  expect((await read('/conversations/48206?display_as=plaintext')).source.body).toContain('use them & no time')
  const plain = await read('/conversations/48201?display_as=plaintext')
  for (const { body } of plain.conversation_parts.conversation_parts) expect(body ?? '').not.toContain('<p>')
})

test('of a long conversation only the newest 500 parts come', async () => {
  await intercom.set({ fill: { kind: 'parts', conversation: '48206', count: 510 } })
  const { conversation_parts } = await read('/conversations/48206')
  expect(conversation_parts.total_count).toBe(510)
  expect(conversation_parts.conversation_parts).toHaveLength(500)
  expect(conversation_parts.conversation_parts[0].body).toBe('<p>Word 11</p>')
})

test('a visitor has neither a name nor an address, and Fin answers as a bot', async () => {
  const { source, ai_agent_participated, conversation_parts } = await read('/conversations/48210')
  expect(source.author).toEqual({ type: 'lead', id: expect.any(String), name: null, email: null })
  expect(ai_agent_participated).toBe(true)
  expect(conversation_parts.conversation_parts[0].author).toMatchObject({ type: 'bot', name: 'Fin' })
})

test('who was merged answers 410 and names who they are now', async () => {
  const { data } = await read('/contacts?per_page=150')
  const mira = data.find(({ email }: { email: string }) => email === 'mira@fjordgoods.example')
  const { contact } = await intercom.set({ contact: { name: 'Double', email: 'double@mail.example' } })
  await intercom.set({ contact: { contact: 'double@mail.example', mergeInto: 'mira@fjordgoods.example' } })
  const merged = await intercom.get(`/contacts/${String(contact)}`, token)
  expect(merged.headers.get('link')).toBe(`</contacts/${mira.id}>; rel="canonical"`)
  expect(await refusalOf(merged)).toContain('410 contact_merged: This contact has been merged.')
  expect(await read(`/contacts/${mira.id}`)).toMatchObject({ type: 'contact', role: 'user', workspace_id: 'ac3kqx7w' })
})

test('a published article has an address that opens, a draft has none', async () => {
  const article = await read('/articles/9005')
  expect(article).toMatchObject({ type: 'article', state: 'published', parent_ids: [313], author_id: 7_410_002 })
  expect(article.url).toBe(`${intercom.url}/intercom-help/acme/en/articles/9005-idempotency-keys`)
  expect(await (await fetch(article.url)).text()).toContain('<h1>Idempotency keys</h1>')
  const draft = await read('/articles/9010')
  expect([draft.state, draft.url]).toEqual(['draft', null])
  expect((await fetch(`${intercom.url}/intercom-help/acme/en/articles/9010-x`)).status).toBe(404)
})

test('articles are searched by phrase and state, and the hits stand one level deeper', async () => {
  const titles = async (query: string) =>
    (await read(`/articles/search?${query}`)).data.articles.map(({ title }: { title: string }) => title)
  expect(await titles('phrase=backoff%20jitter')).toEqual(['Webhooks are retried with backoff'])
  expect(await titles('phrase=dark')).toEqual(['Dark mode of the web client'])
  expect(await titles('phrase=dark&state=published')).toEqual([])
  expect(await titles('phrase=cancel&help_center_id=84')).toContain('Cancel or change an order')
  expect(await titles('phrase=cancel&help_center_id=112')).toEqual([])
  const refused = await intercom.get('/articles/search?phrase=a&state=hidden', token)
  expect(await refusalOf(refused)).toContain('400 parameter_invalid')
})

test('a page of found articles has ten of them, whatever is asked for', async () => {
  await intercom.set({ fill: { kind: 'articles', count: 23 } })
  const first = await read('/articles/search?phrase=article&per_page=50')
  expect([first.data.articles.length, first.total_count, first.pages.total_pages]).toEqual([10, 23, 3])
  expect((await read(first.pages.next)).pages.page).toBe(2)
})

test('highlights mark the words that were looked for, when they are asked for', async () => {
  const { data } = await read('/articles/search?phrase=idempotency&highlight=true')
  expect(data.highlights[0]).toMatchObject({
    article_id: '9005',
    highlighted_title: [
      { type: 'highlight', text: 'Idempotency' },
      { type: 'plain', text: ' ' },
      { type: 'plain', text: 'keys' },
    ],
  })
  expect((await read('/articles/search?phrase=idempotency')).data.highlights).toEqual([])
})

test('collections say where they are, and the workspace which help center it has', async () => {
  const { data } = await read('/help_center/collections')
  const errors = data.find(({ name }: { name: string }) => name === 'Errors')
  expect(errors).toMatchObject({ id: '313', parent_id: '312', help_center_id: null, description: null })
  expect(await read('/help_center/collections/312')).toMatchObject({ parent_id: null, help_center_id: 84 })
  expect((await read('/help_center/help_centers')).data).toMatchObject([{ identifier: 'acme' }])
  const pacific = await intercom.tokenFor('dana@acme-au')
  expect(await intercom.read('/help_center/help_centers', pacific)).toEqual({ type: 'list', data: [] })
})

test('teammates who have gone are not listed', async () => {
  const { type, admins } = await read('/admins')
  expect([type, admins.map(({ name }: { name: string }) => name)]).toEqual([
    'admin.list',
    ['Dana Kowalski', 'Sam Okafor', 'Priya Nair', 'Lee Park'],
  ])
  expect((await intercom.get('/admins/7410005', token)).status).toBe(404)
  expect(await read('/admins/7410003')).toMatchObject({ name: 'Priya Nair', has_inbox_seat: false })
})

test('conversations and contacts have pages of their own', async () => {
  const talk = await fetch(`${intercom.web}/a/inbox/ac3kqx7w/inbox/conversation/48201`)
  expect(await talk.text()).toContain('<h1>400 on every new order</h1>')
  const { data } = await read('/contacts?per_page=1')
  const contact = await fetch(`${intercom.web}/a/apps/ac3kqx7w/users/${data[0].id}`)
  expect(contact.status).toBe(200)
  expect((await fetch(`${intercom.web}/a/inbox/gl0bexeu/inbox/conversation/48201`)).status).toBe(404)
})

test('control changes a conversation and takes one away', async () => {
  const { conversation } = await intercom.set({ conversation: { contact: 'ruth@calderbooks.example', text: 'a < b' } })
  await intercom.set({ conversation: { id: conversation, state: 'closed', reply: { from: 'dana', text: 'Done' } } })
  expect(await read(`/conversations/${String(conversation)}`)).toMatchObject({
    state: 'closed',
    source: { body: '<p>a &lt; b</p>', author: { name: 'Ruth Calder' } },
    conversation_parts: { conversation_parts: [{ body: '<p>Done</p>', author: { name: 'Dana Kowalski' } }] },
  })
  await intercom.set({ remove: { kind: 'conversation', id: conversation } })
  expect((await intercom.get(`/conversations/${String(conversation)}`, token)).status).toBe(404)
})
