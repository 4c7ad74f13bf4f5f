import { z } from 'zod'

/** A query as part of an id, which holds letters and digits only. */
export const Query = z.string().regex(/^[A-Za-z0-9_-]{1,8000}$/)
/** A query as an id, and the query of such an id. */
export const writeQuery = (query: string): string => Buffer.from(query).toString('base64url')
export const readQuery = (id: string): string => Buffer.from(id, 'base64url').toString('utf8')

/** A text as a value of a query, in JQL and CQL alike (developer.atlassian.com/cloud/confluence/advanced-searching-using-cql). */
export const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The words of a text, without what a text search takes for an operator of its own. */
export const wordsOf = (text: string): string => text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''

/** Words as a value of a query that finds what has words beginning so: `"lathe* bear*"`. */
export const beginnings = (words: string): string =>
  quoted(
    words
      .split(' ')
      .map((word) => `${word}*`)
      .join(' '),
  )

const texts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs

/** A query among what a clause finds (`project = "AIR"`) only; its order, which is none of the words in quotes, stays last. */
export function within(clause: string, query: string): string {
  const bare = query.replace(texts, (text) => '"'.repeat(text.length))
  const found = bare.search(/\border\s+by\b/i)
  const at = found < 0 ? query.length : found
  const [where, order] = [query.slice(0, at).trim(), query.slice(at).trim()]
  return `${where === '' ? clause : `${clause} AND (${where})`} ${order}`.trim()
}
