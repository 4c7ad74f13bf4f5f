import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { readTokenAnswer } from '#lib/oauth/token-answer.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Page } from '#lib/providers/define.ts'
import type { Api, Config, RateLimit } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { oauth } from '#lib/providers/intercom/oauth.ts'
import { intercom } from '#lib/providers/intercom/provider.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { intercomApi, intercomError, intercomFixture, intercomReader } from '#tests/support/intercom-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { intercomClient } from '#tests/support/sandbox-intercom.ts'

const client = await newSandbox(intercomClient)
const CLIENT = { id: 'sandbox-intercom', secret: 'sandbox-intercom-secret' }

const [sections, conversations, contacts, articles] = ['section', 'conversation', 'contact', 'article'].map(
  intercomReader,
)
if (!sections || !conversations || !contacts || !articles) throw new Error('a reader is missing')

const open = (grant: Grant, config: Config = {}, onLimit?: (limit: RateLimit) => void): Api =>
  createApi({ provider: intercom, grant, base: client.api, web: client.web, config, ...(onLimit ? { onLimit } : {}) })
const endpoint = () => `${client.api}/auth/eagle/token`
const trade = (code: string, own = CLIENT) =>
  exchangeCode({
    method: oauth,
    endpoint: endpoint(),
    client: own,
    redirectUri: client.redirectUri,
    code,
    verifier: 'v',
  })

/** A connection as the product makes one: consented, asked who it is, read with what that told. */
async function consented(account?: string): Promise<{ api: Api; grant: Grant }> {
  const grant = await trade(await client.codeFor(account))
  const { config } = await intercom.identify(open(grant), grant)
  return { grant, api: open(grant, config) }
}
const leave = ({ api, grant }: { api: Api; grant: Grant }, last: boolean) => {
  const { revoke } = intercom.leave
  if (typeof revoke !== 'function') throw new Error('Intercom has a way of its own')
  return revoke({ api, grant, client: CLIENT, last })
}
const allOf = async (list: (cursor?: string) => Promise<Page>) => {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await list(cursor)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  return ids
}

describe('a consent', () => {
  test.each([
    ['dana@acme', 'Acme', 'US'],
    ['sam@globex', 'Globex Labs', 'EU'],
    ['dana@acme-au', 'Acme Pacific', 'AU'],
  ])('of %s is for a workspace, which is called %s and tells its region: %s', async (account, label, region) => {
    const grant = await trade(await client.codeFor(account))
    expect(grant).toEqual({ token: expect.any(String) }) // no end, nothing that renews it, no permissions told
    const identity = await intercom.identify(open(grant), grant)
    expect(identity).toEqual({ id: identity.id, label, config: { workspace: identity.id, region } })
  })

  test('is of the workspace, whichever teammate gave it', async () => {
    const ids = ['dana@acme', 'lee@acme'].map(async (account) => {
      const grant = await trade(await client.codeFor(account))
      return (await intercom.identify(open(grant), grant)).id
    })
    const [dana, lee] = await Promise.all(ids)
    expect(lee).toBe(dana)
  })

  test('is asked for without response_type and scopes, by name and state alone', () => {
    const url = authorizeUrl({
      endpoint: intercom.endpoints(intercom.origins, { region: 'EU' }).authorize ?? '',
      method: oauth,
      clientId: 'app',
      redirectUri: 'https://plugboard.example/api/callback/intercom',
      state: 's',
      challenge: 'c',
      scopes: oauth.scopes,
    })
    expect(`${new URL(url).origin}${new URL(url).pathname}`).toBe('https://app.eu.intercom.com/oauth')
    expect([...new URL(url).searchParams.keys()].toSorted()).toEqual(['client_id', 'redirect_uri', 'state'])
  })

  test('given once is not given again, and that is final; of a client that is not known it is our mistake', async () => {
    const code = await client.codeFor()
    await trade(code)
    expect(await trade(code).catch((error: unknown) => error)).toMatchObject({ code: 'invalid_grant', isFinal: true })
    const stranger = trade(await client.codeFor(), { ...CLIENT, secret: 'wrong' })
    expect(await stranger.catch((error: unknown) => error)).toMatchObject({ isFinal: false })
  })

  test('of the answers of its token endpoint, each is a grant or a refusal', () => {
    const answers = intercomFixture<Record<string, unknown>>('token')
    const read = (name: string, status = 200) => {
      const body = JSON.stringify(answers[name])
      return readTokenAnswer({ status, headers: new Headers(), body, url: 'https://api.intercom.io' }, oauth.dialect)
    }
    expect(read('given')).toEqual({ token: 'dG9rOm5vdFJlYWw=' })
    expect(() => read('refused', 401)).toThrow(expect.objectContaining({ code: 'invalid_grant', isFinal: true }))
    expect(() => read('stranger', 401)).toThrow(expect.objectContaining({ code: 'unauthorized', isFinal: false }))
  })

  test('without the permission that tells the workspace it is not kept, and says what to tick', async () => {
    const grant = await trade(await client.codeFor())
    const { body } = intercomFixture('account')['GET /me'] ?? {}
    for (const app of [null, { id_code: '../x', name: 'x' }]) {
      const { api } = await intercomApi({ 'GET /me': { body: { ...(body as object), app } } })
      expect(await failed(intercom.identify(api, grant))).toMatchObject({ failure: 'setup', detail: 'workspace' })
    }
    expect(intercom.remedies?.workspace).toContain('Read admins')
  })

  test('a region that Intercom does not have is not followed, and what an admin said stays', async () => {
    const { body } = intercomFixture('account')['GET /me'] ?? {}
    const { app } = body as { app: object } // the fixture's own shape
    for (const region of ['MARS', 'https://evil.example', null]) {
      const { api } = await intercomApi({
        'GET /me': { body: { ...(body as object), app: { ...app, name: '', region } } },
      })
      const told = await intercom.identify(api, { token: 't' })
      expect(told).toEqual({ id: 'wk7lathe', label: 'Intercom workspace', config: { workspace: 'wk7lathe' } })
    }
  })
})

describe('a workspace', () => {
  test('is read: every conversation and every contact once, page after page', async () => {
    const { api } = await consented()
    for (const kind of ['conversations', 'contacts']) await client.set({ fill: { kind, count: 70 } })
    const ids = await allOf((cursor) => conversations.list(api, cursor ? { cursor } : {}))
    const people = await allOf((cursor) => contacts.list(api, cursor ? { cursor } : {}))
    for (const all of [ids, people]) expect(new Set(all).size).toBe(all.length)
    expect([ids.length > 70, people.length > 70]).toEqual([true, true])
  })

  test('a conversation tells with whom, how it stands and what was said last', async () => {
    const { api } = await consented()
    const all = (await conversations.list(api, {})).items
    const broken = all.find(({ title }) => title === '400 on every new order')
    const card = await conversations.read(api, broken?.id ?? '')
    expect(card).toMatchObject({
      url: `${client.web}/a/inbox/${api.config.workspace}/inbox/conversation/${broken?.id.split('.')[1]}`,
      body: {
        customer: 'Mira Lindqvist',
        state: 'open',
        lastMessage: { author: 'Mira Lindqvist', text: 'Any news? We would like to drop our patch.' },
      },
    })
    expect((await fetch(card.url)).status).toBe(200)
  })

  test('conversations are found by whole words of what was written first, by all of them, and by a part of the subject', async () => {
    const { api } = await consented()
    const find = async (typed: string) => titles((await conversations.search(api, typed, {})).items)
    expect(await find('orders noon')).toEqual(['Orders are slow today'])
    expect(await find('noo')).toEqual([])
    expect(await find('invoice for oct')).toEqual(['Invoice for October'])
  })

  test('contacts are found by name; an address finds nobody', async () => {
    const { api } = await consented()
    const find = async (typed: string) => titles((await contacts.search(api, typed, {})).items)
    expect(await find('grace')).toEqual(['Grace Mbeki'])
    await client.set({ contact: { name: 'grace@capetea.example', email: 'grace.other@capetea.example' } })
    expect(await find('grace')).toEqual(['Grace Mbeki'])
    for (const typed of ['grace@', 'grace@capetea.example', 'capetea']) expect(await find(typed)).toEqual([])
    const [grace] = (await contacts.search(api, 'grace', {})).items
    expect(await contacts.read(api, grace?.id ?? '')).toMatchObject({ title: 'Grace Mbeki', body: { role: 'user' } })
    expect((await fetch(grace?.url ?? '')).status).toBe(200)
  })

  test('articles are read by the id of their public address, drafts without one', async () => {
    const { api } = await consented()
    const { items } = await articles.list(api, {})
    expect(items.filter(({ isPrivate }) => isPrivate).map(({ url }) => url)).toEqual(['', ''])
    const [keys] = (await articles.search(api, 'idempotency', {})).items
    expect(keys).toMatchObject({ title: 'Idempotency keys', id: 'acme.9005' })
    expect(articles.match(new URL('https://intercom.help/acme/en/articles/9005-idempotency-keys'))).toBe(keys?.id)
    expect(await articles.read(api, 'acme.9005')).toMatchObject({ title: 'Idempotency keys' })
    expect((await failed(articles.read(api, 'globex.9005'))).failure).toBe('not_found')
  })

  test('each section is read', async () => {
    const { api } = await consented()
    const all = (await sections.list(api, {})).items.map(async ({ id }) => (await sections.read(api, id)).body?.hits)
    const [talks, people, drafts] = await Promise.all(all)
    expect([talks, people]).toEqual([expect.objectContaining({ length: 5 }), expect.objectContaining({ length: 5 })])
    expect(drafts).toEqual([
      expect.objectContaining({ title: 'Dark mode of the web client', detail: 'draft' }),
      expect.anything(),
    ])
  })

  test('in another region only that region’s host answers', async () => {
    const { api } = await consented('sam@globex')
    expect(await conversations.list(api, {})).toMatchObject({ items: expect.any(Array) })
    await client.set({ hostRegion: 'US' })
    expect((await failed(conversations.list(api, {}))).failure).toBe('revoked')
  })

  test.each([
    ['conversations', (api: Api) => conversations.list(api, {})],
    ['contacts', (api: Api) => contacts.list(api, {})],
    ['articles', (api: Api) => articles.list(api, {})],
  ])('without the permission for %s that alone is shut, and it is told what to tick', async (shut, list) => {
    const { api, grant } = await consented()
    const all = ['conversations', 'contacts', 'articles', 'admins', 'app']
    await client.set({ permissions: all.filter((one) => one !== shut) })
    expect(await failed(list(api))).toMatchObject({ failure: 'setup', detail: 'not_permitted' })
    expect(await intercom.identify(api, grant)).toMatchObject({ label: 'Acme', capabilities: { lacks: [shut] } })
  })

  test('of a part that is busy it is not told whether it may be read', async () => {
    const { api, grant } = await consented()
    await client.control.faults([{ provider: 'intercom', path: '/**/articles', status: 503, times: 9 }])
    const { capabilities, untold } = await intercom.identify(api, grant)
    expect([capabilities, untold]).toEqual([undefined, ['articles']])
  })

  test('a plan without an API shuts out everything but who the token is for, which is found out with that', async () => {
    const { api, grant } = await consented()
    await client.set({ workspace: { plan: false } })
    expect(await failed(intercom.identify(api, grant))).toMatchObject({ failure: 'setup', detail: 'plan' })
  })

  test('over the limit it waits until the window ends, and the limit is told before', async () => {
    const { grant, api } = await consented()
    const told: RateLimit[] = []
    const watched = open(grant, api.config, (limit) => told.push(limit))
    await conversations.list(watched, {})
    expect(told).toEqual([{ limit: expect.any(Number), remaining: expect.any(Number), resetsAt: expect.any(Date) }])
    const at = Math.floor(Date.now() / 1000) + 7
    const { body } = intercomError(429, 'rate_limit_exceeded', 'Exceeded rate limit of 167 in 10_seconds')
    await client.control.faults([
      { provider: 'intercom', path: '/**', status: 429, headers: { 'x-ratelimit-reset': String(at) }, body },
    ])
    const { failure, retryAt } = await failed(conversations.list(api, {}))
    expect([failure, retryAt?.getTime()]).toEqual(['rate_limited', at * 1000])
  })
})

describe('leaving', () => {
  test('uninstalls the app, which ends every token of the workspace; a second time it is gone already', async () => {
    const [one, other] = [await consented('dana@acme'), await consented('sam@acme')]
    for (const _ of ['once', 'again']) expect(await leave(one, true)).toBe('ended')
    for (const { api, grant } of [one, other])
      expect((await failed(intercom.identify(api, grant))).failure).toBe('revoked')
  })

  test('ends nothing while another connection is to the same workspace', async () => {
    const one = await consented()
    expect(await leave(one, false)).toBe('kept')
    expect((await intercom.identify(one.api, one.grant)).label).toBe('Acme')
  })

  test('that nobody confirms is told as that', async () => {
    const { api } = await intercomApi({ 'POST /auth/uninstall': intercomError(500, 'server_error') })
    expect((await failed(leave({ api, grant: { token: 't' } }, true))).failure).toBe('unavailable')
  })
})
