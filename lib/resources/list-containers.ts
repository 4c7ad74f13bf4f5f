import { fieldProblem } from '#lib/platform/problem.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { describeResource } from './describe-resource.ts'
import { findSwitched, type Switched } from './find-switched.ts'
import { knownContainers } from './known-containers.ts'
import { isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import type { ResourceList, ResourceQuery, ResourceView } from './schema.ts'

/** As many come at once, so that a page can search them itself; of more, a page at a time. */
const WHOLE = 500
const PAGE = 50
/** A list that is opened is asked for anew; its pages and searches go on from what was told then. */
const OPENED_AGE_MS = 5_000
const SEARCHED_AGE_MS = 10 * 60_000

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,6}$/.test(cursor)) throw fieldProblem('cursor', 'Use the nextCursor of the page before.')
  return Number(cursor)
}

function viewOf({ id, provider, sharing }: Switched, resource: Resource, onBoards: boolean): ResourceView {
  const view = describeResource(resource, { provider: provider.id, connectionId: id })
  const { audience = (name: string) => `read what is in ${name}.` } = sharing
  return { ...view, onBoards, ...(resource.isPrivate ? { audience: audience(resource.title) } : {}) }
}

/**
 * The containers of the organization's connection by name, with what of them is available on boards. Who may not switch
 * them gets those that are. Throws as findSwitched, and provider problems.
 */
export async function listContainers(
  actor: Actor,
  connectionId: string,
  { kind, q, cursor }: ResourceQuery,
): Promise<ResourceList> {
  const from = offsetOf(cursor)
  const switched = await findSwitched(actor, connectionId, kind, 'hub.see')
  const isOpened = q === undefined && cursor === undefined
  const { items, at, message } = await knownContainers(actor, switched, isOpened ? OPENED_AGE_MS : SEARCHED_AGE_MS)
  const switches = await readSwitches(actor, switched)
  const maySwitch = may(actor, 'resources.share')
  const words = q?.replace(/^#/, '').toLowerCase() ?? ''
  const all = items
    .map((resource) => viewOf(switched, resource, isShared(switched, resource, switches)))
    .filter(({ onBoards }) => maySwitch || onBoards)
  const matching = all.filter(({ title }) => title.toLowerCase().includes(words))
  const size = all.length <= WHOLE ? WHOLE : PAGE
  return {
    items: matching.slice(from, from + size),
    nextCursor: from + size < matching.length ? String(from + size) : null,
    total: matching.length,
    asOf: at.toISOString(),
    ...(message === null ? {} : { message }),
  }
}
