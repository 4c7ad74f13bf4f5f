export type Token = { text: string; at: number; type: 'word' | 'quoted' | 'sign' | 'end' }
/** A query on its way: its tokens, and which is next. */
export type Reader = { tokens: readonly Token[]; next: number }

const SIGNS = /^(!=|!~|<=|>=|&&|\|\||[=<>~(),!])/

/** A query that makes no sense. `at` is where, from 0; null where a value or a name is what is wrong. */
export class Unreadable extends Error {
  readonly at: number | null
  constructor(text: string, at: number | null = null) {
    super(text)
    this.at = at
  }
}

/** A mistake in how a query is written, and its place. */
export const unreadable = (text: string, at: number): Unreadable => new Unreadable(text, at)

function tokenAt(text: string, at: number, needsQuotes: RegExp): Token {
  const rest = text.slice(at)
  const [sign] = SIGNS.exec(rest) ?? []
  if (sign !== undefined) return { text: sign, at, type: 'sign' }
  const quote = rest[0] ?? ''
  if (quote === '"' || quote === "'") {
    const [quoted] = new RegExp(`^${quote}(?:[^\\\\${quote}]|\\\\.)*${quote}`, 's').exec(rest) ?? []
    if (quoted !== undefined) return { text: quoted, at, type: 'quoted' }
    throw unreadable(`The quoted string '${rest.slice(1)}' has not been completed.`, at)
  }
  const [word = quote] = /^(cf\[\d+\]|[^\s=<>~(),!&|"']+)/i.exec(rest) ?? []
  const [reserved] = /^cf\[\d+\]$/i.test(word) ? [] : (needsQuotes.exec(word) ?? [])
  if (reserved === undefined) return { text: word, at, type: 'word' }
  const code = `\\u${reserved.charCodeAt(0).toString(16).padStart(4, '0')}`
  throw unreadable(
    `The character '${reserved}' is a reserved JQL character. You must enclose it in a string or use the escape '${code}' instead.`,
    at + word.indexOf(reserved),
  )
}

/** A query as its words and signs, ready to be read; `needsQuotes` finds what may stand in quotes only. */
export function readerOf(text: string, needsQuotes: RegExp): Reader {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const token = /\s/.test(text[at] ?? '') ? null : tokenAt(text, at, needsQuotes)
    if (token) tokens.push(token)
    at += token?.text.length ?? 1
  }
  return { tokens: [...tokens, { text: '', at: text.length, type: 'end' }], next: 0 }
}

/** The next token, which stays. */
export const peek = ({ tokens, next }: Reader): Token => tokens[next] ?? { text: '', at: 0, type: 'end' }

/** The next token, taken. The end stays the end. */
export function take(reader: Reader): Token {
  const token = peek(reader)
  if (token.type !== 'end') reader.next += 1
  return token
}

/** Whether the next token is one of these words or signs; quoted text is neither. */
export function isNext(reader: Reader, ...words: string[]): boolean {
  const { text, type } = peek(reader)
  return (type === 'word' || type === 'sign') && words.includes(text.toLowerCase())
}

/** Takes the next token if it is one of these. */
export function takeIf(reader: Reader, ...words: string[]): boolean {
  if (!isNext(reader, ...words)) return false
  take(reader)
  return true
}

/** What a token means: quoted text without its quotes. */
export const meant = ({ text, type }: Token): string =>
  type === 'quoted' ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text

/** A token as a message names it. */
export const shown = ({ text, type }: Token): string => (type === 'end' ? 'end of query' : `'${text}'`)
