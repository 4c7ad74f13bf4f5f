import type { Call } from '#sandbox/http.ts'
import { type Context, readableDatabase, readablePage, readableSource } from './access.ts'
import { Refusal } from './refusal.ts'
import { databaseShape, pageShape, sourceShape } from './shapes.ts'
import type { Database } from './state.ts'
import { sourcesOf } from './tree.ts'

type Params = Record<string, string>

/** GET /pages/{id}: properties, no content. */
export const showPage = (call: Call, { page = '' }: Params, context: Context): object =>
  pageShape(context, readablePage(context, page), call.query.getAll('filter_properties'))

/** GET /databases/{id} */
export function showDatabase(_call: Call, { database: id = '' }: Params, context: Context): object {
  const database = readableDatabase(context, id)
  if (!context.version.hasSources) requireOneSource(context, database)
  return databaseShape(context, database)
}

/** GET /data_sources/{id} */
export const showSource = (_call: Call, { source = '' }: Params, context: Context): object =>
  sourceShape(context, readableSource(context, source))

/** Refuses a database that an older version of the API cannot speak of. */
export function requireOneSource({ state }: Context, database: Database): void {
  const sources = sourcesOf(state, database)
  if (sources.length === 1) return
  throw new Refusal(
    400,
    'validation_error',
    'Databases with multiple data sources are not supported in this API version.',
    {
      additional_data: {
        error_type: 'multiple_data_sources_for_database',
        database_id: database.id,
        child_data_source_ids: sources.map(({ id }) => id),
        minimum_api_version: '2025-09-03',
      },
    },
  )
}
