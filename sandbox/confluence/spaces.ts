import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { baseOf, idsIn, listed, listIn, oneOf } from './paging.ts'
import { notFound } from './refusal.ts'
import { spaceShape } from './shapes.ts'
import { type Space, spaceOf, visibleSpaces, type WikiContext } from './state.ts'

const TYPES = [
  'global',
  'collaboration',
  'knowledge_base',
  'personal',
  'system',
  'onboarding',
  'xflow_sample_space',
] as const
const SORTS = ['id', '-id', 'key', '-key', 'name', '-name'] as const

const more = (call: Call) => ({
  describes: oneOf(call, 'description-format', ['plain', 'view']) !== null,
  hasIcon: oneOf(call, 'include-icon', ['true', 'false']) === 'true',
})

/** GET /wiki/api/v2/spaces */
export function listSpaces(call: Call, _params: Params, context: WikiContext): Answer {
  const [ids, keys] = [idsIn(call, 'ids'), listIn(call, 'keys')]
  const [type, status] = [oneOf(call, 'type', TYPES), oneOf(call, 'status', ['current', 'archived'])]
  const found = visibleSpaces(context).filter(
    (space) =>
      (ids.length === 0 || ids.includes(space.id)) &&
      (keys.length === 0 || keys.includes(space.key)) &&
      (type === null || space.type === type) &&
      (status === null || space.status === status),
  )
  const shown = more(call)
  return listed(call, context, ordered(found, oneOf(call, 'sort', SORTS) ?? 'id'), (space) =>
    spaceShape(context, space, shown),
  )
}

function ordered(spaces: readonly Space[], sort: (typeof SORTS)[number]): Space[] {
  const by = ({ id, key, name }: Space): string =>
    sort.endsWith('key') ? key : sort.endsWith('name') ? name : id.padStart(20, '0')
  const sorted = spaces.toSorted((a, b) => by(a).localeCompare(by(b)))
  return sort.startsWith('-') ? sorted.toReversed() : sorted
}

/** The space that the path names; the same 404 for none and one that may not be viewed. */
export function spaceIn(context: WikiContext, { space: id = '' }: Params): Space {
  const space = spaceOf(context, id)
  if (space) return space
  throw notFound()
}

/** GET /wiki/api/v2/spaces/{id} */
export function showSpace(call: Call, params: Params, context: WikiContext): Answer {
  const shape = spaceShape(context, spaceIn(context, params), more(call))
  context.spend(1)
  return json(200, { ...shape, _links: { ...shape._links, base: baseOf(context) } })
}
