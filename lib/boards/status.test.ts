import { expect, test } from 'vitest'
import { standingOf } from '#lib/resources/status.ts'
import { CardState } from './schema.ts'
import { type CardFacts, type CardWords, cardState, explainCard, losesCopy, showsContent } from './status.ts'

const facts = (changes: Partial<CardFacts> = {}): CardFacts => ({
  standing: 'ready',
  outcome: 'read',
  hasCopy: false,
  hasSeen: false,
  isPersonal: true,
  ...changes,
})

// Every state of the card machine that a server can tell; `resolving` and `offline` are the browser's own.
test.each<[CardState, string, Partial<CardFacts>]>([
  ['live', 'it was just read', { outcome: 'read' }],
  [
    'stale',
    'the source does not answer and the viewer has a copy',
    { outcome: 'unavailable', hasCopy: true, hasSeen: true },
  ],
  ['error', 'the source does not answer and the viewer has none', { outcome: 'unavailable' }],
  ['error', 'the copy was wiped and only the memory is left', { outcome: 'unavailable', hasSeen: true }],
  [
    'limited',
    'the source asked us to wait and the viewer has a copy',
    { outcome: 'limited', hasCopy: true, hasSeen: true },
  ],
  ['limited', 'the source asked us to wait and the viewer has none', { outcome: 'limited' }],
  ['needs_connection', 'the viewer has no account there', { standing: 'needs_connection' }],
  ['needs_connection', 'the connection went while it was read', { outcome: 'no_connection' }],
  ['reauth', "the viewer's account has to be connected again", { standing: 'reauth' }],
  ['reauth', 'the provider refused the token just now', { outcome: 'refused' }],
  ['no_access', 'the provider forbids it', { outcome: 'forbidden' }],
  [
    'no_access',
    'the provider forbids what the viewer saw before',
    { outcome: 'forbidden', hasSeen: true, hasCopy: true },
  ],
  ['no_access', 'it is missing and the viewer never saw it', { outcome: 'missing' }],
  ['no_access', 'the provider has to be set up first', { standing: 'no_access' }],
  ['gone', 'it is missing and the viewer saw it before', { outcome: 'missing', hasSeen: true }],
  ['source_off', 'the provider is turned off', { standing: 'off' }],
  ['source_off', "the organization's connection is gone", { standing: 'off', isPersonal: false }],
  ['source_off', "the organization's connection broke", { standing: 'reauth', isPersonal: false }],
  ['source_off', "the organization's token was refused just now", { outcome: 'refused', isPersonal: false }],
  [
    'source_off',
    "the organization's connection went while it was read",
    { outcome: 'no_connection', isPersonal: false },
  ],
  ['not_shared', 'an admin keeps it off boards', { outcome: 'not_shared', isPersonal: false }],
])('a card is %s when %s', (state, _, changes) => {
  expect(cardState(facts(changes))).toBe(state)
})

test('a viewer without a way to the provider learns nothing, whatever was read or copied', () => {
  for (const standing of ['needs_connection', 'reauth', 'off', 'no_access'] as const)
    for (const outcome of ['read', 'missing', 'forbidden', 'limited', 'unavailable'] as const)
      for (const hasSeen of [true, false]) {
        const state = cardState(facts({ standing, outcome, hasSeen, hasCopy: hasSeen }))
        expect(showsContent(state)).toBe(false)
      }
})

test('only live, stale, limited and offline show content, and what is lost loses its copy', () => {
  expect(CardState.options.filter(showsContent)).toEqual(['live', 'stale', 'limited', 'offline'])
  expect(CardState.options.filter(losesCopy)).toEqual(['no_access', 'gone', 'not_shared'])
})

const words: CardWords = {
  name: 'GitHub',
  kindName: 'file',
  isPersonal: true,
  isDisabled: false,
  mayConnect: true,
  mayManage: false,
  mayShare: false,
  retryAt: null,
  status: null,
}

test.each<[CardState, string | undefined, string | undefined, Partial<CardWords>]>([
  ['live', undefined, undefined, {}],
  ['stale', undefined, 'refresh', {}],
  ['needs_connection', 'Connect your GitHub to see this', 'connect', {}],
  ['needs_connection', 'Connect your GitHub to see this', undefined, { mayConnect: false }],
  ['reauth', 'Reconnect your GitHub to see this', 'reconnect', {}],
  ['no_access', "You don't have access to this file, or it no longer exists", 'retry', {}],
  ['no_access', 'Type `/invite @Plugboard` there.', 'retry', { remedy: 'Type `/invite @Plugboard` there.' }],
  ['gone', 'This file was deleted or moved', 'remove', {}],
  ['source_off', 'Slack is disconnected', 'ask_admin', { name: 'Slack', isPersonal: false }],
  ['source_off', 'Slack is disconnected', 'reconnect', { name: 'Slack', isPersonal: false, mayManage: true }],
  ['source_off', 'GitHub is turned off', 'enable', { isDisabled: true, mayManage: true }],
  ['source_off', 'GitHub is turned off', 'ask_admin', { isDisabled: true }],
  [
    'source_off',
    'Slack is turned off',
    'enable',
    { name: 'Slack', isPersonal: false, isDisabled: true, mayManage: true },
  ],
  ['source_off', 'GitHub is turned off', 'ask_admin', {}],
  ['not_shared', "This channel isn't available on boards", 'ask_admin', { kindName: 'channel' }],
  ['not_shared', "This channel isn't available on boards", 'change', { kindName: 'channel', mayShare: true }],
  ['limited', 'GitHub asked us to wait until 14:20 UTC', undefined, { retryAt: new Date('2026-11-21T14:20:00Z') }],
  ['limited', 'GitHub asked us to wait', undefined, {}],
  ['error', "GitHub didn't answer (503)", 'retry', { status: 503 }],
  ['error', "GitHub didn't answer", 'retry', {}],
])('a %s card says %j', (state, message, action, changes) => {
  const said = explainCard(state, { ...words, ...changes })
  expect(said.message).toBe(message)
  expect(said.action?.id).toBe(action)
})

test('a slot nobody filled is the viewer’s to connect where members have their own, else the organization’s', () => {
  expect(standingOf(null, true)).toBe('needs_connection')
  expect(standingOf(null, false)).toBe('off')
  expect(standingOf('disconnected', true)).toBe('needs_connection')
  expect(standingOf('disconnecting', false)).toBe('off')
  expect(standingOf('disabled', true)).toBe('off')
  expect(standingOf('connecting', true)).toBe('ready')
  expect(standingOf('needs_reauth', true)).toBe('reauth')
})
