import { describe, expect, test } from 'vitest'
import { slack } from '#lib/providers/slack/provider.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { slackApi, slackFixture, slackReader } from '#tests/support/slack-api.ts'

const both = { ...slackFixture('channel'), ...slackFixture('message') }
const [general, workshop, payroll, crew] = ['C0LATHE01', 'C0LATHE02', 'C0QUARRY3', 'G0CREW001']

describe('channels', () => {
  test('the list has public and private channels that are not archived, page by page, and no conversation between people', async () => {
    const { api, received } = await slackApi(both)
    const first = await slackReader('channel').list(api, {})
    expect(titles(first.items)).toEqual(['#general', '#workshop'])
    const second = await slackReader('channel').list(api, { cursor: String(first.nextCursor) })
    expect(titles(second.items)).toEqual(['#payroll-priv'])
    expect(second.nextCursor).toBeUndefined()
    expect(received.map(({ method, query }) => [method, Object.fromEntries(query)])).toEqual([
      ['GET', { types: 'public_channel,private_channel', exclude_archived: 'true', limit: '200' }],
      [
        'GET',
        { types: 'public_channel,private_channel', exclude_archived: 'true', limit: '200', cursor: 'dGVhbTpDMDI' },
      ],
    ])
  })

  test('every request carries the app’s token in its header and names its sender', async () => {
    const { api, received } = await slackApi(both)
    await slackReader('channel').read(api, general)
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer xoxb-notReal', 'user-agent': 'Plugboard' })
    expect(received[0]?.query.has('token')).toBe(false)
  })

  test.each(['GENERAL', '#general', 'gen ral'])(
    'a name is searched in the list, on the later pages too: %s',
    async (query) => {
      const { api } = await slackApi(both)
      expect(titles((await slackReader('channel').search(api, query, {})).items)).toEqual(['#general'])
      expect(titles((await slackReader('channel').search(api, 'priv', {})).items)).toEqual(['#payroll-priv'])
      expect((await slackReader('channel').search(api, 'no such', {})).items).toEqual([])
    },
  )

  test('a card has the topic as people read it, how many are in it, and leads to the workspace', async () => {
    const { api } = await slackApi(both)
    expect(await slackReader('channel').read(api, general)).toEqual({
      kind: 'channel',
      id: general,
      title: '#general',
      url: 'https://lathe.slack.com/archives/C0LATHE01',
      isPrivate: false,
      updatedAt: '2025-11-14T06:00:00.000Z',
      excerpt: 'Everything & everyone in #workshop',
      body: {
        topic: 'Everything & everyone in #workshop',
        purpose: 'For all of us',
        members: 42,
        visibility: 'public',
        state: 'active',
      },
    })
    expect((await slackReader('channel').read(api, payroll)).isPrivate).toBe(true)
  })

  test('a channel that Plugboard cannot see, and a conversation between people, are not found', async () => {
    const { api } = await slackApi(both)
    for (const id of ['C0HIDDEN1', crew, 'D0LATHE11', 'general', ''])
      expect((await failed(slackReader('channel').read(api, id))).failure).toBe('not_found')
  })

  test('a public channel that is turned on is joined; a private one, or one it is in, is left as it is', async () => {
    const join = async (id: string) => {
      const { api, received } = await slackApi(both)
      await slack.sharing?.turnedOn?.(api, id)
      return received.filter(({ method }) => method === 'POST').map(({ path, body }) => `${path} ${body}`)
    }
    expect(await join(workshop)).toEqual(['/conversations.join channel=C0LATHE02'])
    expect(await join(general)).toEqual([])
    expect(await join(payroll)).toEqual([])
  })
})

describe('messages', () => {
  test('the history is newest first, fifteen at a time, with names, and without comings and goings', async () => {
    const { api, received, asked } = await slackApi(both)
    const page = await slackReader('message').list(api, { parent: general })
    expect(titles(page.items)).toEqual([
      'Crank is here, @dana.k. 3 < 4',
      'Shall we order the crank?',
      'Build 12 failed on main',
    ])
    expect(page.items.map(({ body }) => body?.author)).toEqual(['Sam Okafor', 'dana.k', 'foreman'])
    expect(page.nextCursor).toBe('bmV4dF90czoxNzYz')
    expect(asked().toSorted()).toEqual(['conversations.history', 'conversations.info', 'users.list'])
    const history = received.find(({ path }) => path === '/conversations.history')
    expect(Object.fromEntries(history?.query ?? [])).toEqual({ channel: general, limit: '15' })
  })

  test('each says which channel it is in, and whether that is private', async () => {
    const { api } = await slackApi(both)
    const [first] = (await slackReader('message').list(api, { parent: general })).items
    expect(first).toEqual({
      kind: 'message',
      id: 'C0LATHE01~1763190000.000200',
      title: 'Crank is here, @dana.k. 3 < 4',
      url: 'https://lathe.slack.com/archives/C0LATHE01/p1763190000000200',
      parent: general,
      container: '#general',
      containerId: general,
      isPrivate: false,
      updatedAt: '2025-11-15T07:00:00.000Z',
      body: {
        author: 'Sam Okafor',
        text: 'Crank is here, @dana.k. 3 < 4',
        sentAt: '2025-11-15T07:00:00.000Z',
        replies: 0,
      },
    })
  })

  test('a thread is read by one call: the message, how many answered, and the first three', async () => {
    const { api, asked } = await slackApi(both)
    const { title, body } = await slackReader('message').read(api, `${general}~1763170000.000300`)
    expect(title).toBe('Shall we order the crank?')
    expect(body).toMatchObject({
      author: 'dana.k',
      text: 'Shall we order the crank?\nThe old one squeaks.',
      replies: 5,
      firstReplies: [
        { author: 'Sam Okafor', text: 'Yes' },
        { author: '', text: 'ask @someone' },
        { author: 'Sam Okafor', text: 'Ordered' },
      ],
    })
    expect(asked().toSorted()).toEqual(['conversations.info', 'conversations.replies', 'users.list'])
  })

  test('an answer in a thread is read where it stands, and its address leads there', async () => {
    const { api, asked } = await slackApi(both)
    const id = `${general}~1763170300.000100~1763170000.000300`
    expect(await slackReader('message').read(api, id)).toMatchObject({
      id,
      title: 'Ordered',
      url: 'https://lathe.slack.com/archives/C0LATHE01/p1763170300000100?thread_ts=1763170000.000300&cid=C0LATHE01',
      body: { author: 'Sam Okafor', firstReplies: [] },
    })
    expect(asked()).toContain('users.info')
  })

  test('a message whose author cannot be learned is shown without a name', async () => {
    const { 'GET /users.info?user=U0SAM0001': _, ...without } = both
    for (const error of ['missing_scope', 'ratelimited', 'user_not_found']) {
      const { api } = await slackApi({ ...without, 'GET /users.info': { body: { ok: false, error } } })
      const { title, body } = await slackReader('message').read(api, `${general}~1763190000.000200`)
      expect([title, body?.author]).toEqual(['Crank is here', ''])
    }
  })

  test('a token that is refused while names are asked for is a refusal', async () => {
    const { api } = await slackApi({ ...both, 'GET /users.list': { body: { ok: false, error: 'token_expired' } } })
    expect((await failed(slackReader('message').list(api, { parent: general }))).failure).toBe('expired')
  })

  test('a channel that Plugboard is not in says what to do; a message that is not there is not found', async () => {
    const { api } = await slackApi(both)
    const outside = await failed(slackReader('message').list(api, { parent: workshop }))
    expect(outside).toMatchObject({ failure: 'setup', detail: 'invite' })
    expect(slack.remedies?.invite).toContain('/invite @Plugboard')
    const none = await failed(slackReader('message').read(api, `${general}~1763000000.000000`))
    expect(none.failure).toBe('not_found')
  })

  test('without a channel there is nothing to list', async () => {
    const { api, received } = await slackApi(both)
    expect(await slackReader('message').list(api, {})).toEqual({ items: [] })
    expect(received).toEqual([])
  })
})

describe('message search', () => {
  test('is made with the token of the person, newest first, and each hit names its channel', async () => {
    const { api, received } = await slackApi(both)
    const { items, nextCursor } = await slackReader('message').search(api, 'crank', {})
    expect(items.map(({ container, isPrivate, containerId }) => [container, isPrivate, containerId])).toEqual([
      ['#general', false, general],
      ['#payroll-priv', true, payroll],
      ['#untold', true, 'C0OTHER01'],
    ])
    expect(nextCursor).toBe('2')
    expect(received[0]?.headers.authorization).toBe('Bearer xoxp-notReal')
    expect(Object.fromEntries(received[0]?.query ?? [])).toEqual({
      query: 'crank',
      sort: 'timestamp',
      sort_dir: 'desc',
      count: '20',
      page: '1',
    })
  })

  test('a hit in a thread has the id that its link has', async () => {
    const { api } = await slackApi(both)
    const { items } = await slackReader('message').search(api, 'crank', {})
    const [, inThread] = items
    const match = slack.readers.find(({ kind }) => kind === 'message')?.match
    expect(inThread?.id).toBe(`${payroll}~1763170100.000100~1763170000.000300`)
    for (const { id, url } of items) expect(match?.(new URL(url))).toBe(id)
  })

  test('conversations between people are never among what is found', async () => {
    const { api } = await slackApi(both)
    const { items } = await slackReader('message').search(api, 'crank', {})
    expect(JSON.stringify(items)).not.toMatch(/between us|of three/)
  })

  test('inside a channel it is narrowed by that channel’s name, and a written cursor leads to a page only', async () => {
    const { api, received } = await slackApi(both)
    await slackReader('message').search(api, 'crank', { parent: general, cursor: '7' })
    await slackReader('message').search(api, 'crank', { cursor: '7&count=1000' })
    const asked = received.filter(({ path }) => path === '/search.messages').map(({ query }) => query)
    expect(asked.map((query) => [query.get('query'), query.get('page')])).toEqual([
      ['crank in:general', '7'],
      ['crank', '1'],
    ])
  })

  test('without the token of a person it is a missing permission, and nothing is asked', async () => {
    const { api, received } = await slackApi(both, { token: 'xoxb-notReal' })
    expect(await failed(slackReader('message').search(api, 'crank', {}))).toMatchObject({ failure: 'scope' })
    expect(received).toEqual([])
  })

  test('a person’s token that Slack no longer takes says nothing of the app’s', async () => {
    const refused = async (error: string) => {
      const { api } = await slackApi({ 'GET /search.messages': { body: { ok: false, error } } })
      return failed(slackReader('message').search(api, 'crank', {}))
    }
    for (const error of ['token_revoked', 'account_inactive', 'invalid_auth'])
      expect(await refused(error)).toMatchObject({ failure: 'scope', detail: 'second_token' })
    expect(await refused('token_expired')).toMatchObject({ failure: 'expired', detail: 'second_token' })
  })
})

describe('what every card is made of', () => {
  const isData = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(isData)
    if (value !== null && typeof value === 'object') return Object.values(value).every(isData)
    return typeof value === 'string' || typeof value === 'number'
  }

  test('texts, numbers and lists only, and an id that holds in a path', async () => {
    const { api } = await slackApi(both)
    const pages = await Promise.all([
      slackReader('channel').list(api, {}),
      slackReader('message').list(api, { parent: general }),
      slackReader('message').search(api, 'crank', {}),
    ])
    const items = pages.flatMap((page) => page.items)
    expect(items.length).toBeGreaterThan(7)
    for (const { id, body, url } of items) {
      expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
      expect(isData(body ?? {})).toBe(true)
      expect(url).toMatch(/^https:\/\/lathe\.slack\.com\/archives\//)
    }
  })

  test('an address that a browser would run is no answer', async () => {
    const matches = [
      { channel: { id: general, name: 'general' }, ts: '1763190000.000200', permalink: 'javascript:alert(1)' },
    ]
    const { api } = await slackApi({
      'GET /search.messages': { body: { ok: true, messages: { matches, paging: { page: 1, pages: 1 } } } },
    })
    expect(await failed(slackReader('message').search(api, 'x', {}))).toMatchObject({ failure: 'unavailable' })
  })
})
