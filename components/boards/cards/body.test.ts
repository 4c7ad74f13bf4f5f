import { expect, test } from 'vitest'
import type { ResourceView } from '#lib/resources/schema.ts'
import { bodiesIn, bodyOf, numberIn, textIn, textsIn, titleOf } from './body.ts'

const resource = (kind: string, body?: Record<string, unknown>): ResourceView => ({
  provider: 'github',
  connectionId: 'c',
  kind,
  id: 'x',
  title: 'retry.ts',
  url: '',
  ...(body ? { body } : {}),
})

test('a file is called by its path, anything else by its title', () => {
  expect(titleOf(resource('file', { path: 'src/retry.ts' }))).toBe('src/retry.ts')
  expect(titleOf(resource('file'))).toBe('retry.ts')
  expect(titleOf(resource('issue', { path: 'src' }))).toBe('retry.ts')
})

test('what is missing or of another type is left out', () => {
  const body = bodyOf(
    resource('file', { path: 7, size: '7', lines: ['a', 1, null], entries: [{ name: 'a' }, 'b', null] }),
  )
  expect(textIn(body, 'path')).toBe('')
  expect(numberIn(body, 'size')).toBeNull()
  expect(numberIn(bodyOf(resource('file', { size: Number.NaN })), 'size')).toBeNull()
  expect(textsIn(body, 'lines')).toEqual(['a'])
  expect(textsIn(body, 'none')).toEqual([])
  expect(bodiesIn(body, 'entries')).toEqual([{ name: 'a' }])
})
