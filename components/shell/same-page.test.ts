import { expect, test } from 'vitest'
import { samePage } from './same-page.ts'

const rooms = ['/acme/boards', '/acme/settings/integrations', '/acme/settings/members']

test('switching keeps the kind of page', () => {
  expect(samePage('/acme/settings/integrations', 'acme', 'globex', rooms)).toBe('/globex/settings/integrations')
  expect(samePage('/acme/boards', 'acme', 'globex', rooms)).toBe('/globex/boards')
})

test('what belongs to the old organization is left behind', () => {
  expect(samePage('/acme/settings/integrations/github/config', 'acme', 'globex', rooms)).toBe(
    '/globex/settings/integrations',
  )
  expect(samePage('/acme/boards/4f1c', 'acme', 'globex', rooms)).toBe('/globex/boards')
})

test('a page the navigation does not know leads to the boards', () => {
  expect(samePage('/acme/somewhere', 'acme', 'globex', rooms)).toBe('/globex/boards')
  expect(samePage('/account/connections', 'acme', 'globex', rooms)).toBe('/globex/boards')
})
