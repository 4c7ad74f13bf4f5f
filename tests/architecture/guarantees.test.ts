import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const guarantees = readFileSync('docs/guarantees.md', 'utf8')
const named = [...guarantees.matchAll(/`(tests\/[^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

test('each promise names a test that holds it', () => {
  const promises = guarantees.split(/^\d+\. /m).slice(1)
  expect(promises.length).toBeGreaterThanOrEqual(20)
  expect(promises.filter((promise) => !/`tests\/[^`]+`: “/.test(promise))).toEqual([])
  expect(named.length).toBe(guarantees.match(/^ +- `/gm)?.length)
})

test('each test that a promise names exists, in its file and by its name', () => {
  const isThere = ({ file, title }: (typeof named)[number]) => readFileSync(file, 'utf8').includes(`test('${title}', `)
  expect(named.filter((one) => !isThere(one))).toEqual([])
})
