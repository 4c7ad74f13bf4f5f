import {
  isNext,
  meant,
  peek,
  type Reader,
  readerOf,
  shown,
  type Token,
  take,
  takeIf,
  unreadable,
} from './query-tokens.ts'

export type Value =
  | { type: 'text'; text: string }
  | { type: 'function'; name: string; args: string[] }
  | { type: 'empty' }
export type Clause = { type: 'clause'; field: string; operator: string; values: Value[] }
export type Condition = Clause | { type: 'and' | 'or'; of: Condition[] } | { type: 'not'; of: Condition }
type Order = { field: string; isDescending: boolean }
export type Query = { where: Condition | null; order: Order[] }

const KEYWORDS = ['and', 'or', 'not', 'in', 'is', 'order', 'by', 'empty', 'null', 'was', 'changed']
const OPERATORS = ['=', '!=', '<', '>', '<=', '>=', '~', '!~']

/** Reads a query of Jira’s or Confluence’s language. Throws Unreadable. */
export function readQuery(text: string, needsQuotes: RegExp): Query {
  const reader = readerOf(text, needsQuotes)
  const where = peek(reader).type === 'end' || isNext(reader, 'order') ? null : readEither(reader)
  const order = takeIf(reader, 'order') ? readOrder(reader) : []
  const rest = peek(reader)
  if (rest.type !== 'end') throw unreadable(`Expecting either 'OR' or 'AND' but got ${shown(rest)}.`, rest.at)
  return { where, order }
}

function joined(reader: Reader, type: 'and' | 'or', sign: string, part: (reader: Reader) => Condition): Condition {
  const first = part(reader)
  const of = [first]
  while (takeIf(reader, type, sign)) of.push(part(reader))
  return of.length === 1 ? first : { type, of }
}

const readEither = (reader: Reader): Condition => joined(reader, 'or', '||', readBoth)
const readBoth = (reader: Reader): Condition => joined(reader, 'and', '&&', readOne)

function readOne(reader: Reader): Condition {
  if (takeIf(reader, 'not', '!')) return { type: 'not', of: readOne(reader) }
  if (!takeIf(reader, '(')) return readClause(reader)
  const inner = readEither(reader)
  closed(reader, "Expecting ')' before")
  return inner
}

function closed(reader: Reader, expecting: string): void {
  const token = peek(reader)
  if (!takeIf(reader, ')')) throw unreadable(`${expecting} ${shown(token)}.`, token.at)
}

function readField(reader: Reader): string {
  const field = take(reader)
  const isName = field.type === 'quoted' || (field.type === 'word' && !isKeyword(field))
  if (isName) return meant(field)
  throw unreadable(`Expecting a field name but got ${shown(field)}.`, field.at)
}

const isKeyword = ({ text, type }: Token): boolean => type === 'word' && KEYWORDS.includes(text.toLowerCase())

function readClause(reader: Reader): Clause {
  const field = readField(reader)
  const operator = readOperator(reader)
  const values = /\bin$/.test(operator) ? readList(reader) : [readValue(reader)]
  return { type: 'clause', field, operator, values }
}

function readOperator(reader: Reader): string {
  const sign = take(reader)
  const word = sign.text.toLowerCase()
  if (sign.type === 'sign' && OPERATORS.includes(word)) return word
  if (sign.type === 'word' && word === 'in') return 'in'
  if (sign.type === 'word' && word === 'not' && takeIf(reader, 'in')) return 'not in'
  if (sign.type === 'word' && word === 'is') return takeIf(reader, 'not') ? 'is not' : 'is'
  throw unreadable(
    `Expecting operator but got ${shown(sign)}. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`,
    sign.at,
  )
}

function readList(reader: Reader): Value[] {
  // A function may stand for the whole list.
  if (!takeIf(reader, '(')) return [readValue(reader)]
  const values = [readValue(reader)]
  while (takeIf(reader, ',')) values.push(readValue(reader))
  closed(reader, "Expecting ')' or ',' but got")
  return values
}

function readValue(reader: Reader): Value {
  const token = take(reader)
  const word = token.text.toLowerCase()
  if (token.type === 'word' && (word === 'empty' || word === 'null')) return { type: 'empty' }
  if (token.type === 'end' || token.type === 'sign' || isKeyword(token)) {
    const got = shown(token)
    throw unreadable(
      `Expecting either a value, list or function but got ${got}. You must surround ${got} in quotation marks to use it as a value.`,
      token.at,
    )
  }
  if (token.type === 'quoted' || !takeIf(reader, '(')) return { type: 'text', text: meant(token) }
  const args: string[] = []
  while (!isNext(reader, ')') && peek(reader).type !== 'end') {
    const argument = take(reader)
    if (argument.text !== ',') args.push(meant(argument))
  }
  closed(reader, "Expecting ')' before")
  return { type: 'function', name: word, args }
}

function readOrder(reader: Reader): Order[] {
  const by = take(reader)
  if (by.text.toLowerCase() !== 'by') throw unreadable(`Expecting 'by' but got ${shown(by)}.`, by.at)
  const orders: Order[] = []
  do {
    const field = readField(reader)
    const isDescending = takeIf(reader, 'desc')
    if (!isDescending) takeIf(reader, 'asc')
    orders.push({ field, isDescending })
  } while (takeIf(reader, ','))
  return orders
}
