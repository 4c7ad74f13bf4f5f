import { expect, test } from 'vitest'
import type { ResourceView } from '#lib/resources/schema.ts'
import { draw, thing, words } from '#tests/support/drawn-card.tsx'
import { knownLooks } from './bodies.tsx'
import type { Size } from './parts.tsx'

const sizes: readonly Size[] = ['S', 'M', 'L']
const at = '2026-11-18T14:02:00Z'

const channel = thing('channel', {
  topic: 'Deploys and what follows',
  purpose: 'Everything that goes out',
  members: 84,
  visibility: 'private',
  state: 'archived',
})
const message = thing('message', {
  author: 'Priya Nair',
  text: 'A title\nand more of it',
  sentAt: '2020-11-18T12:00:00Z',
  replies: 1204,
  firstReplies: [{ author: 'Sam', text: 'On it', sentAt: at }],
})
const hours = [0, 2, 0, 40]
const error = thing(
  'issue',
  {
    shortId: 'API-12',
    state: 'unresolved',
    substate: 'escalating',
    level: 'error',
    events: 1204,
    users: 1,
    assignees: ['Priya Nair', '#payments'],
    trend: 'rising',
    hours,
  },
  { looks: 'error', excerpt: 'queue/retry.ts in backoff' },
)
const event = thing('event', {
  issue: 'API-12',
  level: 'fatal',
  platform: 'node',
  release: 'api@4.2.0',
  environment: 'production',
  culprit: 'backoff',
  tags: [
    { key: 'environment', value: 'production' },
    { key: 'browser', value: 'Firefox 140' },
  ],
})
const model = thing(
  'model',
  { model: 'acme/large', contextLength: 128_000, inputPrice: '0.15', outputPrice: '0.6', modality: 'text+image->text' },
  { excerpt: 'Reads a lot' },
)
const session = thing(
  'session',
  {
    recording: '6-0193b1f2-1111-7222-8333-444455556666',
    replayUrl: 'https://replays.example/s/1',
    viewedBy: 'Priya Nair',
    viewers: ['Priya Nair', 'Sam', 'Lee', 'Dana', 'Jo'],
    views: 7,
    note: 'It tells no more.',
  },
  { container: 'acme/web' },
)
const project = thing('project', { slug: 'api', platform: 'node', environments: ['production'], teams: ['payments'] })

test.each<[string, ResourceView, Record<Size, string>]>([
  [
    'channel',
    channel,
    {
      S: '84 members · private · archived',
      M: 'Deploys and what follows 84 members · private · archived',
      L: 'Deploys and what follows Everything that goes out 84 members · private · archived',
    },
  ],
  [
    'message',
    message,
    {
      S: 'by Priya Nair · just now 1,204 replies',
      M: 'by Priya Nair · just now A title and more of it 1,204 replies',
      L: 'by Priya Nair · just now A title and more of it Sam On it 1,204 replies',
    },
  ],
  [
    'error',
    error,
    {
      S: 'Error · Unresolved, escalating 1,204 events · 1 user',
      M: 'Error · Unresolved, escalating 1,204 events · 1 user · rising queue/retry.ts in backoff assigned to Priya Nair and #payments API-12',
      L: 'Error · Unresolved, escalating 1,204 events · 1 user · rising queue/retry.ts in backoff assigned to Priya Nair and #payments API-12',
    },
  ],
  [
    'event',
    event,
    {
      S: 'Fatal API-12',
      M: 'Fatal Where backoff Environment production Release api@4.2.0 API-12',
      L: 'Fatal Where backoff Environment production Release api@4.2.0 Platform node Browser Firefox 140 API-12',
    },
  ],
  [
    'model',
    model,
    {
      S: '$0.15 in, $0.60 out per 1M tokens 128K tokens of context',
      M: '128K tokens of context · text and image to text $0.15 in, $0.60 out per 1M tokens Reads a lot acme/large',
      L: '128K tokens of context · text and image to text $0.15 in, $0.60 out per 1M tokens Reads a lot acme/large',
    },
  ],
  [
    'session',
    session,
    {
      S: 'Last viewed by Priya Nair acme/web · 7 views in 30 days',
      M: 'Last viewed by Priya Nair Open the replay (opens in new tab) It tells no more. acme/web · 7 views in 30 days',
      L: 'Also viewed by Sam, Lee, Dana, and 1 more Recording 6-0193b1f2-1111-7222-8333-444455556666 It tells no more.',
    },
  ],
  ['project', project, { S: 'node · api', M: 'Teams payments Environments production node · api', L: 'node · api' }],
])('a %s shows what one looks for, less of it where it is small', (_, resource, seen) => {
  for (const size of sizes) expect(words(resource, size)).toContain(seen[size])
})

test('two providers’ issues are drawn by their looks, not by their kind alone', () => {
  const { looks: _, ...plain } = error
  expect(words(error, 'M')).toContain('1,204 events')
  expect(words(plain, 'M')).not.toContain('events')
})

test('a level is a shape and a word, and no two levels share a shape', () => {
  const levels = ['fatal', 'error', 'warning', 'info', 'debug']
  const shapes = levels.map((level) => {
    const markup = draw(thing('event', { level }), 'M')
    expect(markup.toLowerCase()).toContain(level)
    return /data-jack="(\w+)"/.exec(markup)?.[1]
  })
  expect(new Set(shapes).size).toBe(levels.length)
})

test('the bars of a day can be heard, and are left out where there is nothing to draw', () => {
  expect(draw(error, 'M')).toContain('aria-label="Last 4 hours: 42 events, at most 40 an hour, rising"')
  expect(draw(error, 'S')).not.toContain('<rect')
  for (const counts of [[], [3], [0, 0, 0], ['1', null]])
    expect(draw({ ...error, body: { ...error.body, hours: counts } }, 'L')).not.toContain('<rect')
})

test('somebody who is known by an address alone is called by what stands before the @', () => {
  const author = (name: string) => words(thing('message', { author: name, text: 'x' }), 'M')
  expect(author('dana.kim@acme.test')).toContain('by dana.kim x')
  const markup = [
    draw(thing('message', { author: 'dana@acme.test', firstReplies: [{ author: 'sam@acme.test', sentAt: at }] }), 'L'),
    draw({ ...error, body: { ...error.body, assignees: ['dana@acme.test'] } }, 'L'),
  ].join('')
  expect(markup).not.toContain('@acme')
})

test('a message whose title says it all does not say it twice', () => {
  expect(words(thing('message', { author: 'Sam', text: 'A title' }), 'M')).toBe('by Sam')
})

test('of views that were not all counted no number is said, and nobody is called the last', () => {
  const viewed = { viewedBy: 'Sam', note: 'Others may have.' }
  expect(words(thing('session', viewed, { container: 'acme/web' }), 'M')).toBe(
    'Viewed by Sam Others may have. acme/web',
  )
})

test('a price is told as it is, and not at all where it varies', () => {
  const price = (inputPrice?: string, outputPrice?: string) => words(thing('model', { inputPrice, outputPrice }), 'M')
  expect(price('3', '15')).toBe('$3 in, $15 out per 1M tokens')
  expect(price('0.075')).toBe('$0.075 in per 1M tokens')
  expect(price('0', '0')).toBe('Free')
  expect(price()).toBe('')
  expect(price('-1', 'NaN')).toBe('')
})

const long = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(8)

test.each([...knownLooks])('a %s with nothing in it, or endless words, is still a card', (looks) => {
  for (const size of sizes) {
    const empty = draw(thing('any', {}, { looks }), size)
    expect(empty).not.toMatch(/undefined|null|NaN|\[object/)
    const names = 'topic purpose author text description path culprit release platform model modality'.split(' ')
    const body = Object.fromEntries(names.map((name) => [name, long]))
    const markup = draw(thing('any', body, { looks, excerpt: long }), size)
    // each long text is cut, wrapped or scrolled
    const around = [...markup.matchAll(new RegExp(`<[^<>]*>(?=[^<>]*${long.slice(0, 60)})`, 'g'))].map(([tag]) => tag)
    const isBound = (tag: string) => /^<(?:span|code|dd)\b|truncate|break-words|overflow-auto/.test(tag)
    expect(around.filter((tag) => !isBound(tag))).toEqual([])
  }
})
