import { readQuery, type Value } from '#sandbox/atlassian/query-read.ts'
import { type Language, type QueryField, runOver } from '#sandbox/atlassian/query-run.ts'
import { Unreadable } from '#sandbox/atlassian/query-tokens.ts'
import { failureOfFirst } from './refusal.ts'
import { type Page, type Space, visiblePages, visibleSpaces, type WikiContext } from './state.ts'

/** What a search finds: a page, or a space when it asks for those. */
export type Found = { type: 'page'; page: Page; space: Space } | { type: 'space'; space: Space }
type Field = QueryField<Found>

const TYPES = ['page', 'space', 'blogpost', 'comment', 'attachment', 'whiteboard', 'database', 'folder']
const NEEDS_QUOTES = /[+;?|*/%^$#@[\]]/

const field = (kind: Field['kind'], name: string, of: Field['of']): Field => ({ kind, name, of })
const ofPage = (value: (page: Page) => (string | number | null)[]) => (found: Found) =>
  found.type === 'page' ? value(found.page) : []

const titleOf = (found: Found): string => (found.type === 'page' ? found.page.title : found.space.name)
const textOf = (found: Found): string => (found.type === 'page' ? found.page.body : found.space.description)
const createdAt = (found: Found): number =>
  found.type === 'page' ? found.page.createdAt : Date.parse(found.space.createdAt)
const updatedAt = (found: Found): number => (found.type === 'page' ? found.page.updatedAt : createdAt(found))

const space = field('choice', 'space', ({ space: { key } }) => [key])
const id = field(
  'choice',
  'id',
  ofPage((page) => [page.id]),
)
const updated = field('date', 'lastmodified', (found) => [updatedAt(found)])
const text = field('text', 'text', (found) => [titleOf(found), textOf(found)])

// developer.atlassian.com/cloud/confluence/cql-fields
const FIELDS: Readonly<Record<string, Field>> = {
  type: field('choice', 'type', ({ type }) => [type]),
  space,
  'space.key': space,
  'space.title': field('text', 'space.title', ({ space: { name } }) => [name]),
  'space.type': field('choice', 'space.type', ({ space: { type } }) => [type]),
  id,
  content: id,
  title: field('text', 'title', (found) => [titleOf(found)]),
  text,
  sitesearch: text,
  label: field(
    'choice',
    'label',
    ofPage((page) => page.labels),
  ),
  creator: field(
    'choice',
    'creator',
    ofPage((page) => [page.author]),
  ),
  contributor: field(
    'choice',
    'contributor',
    ofPage((page) => [page.author, page.updatedBy]),
  ),
  parent: field(
    'choice',
    'parent',
    ofPage((page) => [page.parentId]),
  ),
  created: field('date', 'created', (found) => [createdAt(found)]),
  lastmodified: updated,
}

function fieldNamed(name: string): Field {
  const found = Object.hasOwn(FIELDS, name.toLowerCase()) ? FIELDS[name.toLowerCase()] : undefined
  if (found) return found
  throw new Unreadable(`No field exists with name: ${name}`)
}

function choicesOf({ name }: Field, value: Value, { state, caller }: WikiContext): (string | null)[] {
  if (value.type === 'empty') return [null]
  if (value.type === 'function') {
    if (value.name === 'currentuser') return caller.account ? [caller.account.email] : []
    throw new Unreadable(`No function exists with name: ${value.name}`)
  }
  if (name === 'type' && !TYPES.includes(value.text.toLowerCase()))
    throw new Unreadable(`The value '${value.text}' is not supported by the 'type' field.`)
  if (name === 'creator' || name === 'contributor') {
    const found = state.accounts.find((one) => one.id === value.text || one.email === value.text)
    return found ? [found.email] : []
  }
  return [name === 'type' ? value.text.toLowerCase() : value.text]
}

const language = (context: WikiContext): Language<Found> => ({
  fieldNamed,
  choicesOf: (one, value) => choicesOf(one, value, context),
  sortKey: (name) => {
    const found = fieldNamed(name)
    return (item) => found.of(item)[0] ?? ''
  },
  usual: (a, b) => updatedAt(b) - updatedAt(a),
  now: context.state.world.clock.now(),
})

/** Runs a query over the current pages, and the spaces, that the caller sees. */
export function runCql(cql: string, context: WikiContext): Found[] {
  const spaces = visibleSpaces(context)
  const pages = visiblePages(context).flatMap((page): Found[] => {
    const own = spaces.find(({ key, status }) => key === page.space && status === 'current')
    return own && page.status === 'current' ? [{ type: 'page', page, space: own }] : []
  })
  const all: Found[] = [...pages, ...spaces.map((one): Found => ({ type: 'space', space: one }))]
  try {
    const query = readQuery(cql, NEEDS_QUOTES)
    if (!query.where) throw new Unreadable('The query cannot be empty')
    return runOver(all, query, language(context))
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem
    throw failureOfFirst(400, `Could not parse cql : ${problem.message}`)
  }
}
