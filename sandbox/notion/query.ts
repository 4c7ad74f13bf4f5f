import { z } from 'zod'
import type { Call } from '#sandbox/http.ts'
import { type Context, readableDatabase, readableSource } from './access.ts'
import { compileFilter, propertyNamed } from './filter.ts'
import { bodyOf } from './input.ts'
import { requireOneSource } from './objects.ts'
import { listOf, pageFields } from './paging.ts'
import { pageShape } from './shapes.ts'
import type { DataSource, Page, Property } from './state.ts'
import { rowsOf, sourcesOf } from './tree.ts'

const Direction = z.enum(['ascending', 'descending'])
const Query = z.strictObject({
  filter: z.record(z.string(), z.unknown()).optional(),
  sorts: z
    .array(
      z.union([
        z.strictObject({ property: z.string(), direction: Direction }),
        z.strictObject({ timestamp: z.enum(['created_time', 'last_edited_time']), direction: Direction }),
      ]),
    )
    .max(100)
    .optional(),
  in_trash: z.boolean().optional(),
  archived: z.boolean().optional(),
  result_type: z.enum(['page', 'data_source']).optional(),
  ...pageFields,
})
type Sort = NonNullable<z.infer<typeof Query>['sorts']>[number]

/** POST /data_sources/{id}/query: its rows. */
export const querySource = (call: Call, { source = '' }: Record<string, string>, context: Context): object =>
  rows(call, readableSource(context, source), context)

/** POST /databases/{id}/query, until 2025-09-03 the way to ask for rows. */
export function queryDatabase(call: Call, { database: id = '' }: Record<string, string>, context: Context): object {
  const database = readableDatabase(context, id)
  requireOneSource(context, database)
  const [source] = sourcesOf(context.state, database)
  return source ? rows(call, source, context) : {}
}

function rows(call: Call, source: DataSource, context: Context): object {
  const { state, version } = context
  const wanted = bodyOf(call, Query)
  const fits = wanted.filter ? compileFilter(state, source, wanted.filter) : () => true
  const isTrashed = wanted.in_trash ?? wanted.archived ?? false
  const found = rowsOf(state, source).filter((page) => page.isTrashed === isTrashed && fits(page))
  const sorted = (wanted.sorts ?? []).toReversed().reduce((all, sort) => sortBy(source, all, sort), found)
  const { queryLimit } = state.settings
  const only = call.query.getAll('filter_properties')
  const page = listOf(sorted.slice(0, queryLimit), wanted, {
    kind: version.hasSources ? 'page_or_data_source' : 'page_or_database',
    name: `query ${source.id} ${JSON.stringify([wanted.filter, wanted.sorts])}`,
    shape: (row) => pageShape(context, row, only),
  })
  // The last page of what may be asked for says that there is more.
  const isCut = sorted.length > queryLimit && 'has_more' in page && page.has_more === false
  const status = isCut ? { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' } : { type: 'complete' }
  return { ...page, ...(version.hasSources && { request_status: status }) }
}

function sortBy(source: DataSource, all: readonly Page[], sort: Sort): Page[] {
  const key = 'property' in sort ? keyOf(propertyNamed(source, sort.property)) : timeOf(sort.timestamp)
  const sign = sort.direction === 'ascending' ? 1 : -1
  return all.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)]
    // What is empty comes last either way.
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (typeof left === 'number' && typeof right === 'number' ? left - right : compare(left, right))
  })
}

const compare = (a: string | number, b: string | number): number => String(a).localeCompare(String(b), 'en')
const timeOf = (name: 'created_time' | 'last_edited_time') => (page: Page) =>
  name === 'created_time' ? page.createdAt : page.editedAt

/** What a column is sorted by; options in the order that the column has them. */
function keyOf(property: Property): (page: Page) => string | number | null {
  const { type, name, options } = property
  if (type === 'title') return ({ title }) => title || null
  if (type === 'created_time' || type === 'last_edited_time') return timeOf(type)
  return ({ values }) => {
    const value = values[name] ?? null
    if (type === 'checkbox') return value === true ? 1 : 0
    if (type === 'select' || type === 'status') return value === null ? null : options.indexOf(String(value))
    if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : null
    return typeof value === 'string' || typeof value === 'number' ? value : null
  }
}
