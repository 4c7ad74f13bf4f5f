import { servingConnections } from '#lib/connections/queries.ts'
import type { Status } from '#lib/connections/schema.ts'
import { type Used, withConnection } from '#lib/connections/with-connection.ts'
import { fieldProblem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { findProvider, providers } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeResource } from './describe-resource.ts'
import { judgeTrouble } from './judge-trouble.ts'
import { extentOf, isSearchOpen, isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import type { ResourceView, SearchQuery, SourceAnswer } from './schema.ts'
import { explainStanding, explainTrouble, standingOf } from './status.ts'
import { inTurn } from './take-turn.ts'

type Searching = Reader & { search: NonNullable<Reader['search']> }
type Serving = { id: string; status: Status }

const ITEMS_PER_KIND = 8
/** How long a source may take before the others' answers go without it. */
const PATIENCE_MS = 8_000

/** What is searched as somebody types: names only. What searches inside things has to be asked for by kind or source. */
function readersFor(provider: Provider, { kind, provider: named }: SearchQuery): Searching[] {
  return provider.readers.filter(
    (reader): reader is Searching =>
      reader.search !== undefined && (kind ? reader.kind === kind : named !== undefined || !reader.searchOnDemand),
  )
}

function sourcesFor(query: SearchQuery): { provider: Provider; readers: Searching[] }[] {
  const named = query.provider === undefined ? null : findProvider(query.provider)
  if (query.provider !== undefined && !named) throw fieldProblem('provider', 'There is no such source here.')
  const asked = named ? [named] : providers
  if (query.kind !== undefined && !asked.some(({ readers }) => readers.some(({ kind }) => kind === query.kind)))
    throw fieldProblem('kind', 'There is no such kind of thing here.')
  return asked
    .map((provider) => ({ provider, readers: readersFor(provider, query) }))
    .filter(({ readers }) => readers.length > 0)
}

/** `message`: what the provider says of the query itself. */
type Found<T> = { items: T[]; troubles: unknown[]; message?: string | undefined }

/** Asks every kind of one source at once. A kind that fails costs its own answers only, unless all of them fail. */
async function searchKinds(readers: Searching[], text: string, api: Api): Promise<Found<Resource[]>> {
  const asked = await Promise.allSettled(readers.map((reader) => reader.search(api, text, {})))
  const troubles = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  const fatal = troubles.find((one) => one instanceof ProviderFailure && ['expired', 'revoked'].includes(one.failure))
  if (fatal !== undefined) throw fatal
  if (troubles.length === asked.length) throw troubles[0]
  const pages = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const { message } = pages.find((page) => page.message !== undefined) ?? {}
  return { items: pages.map(({ items }) => [...items]), troubles, message }
}

/** What the connection may show of what was found, some of each kind. */
async function searchShared(actor: Actor, readers: Searching[], text: string, api: Api, used: Used) {
  const { items, troubles, message } = await searchKinds(readers, text, api)
  const switches = await readSwitches(actor, used)
  const from = { provider: used.provider.id, connectionId: used.id, viewer: actor }
  const shown = items.flatMap((kind) =>
    kind.filter((resource) => isShared(used, resource, switches)).slice(0, ITEMS_PER_KIND),
  )
  const told = message && `${used.provider.name}: ${message}`
  return { items: shown.map((resource) => describeResource(resource, from)), troubles, message: told }
}

const outOfPatience = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = () => reject(new ProviderFailure('unavailable'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

async function searchSource(
  actor: Actor,
  source: { provider: Provider; readers: Searching[]; serving: Serving | undefined },
  text: string,
  patience: AbortSignal,
): Promise<SourceAnswer> {
  const { provider, readers, serving } = source
  const isPersonal = provider.slots.includes('user')
  const base = { provider: provider.id, name: provider.name, connectionId: serving?.id ?? null, items: [] }
  const closed = explainStanding(standingOf(serving?.status ?? null, isPersonal), provider.name, isPersonal)
  if (closed || !serving) return { ...base, state: 'needs_connection', message: null, ...closed }
  const explain = (error: unknown) => {
    const trouble = judgeTrouble(error)
    return explainTrouble(trouble, provider.name, isPersonal, findRemedy(provider, trouble.detail))
  }
  const search = withConnection(actor, serving.id, async (api, used): Promise<Found<ResourceView>> => {
    if (extentOf(actor, used) !== 'content') return { items: [], troubles: [] }
    const open = readers.filter((reader) => isSearchOpen(used, reader))
    if (open.length === 0) return { items: [], troubles: [] }
    return searchShared(actor, open, text, inTurn(api, used, patience), used)
  })
  search.catch(() => undefined) // when patience ends first, nobody is left to hear how it went
  try {
    const { items, troubles, message = null } = await Promise.race([search, outOfPatience(patience)])
    const [partly] = troubles.map(explain)
    return { ...base, ...(partly ?? { message }), items, state: 'ok' }
  } catch (error) {
    return { ...base, ...explain(error) }
  }
}

/**
 * Searches all of the caller's sources at once and gives each one's answer as soon as it is there: none waits for another,
 * and none fails another. `patienceMs` is how long each may take. Throws `fields-not-accepted` for an unknown source.
 */
export async function startSearch(
  actor: Actor,
  query: SearchQuery,
  { patienceMs = PATIENCE_MS, signal }: { patienceMs?: number; signal?: AbortSignal } = {},
): Promise<Promise<SourceAnswer>[]> {
  const sources = sourcesFor(query)
  const serving = await servingConnections(actor)
  const patience = AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])])
  return sources.map(({ provider, readers }) =>
    searchSource(actor, { provider, readers, serving: serving.get(provider.id) }, query.q, patience),
  )
}

/** All sources' answers together, in the fixed order of the sources. */
export async function searchResources(
  actor: Actor,
  query: SearchQuery,
  patienceMs = PATIENCE_MS,
): Promise<{ sources: SourceAnswer[] }> {
  return { sources: await Promise.all(await startSearch(actor, query, { patienceMs })) }
}
