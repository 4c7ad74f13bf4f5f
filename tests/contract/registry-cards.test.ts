import { expect, test } from 'vitest'
import { knownLooks, plainLooks } from '#components/boards/cards/bodies.tsx'
import { providers } from '#lib/providers/registry.ts'

const kinds = providers.flatMap(({ id, readers }) =>
  readers.map(({ kind, looks = kind }) => [`${id}: ${kind}`, looks] as const),
)

test.each(kinds)('%s has a card of its own, or is plain on purpose', (_, looks) => {
  expect([...knownLooks, ...plainLooks]).toContain(looks)
})

test('no card is left over from a kind that nothing reads any more, and none is both', () => {
  const read = new Set(kinds.map(([, looks]) => looks))
  expect([...knownLooks, ...plainLooks].filter((looks) => !read.has(looks))).toEqual([])
  expect([...knownLooks].filter((looks) => plainLooks.has(looks))).toEqual([])
})

test('two providers that share a kind are told apart where they are drawn differently', () => {
  const issues = kinds.filter(([name]) => name.endsWith(': issue')).map(([, looks]) => looks)
  expect(new Set(issues).size).toBe(issues.length)
})
