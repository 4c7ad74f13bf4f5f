import { expect, test } from 'vitest'
import { findRemedy } from './find-remedy.ts'

const provider = { remedies: { not_invited: 'Type `/invite @Plugboard` there.' } }

test('a code has the words that its provider wrote for it', () => {
  expect(findRemedy(provider, 'not_invited')).toBe('Type `/invite @Plugboard` there.')
})

test.for(['__proto__', 'constructor', 'toString', 'valueOf', '', 'unheard_of', null, undefined])(
  'a code that nobody wrote words for has none: %j',
  (code) => {
    expect(findRemedy(provider, code)).toBeUndefined()
    expect(findRemedy({}, code)).toBeUndefined()
    expect(findRemedy(null, code)).toBeUndefined()
  },
)
