import { expect, test } from 'vitest'
import { badgeName, jackOf, statusJack } from './badge-name.ts'

test('a badge that needs attention says its reason in one sentence', () => {
  expect(badgeName('connected', 'amber', 'Connected', 'Sync 3 h late')).toBe(
    'Status: Connected, needs attention: sync 3 hours late',
  )
})

test('a badge without a reason says its words only', () => {
  expect(badgeName('not_configured', 'gray', 'Not configured')).toBe('Status: Not configured')
})

test('another status goes on with its reason; a name keeps its capitals', () => {
  expect(badgeName('expired', 'amber', 'Expired', 'Connection invalid: expired 2 days ago')).toBe(
    'Status: Expired, connection invalid: expired 2 days ago',
  )
  expect(badgeName('error', 'red', 'Error', 'HCP returned 503')).toBe('Status: Error, HCP returned 503')
})

test('one of a unit stays singular', () => {
  expect(badgeName('connected', 'amber', 'Connected', 'Sync 1 h late')).toContain('1 hour late')
})

test('a connection that works has another socket when it needs attention', () => {
  expect(jackOf('connected', 'green')).toBe('check')
  expect(jackOf('connected', 'amber')).toBe('attention')
})

test('only the three that pass by themselves share a socket', () => {
  const passing = ['connecting', 'verifying', 'disconnecting']
  const standing = Object.entries(statusJack).filter(([status]) => !passing.includes(status))
  expect(new Set(standing.map(([, jack]) => jack)).size).toBe(standing.length)
})
