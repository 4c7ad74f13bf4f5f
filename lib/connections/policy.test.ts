import { expect, test } from 'vitest'
import type { Provider } from '#lib/providers/define.ts'
import { isContainer, optionConfig, searchClosed } from './policy.ts'

const provider: Pick<Provider, 'name' | 'auth' | 'options'> = {
  name: 'Chat',
  options: [{ id: 'message_search', label: 'Message search', hint: '' }],
  auth: [
    {
      type: 'oauth2',
      client: 'chat',
      clientAuth: 'body',
      pkce: false,
      refresh: 'never',
      scopes: [
        { name: 'channels:read', why: '' },
        { name: 'search:read', why: '', option: 'message_search', second: true },
      ],
    },
  ],
}
const messages = { searchOption: 'message_search' }
const off = { options: new Set<string>(), granted: ['channels:read'] }
const on = { options: new Set(['message_search']), granted: ['channels:read'] }

test('a search that hangs on nothing is open', () => {
  expect(searchClosed({}, provider, off)).toBeNull()
})

test('a search that an admin can turn on says so, and so does one that was not granted since', () => {
  expect(searchClosed(messages, provider, off)).toBe('Message search is off.')
  expect(searchClosed(messages, provider, on)).toBe(
    'Message search is on, but Chat has not been connected again since.',
  )
  expect(searchClosed(messages, provider, { ...on, granted: ['channels:read', 'search:read'] })).toBeNull()
})

test('a repository is a container, a file is not', () => {
  expect(isContainer('repository')).toBe(true)
  expect(isContainer('file')).toBe(false)
  expect(isContainer('code_search')).toBe(false)
})

test('what an admin says of the account before it is connected counts while the switch is on', () => {
  const option = (id: string, config?: Record<string, string>) => ({
    id,
    label: id,
    hint: '',
    ...(config ? { config } : {}),
  })
  const options = [option('search'), option('north', { region: 'north' }), option('test', { plan: 'test' })]
  expect(optionConfig({ options }, null)).toEqual({})
  expect(optionConfig({ options }, { options: { search: true, north: false } })).toEqual({})
  expect(optionConfig({ options }, { options: { north: true, test: true, gone: true } })).toEqual({
    region: 'north',
    plan: 'test',
  })
  expect(optionConfig({}, { options: { north: true } })).toEqual({})
})
