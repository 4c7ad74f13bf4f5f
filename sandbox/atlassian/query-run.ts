import { instantOf } from './query-dates.ts'
import type { Clause, Condition, Query, Value } from './query-read.ts'
import { isLike } from './query-text.ts'
import { Unreadable } from './query-tokens.ts'

type Held = string | number | null
type Test<Item> = (item: Item) => boolean
/** What a field of a query can be asked. `of` is what an item has there. */
export type QueryField<Item> = { kind: 'choice' | 'text' | 'date' | 'number'; name: string; of: (item: Item) => Held[] }
/** A language: its fields by name, what a value stands for in a field of choices, how items are sorted, and the time it is. */
export type Language<Item> = {
  fieldNamed: (name: string) => QueryField<Item>
  choicesOf: (field: QueryField<Item>, value: Value) => Held[]
  sortKey: (name: string) => (item: Item) => string | number
  /** The order where a query names none. */
  usual: (a: Item, b: Item) => number
  now: number
}

const EQUAL = ['=', '!=', 'in', 'not in', 'is', 'is not']
const ORDERED = ['<', '<=', '>', '>=']
const OPERATORS: Readonly<Record<QueryField<unknown>['kind'], readonly string[]>> = {
  choice: EQUAL,
  text: ['~', '!~', 'is', 'is not'],
  date: [...EQUAL, ...ORDERED],
  number: [...EQUAL, ...ORDERED],
}

/** The items that a query asks for, in its order. Throws Unreadable. */
export function runOver<Item>(items: readonly Item[], { where, order }: Query, language: Language<Item>): Item[] {
  const test = where ? testOf(where, language) : () => true
  const keys = order.map(({ field, isDescending }) => ({ by: language.sortKey(field), sign: isDescending ? -1 : 1 }))
  return items.filter(test).toSorted((a, b) => {
    for (const { by, sign } of keys) {
      const [left, right] = [by(a), by(b)]
      if (left !== right) return left < right ? -sign : sign
    }
    return keys.length === 0 ? language.usual(a, b) : 0
  })
}

function testOf<Item>(condition: Condition, language: Language<Item>): Test<Item> {
  if (condition.type === 'clause') return clauseTest(condition, language)
  if (condition.type === 'not') {
    const inner = testOf(condition.of, language)
    return (item) => !inner(item)
  }
  const tests = condition.of.map((one) => testOf(one, language))
  return condition.type === 'and'
    ? (item) => tests.every((test) => test(item))
    : (item) => tests.some((test) => test(item))
}

function clauseTest<Item>(clause: Clause, language: Language<Item>): Test<Item> {
  const { operator, values } = clause
  const field = language.fieldNamed(clause.field)
  if (!OPERATORS[field.kind].includes(operator))
    throw new Unreadable(`The operator '${operator}' is not supported by the '${field.name}' field.`)
  if (operator.startsWith('is')) return emptyTest(clause, field)
  if (field.kind === 'text') return textTest(operator, values, field)
  if (ORDERED.includes(operator)) return orderTest(operator, numberOf(field, values[0], language), field)
  const wanted = values.flatMap((value) =>
    field.kind === 'choice' ? language.choicesOf(field, value) : [numberOf(field, value, language)],
  )
  const has: Test<Item> = (item) => {
    const own = field.of(item)
    return (own.length === 0 ? [null] : own).some((one) => wanted.includes(one))
  }
  if (operator === '=' || operator === 'in') return has
  // What has nothing there is not unequal to something.
  return (item) => !has(item) && field.of(item).some((one) => one !== null)
}

function emptyTest<Item>({ operator, values }: Clause, { name, of }: QueryField<Item>): Test<Item> {
  if (values.some(({ type }) => type !== 'empty'))
    throw new Unreadable(`The operator '${operator}' can only be used with EMPTY or NULL for the field '${name}'.`)
  const isEmpty: Test<Item> = (item) => of(item).every((one) => one === null || one === '')
  return operator === 'is' ? isEmpty : (item) => !isEmpty(item)
}

function textTest<Item>(operator: string, [value]: readonly Value[], { of }: QueryField<Item>): Test<Item> {
  const wanted = value?.type === 'text' ? value.text : ''
  const has: Test<Item> = (item) => isLike(of(item).join('\n'), wanted)
  return operator === '~' ? has : (item) => !has(item)
}

function numberOf<Item>({ kind, name }: QueryField<Item>, value: Value | undefined, { now }: Language<Item>): number {
  if (value && kind === 'date') return instantOf(name, value, now)
  const text = value?.type === 'text' ? value.text : ''
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new Unreadable(`'${text}' is an invalid value for the field '${name}': it has to be a number.`)
}

function orderTest<Item>(operator: string, limit: number, { of }: QueryField<Item>): Test<Item> {
  return (item) => {
    const [value] = of(item)
    if (typeof value !== 'number') return false
    if (operator.endsWith('=') && value === limit) return true
    return operator.startsWith('<') ? value < limit : value > limit
  }
}
