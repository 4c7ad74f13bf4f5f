import { expect, test } from 'vitest'
import type { AttemptView } from '#lib/attempts/schema.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import { connectionView, providerView, slotView } from '#tests/support/provider-view.ts'
import { endingOf } from './attempt-ending.ts'
import type { Attempt } from './attempts.ts'
import { adminsOnly } from './place.ts'
import { whatIsGiven, whoSees } from './slot-words.ts'
import { identityOf, standingOf } from './standing.ts'

const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
const attempt: Attempt = { id, org: 'acme', provider: 'github', name: 'GitHub', slot: 'user', startedAt: 0 }
const beneath = { status: 'expired', signal: 'amber', reasonCode: null, reason: null, nextAction: null } as const // as const: unions
const listed = {
  id,
  startedBy: 'Dana Kim',
  startedAt: '2026-11-20T08:00:00.000Z',
  expiresAt: '2026-11-20T08:10:00.000Z',
}

test('a tab knows of its own attempt before the statuses are asked again', () => {
  expect(standingOf(slotView({ status: 'not_configured' }), attempt).status).toBe('connecting')
  expect(standingOf(slotView({ status: 'not_configured' }), undefined).status).toBe('not_configured')
})

test.each([
  ['timed out', { isTimedOut: true }],
  ['ended', { ending: { tone: 'info', text: 'Cancelled.', next: 'connect' } }],
] as const)('an attempt that %s shows the badge beneath it, though the server still lists it', (_, change) => {
  const slot = slotView({ status: 'connecting', signal: 'blue', beneath, attempt: listed })
  expect(standingOf(slot, { ...attempt, ...change }).status).toBe('expired')
  expect(standingOf(slot, attempt).status).toBe('connecting')
})

test('an attempt of another tab is drawn as the server tells it', () => {
  const slot = slotView({ status: 'connecting', signal: 'blue', beneath, attempt: { ...listed, id: null } })
  expect(standingOf(slot, undefined).status).toBe('connecting')
})

test('a row says whose account it is and for whom', () => {
  const coverage = { connected: 7, members: 12 }
  expect(identityOf(slotView(), 'Acme', coverage)).toBe('You @dana-k · 7 of 12 members connected')
  expect(
    identityOf(slotView({ connection: null, status: 'not_configured' }), 'Acme', { connected: 0, members: 1 }),
  ).toBe('Only you')
  expect(identityOf(slotView({ status: 'disconnected' }), 'Acme')).toBe('Only you · was @dana-k')
  expect(identityOf(slotView({ slot: 'organization' }), 'Acme')).toBe('@dana-k · shared with everyone in Acme')
})

const view = (change: Partial<AttemptView>): AttemptView => ({
  id,
  provider: 'github',
  slot: 'user',
  status: 'succeeded',
  expiresAt: '2026-11-20T08:10:00.000Z',
  ...change,
})

test('how an attempt came out, in words; one under way has no ending', () => {
  const problem = {
    kind: 'exchange_refused',
    detail: 'GitHub refused the code exchange.',
    code: 'bad_verification_code',
  }
  expect(endingOf(view({}), 'GitHub', providerView())).toEqual({
    tone: 'ok',
    text: 'GitHub connected as @dana-k.',
    next: null,
  })
  expect(endingOf(view({}), 'GitHub', null)?.text).toBe('GitHub connected.')
  expect(endingOf(view({ status: 'denied' }), 'GitHub', null)?.text).toBe('You cancelled at GitHub. Nothing changed.')
  expect(endingOf(view({ status: 'failed', problem }), 'GitHub', null)).toMatchObject({
    tone: 'error',
    code: 'exchange_refused bad_verification_code',
  })
  for (const status of ['none', 'opened', 'returned', 'choosing', 'mismatch'] as const)
    expect(endingOf(view({ status }), 'GitHub', null)).toBeNull()
})

test('a connect that lacks a permission is no plain success: it names the permission and offers to grant it', () => {
  const connection = connectionView({ scopes: { requested: ['a'], granted: [], missing: ['user:email'], extra: [] } })
  const slots = [slotView({ connection, reason: '1 permission missing: user:email' })]
  expect(endingOf(view({}), 'GitHub', providerView({ slots }))).toEqual({
    tone: 'warn',
    text: 'GitHub connected as @dana-k. 1 permission missing: user:email.',
    next: 'grant',
  })
})

test('a connect without the one permission that all needs says what that means, and offers to grant it', () => {
  const connection = connectionView({ scopes: { requested: ['a'], granted: [], missing: ['a'], extra: [] } })
  const reason = "Google Drive wasn't allowed, so no document can be opened"
  const slots = [slotView({ connection, status: 'needs_reauth', reasonCode: 'scopes_required', reason })]
  expect(endingOf(view({}), 'Google Docs', providerView({ slots }))).toEqual({
    tone: 'warn',
    text: "Google Drive wasn't allowed, so no document can be opened.",
    next: 'grant',
  })
})

test('who may not is told who can', () => {
  expect(adminsOnly('disconnect Slack', ['Priya', 'Sam'])).toBe('Only admins can disconnect Slack. Ask Priya or Sam.')
  expect(adminsOnly('disconnect Slack', [])).toBe('Only admins can disconnect Slack. Ask one of them.')
})

test('who sees what comes through, in one sentence', () => {
  expect(whoSees(providerView(), 'Acme')).toBe('Each person sees only what their own GitHub account can open.')
  const slack = providerView({ name: 'Slack', slots: [slotView({ slot: 'organization' })] })
  expect(whoSees(slack, 'Acme')).toBe(
    'Everyone in Acme can see what this connection (made by Dana Kim) can read, within the resources allowed on boards.',
  )
  const notion = { ...slack, name: 'Notion', sharing: { kind: 'database', none: 'None.', chosen: 'pages' } }
  expect(whoSees(notion, 'Acme')).toBe(
    'Everyone in Acme can see what this connection (made by Dana Kim) can read, within the resources allowed on boards. It reads the pages that Dana Kim chose in Notion.',
  )
  const zoom = { ...slack, name: 'Zoom', sharing: { kind: 'meeting', none: 'None.', own: 'meetings' } }
  expect(whoSees(zoom, 'Acme')).toContain('boards. It reads Dana Kim’s meetings.')
})

test('what somebody gives of their own is said before they connect, where it is anything', () => {
  const sharing = { kind: 'meeting', none: 'None.', own: 'meetings' }
  expect(whatIsGiven(providerView({ sharing }), 'Acme')).toBe(
    'Everyone in Acme will see the meetings of the person who connects.',
  )
  expect(whatIsGiven(providerView(), 'Acme')).toBeNull()
})

test('an account is named with its plan, where plans differ and it was read', () => {
  const named = (plan: ConnectionView['plan']) =>
    identityOf(slotView({ slot: 'organization', connection: connectionView({ plan }) }), 'Acme')
  const known = { label: 'Basic (free)', problem: null, capabilities: [], warnings: [] }
  expect(named(known)).toBe('@dana-k · Basic (free) plan')
  for (const unknown of [undefined, null, { ...known, label: null }])
    expect(named(unknown)).toBe('@dana-k · shared with everyone in Acme')
})
