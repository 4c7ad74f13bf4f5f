import { expect, test } from 'vitest'
import { explainAttempt, explainReason, explainRevocation } from './explain.ts'

test.for(['__proto__', 'valueOf', 'constructor', 'toString', ''])('an unknown code is told in words: %j', (code) => {
  expect(explainAttempt(code, 'GitHub')).toBe("Connecting GitHub didn't work. Connect again.")
  expect(explainReason(code, 'GitHub')).toBe('Something is wrong with this connection')
})

test('a client that a provider does not accept is nothing that connecting again would mend', () => {
  expect(explainAttempt('exchange_refused', 'Jira', 'access_denied')).toBe(
    "Jira doesn't accept this server's client (access_denied). Ask whoever runs Plugboard here to check its id and secret.",
  )
  expect(explainAttempt('exchange_refused', 'Jira', 'invalid_grant')).toBe(
    'Jira refused the code exchange (invalid_grant). Connect again.',
  )
  expect(explainAttempt('exchange_refused', 'Jira')).toBe(
    'Jira refused the code exchange (no reason given). Connect again.',
  )
})

test('a secret that somebody pasted is said to work elsewhere until it is revoked; a consent is not', () => {
  const said = { revocation: 'not_offered' as const, status: null } // as const: a word of a union
  const by = 'https://github.com/settings/tokens'
  expect(explainRevocation(said, 'GitHub', by, 'token')).toBe(
    'Token deleted here. It works elsewhere until you revoke it at github.com/settings/tokens.',
  )
  expect(explainRevocation(said, 'GitHub', by)).toBe(
    'Token deleted here. Remove Plugboard at github.com/settings/tokens.',
  )
  expect(explainRevocation(said, 'LogRocket', '', 'key')).toBe(
    'Key deleted here. It works elsewhere until you revoke it at LogRocket.',
  )
})
