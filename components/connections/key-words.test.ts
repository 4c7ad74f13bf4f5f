import { expect, test } from 'vitest'
import type { ConnectionView, ScopeView } from '#lib/connections/schema.ts'
import { connectionView, providerView, slotView } from '#tests/support/provider-view.ts'
import { isNeeded, isReplacing, type KeyMethod, keyMethodOf, methodWithArticle } from './key-words.ts'
import { identityOf } from './standing.ts'
import { keptEnding } from './tell-key-kept.ts'

const method: KeyMethod = {
  id: 'api_key',
  type: 'api_key',
  noun: 'key',
  makeAt: 'https://sentry.io/',
  makeLabel: 'Create a token in Sentry',
  scopes: [],
  fields: [],
}
const credential = {
  type: 'api_key',
  endsWith: '9f3a',
  ageDays: 0,
  rotationDueAt: null,
  rotate: null,
  renewsItself: false,
}
const connection = (change: Partial<ConnectionView> = {}) =>
  connectionView({
    slot: 'organization',
    method: 'api_key',
    account: { id: '1', label: 'acme' },
    credential,
    ...change,
  })
const slot = slotView({ slot: 'organization', methods: [{ id: 'oauth2', type: 'oauth2' }, method] })
const at = { provider: providerView({ id: 'sentry', name: 'Sentry' }), slot, method, org: 'acme' }

test('a key that was kept is told by its end, with what it lacks and what it may do besides', () => {
  expect(keptEnding(at, { connection: connection(), steps: [], warnings: [] })).toEqual({
    tone: 'ok',
    text: 'Sentry connected. Key ending 9f3a.',
    next: null,
  })
  const lacks = connection({ signal: 'amber', reason: '1 permission missing: event:read' })
  const warnings = ['This key can also delete projects (project:admin). A narrower key is safer.']
  expect(keptEnding(at, { connection: lacks, steps: [], warnings })).toEqual({
    tone: 'warn',
    text: `Sentry connected. Key ending 9f3a. 1 permission missing: event:read. ${warnings.join('')}`,
    next: null,
  })
})

test('a key that could not be tested is not called connected', () => {
  const waits = connection({ status: 'error', signal: 'red', reason: 'Not tested yet' })
  const { tone, text } = keptEnding(at, { connection: waits, steps: [], warnings: [] })
  expect(tone).toBe('warn')
  expect(text).toBe('The key is kept. Key ending 9f3a. Sentry is asked again in 5 minutes.')
})

test('a permission of a choice is needed only while that is on', () => {
  const hooks: ScopeView = { name: 'admin:repo_hook', why: '', optional: false, option: 'realtime' }
  expect(isNeeded(hooks, { realtime: 'off' })).toBe(false)
  expect(isNeeded(hooks, { realtime: 'on' })).toBe(true)
  expect(isNeeded(hooks, {})).toBe(false)
  expect(isNeeded({ name: 'repo', why: '', optional: false }, {})).toBe(true)
})

test('a key takes the place of one of its own kind that stands, of nothing else', () => {
  const standing = { ...slot, connection: connection() }
  expect(isReplacing(standing, method)).toBe(true)
  expect(isReplacing({ ...standing, status: 'disconnected' }, method)).toBe(false)
  expect(isReplacing({ ...slot, connection: connectionView() }, method)).toBe(false)
  expect(keyMethodOf(slot)).toBe(method)
  expect(keyMethodOf(slotView())).toBeUndefined()
})

test('a way to connect is named with its article, and a slot with a key by how that ends', () => {
  expect(methodWithArticle({ id: 'pat', type: 'pat' })).toBe('a personal access token')
  expect(methodWithArticle(method)).toBe('an API key')
  expect(identityOf({ ...slot, connection: connection() }, 'Acme')).toBe('acme · key ending 9f3a')
  expect(identityOf({ ...slot, connection: connectionView() }, 'Acme')).toBe('@dana-k · shared with everyone in Acme')
})
