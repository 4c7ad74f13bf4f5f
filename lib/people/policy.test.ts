import { expect, test } from 'vitest'
import { accountShown, reasonShown, seesEverybody } from './policy.ts'

test('owners and admins see everybody, all others themselves', () => {
  const roles = ['owner', 'admin', 'member', 'reviewer', 'guest'] as const // as const: names of roles
  expect(roles.filter((role) => seesEverybody({ role }))).toEqual(['owner', 'admin'])
})

test('a mail address is shown to others only where it is the one they are known by here', () => {
  expect(accountShown('@priya-n', 'priya@acme.test')).toBe('@priya-n')
  expect(accountShown('acme.atlassian.net', 'priya@acme.test')).toBe('acme.atlassian.net')
  expect(accountShown('Priya@acme.test', 'priya@ACME.test')).toBe('Priya@acme.test')
  expect(accountShown('priya.private@mail.example', 'priya@acme.test')).toBeNull()
  expect(accountShown('Priya (priya.private@mail.example)', 'priya@acme.test')).toBeNull()
})

test('the organizations of an account that keep Plugboard out are not named to others', () => {
  const reason = 'secret-startup hasn’t approved Plugboard'
  expect(reasonShown('partial_access', reason)).not.toContain('secret-startup')
  expect(reasonShown('token_refused', 'Connection invalid: access revoked at GitHub')).toContain('revoked at GitHub')
  expect(reasonShown(null, null)).toBeNull()
})
