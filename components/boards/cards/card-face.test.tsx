import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CardState } from '#lib/boards/schema.ts'
import { explainCard, showsContent } from '#lib/boards/status.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Reference } from '../outline.ts'
import { CardFace } from './card-face.tsx'
import type { Sight } from './sight.ts'

const asOf = '2026-11-18T14:02:00Z'
const now = Date.parse(asOf)
const person = { id: 'u', name: 'Dana' }
const object: Reference = {
  id: 'r',
  type: 'reference',
  provider: 'github',
  kind: 'file',
  caption: null,
  size: 'M',
  section: null,
  position: 0,
  version: 1,
  addedBy: person,
  updatedBy: person,
  updatedAt: asOf,
}
const resource: ResourceView = {
  provider: 'github',
  connectionId: 'c',
  kind: 'file',
  id: 'x',
  title: 'retry.ts',
  url: 'https://github.com/acme/api/blob/main/src/retry.ts',
  container: 'acme/api',
  updatedAt: asOf,
  body: { path: 'src/retry.ts', ref: 'main', commit: 'a41f09cb52', firstLine: 1, lines: ['export const retries = 3'] },
}

const draw = (sight: Sight, more: Partial<Parameters<typeof CardFace>[0]> = {}): string =>
  renderToStaticMarkup(
    <CardFace object={object} sight={sight} provider="GitHub" now={now} onAction={() => {}} {...more} />,
  )
const words = (markup: string): string =>
  markup
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ')
    .trim()

/** A card as the server says it, in each state. */
function sightIn(state: CardState): Sight {
  const said = explainCard(state, {
    name: 'GitHub',
    kindName: 'file',
    isPersonal: true,
    isDisabled: false,
    mayConnect: true,
    mayManage: false,
    mayShare: false,
    retryAt: new Date('2026-11-18T14:20:00Z'),
    status: 503,
  })
  return { state, ...said, ...(showsContent(state) ? { resource, asOf } : {}) }
}

const lines: Record<CardState, string> = {
  resolving: 'File · added by Dana',
  live: 'File · acme/api live src/retry.ts',
  stale: 'File · acme/api live src/retry.ts',
  limited: 'GitHub asked us to wait until 14:20 UTC',
  offline: 'File · acme/api Offline src/retry.ts',
  needs_connection:
    'File · added by Dana Connect your GitHub to see this Cards show only what your own account can open. Connect GitHub',
  reauth: 'Reconnect your GitHub to see this Cards show only what your own account can open. Reconnect',
  no_access: "You don't have access to this file, or it no longer exists Ask Dana, who added it. Retry",
  gone: 'This file was deleted or moved Remove',
  source_off: 'GitHub is turned off Ask an admin',
  not_shared:
    "This file isn't available on boards An admin can allow it in Integrations → GitHub → Resources. Ask an admin",
  error: "GitHub didn't answer (503) Retry",
}

test.each(CardState.options)('a card that is %s says so, and names the thing only where it may', (state) => {
  const markup = draw(sightIn(state))
  expect(markup).toContain(`data-card="${state}"`)
  expect(words(markup)).toContain(lines[state])
  expect(markup.includes('retry.ts')).toBe(showsContent(state))
  expect(markup.includes('border-dashed')).toBe(!showsContent(state) && state !== 'resolving')
})

test('a card takes the same room whatever its state', () => {
  const room = (markup: string) => /min-h-\d+/.exec(markup)?.[0]
  expect(new Set(CardState.options.map((state) => room(draw(sightIn(state)))))).toEqual(new Set(['min-h-62']))
})

test('content of an hour ago has an amber jack beside its age', () => {
  const old = { now: now + 90 * 60_000 }
  expect(words(draw(sightIn('stale'), old))).toContain('1 h old')
  expect(draw(sightIn('stale'), old)).toContain('data-jack="attention"')
  expect(draw(sightIn('stale'), { now: now + 90_000 })).not.toContain('data-jack="attention"')
})

test('a caption is seen by everybody and called one', () => {
  expect(words(draw(sightIn('needs_connection'), { object: { ...object, caption: 'Read first' } }))).toContain(
    'Caption: Read first',
  )
})

test('how many see such cards is said only where one’s own account is missing', () => {
  const seenBy = '7 of 12 teammates see GitHub cards here.'
  expect(words(draw(sightIn('needs_connection'), { seenBy }))).toContain(seenBy)
  expect(words(draw(sightIn('no_access'), { seenBy }))).not.toContain(seenBy)
})

test('36 a title, a line and an address from elsewhere stay text', () => {
  const hostile: ResourceView = {
    ...resource,
    title: '<script>alert(1)</script>',
    url: 'javascript:alert(1)',
    body: { ...resource.body, path: '<script>alert(2)</script>', lines: ['</pre><script>alert(3)</script>'] },
  }
  const markup = draw({ state: 'live', resource: hostile, asOf })
  expect(markup).not.toContain('<script')
  expect(markup).not.toContain('javascript:')
  expect(markup).toContain('&lt;/pre&gt;&lt;script&gt;alert(3)')
})

const bodies: [string, Record<string, unknown>, string][] = [
  [
    'repository',
    { description: 'Orders', defaultBranch: 'main', language: 'TypeScript', visibility: 'private', state: 'archived' },
    'Orders TypeScript · main · private · archived',
  ],
  [
    'directory',
    {
      path: 'src',
      ref: 'main',
      total: 12,
      entries: [
        { name: 'db', type: 'dir' },
        { name: 'main.ts', type: 'file' },
      ],
    },
    'src (opens in new tab) db / main.ts main · 12 entries',
  ],
  [
    'code_search',
    {
      query: 'retry',
      repository: 'acme/api',
      total: 1,
      hits: [{ path: 'src/retry.ts', repository: 'acme/api', url: 'https://github.com/x', fragment: '' }],
    },
    'acme/api src/retry.ts (opens in new tab) acme/api · 1 result',
  ],
  [
    'issue',
    { state: 'closed', stateReason: 'not_planned', author: 'dana-k', labels: ['a', 'b', 'c', 'd', 'e'], comments: 2 },
    'Closed as not planned · by dana-k a b c d and 1 more 2 comments',
  ],
  [
    'pull_request',
    { state: 'merged', assignees: ['sam-o', 'lee-p'], base: 'main', head: 'fix', additions: 3, deletions: 1 },
    'Merged · assigned to sam-o and lee-p fix → main · +3 −1',
  ],
  ['page', {}, 'An excerpt'],
]

test.each(bodies)('a %s shows what one looks for', (kind, body, seen) => {
  const { updatedAt: _, ...rest } = resource
  const shown: ResourceView = { ...rest, kind, body, ...(kind === 'page' ? { excerpt: 'An excerpt' } : {}) }
  expect(words(draw({ state: 'live', resource: shown, asOf }))).toContain(seen)
})

test('a small card keeps to its title and one line', () => {
  const markup = draw(sightIn('live'), { object: { ...object, size: 'S' } })
  expect(markup).not.toContain('<pre')
  expect(words(markup)).toContain('src/retry.ts (opens in new tab) main · a41f09c')
})
