import { expect, test } from 'vitest'
import { readTheme } from './theme.ts'

test('a theme is one of three; anything else follows the system', () => {
  expect([readTheme('dark'), readTheme('light'), readTheme('neon'), readTheme(undefined)]).toEqual([
    'dark',
    'light',
    'system',
    'system',
  ])
})
