import { expect, test } from 'vitest'
import type { ResourceView } from '#lib/resources/schema.ts'
import { draw, thing, words } from '#tests/support/drawn-card.tsx'
import type { Size } from './parts.tsx'

const run = (body: Record<string, unknown>, more: Partial<ResourceView> = {}) =>
  thing('run', body, { looks: 'run', ...more })

const planned = run({ state: 'planned', isWaiting: true, author: 'ines-b', added: 2, changed: 1, destroyed: 0 })
const workspace = run(
  { state: 'planned_and_finished', author: 'an API token', locked: true, execution: 'remote', version: '1.13.4' },
  { excerpt: 'Where the lathes run' },
)
const plan = run({
  state: 'finished',
  added: 0,
  changed: 0,
  destroyed: 3,
  imported: 4,
  isDestroy: true,
  isPlanOnly: true,
})

test.each<[string, ResourceView, Record<Size, string>]>([
  [
    'a run',
    planned,
    {
      S: 'Planned, waits to be confirmed · by ines-b + 2 added ~ 1 changed − 0 destroyed',
      M: 'Planned, waits to be confirmed · by ines-b + 2 added ~ 1 changed − 0 destroyed',
      L: 'Planned, waits to be confirmed · by ines-b + 2 added ~ 1 changed − 0 destroyed',
    },
  ],
  [
    'a workspace',
    workspace,
    {
      S: 'Finished, nothing to apply · by an API token locked',
      M: 'Finished, nothing to apply · by an API token Where the lathes run locked',
      L: 'Finished, nothing to apply · by an API token Where the lathes run Runs remote Version 1.13.4 locked',
    },
  ],
  [
    'a plan',
    plan,
    {
      S: 'Finished + 0 added ~ 0 changed − 3 destroyed 4 imported destroys everything · plan only',
      M: 'Finished + 0 added ~ 0 changed − 3 destroyed 4 imported destroys everything · plan only',
      L: 'Finished + 0 added ~ 0 changed − 3 destroyed 4 imported destroys everything · plan only',
    },
  ],
])('%s in its three sizes', (_, resource, said) => {
  for (const size of ['S', 'M', 'L'] as const) expect(words(resource, size)).toBe(said[size])
})

test('how far it is has a shape as well as a word; what is not known yet is left out', () => {
  const shape = (state: string) => /data-jack="(\w+)"/.exec(draw(run({ state }), 'M'))?.[1]
  expect(['applied', 'errored', 'applying', 'pending', 'discarded'].map(shape)).toEqual([
    'check',
    'cross',
    'turn',
    'clock',
    'empty',
  ])
  expect(words(run({ state: 'planning', added: 1 }), 'M')).toBe('Planning')
  expect(words(run({}), 'M')).toBe('')
})

test('a state is a count and nothing else', () => {
  const of = (body: Record<string, unknown>, excerpt?: string) =>
    words(thing('state', body, excerpt === undefined ? {} : { excerpt }), 'L')
  expect([of({ resources: 1204, secret: 'hunter2' }), of({ resources: 1 }), of({}, 'Still counting.')]).toEqual([
    '1,204 resources',
    '1 resource',
    'Still counting.',
  ])
})
