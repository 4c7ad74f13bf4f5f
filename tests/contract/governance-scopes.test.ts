import { expect, test } from 'vitest'
import { capabilitiesOf } from '#lib/connections/settle.ts'
import { describeScopes } from '#lib/governance/describe-scopes.ts'
import { connectionView, providerView, slotView } from '#tests/support/provider-view.ts'

const asked = ['repo', 'read:user', 'user:email', 'read:org']
const seen = (granted: string[], capabilities: Record<string, unknown> = {}, missing: string[] = []) => {
  const connection = connectionView({ scopes: { requested: asked, granted, missing, extra: [] }, capabilities })
  return describeScopes(providerView({ slots: [slotView({ connection })] }))[0]
}

test('where the provider does not tell what it gave, nothing is guessed', () => {
  const untold = capabilitiesOf({ id: '7', label: '@dana-k' }, { token: 'ghu_x' })
  const view = seen(asked, { ...untold })
  expect(view).toMatchObject({ known: 'untold', narrow: null })
  expect(view?.scopes.map(({ state, granted }) => `${state} ${granted}`)).toEqual(Array(4).fill('untold null'))
})

test('it counts as told by the account or by the grant', () => {
  expect(capabilitiesOf({ id: '7', label: '@dana-k', scopes: [] }, { token: 'x' })).toEqual({})
  expect(capabilitiesOf({ id: '7', label: '@dana-k' }, { token: 'x', scopes: ['repo'] })).toEqual({})
})

test('T-SCP-1: what was given and not asked for is extra, with where to take it back; a wider one stands for a narrower', () => {
  const view = seen(['repo', 'user', 'write:org', 'gist'])
  expect(view?.scopes.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'repo needed',
    'read:user needed',
    'user:email needed',
    'read:org needed',
    'gist extra',
  ])
  expect(view?.narrow?.url).toBe('https://github.com/settings/applications')
})

test('T-SCP-1: what is missing says so, and is not granted', () => {
  const view = seen(['repo', 'read:user', 'read:org'], {}, ['user:email'])
  expect(view?.scopes.find(({ name }) => name === 'user:email')).toMatchObject({
    state: 'missing',
    requested: true,
    granted: false,
    limits: expect.stringMatching(/^Commits made under a private email/),
  })
})
