import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import { eventIdOf, issueId, projectId, readEventId, readIssueId, readProjectId } from './ids.ts'
import { nextCursor } from './paging.ts'
import { sentry } from './provider.ts'
import { trendOf } from './trend.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const EVENT = '7ca573c0f4814912aaa9bdc77d1a7d51'

const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(sentry, { status, headers: new Headers(headers), body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [401, { detail: 'Invalid token' }, 'expired'],
    [401, { detail: 'Authentication credentials were not provided.' }, 'expired'],
    [403, { detail: 'You do not have permission to perform this action.' }, 'scope'],
    [403, 'not even JSON', 'scope'],
    [404, { detail: 'The requested resource does not exist' }, 'not_found'],
    [400, { detail: 'Invalid cursor parameter.' }, 'unavailable'],
    [400, { project: ['This field is required.'] }, 'unavailable'],
    [500, { detail: 'Internal Error', errorId: null }, 'unavailable'],
    [503, '', 'unavailable'],
  ])('%d %j is %s', (status, body, failure) => {
    expect(judged(status, body).failure).toBe(failure)
  })

  test.each([401, 403])('single sign-on that is asked for with %d is a matter of setup, not of the token', (status) => {
    const detail = { code: 'sso-required', message: 'Must login via SSO', extra: { loginUrl: '/auth/login/acme/' } }
    expect(judged(status, { detail })).toMatchObject({ failure: 'setup', detail: 'sso' })
    expect(judged(status, { detail: { code: 'other', message: 'x' } }).failure).toBe(
      status === 401 ? 'expired' : 'scope',
    )
  })

  const limits = (remaining: number, concurrent: number, secondsLeft = 4) => ({
    'x-sentry-rate-limit-limit': '40',
    'x-sentry-rate-limit-remaining': String(remaining),
    'x-sentry-rate-limit-reset': String(NOW.getTime() / 1000 + secondsLeft),
    'x-sentry-rate-limit-concurrentlimit': '25',
    'x-sentry-rate-limit-concurrentremaining': String(concurrent),
  })
  const waitOf = (headers: Record<string, string>): number => {
    const { failure, retryAt } = judged(
      429,
      { detail: 'You are attempting to use this endpoint too frequently.' },
      headers,
    )
    expect(failure).toBe('rate_limited')
    return ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000
  }

  test('a 429 without Retry-After waits for the end of the window', () => {
    expect(waitOf(limits(0, 20))).toBe(4)
  })

  test('a window that has ended by our clock, or ends in days, is waited for as long as makes sense', () => {
    expect(waitOf(limits(0, 20, -30))).toBe(1)
    expect(waitOf(limits(0, 20, 86_400))).toBe(3600)
  })

  test('too many at the same time wait a moment only; without any word it is a minute', () => {
    expect(waitOf(limits(17, 0))).toBe(2)
    expect(waitOf({})).toBe(60)
  })

  test('a Retry-After counts where there is one', () => {
    expect(waitOf({ ...limits(0, 20), 'retry-after': '9' })).toBe(9)
  })

  test('nothing that Sentry wrote is in the failure', () => {
    expect(`${judged(403, { detail: 'acme-secret-project' }).message}`).not.toContain('acme')
  })
})

test('the limit is read from its headers, and from nothing less than all of them', () => {
  const headers = {
    'x-sentry-rate-limit-limit': '40',
    'x-sentry-rate-limit-remaining': '39',
    'x-sentry-rate-limit-reset': '1795319899',
  }
  const resetsAt = new Date(1_795_319_899_000)
  expect(sentry.limit?.(new Headers(headers))).toEqual({ limit: 40, remaining: 39, resetsAt })
  expect(sentry.limit?.(new Headers({ ...headers, 'x-sentry-rate-limit-reset': 'soon' }))).toBeNull()
  expect(sentry.limit?.(new Headers({ 'x-sentry-rate-limit-limit': '40' }))).toBeNull()
})

test('each endpoint is counted by itself, whatever it is asked about', () => {
  const paths = [
    '/',
    '/projects/',
    '/issues/',
    '/issues/1/',
    '/issues/1/events/',
    `/issues/1/events/${EVENT}/`,
    '/shortids/API-1/',
  ]
  const budgets = paths.map((path) => sentry.budget?.(path))
  expect(new Set(budgets).size).toBe(paths.length)
  expect(sentry.budget?.('/issues/2/events/')).toBe(sentry.budget?.('/issues/1/events/'))
  expect(sentry.budget?.('/issues/2/events/latest/')).toBe(sentry.budget?.(`/issues/1/events/${EVENT}/`))
})

describe('pages', () => {
  const link = (results: boolean, cursor = '0:100:0') =>
    new Headers({
      link: `<https://us.sentry.io/api/0/x/?&cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", <https://us.sentry.io/api/0/x/?&cursor=${cursor}>; rel="next"; results="${results}"; cursor="${cursor}"`,
    })

  test('the next link is always there: `results` says whether it leads to anything', () => {
    expect(nextCursor(link(true))).toBe('0:100:0')
    expect(nextCursor(link(true, '1780000000000:0:0'))).toBe('1780000000000:0:0')
    expect(nextCursor(link(false))).toBeUndefined()
    expect(nextCursor(new Headers())).toBeUndefined()
  })
})

test.each([
  [[], ''],
  [[5], ''],
  [[0, 0, 0, 0], ''],
  [[2, 2, 9, 14], 'rising'],
  [[14, 9, 2, 2], 'falling'],
  [[4, 5, 5, 4], 'steady'],
  [[0, 1], 'rising'],
])('%j events an hour are called %j', (counts, trend) => {
  expect(trendOf(counts)).toBe(trend)
})

describe('ids', () => {
  test('an event’s id holds in a path and leads back to it', () => {
    expect(readEventId(`6507376925.${EVENT}`)).toEqual({ issue: '6507376925', event: EVENT })
    expect(readEventId('API-12.latest')).toEqual({ issue: 'API-12', event: 'latest' })
  })

  test('a text that is no id is refused, and nothing that could climb out of a path is one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('..', '.', '%2e%2e', '1/2', '1?x=1', '1.2.3', '-1')),
        (text) => {
          const isTaken = (reading: (id: string) => unknown) => {
            try {
              return reading(text) !== undefined
            } catch {
              return false
            }
          }
          expect([isTaken(readIssueId), /^[A-Za-z0-9_-]+$/.test(text)]).not.toEqual([true, false])
          expect([isTaken(readProjectId), /^[a-z0-9][a-z0-9_-]*$/.test(text)]).not.toEqual([true, false])
          expect([isTaken(readEventId), /^[A-Za-z0-9_-]+\.[a-z0-9]+$/.test(text)]).not.toEqual([true, false])
        },
      ),
    )
  })
})

describe('pasted links', () => {
  const kinds = (link: string) =>
    sentry.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [{ kind, id }] : []
    })

  test.each([
    ['https://acme.sentry.io/issues/6507376925/', 'issue', '6507376925'],
    ['https://acme.sentry.io/issues/6507376925/?project=7&query=is%3Aunresolved', 'issue', '6507376925'],
    ['https://acme.sentry.io/issues/6507376925/activity/', 'issue', '6507376925'],
    ['https://acme.sentry.io/issues/6507376925/events/', 'issue', '6507376925'],
    ['https://acme.sentry.io/issues/API-1F/', 'issue', 'API-1F'],
    ['https://acme.sentry.io/organizations/acme/issues/42/', 'issue', '42'],
    ['https://sentry.io/organizations/acme/issues/42/', 'issue', '42'],
    ['https://us.sentry.io/organizations/acme/issues/42', 'issue', '42'],
    ['https://sentry.io/acme/pump-station/issues/1/', 'issue', '1'],
    [`https://acme.sentry.io/issues/42/events/${EVENT}/`, 'event', `42.${EVENT}`],
    [
      'https://sentry.io/organizations/acme/issues/42/events/7CA573C0-F481-4912-AAA9-BDC77D1A7D51/',
      'event',
      `42.${EVENT}`,
    ],
    ['https://acme.sentry.io/issues/API-1F/events/latest/?project=7', 'event', 'API-1F.latest'],
    ['https://acme.sentry.io/projects/api/', 'project', 'api'],
    ['https://acme.sentry.io/insights/projects/api/', 'project', 'api'],
    ['https://sentry.io/organizations/acme/projects/api/?statsPeriod=14d', 'project', 'api'],
  ])('%s is one %s', (link, kind, id) => {
    expect(kinds(link)).toEqual([{ kind, id }])
  })

  test.each([
    'https://sentry.io/',
    'https://sentry.io/issues/42/',
    'https://acme.sentry.io/issues/',
    'https://acme.sentry.io/issues/feedback/',
    'https://acme.sentry.io/projects/',
    'https://acme.sentry.io/projects/new/',
    'https://acme.sentry.io/settings/projects/api/',
    'https://sentry.io/settings/acme/issues/1/',
    'https://sentry.io/api/0/issues/1/',
    'https://docs.sentry.io/issues/42/',
    'https://acme.sentry.io:8443/issues/42/',
    'https://acme.sentry.io.evil.example/issues/42/',
    'https://evilsentry.io/organizations/acme/issues/42/',
    'https://a.b.sentry.io/issues/42/',
    'https://acme.sentry.io/issues/123456789012345678901/',
    'https://acme.sentry.io/issues/%2e%2e/',
    'https://example.com/organizations/acme/issues/42/',
  ])('%s is none of ours', (link) => {
    expect(kinds(link)).toEqual([])
  })

  test('no link leads to an id that cannot be read back', () => {
    const word = fc.constantFrom(
      'acme',
      'organizations',
      'issues',
      'events',
      'projects',
      'latest',
      '7',
      'A-1',
      EVENT,
      '..',
      '%2F',
      '',
    )
    const any = fc
      .tuple(
        fc.constantFrom('https://sentry.io', 'https://acme.sentry.io', 'https://de.sentry.io'),
        fc.array(fc.oneof(word, fc.string({ maxLength: 8 }).map(encodeURIComponent)), { maxLength: 7 }),
      )
      .map(([host, path]) => `${host}/${path.join('/')}`)
    const read: Record<string, (id: string) => unknown> = {
      issue: readIssueId,
      event: readEventId,
      project: readProjectId,
    }
    fc.assert(
      fc.property(any, (link) => {
        const found = kinds(link)
        for (const { kind, id } of found) expect(read[kind]?.(id)).toBeTruthy()
        expect(found.length).toBeLessThan(2)
      }),
    )
  })

  test('what is no id of theirs is none', () => {
    expect([issueId('hello'), projectId('Has Space'), eventIdOf('42', 'zzz')]).toEqual([null, null, null])
  })
})
