import { expect, test } from 'vitest'
import { withoutAddresses } from './without-addresses.ts'

test.each([
  ['write to ada@chairs.example.', 'write to [e-mail address].'],
  ['<ada.o+x@mail.chairs.example>, bo@b.io', '<[e-mail address]>, [e-mail address]'],
  ['@mara at 12:00, 5 @ 3', '@mara at 12:00, 5 @ 3'],
])('of %j remains %j', (text, shown) => {
  expect(withoutAddresses(text)).toBe(shown)
})
