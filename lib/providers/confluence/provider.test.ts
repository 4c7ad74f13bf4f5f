import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { within } from '#lib/providers/atlassian-query.ts'
import { byTitle, toQuery } from './cql.ts'
import { bare } from './find-pages.ts'
import { cursorIn } from './paging.ts'
import { confluence } from './provider.ts'

const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(confluence, { status, headers: new Headers(headers), body: JSON.stringify(body) })

describe('answers that are failures', () => {
  test.each([
    [401, { code: 401, message: 'Unauthorized; scope does not match' }, 'scope'],
    [401, { code: 401, message: 'Unauthorized' }, 'expired'],
    [403, { message: 'Current user not permitted to use Confluence', statusCode: 403 }, 'forbidden'],
    [404, { errors: [{ status: 404, code: 'NOT_FOUND' }] }, 'not_found'],
    [410, { statusCode: 410 }, 'unavailable'],
  ])('%d %j is %s', (status, body, failure) => {
    expect(judged(status, body).failure).toBe(failure)
  })
})

test('a cursor is taken from an address in any of its forms, and nothing else of it', () => {
  expect(cursorIn('/wiki/api/v2/spaces?limit=2&cursor=eyJpZCI6Mn0')).toBe('eyJpZCI6Mn0')
  expect(cursorIn('/api/v2/spaces?cursor=a%3D%3D')).toBe('a==')
  expect(cursorIn('https://evil.example/x?cursor=b')).toBe('b')
  for (const none of [undefined, null, '', '/wiki/api/v2/spaces']) expect(cursorIn(none)).toBeUndefined()
})

describe('CQL', () => {
  test('no typed text becomes a query of its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = byTitle(text) ?? 'type = page AND title ~ "x*" ORDER'
        expect(found).toMatch(/^type = page AND title ~ "[\p{L}\p{N}* ]+" ORDER/u)
      }),
    )
  })

  test('what only a query has goes as it is, words are looked for', () => {
    expect(toQuery('label = runbook')).toBe('label = runbook')
    expect(toQuery('space in (A, B)')).toBe('space in (A, B)')
    expect(toQuery('what is a runbook')).toBe('type = page AND text ~ "what is a runbook" ORDER BY lastmodified DESC')
    expect(within('space = "A"', 'a = 1 ORDER BY title')).toBe('space = "A" AND (a = 1) ORDER BY title')
  })
})

test('a hit’s text is words alone', () => {
  expect(bare('Wet the @@@hl@@@stone@@@endhl@@@ &amp; <b>hold</b>&nbsp;it')).toBe('Wet the stone & hold it')
  expect(bare(null)).toBe('')
})
