import { expect, test } from 'vitest'
import { providerView } from '#tests/support/provider-view.ts'
import { consequenceOf, differences } from './config-words.ts'

const search = { id: 'message_search', label: 'Message search', hint: '', on: false, scopes: [] }
const provider = providerView({ name: 'Slack', options: [search] })
const now = { whoMayConnect: 'members', options: { message_search: true }, inAnswers: true } as const // as const: words

test('what somebody else saved is told only where it differs from what one chose', () => {
  expect(differences(provider, now, now)).toEqual([])
  const chosen = { whoMayConnect: 'admins', options: { message_search: false }, inAnswers: false } as const // as const: words
  expect(differences(provider, now, chosen)).toEqual([
    'Who can connect: now Any member, you chose Owners and admins.',
    'Message search: now on, you chose off.',
    'Slack cards in answers: now on, you chose off.',
  ])
})

test('an option that asks for no permission promises none: it counts when the provider is connected', () => {
  expect(consequenceOf(provider, search, false)).toBeNull()
  expect(consequenceOf(provider, search, true)).toBe('After saving, it counts the next time Slack is connected.')
  const asking = { ...search, scopes: [{ name: 'search:read', why: 'To search.', optional: true }] }
  expect(consequenceOf(provider, asking, true)).toBe('Slack is asked for it when it is connected.')
})
