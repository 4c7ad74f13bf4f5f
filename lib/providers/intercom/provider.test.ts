import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { withoutAddresses } from '#lib/providers/without-addresses.ts'
import { searchQuery } from './conversation-query.ts'
import { knownRegion } from './hosts.ts'
import { articleId, contactId, conversationId, readArticleId, readContactId, readConversationId } from './ids.ts'
import { helpCenterIn } from './links.ts'
import { intercom } from './provider.ts'
import { nextOf, Pages } from './shapes.ts'
import { plainText, tidy, titleOf } from './text.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const HEX = '5f0c2d3e4b5a69788796a501'
const at = (workspace: string): Api => ({ config: { workspace } }) as unknown as Api // only its config is read

const refusal = (code: string) => ({
  type: 'error.list',
  request_id: 'r',
  errors: [{ code, message: 'Acme’s secret' }],
})
const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(intercom, {
    status,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [401, refusal('unauthorized'), 'revoked', null],
    [403, refusal('api_plan_restricted'), 'setup', 'plan'],
    [403, refusal('token_unauthorized'), 'setup', 'not_permitted'],
    [403, '<!DOCTYPE html><title>Attention Required!</title>', 'unavailable', null],
    [404, refusal('not_found'), 'not_found', null],
    [400, refusal('parameter_invalid'), 'unavailable', null],
    [500, refusal('server_error'), 'unavailable', null],
    [503, '', 'unavailable', null],
  ])('%d %j is %s %j', (status, body, failure, detail) => {
    expect(judged(status, body)).toMatchObject({ failure, detail })
  })

  const inSeconds = (seconds: number) => String(NOW.getTime() / 1000 + seconds)
  test.each([
    [{ 'x-ratelimit-reset': inSeconds(7) }, 7],
    [{ 'x-ratelimit-reset': inSeconds(7), 'retry-after': '9' }, 9],
    [{ 'x-ratelimit-reset': inSeconds(-7) }, 10],
    [{ 'x-ratelimit-reset': inSeconds(90_000) }, 3600],
    [{ 'x-ratelimit-reset': 'soon' }, 10],
    [{}, 10],
  ])('a 429 with %j is a wait of %d seconds', (headers, seconds) => {
    const { failure, retryAt } = judged(429, refusal('rate_limit_exceeded'), headers)
    expect([failure, ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000]).toEqual(['rate_limited', seconds])
  })

  test('what can be set up has words for it, and nothing that Intercom wrote is in a failure', () => {
    for (const code of ['api_plan_restricted', 'token_unauthorized']) {
      const { message, detail } = judged(403, refusal(code))
      expect(`${message} ${detail}`).not.toContain('secret')
      expect(intercom.remedies?.[detail ?? '']).toMatch(/Intercom/)
    }
  })
})

test('the limit is read whole or not at all', () => {
  const headers = { 'x-ratelimit-limit': '1667', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '1795000010' }
  const told = { limit: 1667, remaining: 3, resetsAt: new Date(1_795_000_010_000) }
  expect(intercom.limit?.(new Headers(headers))).toEqual(told)
  for (const lost of Object.keys(headers))
    expect(intercom.limit?.(new Headers({ ...headers, [lost]: 'x' })), lost).toBeNull()
})

describe('regions', () => {
  const { origins, endpoints } = intercom
  test.each([
    [{}, 'https://app.intercom.com', 'https://api.intercom.io'],
    [{ region: 'US' }, 'https://app.intercom.com', 'https://api.intercom.io'],
    [{ region: 'EU' }, 'https://app.eu.intercom.com', 'https://api.eu.intercom.io'],
    [{ region: 'AU' }, 'https://app.au.intercom.com', 'https://api.au.intercom.io'],
    [{ region: 'evil.example' }, 'https://app.intercom.com', 'https://api.intercom.io'],
  ])('%j is asked at its own hosts', (config, web, api) => {
    expect(endpoints(origins, config)).toEqual({
      api,
      web,
      authorize: `${web}/oauth`,
      token: `${api}/auth/eagle/token`,
    })
  })

  test('what stands for Intercom in an installation stands for every region', () => {
    const own = { web: 'https://icom-web.test', api: 'https://icom-api.test', help: 'https://icom-help.test' }
    for (const region of ['US', 'EU', 'AU'])
      expect(endpoints(own, { region })).toMatchObject({ api: own.api, web: own.web, authorize: `${own.web}/oauth` })
  })

  test('an answer names a region by name alone', () => {
    expect(['US', 'eu', 'AU'].map(knownRegion)).toEqual(['US', 'EU', 'AU'])
    for (const text of [null, undefined, '', 'CA', 'https://api.eu.intercom.io'])
      expect(knownRegion(text)).toBeUndefined()
  })

  test('each option that an admin has names one of them', () => {
    const regions = intercom.options?.map(({ config }) => config?.region)
    expect(regions).toEqual(['EU', 'AU'])
    expect(regions?.map(knownRegion)).toEqual(regions)
  })
})

describe('ids', () => {
  const readers = { conversation: readConversationId, contact: readContactId, article: readArticleId }

  test('a thing of the workspace is found again, and one of another is not there', () => {
    const api = at('acme1')
    expect(readConversationId(api, conversationId('acme1', '48209') ?? '')).toBe('48209')
    expect(readContactId(api, contactId('acme1', HEX) ?? '')).toBe(HEX)
    expect(readArticleId(api, articleId('help', '61') ?? '')).toEqual({ number: '61', helpCenter: 'help' })
    expect(readArticleId(api, articleId('~acme1', '61') ?? '')).toEqual({ number: '61' })
    const elsewhere = [
      () => readConversationId(api, 'other.48209'),
      () => readContactId(api, `other.${HEX}`),
      () => readArticleId(api, '~other.61'),
    ]
    for (const read of elsewhere) expect(read).toThrow(expect.objectContaining({ failure: 'not_found' }))
  })

  test.each(Object.entries(readers))('whatever names no %s is not found', (_, read) => {
    for (const id of ['', '~', '.', 'acme1', 'acme1.', '.1', 'acme1.1.1', 'acme1.x/..', 'acme1...', 'a b.1', '~.1'])
      expect(() => read(at('acme1'), id), id).toThrow(expect.objectContaining({ failure: 'not_found' }))
    expect(() => read(at(''), '.1')).toThrow(expect.objectContaining({ failure: 'not_found' }))
  })
})

describe('pasted links', () => {
  const found = (link: string) =>
    intercom.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [[kind, id]] : []
    })

  test.each([
    ['https://app.intercom.com/a/inbox/acme1/inbox/conversation/48209', 'conversation', 'acme1.48209'],
    [
      'https://app.eu.intercom.com/a/inbox/acme1/inbox/admin/12/conversation/48209?view=List',
      'conversation',
      'acme1.48209',
    ],
    ['https://app.au.intercom.com/a/apps/acme1/conversations/48209', 'conversation', 'acme1.48209'],
    [`https://app.intercom.com/a/apps/acme1/users/${HEX}`, 'contact', `acme1.${HEX}`],
    [`https://app.intercom.com/a/apps/acme1/users/${HEX}/all-conversations`, 'contact', `acme1.${HEX}`],
    ['https://intercom.help/acme/en/articles/61-oil-the-scroll', 'article', 'acme.61'],
    ['https://intercom.help/acme/pt-BR/articles/61', 'article', 'acme.61'],
    ['https://intercom.help/acme/articles/61-oil-the-scroll/', 'article', 'acme.61'],
    ['https://app.intercom.com/a/apps/acme1/articles/articles/61/show', 'article', '~acme1.61'],
  ])('%s is one %s', (link, kind, id) => {
    expect(found(link)).toEqual([[kind, id]])
  })

  test.each([
    'https://app.intercom.com/',
    'https://app.intercom.com/a/inbox/acme1/inbox/conversation/',
    'https://app.intercom.com/a/inbox/acme1/inbox/conversation/x1',
    'https://app.intercom.com/a/apps/acme1/users/5f0c',
    'https://intercom.help/acme/en/collections/310-getting-started',
    'https://intercom.help/en/articles',
    'https://app.ca.intercom.com/a/inbox/acme1/inbox/conversation/1',
    'https://app.intercom.com.evil.example/a/inbox/acme1/inbox/conversation/1',
    'https://evil.example/a/inbox/acme1/inbox/conversation/1',
    'https://help.acme.example/en/articles/61-oil',
    'https://app.intercom.com:8443/a/inbox/acme1/inbox/conversation/1',
    'ftp://intercom.help/acme/en/articles/61',
  ])('%s is none of ours', (link) => {
    expect(found(link)).toEqual([])
  })

  test('a link leads to one thing at most, whose id can be read back', () => {
    const word = fc.constantFrom(
      'a',
      'inbox',
      'apps',
      'acme1',
      'users',
      'conversation',
      'articles',
      'en',
      '48',
      HEX,
      '..',
      '',
    )
    const any = fc
      .tuple(fc.constantFrom('app.intercom.com', 'app.eu.intercom.com', 'intercom.help'), fc.array(word))
      .map(([host, path]) => `https://${host}/${path.join('/')}`)
    const read = { conversation: readConversationId, contact: readContactId, article: readArticleId }
    fc.assert(
      fc.property(any, (link) => {
        const all = found(link)
        expect(all.length).toBeLessThan(2)
        for (const [kind = '', id = ''] of all)
          read[kind as keyof typeof read](at(id.replace('~', '').split('.')[0] ?? ''), id) // one of the kinds
      }),
    )
  })

  test('the help center stands before the language, and not on a host of its own', () => {
    expect(helpCenterIn('https://intercom.help/acme/en/articles/61-oil')).toBe('acme')
    expect(helpCenterIn('http://127.0.0.1:3001/intercom-help/acme/en/articles/61-oil')).toBe('acme')
    for (const address of ['https://help.acme.example/en/articles/61-oil', 'https://help.acme.example/', 'no address'])
      expect(helpCenterIn(address)).toBeNull()
  })
})

describe('texts', () => {
  test.each([
    ['<p>One &amp; two</p><p>three</p>', 'One & two\nthree'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<ul><li>x</li><li>y</li></ul>', 'x\ny'],
    ['&lt;b&gt; &#39;q&#x27; &nbsp;&copy; &#0; &#x110000;', "<b> 'q' &copy; &#0; &#x110000;"],
    ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
    ['<img src="x" onerror="y">', ''],
  ])('%j says %j', (html, text) => {
    expect(plainText(html)).toBe(text)
  })

  test('what is plain already keeps its signs', () => {
    expect(tidy('a < b\n\n\n  and   c > d ')).toBe('a < b\nand c > d')
  })

  test('a text of any length takes no time', () => {
    const endless = 'a'.repeat(5_000_000)
    expect(withoutAddresses(plainText(`${endless}<p>`)).length).toBe(20_000)
    expect(plainText('<'.repeat(1_000_000)).length).toBe(20_000)
  })

  test('a title is one line, and short', () => {
    expect(titleOf('First\nsecond')).toBe('First')
    expect(titleOf('x'.repeat(200))).toHaveLength(80)
  })
})

test('words are looked for each, in what was written first, and as they stand in the subject', () => {
  const inBody = (value: string) => ({ field: 'source.body', operator: '=', value })
  const inSubject = { field: 'source.subject', operator: '~', value: 'Chuck’s jaws?' }
  expect(searchQuery(' Chuck’s jaws? ')).toEqual({
    operator: 'OR',
    value: [{ operator: 'AND', value: [inBody('Chuck’s'), inBody('jaws')] }, inSubject],
  })
  const many = searchQuery('word '.repeat(40))?.value[0]
  expect(many && 'operator' in many && many.value).toHaveLength(10) // of fifteen that a group may have
  for (const typed of ['', '  ', '?!']) expect(searchQuery(typed)).toBeNull()
})

test.each([
  [{ next: { page: 2, starting_after: 'abc==' } }, 'abc==', '2'],
  [{ next: 'https://api.intercom.io/articles?per_page=25&page=3' }, undefined, '3'],
  [{ next: '/contacts?starting_after=xyz' }, 'xyz', undefined],
  [{ next: null }, undefined, undefined],
  [{}, undefined, undefined],
  [null, undefined, undefined],
  [{ next: 7 }, undefined, undefined],
])('after %j comes %j, or page %j', (pages, after, page) => {
  const parsed = Pages.parse(pages)
  expect([nextOf(parsed, 'starting_after'), nextOf(parsed, 'page')]).toEqual([after, page])
})
