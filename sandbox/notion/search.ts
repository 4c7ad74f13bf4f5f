import { z } from 'zod'
import type { Call } from '#sandbox/http.ts'
import { type Context, readable, requireCapability } from './access.ts'
import { bodyOf } from './input.ts'
import { listOf, pageFields } from './paging.ts'
import { databaseShape, pageShape, sourceShape } from './shapes.ts'
import type { Thing } from './state.ts'
import { sourcesOf } from './tree.ts'

const inputFor = (value: 'data_source' | 'database') =>
  z.strictObject({
    query: z.string().optional(),
    filter: z
      .strictObject({
        property: z.literal('object').optional(),
        value: z.enum(['page', value]).optional(),
        in_trash: z.boolean().optional(),
      })
      .optional(),
    sort: z
      .strictObject({
        timestamp: z.literal('last_edited_time').optional(),
        property: z.literal('relevance').optional(),
        direction: z.enum(['ascending', 'descending']).optional(),
      })
      .optional(),
    ...pageFields,
  })
const NOW = inputFor('data_source')
const BEFORE_SOURCES = inputFor('database')

/** POST /search: titles of what is shared; the content is not looked at. */
export function search(call: Call, _params: object, context: Context): object {
  requireCapability(context, ({ content }) => content)
  const { hasSources } = context.version
  const wanted = bodyOf(call, hasSources ? NOW : BEFORE_SOURCES)
  const { query = '', filter, sort } = wanted
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const kind = filter?.value
  const found = [...context.state.things.values()]
    .filter((thing) => isFindable(context, thing) && (kind === undefined || thing.object === kind))
    .filter((thing) => thing.isTrashed === (filter?.in_trash ?? false))
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .toSorted((a, b) => b.editedAt - a.editedAt)
  const ordered = sort?.direction === 'ascending' ? found.toReversed() : found
  return listOf(ordered, wanted, {
    kind: hasSources ? 'page_or_data_source' : 'page_or_database',
    name: `search ${JSON.stringify([query, filter, sort])}`,
    shape: (thing) => shapeOf(context, thing),
  })
}

// A new thing is found a while after it was made; before 2025-09-03 a database is the table.
function isFindable(context: Context, thing: Thing): boolean {
  const { state, version } = context
  const isTable = version.hasSources
    ? thing.object !== 'database'
    : thing.object !== 'data_source' && (thing.object === 'page' || sourcesOf(state, thing).length === 1)
  const since = state.world.clock.now() - state.settings.searchDelaySeconds * 1000
  return isTable && thing.createdAt <= since && readable(context, thing.id) !== undefined
}

function shapeOf(context: Context, thing: Thing): object {
  if (thing.object === 'page') return pageShape(context, thing)
  return thing.object === 'database' ? databaseShape(context, thing) : sourceShape(context, thing)
}
