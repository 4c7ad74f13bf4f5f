import { expect, test } from 'vitest'
import { changeOf } from './change-setting.ts'
import type { ProviderPatch } from './config-schema.ts'

const row = { enabled: true, whoMayConnect: null, options: { message_search: true }, inAnswers: true }

test('an option that is turned on or off leaves the others as they are, and tells both lists', () => {
  expect(changeOf(row, { options: { files: true } })).toMatchObject({
    setting: { options: ['files', 'message_search'] },
    isTurned: false,
    before: { enabled: true, whoMayConnect: null, options: ['message_search'] },
    after: { enabled: true, whoMayConnect: null, options: ['files', 'message_search'] },
  })
  expect(changeOf(row, { options: { message_search: false } })?.setting.options).toEqual([])
  expect(changeOf(null, { options: { message_search: true } })?.after).toHaveProperty('options', ['message_search'])
})

test('what is as it was is no change', () => {
  const same: ProviderPatch[] = [{}, { options: {} }, { options: { message_search: true } }, { inAnswers: true }]
  for (const patch of same) expect(changeOf(row, patch)).toBeNull()
  expect(changeOf(null, { options: { message_search: false } })).toBeNull()
})

test('only what changes is told besides on or off and who may connect', () => {
  expect(changeOf(row, { inAnswers: false })).toMatchObject({
    before: { inAnswers: true },
    after: { inAnswers: false },
  })
  expect(changeOf(row, { enabled: false })).toEqual({
    setting: { enabled: false, whoMayConnect: null, options: ['message_search'], inAnswers: true },
    isTurned: true,
    before: { enabled: true, whoMayConnect: null },
    after: { enabled: false, whoMayConnect: null },
  })
})
