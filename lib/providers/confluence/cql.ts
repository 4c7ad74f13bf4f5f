import { beginnings, quoted, wordsOf } from '#lib/providers/atlassian-query.ts'

// What only a query has, and no words that somebody looks for.
const ownSyntax = /[\w\])"']\s*(?:!?[=~]|[<>]=?)\s*["'\w(-]|\bin\s*\(|\border\s+by\b/i

const NEWEST = 'ORDER BY lastmodified DESC'

/** Pages whose title has words that begin so; null where no word was typed. */
export function byTitle(text: string): string | null {
  const words = wordsOf(text)
  return words === '' ? null : `type = page AND title ~ ${beginnings(words)} ${NEWEST}`
}

/** What was typed as the query it is; words are looked for in everything that a page says. */
export const toQuery = (typed: string): string =>
  ownSyntax.test(typed) ? typed : `type = page AND text ~ ${quoted(wordsOf(typed) || typed)} ${NEWEST}`

/** Clauses: what is in a space, below a page, and a page itself. */
export const ofSpace = (key: string): string => `space = ${quoted(key)}`
export const belowPage = (number: string): string => `ancestor = ${number}`
export const itself = (number: string): string => `id = ${number}`
