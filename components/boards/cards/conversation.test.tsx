import { expect, test } from 'vitest'
import { draw, thing, words } from '#tests/support/drawn-card.tsx'

const at = '2020-11-18T12:00:00Z'
const conversation = thing(
  'conversation',
  {
    customer: 'Ada Oduya',
    state: 'snoozed',
    priority: 'urgent',
    lastMessage: { author: 'Mara Lund', text: 'Have you oiled the scroll?', sentAt: at },
  },
  { excerpt: 'The chuck stops half way.', updatedAt: at, forAdmins: { email: 'ada@chairworks.example' } },
)
const contact = thing(
  'contact',
  { role: 'lead', lastSeen: at, since: at },
  { forAdmins: { email: 'ada@chairworks.example' } },
)

test('a conversation says with whom, how it stands and what was said last; the address is in the largest alone', () => {
  expect(words(conversation, 'S')).toBe('Snoozed · with Ada Oduya urgent priority · just now')
  expect(words(conversation, 'M')).toBe(
    'Snoozed · with Ada Oduya Mara Lund: Have you oiled the scroll? urgent priority · just now',
  )
  expect(words(conversation, 'L')).toContain('Address ada@chairworks.example')
})

test('one that nobody has answered shows how it began, and where nothing is known it says nothing', () => {
  const begun = thing('conversation', { state: 'open' }, { excerpt: 'The chuck stops half way.' })
  expect(words(begun, 'M')).toBe('Open The chuck stops half way.')
  expect(words(thing('conversation', { state: 'parked' }), 'L')).toBe('parked')
  expect(words(thing('conversation', {}), 'L')).toBe('')
})

test('each state is a shape of its own besides its word', () => {
  const shapes = ['open', 'snoozed', 'closed'].map(
    (state) => /data-jack="(\w+)"/.exec(draw(thing('conversation', { state }), 'S'))?.[1],
  )
  expect(new Set(shapes).size).toBe(3)
  expect(shapes).not.toContain(undefined)
})

test('a contact is what it is to the team; its address is there for those who were given it', () => {
  expect(words(contact, 'S')).toBe('lead · just now')
  expect(words(contact, 'M')).toBe('Address ada@chairworks.example Last seen just now Since just now lead')
  const { forAdmins: _, ...others } = contact
  expect(words(others, 'L')).toBe('Last seen just now Since just now lead')
})
