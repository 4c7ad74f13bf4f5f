import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { plainText } from '#lib/providers/atlassian-document.ts'
import { quoted, readQuery, within, writeQuery } from '#lib/providers/atlassian-query.ts'
import type { Secret } from '#lib/providers/define-auth.ts'
import { isoDate } from './issue-shape.ts'
import { bySummary, toQuery } from './jql.ts'
import { jira } from './provider.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const method = jira.auth.find((one): one is Secret => one.type === 'api_token')
if (!method) throw new Error('Jira takes no token')
const cleaned = (name: string, text: string) => method.fields.find((one) => one.name === name)?.clean?.(text)

const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(jira, { status, headers: new Headers(headers), body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [401, { code: 401, message: 'Unauthorized; scope does not match' }, {}, 'scope'],
    [401, '', { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' }, 'scope'],
    [401, { code: 401, message: 'Unauthorized' }, {}, 'expired'],
    [401, 'Client must be authenticated to access this resource.', {}, 'expired'],
    [401, '', { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, 'expired'],
    [401, '', { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }, 'setup'],
    [403, { errorMessages: [] }, {}, 'forbidden'],
    [404, '<html>', {}, 'not_found'],
    [410, { errorMessages: ['removed'] }, {}, 'unavailable'],
    [400, { errorMessages: ['x'] }, {}, 'unavailable'],
    [502, '<html>', {}, 'unavailable'],
  ])('%d %j %j is %s', (status, body, headers, failure) => {
    expect(judged(status, body, headers).failure).toBe(failure)
  })

  test('a sign-in that needs a browser first says so where a token is pasted', () => {
    const { detail } = judged(401, '', { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' })
    expect(jira.remedies?.[detail ?? '']).toContain('id.atlassian.com')
  })

  test.each([
    ['Retry-After', { 'retry-after': '9', 'x-ratelimit-reset': '2026-11-20T12:30:00Z' }, 9],
    ['the reset, which is a date', { 'x-ratelimit-reset': '2026-11-20T12:00:40Z' }, 40],
    ['a reset that has passed', { 'x-ratelimit-reset': '2026-11-20T11:00:00Z' }, 1],
    ['a reset far away', { 'x-ratelimit-reset': '2026-11-21T12:00:00Z' }, 3600],
    ['no word at all', { 'x-failure-category': 'FAILURE CLIENT RATE LIMITED' }, 60],
  ])('a 429 waits by %s', (_, headers, seconds) => {
    const { failure, retryAt } = judged(429, '', headers)
    expect([failure, ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000]).toEqual(['rate_limited', seconds])
  })

  test('the limit is read from its structured fields, from the older ones, and from nothing less', () => {
    const structured = {
      'ratelimit-policy': '"global-app-quota";q=65000;w=3600',
      ratelimit: '"global-app-quota";r=11000;t=600',
    }
    const older = {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '3',
      'x-ratelimit-reset': '2026-11-20T12:10:00Z',
    }
    const resetsAt = new Date('2026-11-20T12:10:00Z')
    expect(jira.limit?.(new Headers(structured))).toEqual({ limit: 65_000, remaining: 11_000, resetsAt })
    expect(jira.limit?.(new Headers(older))).toEqual({ limit: 100, remaining: 3, resetsAt })
    const { 'x-ratelimit-reset': _, ...without } = older
    expect(jira.limit?.(new Headers(without))).toBeNull()
    expect(jira.limit?.(new Headers({ 'beta-ratelimit': '"x";r=1;t=2' }))).toBeNull()
  })

  test('nothing that Jira wrote is in the failure', () => {
    expect(`${judged(403, { errorMessages: ['acme-secret'] }).message}`).not.toContain('acme')
  })
})

describe('an API token', () => {
  test.each([
    'acme',
    'acme.atlassian.net',
    'https://acme.atlassian.net',
    'https://ACME.atlassian.net/jira/your-work?x=1',
  ])('T-PAT-2 the domain %s is kept as one', (typed) => {
    expect(cleaned('site', typed)).toBe('acme.atlassian.net')
  })

  test.each([
    '',
    'acme.example.com',
    'https://atlassian.net',
    'a.b.atlassian.net',
    'acme.atlassian.net.evil.example',
    'acme corp',
  ])('%j is no site', (typed) => {
    expect(cleaned('site', typed)).toBeNull()
  })

  test.each([
    ['you@acme.com', 'you@acme.com'],
    ['you', null],
    ['a:b@acme.com', null],
    ['you @acme.com', null],
  ])('the e-mail %j', (typed, kept) => {
    expect(cleaned('email', typed)).toBe(kept)
  })

  test('goes with its e-mail, and a consent’s alone', () => {
    const headers = new Headers()
    jira.sign?.(headers, { token: 'ATATT3xFfGF0-example', config: { email: 'mia@example.com' } })
    expect(headers.get('authorization')).toBe('Basic bWlhQGV4YW1wbGUuY29tOkFUQVRUM3hGZkdGMC1leGFtcGxl')
    jira.sign?.(headers, { token: 'eyJ.x', config: { cloudId: 'c' } })
    expect(headers.get('authorization')).toBe('Bearer eyJ.x')
  })

  test('is asked for at its site; one with scopes, and a consent’s, at the gateway', () => {
    const api = (config: Record<string, string>, origins = jira.origins) => jira.endpoints(origins, config).api
    expect(api({ site: 'acme.atlassian.net', email: 'x' })).toBe('https://acme.atlassian.net')
    expect(api({ site: 'acme.atlassian.net', cloudId: 'c1' })).toBe('https://api.atlassian.com/ex/jira/c1')
    expect(api({ cloudId: 'c1' })).toBe('https://api.atlassian.com/ex/jira/c1')
    expect(api({})).toBe('https://api.atlassian.com')
    const proxied = { ...jira.origins, site: 'http://127.0.0.1:9/sites/{site}' }
    expect(api({ site: 'acme.atlassian.net' }, proxied)).toBe('http://127.0.0.1:9/sites/acme')
    expect(api({ site: 'acme.atlassian.net' }, { ...jira.origins, site: 'http://127.0.0.1:9' })).toBe(
      'http://127.0.0.1:9',
    )
  })
})

describe('JQL', () => {
  test('no typed text ends its quotes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(quoted(text).slice(1, -1)).toMatch(/^(?:[^"\\]|\\["\\])*$/s)
        expect(bySummary(text) ?? 'summary ~ "x*" ORDER').toMatch(/^summary ~ "[\p{L}\p{N}* ]+" ORDER/u)
      }),
    )
  })

  test.each([
    'project = AIR',
    'sprnt=3',
    'assignee in (x, y)',
    'due is EMPTY',
    'order by key desc',
    'cf[10016] >= 3',
    'text ~ "x"',
  ])('%s is a query', (typed) => {
    expect(toQuery(typed)).toBe(typed)
  })

  test.each(['retry', 'this is slow in Vienna', 'C++', 'a -> b', '100%'])('%s is words', (typed) => {
    expect(toQuery(typed)).toMatch(/^text ~ "/)
  })

  test('a clause goes before the order, around all alternatives', () => {
    expect(within('project = "A"', 'a = 1 OR b = 2 ORDER BY c')).toBe('project = "A" AND (a = 1 OR b = 2) ORDER BY c')
    expect(within('project = "A"', 'order by c')).toBe('project = "A" order by c')
    expect(within('p = 1', 'text ~ "in order by size"\nAND a = 1\norder\nby c')).toBe(
      'p = 1 AND (text ~ "in order by size"\nAND a = 1) order\nby c',
    )
    expect(within('p = 1', 'text ~ "an order by \\" mail"')).toBe('p = 1 AND (text ~ "an order by \\" mail")')
    expect(within('project = "A"', 'a = 1')).toBe('project = "A" AND (a = 1)')
  })

  test('a query comes back from its id as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readQuery(writeQuery(text))).toBe(text)
        expect(writeQuery(text)).toMatch(/^[\w-]*$/)
      }),
    )
  })
})

test('a document’s words are read whatever is in it, a paragraph to a line', () => {
  const text = (...content: unknown[]) => ({ type: 'paragraph', content })
  const document = {
    type: 'doc',
    content: [
      text({ type: 'text', text: 'Ship by ' }, { type: 'date', attrs: { timestamp: '1795392000000' } }),
      {
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [text({ type: 'text', text: 'a' })] }] }],
      },
      text(
        { type: 'emoji', attrs: { shortName: ':tada:' } },
        { type: 'hardBreak' },
        { type: 'inlineCard', attrs: { url: 'https://x.example' } },
      ),
      { type: 'codeBlock', content: [{ type: 'text', text: 'npm start' }] },
      { type: 'unheardOf', content: 7 },
    ],
  }
  expect(plainText(document)).toBe('Ship by 2026-11-23\na\n:tada:\nhttps://x.example\nnpm start')
  expect([plainText('Main order flow broken'), plainText(null), plainText({ type: 3 })]).toEqual([
    'Main order flow broken',
    '',
    '',
  ])
})

test('a document without end is read to some depth only', () => {
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inside) => ({ type: 'panel', content: [inside] }), {
    type: 'text',
    text: 'x',
  })
  expect(plainText(deep)).toBe('')
})

test('a date of Jira’s is one of ours; what is none is left out', () => {
  expect(isoDate('2026-11-18T09:30:00.000+0100')).toBe('2026-11-18T08:30:00.000Z')
  expect([isoDate('soon'), isoDate(null)]).toEqual([undefined, undefined])
})
