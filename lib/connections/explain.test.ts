import { expect, test } from 'vitest'
import { explainAttempt, explainReason } from './explain.ts'

test.for(['__proto__', 'valueOf', 'constructor', 'toString', ''])('an unknown code is told in words: %j', (code) => {
  expect(explainAttempt(code, 'GitHub')).toBe("Connecting GitHub didn't work. Connect again.")
  expect(explainReason(code, 'GitHub')).toBe('Something is wrong with this connection')
})
