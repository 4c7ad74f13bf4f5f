import type { Call } from '#sandbox/http.ts'
import { type Context, notFound, readable, requireCapability } from './access.ts'
import { listOf, queryPage } from './paging.ts'
import { invalid } from './refusal.ts'
import { parseId } from './state.ts'

/** GET /comments: nobody left any, but the capability is asked for and the page has to be shared. */
export function listComments(call: Call, _params: object, context: Context): object {
  requireCapability(context, ({ comments }) => comments)
  const sent = call.query.get('block_id') ?? ''
  const id = parseId(sent)
  if (id === null)
    throw invalid(
      `query failed validation: query.block_id should be a valid uuid, instead was \`${JSON.stringify(sent)}\`.`,
    )
  if (!readable(context, id)) throw notFound(context.state, 'block', id)
  return listOf([], queryPage(call), { kind: 'comment', name: `comments ${id}`, shape: () => ({}) })
}
