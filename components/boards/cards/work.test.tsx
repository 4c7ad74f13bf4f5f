import { expect, test } from 'vitest'
import type { ResourceView } from '#lib/resources/schema.ts'
import { draw, thing, words } from '#tests/support/drawn-card.tsx'
import type { Size } from './parts.tsx'

const of = (looks: string, body: Record<string, unknown>, more: Partial<ResourceView> = {}): ResourceView =>
  thing(looks, body, { looks, ...more })

const ticket = of(
  'ticket',
  {
    state: 'In review',
    category: 'indeterminate',
    type: 'Bug',
    priority: 'High',
    assignees: ['Ines Brandt'],
    sprint: 'Lathe 12',
    points: 5,
  },
  { excerpt: 'It stops dead' },
)

test.each<[string, ResourceView, Record<Size, string>]>([
  [
    'an issue that is planned',
    ticket,
    {
      S: 'In review · assigned to Ines Brandt Bug · High · Lathe 12',
      M: 'In review · assigned to Ines Brandt Sprint Lathe 12 Points 5 It stops dead Bug · High',
      L: 'In review · assigned to Ines Brandt Sprint Lathe 12 Points 5 It stops dead Bug · High',
    },
  ],
  [
    'a list of a query',
    of('found', {
      total: 1204,
      hits: [{ title: 'LTH-7 The spindle', url: 'https://lathe.atlassian.net/browse/LTH-7', detail: 'Done' }],
    }),
    {
      S: '1,204 results',
      M: 'LTH-7 The spindle (opens in new tab) Done 1,204 results',
      L: 'LTH-7 The spindle (opens in new tab) Done 1,204 results',
    },
  ],
  [
    'a query that is refused',
    of('found', { refused: "Field 'sprnt' does not exist", hits: [] }),
    {
      S: "Field 'sprnt' does not exist",
      M: "Field 'sprnt' does not exist",
      L: "Field 'sprnt' does not exist",
    },
  ],
  [
    'a page',
    of('page', { editor: 'jon@lathe.example' }, { excerpt: 'Wet it.', container: 'Works' }),
    { S: 'edited by jon', M: 'Wet it. edited by jon', L: 'Wet it. edited by jon' },
  ],
  [
    'a sprint',
    of('sprint', {
      state: 'active',
      goal: 'A quiet spindle',
      startsAt: '2026-11-09T08:00:00Z',
      endsAt: '2026-11-23T08:00:00Z',
    }),
    {
      S: 'Under way · 9 Nov – 23 Nov',
      M: 'Under way · 9 Nov – 23 Nov A quiet spindle',
      L: 'Under way · 9 Nov – 23 Nov A quiet spindle',
    },
  ],
  ['a board', of('board', { type: 'Scrum', key: 'LTH' }), { S: 'Scrum · LTH', M: 'Scrum · LTH', L: 'Scrum · LTH' }],
  [
    'a space',
    of('space', { key: 'WORKS', type: 'Space', description: 'How we turn things.' }),
    { S: 'Space · WORKS', M: 'How we turn things. Space · WORKS', L: 'How we turn things. Space · WORKS' },
  ],
])('%s in its three sizes', (_, resource, said) => {
  for (const size of ['S', 'M', 'L'] as const) expect(words(resource, size)).toBe(said[size])
})

test('an issue that nobody has says so, and one without points says nothing of them', () => {
  expect(words(of('ticket', { state: 'To do', category: 'new', assignees: [] }), 'M')).toBe(
    'To do · assigned to nobody',
  )
})

test('an address that would run is no link', () => {
  expect(draw(of('found', { hits: [{ title: 'x', url: 'javascript:alert(1)' }] }), 'M')).not.toContain('href')
})
