import { expect, test } from 'vitest'
import { counted } from '#components/ui/counted.ts'
import type { ImpactView } from '#lib/connections/leave-schema.ts'
import { boardsWords, impactLines, isInUse } from './impact-words.ts'

const impact = (change: Partial<ImpactView> = {}): ImpactView => ({
  slot: 'organization',
  readsCards: true,
  boards: 9,
  cards: 1204,
  shownOn: [],
  answers: false,
  projects: [],
  rules: 0,
  ...change,
})
const told = (change?: Partial<ImpactView>) => {
  const found = impact(change)
  return [boardsWords(found, 'Slack'), ...impactLines(found, 'Slack')]
}

test('what disconnecting touches is told for whom it is: everybody, oneself, or no board at all', () => {
  expect(told()).toEqual(['9 boards show Slack cards.', "They'll say Slack is disconnected."])
  expect(told({ boards: 1 })[0]).toBe('1 board shows Slack cards.')
  expect(told({ boards: 0 })).toEqual(['No boards show Slack cards.'])
  expect(told({ slot: 'user' })).toEqual(['9 boards show Slack cards.', 'Only your own cards change.'])
  expect(told({ readsCards: false, boards: 0 })).toEqual([
    "Boards don't use this connection.",
    "Each person's own Slack account stays connected, and so do their cards.",
  ])
  expect(told({ boards: 0, answers: true }).at(-1)).toBe('Nobody can ask a board until Slack is connected again.')
})

test('counts are told as people write them', () => {
  expect([counted(1, 'card'), counted(1204, 'card')]).toEqual(['1 card', '1,204 cards'])
})

test('what is not known counts as in use, so that Force asks for the name', () => {
  expect(isInUse(undefined)).toBe(true)
  expect(isInUse(impact())).toBe(true)
  expect(isInUse(impact({ boards: 0, answers: true }))).toBe(true)
  expect(isInUse(impact({ boards: 0 }))).toBe(false)
})
