import { badParameter } from './access.ts'

type Value = string | boolean
/** `collection` holds the `'x' in parents` form. */
export type Term = { field: string; operator: string; value: Value }
export type Query =
  | { kind: 'term'; term: Term }
  | { kind: 'not'; of: Query }
  | { kind: 'and' | 'or'; left: Query; right: Query }

const TEXT = ['contains', '=', '!=']
const TIME = ['<=', '<', '=', '!=', '>', '>=']
const MARK = ['=', '!=']
/** developers.google.com/workspace/drive/api/guides/ref-search-terms: the fields and their operators. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  name: TEXT,
  fullText: ['contains'],
  mimeType: TEXT,
  modifiedTime: TIME,
  createdTime: TIME,
  viewedByMeTime: TIME,
  sharedWithMeTime: TIME,
  trashed: MARK,
  starred: MARK,
  sharedWithMe: MARK,
  parents: ['in'],
  owners: ['in'],
  writers: ['in'],
  readers: ['in'],
  'shortcutDetails.targetId': MARK,
}
const BOOLEAN = ['trashed', 'starred', 'sharedWithMe']
const RFC3339 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/

type Token = { kind: 'text' | 'word' | 'sign'; value: string }

const refused = () => badParameter('q')

function tokensOf(text: string): Token[] {
  const expression = /\s*(?:'((?:[^'\\]|\\.)*)'|(<=|>=|!=|[=<>()])|([A-Za-z][\w.]*))/y
  const tokens: Token[] = []
  const end = text.trimEnd().length
  while (expression.lastIndex < end) {
    const found = expression.exec(text)
    if (!found) throw refused()
    const [, quoted, sign, word] = found
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replace(/\\(['\\])/g, '$1') })
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign })
    else tokens.push({ kind: 'word', value: word ?? '' })
  }
  return tokens
}

/** Reads `q`; refuses what Drive would refuse: unknown fields, operators that a field has not, values that are not of its type. */
export function readQuery(text: string): Query {
  const tokens = tokensOf(text)
  const [query, next] = readExpression(tokens, 0)
  if (next < tokens.length) throw refused()
  return query
}

// `and` and `or` are read from left to right; brackets bind.
function readExpression(tokens: readonly Token[], start: number): [Query, number] {
  let [left, at] = readUnit(tokens, start)
  for (;;) {
    const { kind, value } = tokens[at] ?? { kind: 'sign', value: '' }
    if (kind !== 'word' || (value !== 'and' && value !== 'or')) return [left, at]
    const [right, next] = readUnit(tokens, at + 1)
    left = { kind: value, left, right }
    at = next
  }
}

function readUnit(tokens: readonly Token[], at: number): [Query, number] {
  const token = tokens[at]
  if (!token) throw refused()
  if (token.kind === 'word' && token.value === 'not') {
    const [of, next] = readUnit(tokens, at + 1)
    return [{ kind: 'not', of }, next]
  }
  if (token.kind === 'sign' && token.value === '(') {
    const [inner, next] = readExpression(tokens, at + 1)
    if (tokens[next]?.value !== ')') throw refused()
    return [inner, next + 1]
  }
  if (token.kind === 'text') return [{ kind: 'term', term: membership(tokens, at) }, at + 3]
  // The one field that may stand alone.
  const isAlone = token.value === 'sharedWithMe' && !MARK.includes(tokens[at + 1]?.value ?? '')
  if (isAlone) return [{ kind: 'term', term: { field: 'sharedWithMe', operator: '=', value: true } }, at + 1]
  return [{ kind: 'term', term: comparison(tokens, at) }, at + 3]
}

function membership(tokens: readonly Token[], at: number): Term {
  const [value, operator, field] = tokens.slice(at, at + 3)
  if (!value || operator?.value !== 'in' || field?.kind !== 'word') throw refused()
  if (!OPERATORS[field.value]?.includes('in')) throw refused()
  return { field: field.value, operator: 'in', value: value.value }
}

function comparison(tokens: readonly Token[], at: number): Term {
  const [field, operator, value] = tokens.slice(at, at + 3)
  if (field?.kind !== 'word' || !operator || !value) throw refused()
  if (!Object.hasOwn(OPERATORS, field.value) || operator.value === 'in') throw refused()
  if (operator.kind === 'text' || !OPERATORS[field.value]?.includes(operator.value)) throw refused()
  return { field: field.value, operator: operator.value, value: typed(field.value, value) }
}

function typed(field: string, { kind, value }: Token): Value {
  if (BOOLEAN.includes(field)) {
    if (kind !== 'word' || (value !== 'true' && value !== 'false')) throw refused()
    // `sharedWithMe = false` is refused (googleapis/google-api-nodejs-client issue 1136).
    if (field === 'sharedWithMe' && value === 'false') throw refused()
    return value === 'true'
  }
  if (kind !== 'text') throw refused()
  if (field.endsWith('Time') && (!RFC3339.test(value) || Number.isNaN(Date.parse(value)))) throw refused()
  return value
}

/** The terms of a query that are about one field. */
export function termsAbout(query: Query, field: string): Term[] {
  if (query.kind === 'term') return query.term.field === field ? [query.term] : []
  if (query.kind === 'not') return termsAbout(query.of, field)
  return [...termsAbout(query.left, field), ...termsAbout(query.right, field)]
}
