import { expect, test } from 'vitest'
import type { CardView, ObjectView } from '#lib/boards/schema.ts'
import { distinct, kindName, objectName, spokenName } from './names.ts'

const person = { id: 'u', name: 'Dana' }
const base = { section: null, position: 0, version: 1, addedBy: person, updatedBy: person, updatedAt: '' }
const note = (id: string, text: string): ObjectView => ({ ...base, id, type: 'note', text })
const card: ObjectView = {
  ...base,
  id: 'r',
  type: 'reference',
  provider: 'github',
  kind: 'pull_request',
  caption: null,
  size: 'M',
}
const known = (title?: string) => ({
  providerName: () => 'GitHub',
  objects: [note('n', 'Why'), card],
  cardOf: (): CardView | undefined =>
    title === undefined
      ? undefined
      : {
          objectId: 'r',
          provider: 'github',
          kind: 'pull_request',
          state: 'live',
          resource: { provider: 'github', connectionId: 'c', kind: 'pull_request', id: 'x', title, url: '' },
        },
})

test('kinds read as words', () => {
  expect(kindName('pull_request')).toBe('Pull request')
})

test('a card is called by its title only by somebody who sees it', () => {
  expect(objectName(card, known('#7 Retry'))).toBe('#7 Retry')
  expect(objectName(card, known())).toBe('GitHub pull request added by Dana')
})

test('a note is called by its first line, cut where it is long', () => {
  expect(objectName(note('n', ' Check\nthe limits'), known())).toBe('Check')
  expect(objectName(note('n', 'x'.repeat(99)), known())).toHaveLength(60)
  expect(objectName(note('n', ''), known())).toBe('Empty note')
})

test('a connector is called by what it joins', () => {
  const joins: ObjectView = { ...base, id: 'c', type: 'connector', text: null, from: 'n', to: 'r' }
  expect(spokenName(joins, known('#7 Retry'))).toBe('Connector: Why → #7 Retry')
  expect(spokenName({ ...joins, to: 'gone' }, known())).toBe('Connector: Why → something removed')
})

test('names that several share are told apart', () => {
  expect(distinct([{ name: 'a' }, { name: 'b' }, { name: 'a' }]).map(({ name }) => name)).toEqual(['a', 'b', 'a (2)'])
})
