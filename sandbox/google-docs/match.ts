import type { Query, Term } from './query.ts'
import { isReader, isWriter } from './sight.ts'
import type { Account, DriveFile, State } from './state.ts'
import { plainText } from './text.ts'

type Asker = { state: State; account: Account }

/** The words of a text: letters and digits, in small letters. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether a file is what a query asks for. */
export function matches(query: Query, file: DriveFile, asker: Asker): boolean {
  switch (query.kind) {
    case 'not':
      return !matches(query.of, file, asker)
    case 'and':
      return matches(query.left, file, asker) && matches(query.right, file, asker)
    case 'or':
      return matches(query.left, file, asker) || matches(query.right, file, asker)
    case 'term':
      return fits(query.term, file, asker)
  }
}

function fits({ field, operator, value }: Term, file: DriveFile, asker: Asker): boolean {
  if (typeof value === 'boolean') return (isSo(field, file, asker) === value) === (operator === '=')
  if (operator === 'in') return isIn(field, value, file, asker)
  if (field.endsWith('Time')) return isWhen(timeOf(field, file, asker), operator, value)
  if (field === 'fullText') return hasFullText(file, value)
  const own = { name: file.name, mimeType: file.mimeType }[field] ?? file.target ?? ''
  if (operator === 'contains') return field === 'name' ? hasNamePrefix(own, value) : own.startsWith(value)
  return (own.toLowerCase() === value.toLowerCase()) === (operator === '=')
}

function isSo(field: string, file: DriveFile, { account }: Asker): boolean {
  if (field === 'trashed') return file.trashedAt !== null
  if (field === 'starred') return file.starredBy.includes(account.email)
  return file.sharedAt[account.email] !== undefined
}

function isIn(field: string, value: string, file: DriveFile, { state, account }: Asker): boolean {
  if (field === 'parents') return file.parent === (value === 'root' ? account.rootId : value)
  const email = value === 'me' ? account.email : value
  if (field === 'owners') return file.owner === email
  return field === 'writers' ? isWriter(state, file, email) : isReader(state, file, email)
}

function timeOf(field: string, file: DriveFile, { account: { email } }: Asker): number | null {
  if (field === 'modifiedTime') return file.modifiedAt
  if (field === 'createdTime') return file.createdAt
  return (field === 'viewedByMeTime' ? file.viewedAt[email] : file.sharedAt[email]) ?? null
}

function isWhen(own: number | null, operator: string, value: string): boolean {
  if (own === null) return false
  // Without a zone a time is UTC.
  const wanted = Date.parse(/T[\d:.]+$/.test(value) ? `${value}Z` : value)
  if (operator === '!=') return own !== wanted
  if (operator.endsWith('=') && own === wanted) return true
  return operator.startsWith('<') ? own < wanted : operator.startsWith('>') && own > wanted
}

/** `name contains`: every word asked for begins a word of the name. */
function hasNamePrefix(name: string, value: string): boolean {
  const words = wordsOf(name)
  return wordsOf(value).every((wanted) => words.some((word) => word.startsWith(wanted)))
}

const searchable = (file: DriveFile): string => `${file.name}\n${file.description}\n${plainText(file.tabs)}`

/** `fullText contains`: whole words, all of them; in double quotes they stand side by side. */
function hasFullText(file: DriveFile, value: string): boolean {
  const words = wordsOf(searchable(file))
  const phrases = [...value.matchAll(/"([^"]*)"/g)].map(([, phrase = '']) => wordsOf(phrase))
  const loose = wordsOf(value.replace(/"[^"]*"/g, ' '))
  const text = ` ${words.join(' ')} `
  return (
    loose.every((word) => words.includes(word)) && phrases.every((phrase) => text.includes(` ${phrase.join(' ')} `))
  )
}

/** How well a file answers a full text search: words in its name count most. */
export function relevance(file: DriveFile, values: readonly string[]): number {
  const wanted = values.flatMap(wordsOf)
  const count = (text: string) => wordsOf(text).filter((word) => wanted.includes(word)).length
  return count(file.name) * 10 + count(searchable(file))
}
