import { expect, test } from 'vitest'
import type { Status } from '#lib/connections/schema.ts'
import { providerView as provider, slotView as slot } from '#tests/support/provider-view.ts'
import { newlyBroken, orderOf, passes, readFilter, writeFilter } from './hub-filter.ts'

const none = readFilter(new URLSearchParams())
const named = (id: string, name: string, status: Status = 'not_available') =>
  provider({ id, name, slots: [slot({ slot: 'organization', status })] })

test('a filter is the same after it went through an address; what the address does not know is left out', () => {
  const filter = {
    state: 'attention',
    q: 'git hub',
    category: 'Documentation',
    owner: 'yours',
    isCompact: true,
  } as const // as const: unions
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter)
  expect(writeFilter(none)).toBe('')
  expect(readFilter(new URLSearchParams('?state=toString&owner=mine&view=wide'))).toEqual(none)
})

test('for who likes rows close together they are, unless the address says otherwise', () => {
  const read = (query: string) => readFilter(new URLSearchParams(query), true).isCompact
  expect([read(''), read('?view=compact'), read('?view=comfortable')]).toEqual([true, true, false])
  expect(writeFilter({ ...none, isCompact: true }, true)).toBe('')
  expect(read(writeFilter({ ...none, isCompact: false }, true))).toBe(false)
})

test('rows stand in the order: needs attention, connected, suggested, the rest by name', () => {
  const all = [
    named('zoom', 'Zoom'),
    named('bitbucket', 'Bitbucket'),
    named('notion', 'Notion', 'not_configured'),
    named('slack', 'Slack', 'not_configured'),
    named('github', 'GitHub', 'not_configured'),
    named('sentry', 'Sentry', 'connected'),
    named('terraform', 'Terraform', 'error'),
  ]
  expect(orderOf(all)).toEqual(['terraform', 'sentry', 'github', 'slack', 'notion', 'bitbucket', 'zoom'])
})

test('a row passes by words of its name or category, by status, category and owner', () => {
  const github = provider({
    slots: [slot({ slot: 'organization', status: 'expired' }), slot({ slot: 'user', status: 'connected' })],
  })
  const pass = (change: Partial<typeof none>) => passes(github, { ...none, ...change })
  expect([pass({ q: ' GIT ' }), pass({ q: 'code rep' }), pass({ q: 'asana' })]).toEqual([true, true, false])
  expect([pass({ owner: 'yours' }), pass({ owner: 'shared' })]).toEqual([true, false])
  expect([pass({ category: 'Code repository' }), pass({ category: 'Documentation' })]).toEqual([true, false])
  expect([pass({ state: 'connected' }), pass({ state: 'attention' }), pass({ state: 'invalid' })]).toEqual([
    true,
    true,
    true,
  ])
  expect([pass({ state: 'unconfigured' }), pass({ state: 'disabled' })]).toEqual([false, false])
})

test('of two slots only the one the row is about can make it unconfigured', () => {
  const github = provider({
    slots: [slot({ slot: 'organization', status: 'disconnected' }), slot({ slot: 'user', status: 'connected' })],
  })
  expect(passes(github, { ...none, state: 'unconfigured' })).toBe(false)
})

test('news is what was well before and is broken now', () => {
  const well = [named('github', 'GitHub', 'connected'), named('slack', 'Slack', 'error')]
  const now = [
    named('github', 'GitHub', 'needs_reauth'),
    named('slack', 'Slack', 'expired'),
    named('zoom', 'Zoom', 'error'),
  ]
  expect(newlyBroken(well, now).map(({ id }) => id)).toEqual(['github'])
  expect(newlyBroken(now, now)).toEqual([])
})
