// What only a query has, and no words that somebody looks for: a comparison, a list, emptiness, an order.
const ownSyntax =
  /[\w\])"']\s*(?:!?[=~]|[<>]=?)\s*["'\w([-]|\bin\s*\(|\bis\s+(?:not\s+)?(?:empty|null)\b|\border\s+by\b/i

/** A text as a value of a query (support.atlassian.com/jira-service-management-cloud, JQL, reserved characters). */
export const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const NEWEST = 'ORDER BY updated DESC'
/** The words of a text, without what a text search takes for an operator of its own. */
const wordsOf = (text: string): string => text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''

/** Issues whose summary has words that begin so; null where no word was typed. */
export function bySummary(text: string): string | null {
  const words = wordsOf(text)
  return words === ''
    ? null
    : `summary ~ ${quoted(
        words
          .split(' ')
          .map((word) => `${word}*`)
          .join(' '),
      )} ${NEWEST}`
}

/** What was typed as the query it is; words are looked for in everything that an issue says. */
export const toQuery = (typed: string): string =>
  ownSyntax.test(typed) ? typed : `text ~ ${quoted(wordsOf(typed) || typed)} ${NEWEST}`

/** The query among the issues of a clause (`project = "AIR"`) only. */
export function within(clause: string, query: string): string {
  const [, where = '', order = ''] = /^(.*?)\s*(\border\s+by\b.*)?$/is.exec(query) ?? []
  return `${where === '' ? clause : `${clause} AND (${where})`} ${order}`.trim()
}

export const ofProject = (key: string): string => `project = ${quoted(key)}`
export const ofSprint = (number: string): string => `sprint = ${number}`
/** `since` as minutes ago: a date would be read in the time zone of the account. */
export const changedSince = (minutes: number): string => `updated >= -${Math.max(1, Math.ceil(minutes))}m`
export const newestFirst = (clause: string): string => `${clause} ${NEWEST}`
