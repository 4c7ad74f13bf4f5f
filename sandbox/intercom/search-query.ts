import { Refusal } from './refusal.ts'
import type { Workspace } from './state.ts'

const MOST_FILTERS = 15
const MOST_LEVELS = 2
const DAY = 86_400

/** `words` is a text of which each word counts for itself; a `list` matches by any of its items. */
export type FieldType = 'string' | 'date' | 'integer' | 'boolean' | 'words' | 'list'
export type Placed<Item> = { workspace: Workspace; item: Item }
type Value = string | number | boolean | null
export type Field<Item> = { type: FieldType; read: (placed: Placed<Item>) => Value | readonly string[] }
export type Fields<Item> = Readonly<Record<string, Field<Item>>>
type Matches<Item> = (placed: Placed<Item>) => boolean

const OPERATORS: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$'],
  date: ['=', '!=', 'IN', 'NIN', '>', '<'],
  integer: ['=', '!=', 'IN', 'NIN', '>', '<'],
  boolean: ['=', '!=', 'IN', 'NIN'],
  words: ['=', '!=', 'IN', 'NIN', '~', '!~'],
  list: ['=', '!=', 'IN', 'NIN'],
}

const refused = (code: string, message: string): Refusal => new Refusal(400, code, message)
const malformed = (): Refusal =>
  refused(
    'invalid_query',
    "Invalid query. Ensure 'field', 'operator', 'value' are present for field queries. Ensure 'operator' and 'value' for composite queries.",
  )

/** A query as a test: one condition, or groups of them, two levels deep (Search for contacts, Search conversations). */
export function readQuery<Item>(query: unknown, fields: Fields<Item>, isByDay: boolean, level = 1): Matches<Item> {
  if (typeof query !== 'object' || query === null) throw malformed()
  const { field, operator, value }: { field?: unknown; operator?: unknown; value?: unknown } = query
  if (typeof operator !== 'string' || !('value' in query)) throw malformed()
  if (field !== undefined) return readFilter(textOf(field), operator, value, { fields, isByDay })
  if (!Array.isArray(value)) throw malformed()
  if (operator !== 'AND' && operator !== 'OR')
    throw refused('invalid_operator', 'Composite operators must be of type AND or OR')
  if (level > MOST_LEVELS) throw refused('invalid_query', `Queries can be nested ${MOST_LEVELS} levels deep at most`)
  if (value.length > MOST_FILTERS)
    throw refused(
      'invalid_value',
      `Number of elements in composite query is greater than ${MOST_FILTERS}, please try again with a smaller list`,
    )
  const parts = value.map((one: unknown) => readQuery(one, fields, isByDay, level + 1))
  return (placed) => (operator === 'AND' ? parts.every((one) => one(placed)) : parts.some((one) => one(placed)))
}

function readFilter<Item>(
  name: string,
  operator: string,
  value: unknown,
  { fields, isByDay }: { fields: Fields<Item>; isByDay: boolean },
): Matches<Item> {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) throw refused('invalid_field', `${name} is not a valid field`)
  if (!OPERATORS[field.type].includes(operator))
    throw refused('invalid_operator', `${name} does not support operator: ${operator}`)
  const isOneOf = operator === 'IN' || operator === 'NIN'
  if (isOneOf && !Array.isArray(value)) throw refused('invalid_value', `${textOf(value)} is not a valid array`)
  const wanted = (Array.isArray(value) && isOneOf ? value : [value]).map((one: unknown) => typed(field.type, one))
  const isNot = operator === '!=' || operator === 'NIN' || operator === '!~'
  return (placed) => {
    const found = field.read(placed)
    return wanted.some((one) => fits(found, one, { type: field.type, operator, isByDay })) !== isNot
  }
}

/** What somebody sent, as it is shown to them. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A value as its field has it: times and numbers may come as text, nothing is null. */
function typed(type: FieldType, value: unknown): Value {
  if (value === null) return null
  const wrong = (name: string) => refused('invalid_value', `${textOf(value)} is not a valid ${name}`)
  if (type === 'boolean') {
    if (value === true || value === 'true') return true
    if (value === false || value === 'false') return false
    throw wrong('boolean')
  }
  if (type === 'date' || type === 'integer') {
    const isNumber = typeof value === 'number' ? Number.isInteger(value) : /^-?\d{1,15}$/.test(textOf(value))
    if (!isNumber) throw wrong(type)
    return Number(value)
  }
  if (typeof value !== 'string') throw wrong('string')
  return value.toLowerCase()
}

type How = { type: FieldType; operator: string; isByDay: boolean }

function fits(found: Value | readonly string[], wanted: Value, { type, operator, isByDay }: How): boolean {
  if (type === 'words' || type === 'list') {
    const all = typeof found === 'object' && found !== null ? found : []
    return wanted === null ? all.length === 0 : all.some((one) => one.toLowerCase() === wanted)
  }
  if (wanted === null || found === null) return wanted === found
  if (typeof found === 'number' && typeof wanted === 'number') {
    // All timestamps are indexed as dates for searches of contacts: nothing within a day is told apart.
    if (isByDay && type === 'date') return ordered(day(found), day(wanted), operator, false)
    return ordered(found, wanted, operator, true)
  }
  if (typeof found !== 'string' || typeof wanted !== 'string') return found === wanted
  const [text, part] = [found.toLowerCase(), wanted]
  if (operator === '~' || operator === '!~') return text.includes(part)
  if (operator === '^') return text.startsWith(part)
  if (operator === '$') return text.endsWith(part)
  return text === part
}

const day = (seconds: number): number => Math.floor(seconds / DAY)

// `>` is documented as greater or equal, `<` alike.
function ordered(found: number, wanted: number, operator: string, orEqual: boolean): boolean {
  if (operator !== '>' && operator !== '<') return found === wanted
  if (found === wanted) return orEqual
  return operator === '>' ? found > wanted : found < wanted
}
