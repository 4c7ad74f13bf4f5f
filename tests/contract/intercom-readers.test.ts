import { describe, expect, test } from 'vitest'
import type { Resource } from '#lib/providers/define.ts'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { intercomApi, intercomError, intercomFixture, intercomReader, WORKSPACE } from '#tests/support/intercom-api.ts'

const [sections, conversations, contacts] = ['section', 'conversation', 'contact'].map(intercomReader)
if (!sections || !conversations || !contacts) throw new Error('a reader is missing')
const of = (name: string): Exchanges => intercomFixture(name)
const [ada, bo, merged] = ['501', '502', '5ff'].map((end) => `5f0c2d3e4b5a69788796a${end}`)
const here = (name: string | undefined) => `${WORKSPACE}.${name}`
const app = 'https://app.eu.intercom.com'
/** A thing without what owners and admins alone see. */
const asOthersSee = (found: Resource | readonly Resource[]) =>
  JSON.stringify(found, (name, value) => (name === 'forAdmins' ? undefined : value))

describe('conversations', () => {
  test('are listed with whom they are with, and the list goes on', async () => {
    const { api, received } = await intercomApi(of('conversation'))
    const page = await conversations.list(api, { cursor: 'WzE3==' })
    expect(page.nextCursor).toBe('WzE3OTUwMDBd==')
    expect(page.items[0]).toEqual({
      kind: 'conversation',
      id: here('7001'),
      title: 'Chuck will not close',
      url: `${app}/a/inbox/${WORKSPACE}/inbox/conversation/7001`,
      parent: here('conversations'),
      containerId: here('conversations'),
      isPrivate: true,
      updatedAt: '2026-11-18T11:06:40.000Z',
      excerpt: 'The chuck stops half way.\nWrite to [e-mail address] & I will send a film.',
      body: { customer: 'Ada Oduya', state: 'open', priority: 'urgent' },
      forAdmins: { email: 'ada@chairworks.example' },
    })
    // without a title the subject, then what was written first
    expect(titles(page.items)).toEqual(['Chuck will not close', 'Shipping', 'Your bearings are back in stock.'])
    expect(page.items.map(({ body }) => body?.customer)).toEqual(['Ada Oduya', '', ''])
    const [{ query, headers } = { query: new URLSearchParams(), headers: {} }] = received
    expect(Object.fromEntries(query)).toEqual({ per_page: '50', starting_after: 'WzE3==' })
    expect(headers).toMatchObject({ 'intercom-version': '2.16', accept: 'application/json' })
  })

  test('are searched by what Intercom can search, and not where they are not', async () => {
    const { api, bodies } = await intercomApi(of('conversation'))
    const page = await conversations.search(api, 'chuck', { cursor: 'c1' })
    expect([titles(page.items), page.nextCursor]).toEqual([['Chuck will not close'], undefined])
    expect(bodies()).toEqual([
      {
        query: {
          operator: 'OR',
          value: [
            { operator: 'AND', value: [{ field: 'source.body', operator: '=', value: 'chuck' }] },
            { field: 'source.subject', operator: '~', value: 'chuck' },
          ],
        },
        pagination: { per_page: 20, starting_after: 'c1' },
      },
    ])
    expect(await conversations.search(api, 'chuck', { parent: here('contacts') })).toEqual({ items: [] })
    expect(await conversations.search(api, '!', {})).toEqual({ items: [] })
    expect(await conversations.list(api, { parent: here('drafts') })).toEqual({ items: [] })
    expect(bodies()).toHaveLength(1)
  })

  test('a card has what was said last: no note between teammates, and nothing that was taken back', async () => {
    const { api, received } = await intercomApi(of('conversation'))
    const card = await conversations.read(api, here('7001'))
    expect(card.body).toEqual({
      customer: 'Ada Oduya',
      state: 'open',
      priority: 'urgent',
      lastMessage: {
        author: 'Ada Oduya',
        text: 'I did.\nIt still stops; call [e-mail address]',
        sentAt: '2026-11-18T10:33:20.000Z',
      },
    })
    expect(received[0]?.query.get('display_as')).toBe('plaintext')
    expect(asOthersSee(card)).not.toMatch(/@|owes us|taken back|walnut/)
  })

  test('who a teammate wrote to is looked up, and is no reason to show nothing', async () => {
    const { api } = await intercomApi(of('conversation'))
    expect(await conversations.read(api, here('7003'))).toMatchObject({
      title: 'Your bearings are back in stock.',
      body: { customer: '', state: 'snoozed' },
      forAdmins: { email: 'bo@paperlamp.example' },
    })
    const shut = await intercomApi({
      ...of('conversation'),
      [`GET /contacts/${bo}`]: intercomError(403, 'token_unauthorized'),
    })
    expect(await conversations.read(shut.api, here('7003'))).not.toHaveProperty('forAdmins')
    const gone = await intercomApi({
      ...of('conversation'),
      [`GET /contacts/${bo}`]: intercomError(401, 'unauthorized'),
    })
    expect((await failed(conversations.read(gone.api, here('7003')))).failure).toBe('revoked')
  })

  test('one of another workspace is not there, and nobody is asked', async () => {
    const { api, received } = await intercomApi(of('conversation'))
    for (const id of ['other.7001', '7001', here('7001/..')])
      expect((await failed(conversations.read(api, id))).failure).toBe('not_found')
    expect(received).toEqual([])
  })
})

describe('contacts', () => {
  test('are people by their names; addresses are for owners and admins, and where they are for nobody', async () => {
    const { api, bodies } = await intercomApi(of('contact'))
    const { items } = await contacts.list(api, {})
    expect(titles(items)).toEqual(['Ada Oduya', 'A lead without a name'])
    expect(items[0]).toMatchObject({
      url: `${app}/a/apps/${WORKSPACE}/users/${ada}`,
      containerId: here('contacts'),
      isPrivate: true,
      body: { role: 'user', lastSeen: '2026-11-18T10:55:00.000Z' },
      forAdmins: { email: 'ada@chairworks.example' },
    })
    expect(asOthersSee(items)).not.toContain('@')
    expect(JSON.stringify(items)).not.toMatch(/\+46|Falun|firefox|OS X/)
    await contacts.search(api, ' ada ', {})
    expect(bodies()).toEqual([{ query: { field: 'name', operator: '~', value: 'ada' }, pagination: { per_page: 20 } }])
  })

  test('an address in the place of a name is none', async () => {
    const { body } = of('contact')[`GET /contacts/${ada}`] ?? {}
    const nameless = { body: { ...(body as object), name: 'ada@chairworks.example' } } // the fixture's own shape
    const { api } = await intercomApi({ [`GET /contacts/${ada}`]: nameless })
    expect((await contacts.read(api, here(ada))).title).toBe('A user without a name')
  })

  test('nobody is found by an address, nor by one in the place of a name', async () => {
    const { body } = of('contact')['POST /contacts/search'] ?? {}
    const [one] = (body as { data: object[] }).data // the fixture's own shape
    const data = [{ ...one, id: bo, name: 'bo@paperlamp.example' }, one]
    const { api, received } = await intercomApi({ 'POST /contacts/search': { body: { ...(body as object), data } } })
    expect(titles((await contacts.search(api, 'o', {})).items)).toEqual(['Ada Oduya'])
    for (const reader of [contacts, conversations])
      for (const typed of ['bo@paperlamp.example', 'bo@', '@paper'])
        expect(await reader.search(api, typed, {})).toEqual({ items: [] })
    expect(received).toHaveLength(1)
  })

  test('one that was merged is the one that it was merged into, under the id it was asked by', async () => {
    const { api } = await intercomApi(of('contact'))
    expect(await contacts.read(api, here(merged))).toMatchObject({ id: here(merged), title: 'Ada Oduya' })
  })

  test('a merge that leads nowhere, or in circles, is not there', async () => {
    const into = (name: string) => ({
      ...intercomError(410, 'contact_merged'),
      ...(name ? { headers: { link: `</contacts/${name}>; rel="canonical"` } } : {}),
    })
    for (const end of ['', `${merged}`]) {
      const { api, received } = await intercomApi({ [`GET /contacts/${merged}`]: into(end) })
      expect((await failed(contacts.read(api, here(merged)))).failure).toBe('not_found')
      expect(received.length).toBeLessThan(5)
    }
  })
})

describe('sections', () => {
  test('are three of this workspace, off by themselves, and nobody is asked which', async () => {
    const { api, received } = await intercomApi(of('section'))
    const { items } = await sections.list(api, {})
    expect(items.map(({ id, title, isPrivate }) => [id, title, isPrivate])).toEqual([
      [here('conversations'), 'Conversations', true],
      [here('contacts'), 'Contacts', true],
      [here('drafts'), 'Draft articles', true],
    ])
    expect(received).toEqual([])
  })

  test.each([
    ['conversations', ['Chuck will not close', 'Shipping', 'Your bearings are back in stock.']],
    ['contacts', ['Ada Oduya', 'A lead without a name']],
    ['drafts', ['Prices of next year']],
  ])('%s shows what is first in it', async (name, first) => {
    const { api } = await intercomApi(of('section'))
    const { body } = await sections.read(api, here(name))
    expect(body?.hits).toEqual(first.map((title) => expect.objectContaining({ title })))
    expect(JSON.stringify(body)).not.toContain('.example')
  })

  test('what may not be read there is told when it is turned on', async () => {
    const { api } = await intercomApi({ 'GET /contacts': intercomError(403, 'token_unauthorized') })
    expect(await failed(sections.read(api, here('contacts')))).toMatchObject({
      failure: 'setup',
      detail: 'not_permitted',
    })
    for (const id of [here('everything'), 'other.contacts', 'contacts'])
      expect((await failed(sections.read(api, id))).failure).toBe('not_found')
  })
})

test('of a list, one thing that cannot be read costs none of the others', async () => {
  const { body } = of('contact')['GET /contacts'] ?? {}
  const data = [{ id: 7 }, ...(body as { data: object[] }).data] // the fixture's own shape
  const { api } = await intercomApi({ 'GET /contacts': { body: { ...(body as object), data } } })
  expect((await contacts.list(api, {})).items).toHaveLength(2)
})
