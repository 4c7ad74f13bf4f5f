import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { readTokenAnswer } from '#lib/oauth/token-answer.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { oauth } from '#lib/providers/notion/oauth.ts'
import { notion } from '#lib/providers/notion/provider.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { notionApi, notionFixture, notionReader } from '#tests/support/notion-api.ts'
import { CLIENT, notionClient, REDIRECT_URI } from '#tests/support/sandbox-notion.ts'

const client = await newSandbox(notionClient)

const [databases, pages] = ['database', 'page'].map(notionReader)
if (!databases || !pages) throw new Error('a reader is missing')

const endpoint = () => `${client.web}/v1/oauth/token`
const open = (grant: Grant): Api => createApi({ provider: notion, grant, base: `${client.web}/v1` })
const trade = (code: string) =>
  exchangeCode({ method: oauth, endpoint: endpoint(), client: CLIENT, redirectUri: REDIRECT_URI, code, verifier: 'v' })
const refresh = (grant: Grant) => refreshGrant({ method: oauth, endpoint: endpoint(), client: CLIENT, grant })
async function consented(account?: string, chosen?: readonly string[]): Promise<{ api: Api; grant: Grant }> {
  const grant = await trade(await client.codeFor(account, chosen))
  return { grant, api: open(grant) }
}
const leave = ({ api, grant }: { api: Api; grant: Grant }, last: boolean) => {
  const { revoke } = notion.leave
  if (typeof revoke !== 'function') throw new Error('Notion has a way of its own')
  return revoke({ api, grant, client: CLIENT, last })
}

describe('a consent', () => {
  test('gives both tokens and no end of them, and is called by its workspace', async () => {
    const { api, grant } = await consented()
    expect(grant).toEqual({ token: expect.stringMatching(/^ntn_/), refreshToken: expect.stringMatching(/^nrt_/) })
    const [dana, sam] = [await notion.identify(api, grant), await consented('sam@acme')]
    expect(dana).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/), label: 'Acme', person: 'Dana Kowalski' })
    const other = await notion.identify(sam.api, sam.grant)
    expect([other.label, other.id === dana.id]).toEqual(['Acme', false])
  })

  test('is asked for as Notion wants it: by the owner, who is a user, and for no scopes', () => {
    expect(oauth.dialect?.authorizeParameters).toEqual({ owner: 'user' })
    expect(oauth.scopes).toEqual([])
  })

  test('given once is not given again, and that is final', async () => {
    const code = await client.codeFor()
    await trade(code)
    expect(await trade(code).catch((error: unknown) => error)).toMatchObject({ code: 'invalid_grant', isFinal: true })
  })

  test('is renewed as a pair: the old tokens end, and what renews twice is refused for good', async () => {
    const { grant } = await consented()
    const fresh = await refresh(grant)
    expect(fresh.token).not.toBe(grant.token)
    expect(fresh.refreshToken).not.toBe(grant.refreshToken)
    expect((await notion.identify(open(fresh), fresh)).label).toBe('Acme')
    expect(await refresh(grant).catch((error: unknown) => error)).toMatchObject({
      code: 'invalid_grant',
      isFinal: true,
    })
  })

  test('of a client that Notion does not know is our mistake, and costs nobody’s grant', async () => {
    const { grant } = await consented()
    const other = { id: CLIENT.id, secret: 'wrong' }
    const asked = refreshGrant({ method: oauth, endpoint: endpoint(), client: other, grant })
    expect(await asked.catch((error: unknown) => error)).toMatchObject({ code: 'invalid_client', isFinal: false })
  })

  test('of the answers that Notion documents, each is a grant or a refusal', () => {
    const answers = notionFixture<Record<string, unknown>>('token')
    const read = (name: string, status = 200) => {
      const body = JSON.stringify(answers[name])
      return readTokenAnswer({ status, headers: new Headers(), body, url: 'https://api.notion.com' }, oauth.dialect)
    }
    expect(read('rotating')).toEqual({ token: 'ntn_notARealToken', refreshToken: 'nrt_notARealToken' })
    expect(read('lasting')).toEqual({ token: 'ntn_notARealToken' })
    expect(() => read('refused', 400)).toThrow(expect.objectContaining({ code: 'invalid_grant', isFinal: true }))
    expect(() => read('named', 401)).toThrow(expect.objectContaining({ code: 'invalid_client', isFinal: false }))
  })
})

describe('what was chosen', () => {
  test('is read: databases with their rows, pages with how they begin', async () => {
    const { api } = await consented()
    const all = (await databases.list(api, {})).items
    expect(titles(all)).toEqual(['Meeting notes', 'Product roadmap', 'Incidents'])
    const roadmap = all[1]?.id ?? ''
    expect((await databases.read(api, roadmap)).body?.hits).toHaveLength(5)
    expect(titles((await pages.search(api, 'postgres', { parent: roadmap })).items)).toEqual(['PostgreSQL 18'])
    const [found] = (await pages.search(api, 'carrier down', {})).items
    expect(await pages.read(api, found?.id ?? '')).toMatchObject({
      container: 'Incidents',
      excerpt: expect.stringMatching(/^Timeline\n.*503/),
      body: { editor: 'Sam Okafor', state: 'Closed' },
    })
  })

  test('a database with two tables leads through the rows of both', async () => {
    const { api } = await consented()
    const incidents = (await databases.search(api, 'incidents', {})).items[0]?.id ?? ''
    const rows: string[] = []
    let cursor: string | undefined
    do {
      const page = await pages.list(api, { parent: incidents, ...(cursor ? { cursor } : {}) })
      rows.push(...titles(page.items))
      cursor = page.nextCursor
    } while (cursor)
    expect(rows).toEqual(expect.arrayContaining(['Carrier down, retries made it worse', 'Jitter for all retries']))
    expect(new Set(rows).size).toBe(rows.length)
  })

  test('all pages of a search are read, each page once', async () => {
    const { api } = await consented()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await pages.list(api, cursor ? { cursor } : {})
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      await client.control.clock(30)
    } while (cursor)
    expect(seen.length).toBeGreaterThan(10)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('may be nothing: it connects and finds nothing', async () => {
    const { api, grant } = await consented('dana@acme', [])
    expect((await notion.identify(api, grant)).label).toBe('Acme')
    expect((await databases.list(api, {})).items).toEqual([])
    expect((await pages.list(api, {})).items).toEqual([])
  })

  test('what is not shared any more is told as that, and is there again once it is', async () => {
    const { api } = await consented()
    const { id = '' } = (await pages.search(api, 'brand guide', {})).items[0] ?? {}
    await client.set({ unshare: { account: 'dana@acme', page: 'Brand guide' } })
    expect(await failed(pages.read(api, id))).toMatchObject({ failure: 'setup', detail: 'not_shared' })
    await client.set({ share: { account: 'dana@acme', page: id } })
    expect((await pages.read(api, id)).title).toBe('Brand guide')
  })
})

describe('what a connection may do', () => {
  test('without reading content it opens nothing, and is told so when it is made', async () => {
    const { api, grant } = await consented()
    await client.set({ capabilities: { content: false } })
    expect((await failed(notion.identify(api, grant))).failure).toBe('forbidden')
    expect(await failed(databases.list(api, {}))).toMatchObject({ failure: 'setup', detail: 'capability' })
  })

  test('without people’s names a page is shown without its editor', async () => {
    const { api } = await consented()
    const { id = '' } = (await pages.search(api, 'on-call', {})).items[0] ?? {}
    await client.set({ capabilities: { users: 'none' } })
    expect(await pages.read(api, id)).toMatchObject({ title: 'On-call', body: { editor: '' } })
  })

  test.each([{ rate: { perSecond: 0.5, burst: 0 } }, { spaceRate: { perSecond: 0.5, burst: 0 } }])(
    'over the limit it is told how long to wait: %j',
    async (limit) => {
      const { api } = await consented()
      await client.set(limit)
      const { retryAt, ...failure } = await failed(databases.list(api, {}))
      expect(failure).toMatchObject({ failure: 'rate_limited' })
      expect(retryAt).toBeInstanceOf(Date)
    },
  )
})

describe('leaving', () => {
  test('ends the token and what renews it; a second time changes nothing', async () => {
    const one = await consented()
    for (const _ of ['once', 'again']) expect(await leave(one, true)).toBe('ended')
    expect((await failed(notion.identify(one.api, one.grant))).failure).toBe('expired')
    expect(await refresh(one.grant).catch((error: unknown) => error)).toMatchObject({ isFinal: true })
  })

  test('ends nothing while another connection stands on the same account', async () => {
    const one = await consented()
    expect(await leave(one, false)).toBe('kept')
    expect((await notion.identify(one.api, one.grant)).label).toBe('Acme')
  })

  test('proves itself as the app, not with the token that it ends', async () => {
    const { api, received } = await notionApi({ 'POST /oauth/revoke': { body: { request_id: 'r' } } })
    await leave({ api, grant: { token: 'ntn_x' } }, true)
    expect(received[0]?.headers.authorization).toMatch(/^Basic /)
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ token: 'ntn_x' })
  })
})

test('a workspace without a name is still called something', async () => {
  const { api } = await notionApi({
    ...notionFixture('account'),
    'GET /users/me': { body: { object: 'user', id: 'b', type: 'bot', bot: { workspace_name: null } } },
  })
  expect(await notion.identify(api, { token: 't' })).toEqual({ id: 'b', label: 'Notion workspace' })
})
