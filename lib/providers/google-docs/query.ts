/** The type that Drive keeps documents under (developers.google.com/workspace/drive/api/guides/mime-types). */
export const DOCUMENT = 'application/vnd.google-apps.document'
/** A file that stands for another one. */
export const SHORTCUT = 'application/vnd.google-apps.shortcut'

/** A text as a value of a query: what would end it is escaped (developers.google.com/workspace/drive/api/guides/search-files). */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const MAX_WORDS = 20
const ofKind = `mimeType = ${quoted(DOCUMENT)} and trashed = false`
const all = (clauses: readonly string[]): string => [ofKind, ...clauses].join(' and ')

/** Every document that is not in the trash. */
export const everyDocument = ofKind

/** Documents whose title has words that begin so; null where no word was typed. */
export function byTitle(typed: string): string | null {
  const words = typed.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)
  return words.length === 0 ? null : all(words.map((word) => `name contains ${quoted(word)}`))
}

/** Documents that say all of the words; those in double quotes as they stand. Null where no word was typed. */
export function byText(typed: string): string | null {
  const words = (typed.match(/"[^"]+"|[^\s"]+/g) ?? []).slice(0, MAX_WORDS)
  return words.length === 0 ? null : all(words.map((word) => `fullText contains ${quoted(word)}`))
}
