import { expect, test } from 'vitest'
import type { SourceAnswer } from './schema.ts'
import { explainStanding, explainTrouble, type Trouble } from './status.ts'

const trouble = (what: Trouble['what'], more: Partial<Trouble> = {}): Trouble => ({
  what,
  status: null,
  retryAt: null,
  ...more,
})

test.each<[Trouble, SourceAnswer['state'], string | null]>([
  [
    trouble('limited', { retryAt: new Date('2026-11-21T14:20:31Z') }),
    'limited',
    'GitHub asked us to wait until 14:20 UTC',
  ],
  [trouble('limited'), 'limited', 'GitHub asked us to wait'],
  [trouble('unavailable', { status: 503 }), 'unavailable', "GitHub didn't answer (503)"],
  [trouble('unavailable'), 'unavailable', "GitHub didn't answer"],
  [trouble('refused'), 'reauth', 'Reconnect your GitHub'],
  [trouble('no_connection'), 'needs_connection', 'Connect your GitHub account'],
  [trouble('forbidden'), 'ok', null],
  [trouble('missing'), 'ok', null],
])('a source in trouble says so in its own group: %j', (what, state, message) => {
  const { retryAt } = what
  const until = retryAt ? { retryAt: retryAt.toISOString() } : {}
  expect(explainTrouble(what, 'GitHub', true)).toEqual({ state, message, ...until })
})

test('what can be set up is said with what helps, where nothing was found for lack of it', () => {
  const remedy = 'Tick it there.'
  expect(explainTrouble(trouble('forbidden'), 'Intercom', false, remedy)).toEqual({ state: 'off', message: remedy })
})

test('a source without a connection says whose move it is', () => {
  expect(explainStanding('ready', 'Slack', false)).toBeNull()
  expect(explainStanding('off', 'Slack', false)).toEqual({ state: 'off', message: 'Slack is not connected here' })
  expect(explainStanding('reauth', 'Slack', false)).toEqual({
    state: 'reauth',
    message: 'Slack has to be connected again',
  })
})
