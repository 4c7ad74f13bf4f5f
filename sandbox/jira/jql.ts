import { instantOf } from './jql-dates.ts'
import { choicesOf, fieldNamed, type QueryField, sortKey } from './jql-fields.ts'
import { type Clause, type Condition, readQuery, type Value } from './jql-read.ts'
import { isLike } from './jql-text.ts'
import { failure } from './refusal.ts'
import { type Issue, type JiraContext, visibleIssues } from './state.ts'

type Test = (issue: Issue) => boolean

const EQUAL = ['=', '!=', 'in', 'not in', 'is', 'is not']
const ORDERED = ['<', '<=', '>', '>=']
const OPERATORS: Readonly<Record<QueryField['kind'], readonly string[]>> = {
  choice: EQUAL,
  text: ['~', '!~', 'is', 'is not'],
  date: [...EQUAL, ...ORDERED],
  number: [...EQUAL, ...ORDERED],
}

/** Runs a query: the issues that the caller sees and that it asks for, in its order. One without a restriction is refused. */
export function runQuery(jql: string, context: JiraContext): Issue[] {
  const { where, order } = readQuery(jql)
  if (!where)
    throw failure(400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.')
  return filterIssues(visibleIssues(context), where, order, context)
}

/** Narrows a list of issues by a query that may be no more than an order, as boards take it. */
export function narrow(issues: readonly Issue[], jql: string, context: JiraContext): Issue[] {
  const { where, order } = readQuery(jql)
  return filterIssues(issues, where, order, context)
}

function filterIssues(
  issues: readonly Issue[],
  where: Condition | null,
  order: readonly { field: string; isDescending: boolean }[],
  context: JiraContext,
): Issue[] {
  const test = where ? testOf(where, context) : () => true
  const keys = order.map(({ field, isDescending }) => ({ by: sortKey(field), sign: isDescending ? -1 : 1 }))
  return issues.filter(test).toSorted((a, b) => {
    for (const { by, sign } of keys) {
      const [left, right] = [by(a, context), by(b, context)]
      if (left !== right) return left < right ? -sign : sign
    }
    return keys.length === 0 ? b.createdAt - a.createdAt : 0
  })
}

function testOf(condition: Condition, context: JiraContext): Test {
  if (condition.type === 'clause') return clauseTest(condition, context)
  if (condition.type === 'not') {
    const inner = testOf(condition.of, context)
    return (issue) => !inner(issue)
  }
  const tests = condition.of.map((one) => testOf(one, context))
  return condition.type === 'and'
    ? (issue) => tests.every((test) => test(issue))
    : (issue) => tests.some((test) => test(issue))
}

function clauseTest(clause: Clause, context: JiraContext): Test {
  const { operator, values } = clause
  const field = fieldNamed(clause.field)
  if (!OPERATORS[field.kind].includes(operator))
    throw failure(400, `The operator '${operator}' is not supported by the '${field.name}' field.`)
  const of = (issue: Issue) => field.of(issue, context)
  if (operator.startsWith('is')) return emptyTest(clause, of)
  if (field.kind === 'text') return textTest(operator, values, of)
  if (ORDERED.includes(operator)) return orderTest(operator, numberOf(field, values[0], context), of)
  const wanted = values.flatMap((value) =>
    field.kind === 'choice' ? choicesOf(field, value, context) : [numberOf(field, value, context)],
  )
  const has = (issue: Issue) => {
    const own = of(issue)
    return (own.length === 0 ? [null] : own).some((one) => wanted.includes(one))
  }
  if (operator === '=' || operator === 'in') return has
  // What has nothing there is not unequal to something.
  return (issue) => !has(issue) && of(issue).some((one) => one !== null)
}

function emptyTest({ field, operator, values }: Clause, of: (issue: Issue) => (string | number | null)[]): Test {
  if (values.some(({ type }) => type !== 'empty'))
    throw failure(400, `The operator '${operator}' can only be used with EMPTY or NULL for the field '${field}'.`)
  const isEmpty: Test = (issue) => of(issue).every((one) => one === null || one === '')
  return operator === 'is' ? isEmpty : (issue) => !isEmpty(issue)
}

function textTest(operator: string, values: readonly Value[], of: (issue: Issue) => (string | number | null)[]): Test {
  const [value] = values
  const wanted = value?.type === 'text' ? value.text : ''
  const has: Test = (issue) => isLike(of(issue).join('\n'), wanted)
  return operator === '~' ? has : (issue) => !has(issue)
}

function numberOf(field: QueryField, value: Value | undefined, context: JiraContext): number {
  if (value && field.kind === 'date') return instantOf(field.name, value, context.state.world.clock.now())
  const text = value?.type === 'text' ? value.text : ''
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  throw failure(400, `'${text}' is an invalid value for the field '${field.name}': it has to be a number.`)
}

function orderTest(operator: string, limit: number, of: (issue: Issue) => (string | number | null)[]): Test {
  return (issue) => {
    const [value] = of(issue)
    if (typeof value !== 'number') return false
    if (operator.endsWith('=') && value === limit) return true
    return operator.startsWith('<') ? value < limit : value > limit
  }
}
