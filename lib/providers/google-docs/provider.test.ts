import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { now } from '#lib/platform/clock.ts'
import { judge } from '#lib/providers/api.ts'
import { readSearchId, writeSearchId } from './ids.ts'
import { googleDocs } from './provider.ts'
import { byText, byTitle, quoted } from './query.ts'

const judged = (status: number, error: object = {}, headers: Record<string, string> = {}) =>
  judge(googleDocs, { status, headers: new Headers(headers), body: JSON.stringify({ error }) })
const because = (reason: string) => ({ errors: [{ domain: 'global', reason, message: 'Some words' }] })
const newer = (reason: string) => ({
  status: 'PERMISSION_DENIED',
  details: [{ '@type': 'type.googleapis.com/google.rpc.Help' }, { reason }],
})
const seconds = (date: Date | null) => Math.round(((date?.getTime() ?? 0) - now().getTime()) / 1000)

describe('check 30: what Google means by a 403 or a 429', () => {
  test.each(['rateLimitExceeded', 'userRateLimitExceeded', 'sharingRateLimitExceeded'])(
    '403 %s is a wait of a minute, and never a permission',
    (reason) => {
      const { failure, retryAt } = judged(403, because(reason))
      expect([failure, seconds(retryAt)]).toEqual(['rate_limited', 60])
    },
  )

  test('a day’s limit is a wait of an hour, and Retry-After counts before any of it', () => {
    expect(seconds(judged(403, because('dailyLimitExceeded')).retryAt)).toBe(3600)
    expect(seconds(judged(403, because('rateLimitExceeded'), { 'retry-after': '7' }).retryAt)).toBe(7)
    expect(seconds(judged(429, newer('RATE_LIMIT_EXCEEDED'), { 'retry-after': '9' }).retryAt)).toBe(9)
    expect(seconds(judged(429).retryAt)).toBe(60)
  })

  test.each([
    [because('insufficientPermissions'), 'scope'],
    [newer('ACCESS_TOKEN_SCOPE_INSUFFICIENT'), 'scope'],
    [because('insufficientFilePermissions'), 'not_found'],
    [because('appNotAuthorizedToFile'), 'not_found'],
    [because('somethingNew'), 'forbidden'],
    [{ status: 'PERMISSION_DENIED' }, 'forbidden'],
    [{ errors: 'none', details: [7, null] }, 'forbidden'],
  ])('403 %j is %s', (error, failure) => {
    expect(judged(403, error)).toMatchObject({ failure, detail: null })
  })

  test('a header names a missing permission too', () => {
    const asks = { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"' }
    expect(judged(403, {}, asks).failure).toBe('scope')
  })

  test.each([
    [because('accessNotConfigured'), 'api_off'],
    [newer('SERVICE_DISABLED'), 'api_off'],
    [because('domainPolicy'), 'domain_policy'],
  ])('403 %j is a matter of setup that has words for what to do', (error, detail) => {
    expect(judged(403, error)).toMatchObject({ failure: 'setup', detail })
    expect(googleDocs.remedies?.[detail]).toMatch(/^[A-Z].+\.$/)
  })

  test.each([
    [401, 'expired'],
    [404, 'not_found'],
    [500, 'unavailable'],
    [400, 'unavailable'],
  ])('%d tells the truth by itself, whatever reason is beside it', (status, failure) => {
    expect(judged(status, because('insufficientPermissions')).failure).toBe(failure)
  })

  test('no body is read that is none, and nothing that Google wrote is in a failure', () => {
    for (const body of ['', '<html>', '[]', '{"error":7}', '{"error":"invalid"}'])
      expect(judge(googleDocs, { status: 403, headers: new Headers(), body }).failure).toBe('forbidden')
    const { message, detail } = judged(403, because('some_secret_words'))
    expect(`${message} ${detail}`).not.toContain('secret')
  })
})

test('Drive and Docs are counted apart', () => {
  expect(googleDocs.budget?.('/v1/documents/x?fields=a')).toBe('docs')
  expect(googleDocs.budget?.('/drive/v3/files')).toBe('drive')
})

/** The values of a query, read as Drive reads them; null for a query that is anything but clauses joined by `and`. */
function valuesIn(query: string): string[] | null {
  const clause = /(?:mimeType =|name contains|fullText contains) '((?:[^'\\]|\\['\\])*)'|trashed = false/
  const whole = new RegExp(`^(?:${clause.source})(?: and (?:${clause.source}))*$`, 's')
  if (!whole.test(query)) return null
  const all = [...query.matchAll(new RegExp(clause.source, 'gs'))]
  return all.flatMap(([, value]) => (value === undefined ? [] : value.replace(/\\(['\\])/g, '$1')))
}

test('no typed text becomes a part of the query: each word comes out as the value it was', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z'"\\ =()]{0,40}$/), (typed) => {
      const query = byTitle(typed)
      const words = typed.split(/\s+/).filter(Boolean)
      expect(query === null ? [] : valuesIn(query)?.slice(1)).toEqual(words.slice(0, 20))
      const text = byText(typed)
      expect(text === null ? [] : valuesIn(text)).not.toBeNull()
    }),
  )
  expect(quoted(String.raw`a\'b`)).toBe(String.raw`'a\\\'b'`)
})

test('what is looked for comes out of its id as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (typed) => {
      const id = writeSearchId(typed)
      expect(id === null ? '' : readSearchId(id)).toBe(typed.trim())
    }),
  )
})
