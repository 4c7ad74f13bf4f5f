// What only a query has, and no words that somebody looks for.
const ownSyntax = /[\w\])"']\s*(?:!?[=~]|[<>]=?)\s*["'\w(-]|\bin\s*\(|\border\s+by\b/i

/** A text as a value of a query (developer.atlassian.com/cloud/confluence/advanced-searching-using-cql). */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const NEWEST = 'ORDER BY lastmodified DESC'
const wordsOf = (text: string): string => text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''

/** Pages whose title has words that begin so; null where no word was typed. */
export function byTitle(text: string): string | null {
  const words = wordsOf(text)
  if (words === '') return null
  return `type = page AND title ~ ${quoted(
    words
      .split(' ')
      .map((word) => `${word}*`)
      .join(' '),
  )} ${NEWEST}`
}

/** What was typed as the query it is; words are looked for in everything that a page says. */
export const toQuery = (typed: string): string =>
  ownSyntax.test(typed) ? typed : `type = page AND text ~ ${quoted(wordsOf(typed) || typed)} ${NEWEST}`

/** The query inside of a space, or below a page. */
export function within(clause: string, query: string): string {
  const [, where = '', order = ''] = /^(.*?)\s*(\border\s+by\b.*)?$/is.exec(query) ?? []
  return `${where === '' ? clause : `${clause} AND (${where})`} ${order}`.trim()
}

export const ofSpace = (key: string): string => `space = ${quoted(key)}`
export const belowPage = (number: string): string => `ancestor = ${number}`
export const itself = (number: string): string => `id = ${number}`
