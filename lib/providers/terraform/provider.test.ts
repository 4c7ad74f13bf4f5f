import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { EUROPE } from './hosts.ts'
import { namedId, readRunId, switchedState, workspacePath } from './ids.ts'
import { terraform } from './provider.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const judged = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  judge(terraform, { status, headers: new Headers(headers), body: JSON.stringify(body) })

describe('answers that are failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [401, { errors: [{ status: '401', title: 'unauthorized' }] }, 'expired'],
    [404, { errors: [{ status: '404', title: 'not found' }] }, 'setup'],
    [422, { errors: [{ status: '422', title: 'unprocessable entity' }] }, 'unavailable'],
    [503, {}, 'unavailable'],
  ])('%d %j is %s', (status, body, failure) => {
    expect(judged(status, body).failure).toBe(failure)
  })

  const waitOf = (headers: Record<string, string>): number => {
    const { failure, retryAt } = judged(429, { errors: [{ status: 429, title: 'Too many requests' }] }, headers)
    expect(failure).toBe('rate_limited')
    return ((retryAt?.getTime() ?? 0) - NOW.getTime()) / 1000
  }

  test.each([
    [{ 'x-ratelimit-reset': '42.5' }, 42.5],
    [{ 'x-ratelimit-reset': '0.204' }, 1],
    [{ 'x-ratelimit-reset': '90000' }, 3600],
    [{ 'x-ratelimit-reset': 'soon' }, 60],
    [{ 'x-ratelimit-reset': '' }, 60],
    [{}, 60],
    [{ 'x-ratelimit-reset': '5', 'retry-after': '9' }, 9],
  ])('after a 429 with %j one waits %d seconds: the header is a length, no time of day', (headers, seconds) => {
    expect(waitOf(Object.fromEntries(Object.entries(headers)))).toBe(seconds)
  })
})

test('lists of runs have a budget of their own, and nothing else has', () => {
  const of = (path: string) => terraform.budget?.(path)
  expect(of('/workspaces/ws-1/runs')).toBe(of('/organizations/acme/runs'))
  for (const path of ['/runs/run-1', '/organizations/acme/workspaces', '/workspaces/ws-1', '/account/details'])
    expect(of(path)).not.toBe(of('/workspaces/ws-1/runs'))
})

describe('ids', () => {
  const acme = { organization: 'acme' }
  test('a link’s names lead to that workspace in the connection’s organization, and to no other', () => {
    const id = namedId('', 'Acme', 'cluster-production') ?? ''
    expect(workspacePath(id, acme)).toBe('/organizations/Acme/workspaces/cluster-production')
    const others: readonly Config[] = [{ organization: 'globex' }, {}, { ...acme, baseUrl: EUROPE }]
    for (const config of others) expect(() => workspacePath(id, config)).toThrow('not_found')
    const european = namedId('eu', 'acme', 'cluster') ?? ''
    expect(workspacePath(european, { ...acme, baseUrl: EUROPE })).toBe('/organizations/acme/workspaces/cluster')
    const enterprise = { ...acme, baseUrl: 'https://tfe.acme.example' }
    const own = namedId('own', 'acme', 'cluster') ?? ''
    expect(workspacePath(own, enterprise)).toBe('/organizations/acme/workspaces/cluster')
    const strange = [
      [european, acme],
      [european, enterprise],
      [id, enterprise],
      [own, acme],
      [own, { ...acme, baseUrl: EUROPE }],
    ] as const // as const: pairs
    for (const [of, config] of strange) expect(() => workspacePath(of, config)).toThrow('not_found')
  })

  test('a state’s switch is told from its workspace', () => {
    expect([switchedState('ws-1.state'), switchedState('ws-1')]).toEqual(['ws-1', null])
  })

  test('a text that is no id is refused, and nothing that could climb out of a path is one', () => {
    const odd = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      'ws-1/2',
      'ws-',
      'ws-1?x=1',
      '~acme~a/b',
      '~acme~..',
      '~acme~a~b',
      'run-1',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), odd), (text) => {
        const taken = (reading: (id: string) => string): string | null => {
          try {
            return reading(text)
          } catch {
            return null
          }
        }
        expect(taken((id) => workspacePath(id, acme)) ?? '/ok').toMatch(/^(?:\/[A-Za-z0-9_-]+)+$/)
        expect(taken(readRunId) ?? 'run-1').toMatch(/^run-[A-Za-z0-9]+$/)
      }),
    )
  })
})

describe('pasted links', () => {
  const kinds = (link: string) =>
    terraform.readers.flatMap(({ kind, match }) => {
      const id = match?.(new URL(link))
      return id ? [{ kind, id }] : []
    })
  const at = 'https://app.terraform.io/app/acme'

  test.each([
    [`${at}/workspaces/cluster-production`, 'workspace', '~acme~cluster-production'],
    [`${at}/workspaces/cluster-production/`, 'workspace', '~acme~cluster-production'],
    [`${at}/workspaces/cluster-production/runs`, 'workspace', '~acme~cluster-production'],
    [`${at}/workspaces/cluster-production/variables?x=1`, 'workspace', '~acme~cluster-production'],
    [`${at}/workspaces/cluster-production/settings/general`, 'workspace', '~acme~cluster-production'],
    ['https://app.eu.terraform.io/app/acme/workspaces/a_b', 'workspace', 'eu~acme~a_b'],
    [`${at}/workspaces/cluster-production/runs/run-CZcmD7eagjhyX0vN`, 'run', 'run-CZcmD7eagjhyX0vN'],
    [`${at}/cluster-production/runs/run-CZcmD7eagjhyX0vN`, 'run', 'run-CZcmD7eagjhyX0vN'],
    ['https://app.eu.terraform.io/app/acme/workspaces/a/runs/run-1', 'run', 'run-1'],
    [`${at}/workspaces/cluster-production/states`, 'state', '~acme~cluster-production'],
  ])('%s is one %s', (link, kind, id) => {
    expect(kinds(link)).toEqual([{ kind, id }])
  })

  test.each([
    'https://app.terraform.io/',
    'https://app.terraform.io/app/acme',
    `${at}/workspaces`,
    `${at}/workspaces/new`,
    `${at}/settings/authentication-tokens`,
    `${at}/workspaces/cluster/runs/ru-1`,
    `${at}/workspaces/cluster/states/sv-g4rqST72reoHMM5a`,
    'https://app.terraform.io/api/v2/workspaces/ws-1',
    'https://app.terraform.io/app/ac%20me/workspaces/a',
    'https://app.terraform.io:8443/app/acme/workspaces/a',
    'https://app.terraform.io.evil.example/app/acme/workspaces/a',
    'http://app.terraform.io/app/acme/workspaces/a',
    'https://archivist.terraform.io/v1/object/abc',
    'https://registry.terraform.io/app/acme/workspaces/a',
  ])('%s is none of ours', (link) => {
    expect(kinds(link)).toEqual([])
  })

  test('no link leads to an id that cannot be read back', () => {
    const word = fc.constantFrom('acme', 'workspaces', 'runs', 'states', 'run-1', 'ws-1', 'new', '..', '%2F', '~', '')
    const any = fc
      .tuple(fc.constantFrom('https://app.terraform.io/app', EUROPE), fc.array(word, { maxLength: 7 }))
      .map(([host, path]) => `${host}/${path.join('/')}`)
    fc.assert(
      fc.property(any, (link) => {
        const found = kinds(link)
        expect(found.length).toBeLessThan(2)
        const baseUrl = link.startsWith(EUROPE) ? EUROPE : ''
        for (const { kind, id } of found) {
          const organization = id.split('~')[1] ?? ''
          const path = kind === 'run' ? `/runs/${readRunId(id)}` : workspacePath(id, { organization, baseUrl })
          expect(path).toMatch(/^\/(?:runs|organizations)\/[\w/-]+$/)
        }
      }),
    )
  })
})
