// quality 40: what every answer of the product carries, whatever kind of answer it is, and what it does not serve.
import type { APIRequestContext } from '@playwright/test'
import { fill } from './crawl.ts'
import { expect, test } from './house.ts'
import { sandboxUrl } from './support.ts'

type Kind = {
  name: string
  at: string
  status: number
  is: 'page' | 'api' | 'file' | 'redirect'
  accept?: string
  signedOut?: true
}

const kinds: readonly Kind[] = [
  { name: 'a page', at: '/[org]/boards', status: 200, is: 'page' },
  { name: 'a board', at: '/[org]/boards/[board]', status: 200, is: 'page' },
  { name: 'a page that is not there', at: '/[org]/no/such/page', status: 404, is: 'page' },
  { name: 'an organization that is not there', at: '/nobody-is-called-this/boards', status: 404, is: 'page' },
  { name: 'the sign-in page', at: '/login', status: 200, is: 'page', signedOut: true },
  { name: 'the end of a connect', at: '/connect/result/[attempt]', status: 200, is: 'page' },
  { name: 'the mails of the demo', at: '/dev/mail', status: 200, is: 'page' },
  { name: 'a page that wants a session', at: '/[org]/boards', status: 307, is: 'redirect', signedOut: true },
  { name: 'an old address', at: '/integrations', status: 308, is: 'redirect' },
  { name: 'an answer', at: '/api/v1/orgs/[org]/boards', status: 200, is: 'api' },
  { name: 'a problem', at: '/api/v1/orgs/[org]/boards/00000000-0000-4000-8000-000000000000', status: 404, is: 'api' },
  { name: 'no session', at: '/api/v1/me', status: 401, is: 'api', signedOut: true },
  { name: 'an address that is none', at: '/api/none', status: 404, is: 'api' },
  {
    name: 'answers line by line',
    at: '/api/v1/orgs/[org]/search?q=checkout',
    status: 200,
    is: 'api',
    accept: 'application/x-ndjson',
  },
  { name: 'an export', at: '/api/v1/orgs/[org]/audit-events.csv', status: 200, is: 'api' },
  { name: 'the description', at: '/api/openapi.json', status: 200, is: 'file' },
  { name: 'whether it is ready', at: '/api/health/ready', status: 200, is: 'file', signedOut: true },
  { name: 'an icon', at: '/providers/github.svg', status: 200, is: 'file', signedOut: true },
]

const BLOCKS_FRAMES = /frame-ancestors 'none'/

async function judge(request: APIRequestContext, kind: Kind, values: Readonly<Record<string, string>>) {
  const asks = kind.accept ? { headers: { accept: kind.accept } } : {}
  const response = await request.get(fill(kind.at, values), { ...asks, maxRedirects: 0 })
  const has = response.headers()
  expect.soft(response.status(), kind.name).toBe(kind.status)
  expect.soft(has['x-content-type-options'], kind.name).toBe('nosniff')
  expect.soft([has['x-powered-by'], has.server], `${kind.name} says what serves it`).toEqual([undefined, undefined])
  const policy = has['content-security-policy'] ?? ''
  if (kind.is === 'page') {
    expect.soft(policy, kind.name).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'(;|$)/)
    expect.soft(policy, kind.name).toMatch(/object-src 'none'; base-uri 'none'/)
    expect.soft(policy, kind.name).not.toContain('unsafe')
    expect.soft(policy, kind.name).toMatch(BLOCKS_FRAMES)
    expect.soft(has['cross-origin-opener-policy'], kind.name).toBe('same-origin')
    expect.soft(has['permissions-policy'], kind.name).toContain('camera=()')
    expect.soft(has['referrer-policy'], kind.name).toMatch(/^(same-origin|no-referrer)$/)
    expect.soft(has['cache-control'], kind.name).toMatch(/no-store|no-cache|private/)
  }
  if (kind.is === 'api') expect.soft(has['cache-control'], kind.name).toContain('no-store')
  if (kind.at.startsWith('/api/')) {
    expect.soft(policy, kind.name).toContain("default-src 'none'")
    expect.soft(policy, kind.name).toMatch(BLOCKS_FRAMES)
  }
}

test('40: every kind of answer has the headers that keep a browser from guessing, framing and telling on', async ({
  visit,
  house,
}) => {
  const [member, nobody] = [await visit('member'), await visit('nobody')]
  for (const kind of kinds) await judge(kind.signedOut ? nobody.request : member.request, kind, house.values)
})

test('40: no source map is served, and no script or style names one', async ({ visit, house }) => {
  const { request } = await visit('member')
  const files = new Set<string>()
  for (const at of [
    '/[org]/boards/[board]',
    '/[org]/settings/integrations',
    '/[org]/settings/integrations/[provider]',
    '/login',
  ])
    for (const [, file] of (await (await request.get(fill(at, house.values))).text()).matchAll(
      /"(\/_next\/static\/[^"\\]+\.(?:js|css))/g,
    ))
      if (file) files.add(file)
  expect(files.size).toBeGreaterThan(5)
  for (const file of files) {
    const response = await request.get(file)
    expect.soft(response.status(), file).toBe(200)
    expect.soft(response.headers()['x-content-type-options'], file).toBe('nosniff')
    expect.soft(await response.text(), file).not.toContain('sourceMappingURL=')
    expect.soft((await request.get(`${file}.map`)).status(), `${file}.map`).toBe(404)
  }
})

test('40: what a page lets its forms go to is itself and where consent is given, nothing more', async ({
  visit,
  house,
}) => {
  const { request } = await visit('member')
  const policy = (await request.get(fill('/[org]/boards', house.values))).headers()['content-security-policy'] ?? ''
  const [, actions = ''] = /form-action ([^;]*)/.exec(policy) ?? []
  expect(actions.split(' ').filter((one) => one !== "'self'" && one !== sandboxUrl)).toEqual([])
})
