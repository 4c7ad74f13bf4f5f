import { expect, test } from 'vitest'
import { connectionView, providerView, slotView } from '#tests/support/provider-view.ts'
import { wayOut } from './way-out.ts'

const consent = { by: 'https://github.com/settings/applications', steps: ['Open Authorized OAuth Apps.'] }
const pat = {
  id: 'pat',
  type: 'pat',
  noun: 'token',
  makeAt: 'https://github.com/settings/tokens',
  makeLabel: 'Create a token',
  scopes: [],
  fields: [],
}
const oauth = { id: 'oauth2', type: 'oauth2' }
const credential = { ...connectionView().credential, endsWith: '9f3a' }

test('a consent is revoked by us, and the provider’s own page is where one makes sure', () => {
  const provider = providerView({ leave: { revokes: true, ...consent } })
  expect(wayOut(provider, slotView({ methods: [oauth, pat] }))).toEqual({ revokes: true, ...consent })
})

test('a token that somebody made is theirs to delete, where they made it', () => {
  const provider = providerView({ leave: { revokes: true, ...consent } })
  const slot = slotView({ methods: [oauth, pat], connection: connectionView({ method: 'pat', credential }) })
  expect(wayOut(provider, slot)).toEqual({
    revokes: false,
    by: 'https://github.com/settings/tokens',
    steps: ['Open github.com/settings/tokens.', 'Delete the token that ends 9f3a.'],
  })
})

test('where only keys connect, the provider’s own steps are about them', () => {
  const provider = providerView({ leave: { revokes: false, ...consent } })
  const slot = slotView({ methods: [pat], connection: connectionView({ method: 'pat', credential }) })
  expect(wayOut(provider, slot)).toEqual({ revokes: false, ...consent })
})
