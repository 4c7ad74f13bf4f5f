import { beginnings, quoted, wordsOf } from '#lib/providers/atlassian-query.ts'

// What only a query has, and no words that somebody looks for: a comparison, a list, emptiness, an order.
const ownSyntax =
  /[\w\])"']\s*(?:!?[=~]|[<>]=?)\s*["'\w([-]|\bin\s*\(|\bis\s+(?:not\s+)?(?:empty|null)\b|\border\s+by\b/i

const NEWEST = 'ORDER BY updated DESC'

/** Issues whose summary has words that begin so; null where no word was typed. */
export function bySummary(text: string): string | null {
  const words = wordsOf(text)
  return words === '' ? null : `summary ~ ${beginnings(words)} ${NEWEST}`
}

/** What was typed as the query it is; words are looked for in everything that an issue says. */
export const toQuery = (typed: string): string =>
  ownSyntax.test(typed) ? typed : `text ~ ${quoted(wordsOf(typed) || typed)} ${NEWEST}`

/** Clauses: what is in a project, and what in a sprint. */
export const ofProject = (key: string): string => `project = ${quoted(key)}`
export const ofSprint = (number: string): string => `sprint = ${number}`
/** `since` as minutes ago: a date would be read in the time zone of the account. */
export const changedSince = (minutes: number): string => `updated >= -${Math.max(1, Math.ceil(minutes))}m`
/** A clause as a query, what changed last in front. */
export const newestFirst = (clause: string): string => `${clause} ${NEWEST}`
