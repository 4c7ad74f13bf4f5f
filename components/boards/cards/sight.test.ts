import { expect, test } from 'vitest'
import type { CardView } from '#lib/boards/schema.ts'
import { needsAttention, needsOwnAccount, sightOf } from './sight.ts'

const resource = { provider: 'github', connectionId: 'c', kind: 'file', id: 'x', title: 'retry.ts', url: '' }
const base = { objectId: 'r', provider: 'github', kind: 'file' }
const live: CardView = { ...base, state: 'live', resource, asOf: '2026-11-18T14:02:00Z' }
const locked: CardView = { ...base, state: 'needs_connection', message: 'Connect your GitHub to see this' }
const failure = { kind: 'unexpected', message: 'Plugboard did not answer. Try again.' }

test('until the first answer a card is resolving, then it is what the server says', () => {
  expect(sightOf({ card: undefined, failure: null, isOnline: true })).toEqual({ state: 'resolving' })
  expect(sightOf({ card: live, failure: null, isOnline: true })).toBe(live)
})

test('offline shows one’s own last sight, and nothing where there was none', () => {
  expect(sightOf({ card: live, failure, isOnline: false })).toMatchObject({ state: 'offline', resource })
  expect(sightOf({ card: locked, failure, isOnline: false })).toEqual({ state: 'offline', message: 'Offline' })
})

test('our own server failing leaves what was seen, with a way to try again', () => {
  expect(sightOf({ card: live, failure, isOnline: true })).toMatchObject({ state: 'stale', resource })
  expect(sightOf({ card: undefined, failure, isOnline: true })).toMatchObject({
    state: 'error',
    message: failure.message,
    action: { id: 'retry' },
  })
})

test('a session that ended shows nothing any more', () => {
  const ended = sightOf({ card: live, failure: { kind: 'sign-in-required', message: '' }, isOnline: true })
  expect(ended).toEqual({ state: 'error', message: 'Sign in again to see this' })
})

test('what the viewer can mend is counted apart from what somebody should look at', () => {
  expect([needsOwnAccount('reauth'), needsAttention('reauth')]).toEqual([true, false])
  expect([needsOwnAccount('gone'), needsAttention('gone')]).toEqual([false, true])
  expect([needsOwnAccount('live'), needsAttention('stale')]).toEqual([false, false])
})
