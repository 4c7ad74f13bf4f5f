import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { notionId, readId } from './ids.ts'
import { notion } from './provider.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const ID = '954b67f9-3f87-41db-8874-23b92bbd31ee'
const BARE = ID.replaceAll('-', '')

const refusal = (status: number, code: string) => ({ object: 'error', status, code, message: 'Acme’s secret page' })
const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(notion, { status, headers: new Headers(headers), body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [401, refusal(401, 'unauthorized'), 'expired', null],
    [403, refusal(403, 'restricted_resource'), 'setup', 'capability'],
    [404, refusal(404, 'object_not_found'), 'setup', 'not_shared'],
    [404, {}, 'not_found', null],
    [400, refusal(400, 'validation_error'), 'unavailable', null],
    [400, refusal(400, 'missing_version'), 'unavailable', null],
    [409, refusal(409, 'conflict_error'), 'unavailable', null],
    [500, refusal(500, 'internal_server_error'), 'unavailable', null],
    [503, refusal(503, 'service_unavailable'), 'unavailable', null],
    [504, '', 'unavailable', null],
  ])('%d %j is %s %j', (status, body, failure, detail) => {
    expect(judged(status, body)).toMatchObject({ failure, detail })
  })

  test('a 403 of the proxy before Notion says nothing of what the connection may do', () => {
    const page = '<!DOCTYPE html><title>Attention Required! | Cloudflare</title>'
    expect(judged(403, page, { 'cf-ray': '9a1b2c3d4e5f6789-SJC' }).failure).toBe('unavailable')
  })

  test.each([
    [429, { 'retry-after': '7' }, 7],
    [429, {}, 60],
    [529, { 'retry-after': '3' }, 3],
    [529, {}, 60],
  ])('%d with %j is a wait of %d seconds', (status, headers, seconds) => {
    const { failure, retryAt } = judged(status, refusal(status, 'rate_limited'), headers)
    expect([failure, ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000]).toEqual(['rate_limited', seconds])
  })

  test('what can be set up has words for it, and nothing that Notion wrote is in a failure', () => {
    for (const code of ['object_not_found', 'restricted_resource']) {
      const { message, detail } = judged(404, refusal(404, code))
      expect(`${message} ${detail}`).not.toContain('secret')
      expect(notion.remedies?.[detail ?? '']).toMatch(/Notion/)
    }
  })
})

describe('ids', () => {
  test('an id is the same with and without its dashes, in any case', () => {
    for (const text of [ID, BARE, ID.toUpperCase(), BARE.toUpperCase()]) expect(notionId(text)).toBe(ID)
  })

  test('only the one form that Notion writes is read back', () => {
    expect(readId(ID)).toBe(ID)
    for (const text of ['', '~', BARE, ID.toUpperCase(), `${ID}/x`, '..', ID.slice(1)])
      expect(() => readId(text)).toThrow(expect.objectContaining({ failure: 'not_found' }))
  })
})

describe('pasted links', () => {
  const found = (link: string) =>
    notion.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [[kind, id]] : []
    })

  test.each([
    [`https://www.notion.so/Tuscan-kale-${BARE}`, 'page'],
    [`https://notion.so/${BARE}`, 'page'],
    [`https://notion.so/${ID}`, 'page'],
    [`https://www.notion.so/acme/Tuscan-kale-${BARE}?pvs=4`, 'page'],
    [`https://www.notion.so/acme/Tuscan-kale-${ID}#h`, 'page'],
    [`https://app.notion.com/p/Tuscan-kale-${BARE}`, 'page'],
    [`https://app.notion.com/p/${BARE.toUpperCase()}`, 'page'],
    [`https://acme.notion.site/Gr%C3%BCnkohl-${BARE}`, 'page'],
    [`https://www.notion.so/acme/${'0'.repeat(32)}?v=${'1'.repeat(32)}&p=${BARE}&pm=s`, 'page'],
    [`https://www.notion.so/acme/${BARE}?v=${'1'.repeat(32)}`, 'database'],
    [`https://app.notion.com/p/Roadmap-${BARE}?v=${'1'.repeat(32)}&pvs=4`, 'database'],
    [`https://acme.notion.site/${BARE}?v=${'1'.repeat(32)}`, 'database'],
  ])('%s is one %s', (link, kind) => {
    expect(found(link)).toEqual([[kind, ID]])
  })

  test.each([
    'https://www.notion.so/',
    'https://www.notion.so/acme',
    'https://www.notion.so/Tuscan-kale',
    `https://www.notion.so/Tuscan-kale-${BARE}0/`.replace('kale-', 'kale'),
    `https://www.notion.so/x?p=nothing&v=${BARE}`,
    `https://api.notion.com/v1/pages/${ID}`,
    `https://developers.notion.com/p/${BARE}`,
    `https://notion.so.evil.example/${BARE}`,
    `https://evilnotion.so/${BARE}`,
    `https://a.b.notion.site/${BARE}`,
    `https://notion.so:8443/${BARE}`,
    `ftp://notion.so/${BARE}`,
  ])('%s is none of ours', (link) => {
    expect(found(link)).toEqual([])
  })

  test('a link leads to one thing at most, whose id can be read back', () => {
    const word = fc.constantFrom('acme', 'p', BARE, ID, `Title-${BARE}`, '..', '%2F', '')
    const query = fc.constantFrom('', `?v=${BARE}`, `?p=${BARE}`, `?v=${BARE}&p=${ID}`, '?p=', '?v')
    const any = fc
      .tuple(fc.constantFrom('www.notion.so', 'app.notion.com', 'acme.notion.site'), fc.array(word), query)
      .map(([host, path, end]) => `https://${host}/${path.join('/')}${end}`)
    fc.assert(
      fc.property(any, (link) => {
        const all = found(link)
        expect(all.length).toBeLessThan(2)
        for (const [, id = ''] of all) expect(readId(id)).toBe(id)
      }),
    )
  })
})
