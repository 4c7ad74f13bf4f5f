import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Status } from './schema.ts'
import {
  audienceOf,
  badgeOf,
  badgeText,
  type Event,
  type Facts,
  filterGroups,
  nextStatus,
  type StoredStatus,
  statusNames,
} from './status.ts'

const events: Event[] = [
  'probe_ok',
  'probe_forbidden',
  'token_refused',
  'refresh_refused',
  'revoked_at_provider',
  'scopes_grew',
  'failures_reached',
  'setup_missing',
  'call_ok',
  'disconnect_started',
  'disconnected',
  'forced',
]
const facts = (stored: StoredStatus | null, more: Partial<Facts> = {}): Facts => ({
  availability: 'available',
  isEnabled: true,
  stored,
  isAttempting: false,
  health: null,
  ...more,
})

test('T-ST-1: after any sequence of events a slot has exactly one badge of the thirteen, and connected only after a probe newer than the credential', () => {
  const step = fc.record({
    event: fc.constantFrom(...events),
    isPastExpiry: fc.boolean(),
    isAttempting: fc.boolean(),
    isEnabled: fc.boolean(),
    isSettled: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let status: StoredStatus = 'disconnected'
      let probedSinceCredential = false
      const settle = () => {
        // a grant is kept only after it was probed (settle.ts)
        status = 'connected'
        probedSinceCredential = true
      }
      for (const { event, isPastExpiry, isAttempting, isEnabled, isSettled } of steps) {
        const before: StoredStatus = status
        if (isSettled) settle()
        else status = nextStatus(before, event, isPastExpiry)
        if (event === 'probe_ok' && status === 'connected' && before !== 'disconnected') probedSinceCredential = true
        if (status === 'disconnected') probedSinceCredential = false
        const badge = badgeOf(facts(status, { isAttempting, isEnabled }))
        expect(Status.safeParse(badge.status).success).toBe(true)
        expect(status !== 'connected' || probedSinceCredential).toBe(true)
        expect(badge.status !== 'connected' || status === 'connected').toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('a token that is refused past its end reads expired, before it needs re-auth', () => {
  expect(nextStatus('connected', 'refresh_refused', true)).toBe('expired')
  expect(nextStatus('connected', 'refresh_refused', false)).toBe('needs_reauth')
  expect(nextStatus('connected', 'revoked_at_provider', true)).toBe('needs_reauth')
})

test('an error ends with the next success, a broken credential only with a probe', () => {
  expect(nextStatus('error', 'call_ok')).toBe('connected')
  expect(nextStatus('needs_reauth', 'call_ok')).toBe('needs_reauth')
  expect(nextStatus('needs_reauth', 'probe_ok')).toBe('connected')
})

test('a connection that is disconnected, or about to be, is not revived by anything but a new grant', () => {
  for (const event of events) {
    expect(['disconnecting', 'disconnected']).toContain(nextStatus('disconnecting', event))
    expect(nextStatus('disconnected', event)).toBe('disconnected')
  }
})

test('the badge is the first that matches: disabled, not available, setup, waiting, then the connection', () => {
  expect(badgeOf(facts('connected', { isEnabled: false }))).toEqual({ status: 'disabled', signal: 'gray' })
  expect(badgeOf(facts(null, { availability: 'not_set_up' }))).toEqual({ status: 'not_available', signal: 'gray' })
  expect(badgeOf(facts('expired', { isAttempting: true }))).toEqual({ status: 'connecting', signal: 'blue' })
  expect(badgeOf(facts('connected', { health: 'scopes_missing' }))).toEqual({ status: 'connected', signal: 'amber' })
  expect(badgeOf(facts('connected'))).toEqual({ status: 'connected', signal: 'green' })
  expect(badgeOf(facts('connected', { health: 'plan_limited' }))).toEqual({ status: 'connected', signal: 'green' })
  expect(badgeOf(facts('error'))).toEqual({ status: 'error', signal: 'red' })
  expect(badgeOf(facts(null))).toEqual({ status: 'not_configured', signal: 'gray' })
})

test('every status has its words, and red is for errors only', () => {
  expect(Object.keys(statusNames).sort()).toEqual([...Status.options].sort())
  expect(badgeText('connecting', 'GitHub')).toBe('Waiting for GitHub')
  const stored: StoredStatus[] = [
    'connected',
    'expired',
    'needs_reauth',
    'error',
    'no_access',
    'setup_required',
    'disconnecting',
    'disconnected',
  ]
  expect(stored.filter((status) => badgeOf(facts(status)).signal === 'red')).toEqual(['error'])
})

test('the filter groups: what needs attention is amber or red, what is invalid is expired or needs re-auth', () => {
  expect(filterGroups.attention.has('connected', 'amber')).toBe(true)
  expect(filterGroups.attention.has('connected', 'green')).toBe(false)
  expect(filterGroups.invalid.has('expired')).toBe(true)
  expect(filterGroups.unconfigured.has('disconnected')).toBe(true)
})

test('whom a slot is for: its member, everyone, or owners and admins where access is verified and opens nothing', () => {
  const oauth = { id: 'oauth2', type: 'oauth2' as const, noun: 'token' }
  const shared = { slot: 'organization' as const, methods: [oauth], connection: null }
  expect(audienceOf({ ...shared, slot: 'user' }, 'Acme')).toBe('Only you')
  expect(audienceOf(shared, 'Acme')).toBe('Shared with everyone in Acme')
  const verified = { ...shared, methods: [{ ...oauth, type: 'verified' as const }] }
  expect(audienceOf(verified, 'Acme')).toBe('For owners and admins of Acme')
  expect(audienceOf({ ...shared, connection: { method: 'verified' } }, 'Acme')).toBe('For owners and admins of Acme')
})
