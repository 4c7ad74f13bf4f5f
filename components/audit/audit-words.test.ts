import { expect, test } from 'vitest'
import { AuditAction, type AuditEventView } from '#lib/audit/schema.ts'
import { actionGroups, differences, whatHappened } from './audit-words.ts'

const event: AuditEventView = {
  id: '0197a4d2-0000-7000-8000-000000000001',
  sequence: 1,
  at: '2026-11-01T10:00:00.000Z',
  actor: { kind: 'user', id: null, name: 'Dana' },
  action: 'connector.enabled',
  subject: { kind: 'connector', id: 'slack', name: 'Slack' },
  provider: 'slack',
  result: 'ok',
  before: null,
  after: null,
  ip: null,
  requestId: null,
}
const toolName = () => 'Slack'

test('T-AUD-1: an event reads as who did what to which tool', () => {
  expect(whatHappened(event, toolName)).toBe('enabled Slack')
  expect(
    whatHappened({ ...event, action: 'role.changed', subject: { kind: 'user', id: 'u', name: 'Sam' } }, toolName),
  ).toBe('changed the role of Sam')
  const told = (action: string, name: string) =>
    whatHappened({ ...event, action, subject: { kind: 'connection', id: 'c', name } }, toolName)
  expect(told('connection.created', 'slack for the organization acme')).toBe(
    'connected Slack for the organization acme',
  )
  expect(told('connection.forced', 'slack account')).toBe('disconnected Slack account by force')
  expect(told('connection.created', 'slackers')).toBe('connected Slack (slackers)')
  expect(whatHappened({ ...event, action: 'from.the.past' }, toolName)).toBe('from.the.past')
})

test('every action is in exactly one group of the choice', () => {
  const all = actionGroups().flatMap(([, actions]) => actions)
  expect(all.toSorted()).toEqual(AuditAction.options.toSorted())
  expect(actionGroups().map(([name]) => name)).not.toContain('Others')
})

test('before and after are told field by field', () => {
  expect(differences({ before: { role: 'admin', kept: 1 }, after: { role: 'reviewer', kept: 1 } })).toEqual([
    'role: admin → reviewer',
    'kept: 1',
  ])
  expect(differences({ before: { name: 'Old' }, after: null })).toEqual(['name was Old'])
  expect(differences({ before: null, after: { scopes: ['a', 'b'], none: null } })).toEqual([
    'scopes: a, b',
    'none: nothing',
  ])
})
