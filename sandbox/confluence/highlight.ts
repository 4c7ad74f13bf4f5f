import { type Condition, readQuery } from '#sandbox/atlassian/query-read.ts'

/** The words that a query looks for, which are marked where they are found. */
export function wordsIn(cql: string): string[] {
  const { where } = readQuery(cql, /$^/)
  return where ? wordsOf(where) : []
}

function wordsOf(condition: Condition): string[] {
  if (condition.type === 'not') return []
  if (condition.type !== 'clause') return condition.of.flatMap(wordsOf)
  if (condition.operator !== '~') return []
  return condition.values.flatMap((value) =>
    value.type === 'text' ? (value.text.match(/[\p{L}\p{N}_]+/gu) ?? []) : [],
  )
}

/** A text with marks around what was looked for, as answers have them. */
export const marked = (text: string, words: readonly string[]): string =>
  words.length === 0
    ? text
    : text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})[\\p{L}\\p{N}]*`, 'giu'), '@@@hl@@@$&@@@endhl@@@')
