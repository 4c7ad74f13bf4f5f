import { expect, test } from 'vitest'
import { type Preferences, readPreferences, usual, writePreferences } from './preferences.ts'

test('preferences are the same after they went through a cookie; only what differs is in it', () => {
  const all: Preferences = { density: 'compact', zone: 'Asia/Kathmandu', clock: '12', motion: 'reduce' }
  expect(readPreferences(writePreferences(all))).toEqual(all)
  expect(writePreferences(usual)).toBe('')
  expect(writePreferences({ ...usual, clock: '12' })).toBe('clock=12')
})

test('what somebody wrote into the cookie by hand reads as usual', () => {
  expect(readPreferences(undefined)).toEqual(usual)
  expect(readPreferences('density=huge&zone=Mars/Base&clock=13&motion=wild&theme=dark')).toEqual(usual)
  expect(readPreferences('zone=%00&density')).toEqual(usual)
})
