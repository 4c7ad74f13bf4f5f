import type { Call } from '#sandbox/http.ts'
import { invalid } from './access.ts'

type Test = (item: unknown) => boolean

const TOKEN = /\s*(?:(\(|\))|(AND|OR)\b|("(?:[^"\\]|\\.)*")|(!=|>=|<=|!~|=|~|>|<)|([A-Za-z0-9_.:+-]+))/y

function tokens(text: string): string[] {
  const found: string[] = []
  const expression = new RegExp(TOKEN)
  while (expression.lastIndex < text.trimEnd().length) {
    const match = expression.exec(text)
    if (!match) throw invalid('Invalid filter')
    found.push(match[0].trim())
  }
  return found
}

/** The value at a dotted path. */
function valueAt(item: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && name in inner
          ? Object.entries(inner).find(([key]) => key === name)?.[1]
          : undefined,
      item,
    )
}

function literal(word = ''): unknown {
  if (word.startsWith('"')) return JSON.parse(word)
  if (word === 'null') return null
  if (word === 'true' || word === 'false') return word === 'true'
  if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word)
  if (/^\d{4}-\d\d-\d\d/.test(word)) return word
  throw invalid('Invalid filter')
}

const asNumber = (value: unknown): number => {
  if (typeof value !== 'string') return Number(value)
  return /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN
}

const lower = (value: unknown): string => {
  const text = value ?? ''
  return (typeof text === 'string' ? text : JSON.stringify(text)).toLowerCase()
}
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (asNumber(one) === asNumber(other) && one !== null && other !== null)

const OPERATORS: Record<string, (own: unknown, wanted: unknown) => boolean> = {
  '=': isSame,
  '!=': (own, wanted) => !isSame(own, wanted),
  '~': (own, wanted) => lower(own).includes(lower(wanted)),
  '!~': (own, wanted) => !lower(own).includes(lower(wanted)),
  '>': (own, wanted) => asNumber(own) > asNumber(wanted),
  '>=': (own, wanted) => asNumber(own) >= asNumber(wanted),
  '<': (own, wanted) => asNumber(own) < asNumber(wanted),
  '<=': (own, wanted) => asNumber(own) <= asNumber(wanted),
}

/** Reads a filter (developer.atlassian.com/cloud/bitbucket/rest/intro, querying); AND binds closer than OR. */
function read(text: string, known: readonly string[]): Test {
  const rest = tokens(text)
  const any = (): Test => {
    const tests = [all()]
    while (rest[0] === 'OR') {
      rest.shift()
      tests.push(all())
    }
    return (item) => tests.some((test) => test(item))
  }
  const all = (): Test => {
    const tests = [one()]
    while (rest[0] === 'AND') {
      rest.shift()
      tests.push(one())
    }
    return (item) => tests.every((test) => test(item))
  }
  const one = (): Test => {
    const [first = '', sign = '', word] = rest.splice(0, rest[0] === '(' ? 1 : 3)
    if (first === '(') {
      const inner = any()
      if (rest.shift() !== ')') throw invalid('Invalid filter')
      return inner
    }
    const fits = OPERATORS[sign]
    if (!fits) throw invalid('Invalid filter')
    if (!known.includes(first)) throw invalid(`Invalid field name: ${first}`)
    const wanted = literal(word)
    return (item) => fits(valueAt(item, first), wanted)
  }
  const test = any()
  if (rest.length > 0) throw invalid('Invalid filter')
  return test
}

/** The items (as they are shown) that `q` asks for, in the order of `sort`; `known` are the fields that both may name. */
export function asked<Item>(call: Call, items: readonly Item[], known: readonly string[]): Item[] {
  const q = call.query.get('q')
  const found = q === null ? [...items] : items.filter(read(q, known))
  const sort = call.query.get('sort')
  if (sort === null) return found
  const name = sort.replace(/^-/, '')
  if (!known.includes(name)) throw invalid(`Invalid sort field: ${name}`)
  const sign = sort.startsWith('-') ? -1 : 1
  return found.toSorted((a, b) => sign * compare(valueAt(a, name), valueAt(b, name)))
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : lower(a) < lower(b) ? -1 : lower(a) > lower(b) ? 1 : 0
