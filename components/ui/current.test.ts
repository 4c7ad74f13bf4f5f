import { expect, test } from 'vitest'
import { isCurrent } from './current.ts'

test('a link is current on its page and on those under it', () => {
  expect(isCurrent('/acme/settings/integrations/github', '/acme/settings/integrations', false)).toBe(true)
  expect(isCurrent('/acme/boards', '/acme/boards?view=outline', false)).toBe(true)
})

test('an exact link is current on its own page only', () => {
  expect(isCurrent('/acme/integrations/github/config', '/acme/integrations/github', true)).toBe(false)
})

test('a longer name is not a page under a shorter one', () => {
  expect(isCurrent('/acme/boards-archive', '/acme/boards', false)).toBe(false)
})
