import { invalid } from './refusal.ts'
import { type DataSource, type Page, type Property, parseId, personOf, type State, workspaceOf } from './state.ts'
import { titled } from './tree.ts'

type Fits = (page: Page) => boolean
type Test = (value: unknown, wanted: unknown) => boolean

const text = (value: unknown): string => (typeof value === 'string' ? value : '').toLowerCase()
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
const includes = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value) && (Array.isArray(wanted) ? wanted : [wanted]).every((one) => value.includes(one))

const EXISTENCE: Record<string, Test> = {
  is_empty: (value) => isEmpty(value),
  is_not_empty: (value) => !isEmpty(value),
}
const EQUALITY: Record<string, Test> = {
  equals: (value, wanted) => (Array.isArray(wanted) ? wanted.includes(value) : value === wanted),
  does_not_equal: (value, wanted) => (Array.isArray(wanted) ? !wanted.includes(value) : value !== wanted),
}
const TEXT: Record<string, Test> = {
  equals: (value, wanted) => text(value) === text(wanted),
  does_not_equal: (value, wanted) => text(value) !== text(wanted),
  contains: (value, wanted) => text(value).includes(text(wanted)),
  does_not_contain: (value, wanted) => !text(value).includes(text(wanted)),
  starts_with: (value, wanted) => text(value).startsWith(text(wanted)),
  ends_with: (value, wanted) => text(value).endsWith(text(wanted)),
  ...EXISTENCE,
}
const number = (holds: (value: number, wanted: number) => boolean): Test => {
  return (value, wanted) => typeof value === 'number' && typeof wanted === 'number' && holds(value, wanted)
}
const NUMBER: Record<string, Test> = {
  ...EQUALITY,
  greater_than: number((value, wanted) => value > wanted),
  less_than: number((value, wanted) => value < wanted),
  greater_than_or_equal_to: number((value, wanted) => value >= wanted),
  less_than_or_equal_to: number((value, wanted) => value <= wanted),
  ...EXISTENCE,
}
const MEMBERS: Record<string, Test> = {
  contains: includes,
  does_not_contain: (value, wanted) => !includes(value, wanted),
  ...EXISTENCE,
}
// A day without a time is compared as a day.
const date = (holds: (value: number, wanted: number) => boolean): Test => {
  return (value, wanted) => {
    if (typeof value !== 'string' || value === '' || typeof wanted !== 'string') return false
    const [at, than] = wanted.length === 10 ? [value.slice(0, 10), wanted] : [value, wanted]
    return holds(Date.parse(at), Date.parse(than))
  }
}
const DATE: Record<string, Test> = {
  equals: date((value, wanted) => value === wanted),
  before: date((value, wanted) => value < wanted),
  after: date((value, wanted) => value > wanted),
  on_or_before: date((value, wanted) => value <= wanted),
  on_or_after: date((value, wanted) => value >= wanted),
  ...EXISTENCE,
}
const TESTS: Readonly<Record<string, Record<string, Test>>> = {
  title: TEXT,
  rich_text: TEXT,
  url: TEXT,
  email: TEXT,
  number: NUMBER,
  unique_id: NUMBER,
  checkbox: EQUALITY,
  select: { ...EQUALITY, ...EXISTENCE },
  status: { ...EQUALITY, ...EXISTENCE },
  multi_select: MEMBERS,
  people: MEMBERS,
  relation: MEMBERS,
  date: DATE,
  created_time: DATE,
  last_edited_time: DATE,
}

/** Reads a filter of a query; `depth` is how often it may still be nested (developers.notion.com/reference/filter-data-source-entries). */
export function compileFilter(state: State, source: DataSource, filter: object, depth = 2): Fits {
  for (const [word, holds] of [
    ['and', (all: Fits[], page: Page) => all.every((fits) => fits(page))],
    ['or', (all: Fits[], page: Page) => all.some((fits) => fits(page))],
  ] as const) {
    const parts: unknown = Object.getOwnPropertyDescriptor(filter, word)?.value
    if (parts === undefined) continue
    if (!Array.isArray(parts) || depth === 0) throw malformed(filter)
    const all = parts.map((part: unknown) => compileFilter(state, source, object(part, filter), depth - 1))
    return (page) => holds(all, page)
  }
  const { property, timestamp, type: _, ...rest } = Object.fromEntries(Object.entries(filter))
  const [type, condition] = Object.entries(rest)[0] ?? ['', null]
  const [operator, wanted] = Object.entries(object(condition, filter))[0] ?? ['', null]
  const test = TESTS[type]?.[operator]
  if (!test || Object.keys(rest).length !== 1) throw malformed(filter)
  if (timestamp === type && property === undefined) {
    return (page) => test(new Date(type === 'created_time' ? page.createdAt : page.editedAt).toISOString(), wanted)
  }
  if (typeof property !== 'string') throw malformed(filter)
  const column = propertyNamed(source, property)
  if (column.type !== type) throw invalid(`database property ${column.type} does not match filter ${type}`)
  return (page) => test(comparable(state, source, page, column), named(state, page, column, wanted))
}

function object(value: unknown, filter: object): object {
  if (typeof value === 'object' && value !== null) return value
  throw malformed(filter)
}

const malformed = (filter: object) =>
  invalid(`body failed validation: body.filter should be a valid filter, instead was \`${JSON.stringify(filter)}\`.`)

function comparable(state: State, source: DataSource, page: Page, { type, name }: Property): unknown {
  if (type === 'title') return page.title
  if (type === 'created_time') return new Date(page.createdAt).toISOString()
  if (type === 'last_edited_time') return new Date(page.editedAt).toISOString()
  if (type === 'checkbox') return page.values[name] === true
  if (type === 'unique_id')
    return [...state.things.values()].filter(({ parent }) => parent === source.id).indexOf(page) + 1
  return page.values[name] ?? null
}

// People are named by their ids, related rows by theirs; here they are written by login and title.
function named(state: State, page: Page, { type }: Property, wanted: unknown): unknown {
  const id = typeof wanted === 'string' ? (parseId(wanted) ?? wanted) : ''
  if (type === 'people') return personOf(workspaceOf(state, page.workspace), id)?.login ?? wanted
  if (type === 'relation') return [...titled(state, state.things.get(id)?.title ?? '')][0]?.title ?? wanted
  return wanted
}

/** The column that a filter or a sort names, by its name or its id. */
export function propertyNamed({ properties }: DataSource, key: string): Property {
  const property = properties.find(({ id, name }) => name === key || id === key)
  if (property) return property
  throw invalid(`Could not find property with name or id: ${key}`)
}
