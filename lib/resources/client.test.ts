import { expect, test } from 'vitest'
import { Problem, type ProblemKind } from '#lib/platform/problem.ts'
import { standingOf } from './client.ts'
import type { ReportView } from './schema.ts'

const MINUTE = 60_000
const pending: ReportView = { id: 'r1', state: 'pending' }

/** How it stands after a look `minutes` after it was asked for. */
const after = (minutes: number, { data, kind }: { data?: ReportView; kind?: ProblemKind }) =>
  standingOf(0, {
    data,
    error: kind ? new Problem(kind) : null,
    dataUpdatedAt: data ? minutes * MINUTE : 0,
    errorUpdatedAt: kind ? minutes * MINUTE : 0,
  })

test.each(['provider-unavailable', 'provider-rate-limited', 'too-many-requests', 'unexpected'] as const)(
  'a fault that passes (%s) keeps what was asked for, and it is looked at again',
  (kind) => {
    expect(after(1, { kind })).toBe('pending')
    expect(after(1, { kind, data: pending })).toBe('pending')
  },
)

test.each(['not-found', 'not-connected', 'forbidden', 'sign-in-required', 'provider-refused'] as const)(
  'a refusal (%s) ends the looks, and says nothing of what was asked for',
  (kind) => {
    expect(after(1, { kind, data: pending })).toBe('stopped')
  },
)

test('after ten minutes nobody looks any more by itself, whatever was answered last', () => {
  expect([after(9, { data: pending }), after(9, { kind: 'unexpected' })]).toEqual(['pending', 'pending'])
  expect([after(11, { data: pending }), after(11, { kind: 'unexpected' })]).toEqual(['stopped', 'stopped'])
})

test('what is there or has failed stays so, also when it is looked at later and something goes wrong', () => {
  for (const state of ['ready', 'failed'] as const)
    for (const kind of ['not-found', 'unexpected'] as const)
      expect(after(60, { data: { id: 'r1', state }, kind })).toBe(state)
})

test('before the first look it is on its way', () => {
  expect(standingOf(Date.now(), { data: undefined, error: null, dataUpdatedAt: 0, errorUpdatedAt: 0 })).toBe('pending')
})
