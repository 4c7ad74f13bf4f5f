import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { type FilterGroup, filterGroups } from '#lib/connections/status.ts'
import { mainSlot, secondSlot } from './standing.ts'

export type Owner = 'yours' | 'shared'
/** What rows are narrowed to: a group of statuses, those that somebody asked for, or those whose key is to be replaced. */
export type HubGroup = FilterGroup | 'requested' | 'rotation'
export type HubFilter = {
  state: HubGroup | null
  q: string
  category: string
  owner: Owner | null
  isCompact: boolean
}

const isStatusGroup = (name: string): name is FilterGroup => Object.hasOwn(filterGroups, name)
const isGroup = (name: string | null): name is HubGroup =>
  name !== null && (name === 'requested' || name === 'rotation' || isStatusGroup(name))

/** The groups one can choose, with their words. */
export const groupOptions: readonly (readonly [HubGroup, string])[] = [
  ...Object.entries(filterGroups).flatMap(
    ([name, { label }]) => (isStatusGroup(name) ? [[name, label] as const] : []), // as const: a pair
  ),
  ['requested', 'Requested'],
  ['rotation', 'Rotation due'],
]

/** The filter that an address tells; what it does not know is left out. `isCompact`: as the reader likes it where it says nothing. */
export function readFilter(params: URLSearchParams, isCompact = false): HubFilter {
  const [state, owner, view] = [params.get('state'), params.get('owner'), params.get('view')]
  return {
    state: isGroup(state) ? state : null,
    q: params.get('q') ?? '',
    category: params.get('category') ?? '',
    owner: owner === 'yours' || owner === 'shared' ? owner : null,
    isCompact: view === 'compact' || (isCompact && view !== 'comfortable'),
  }
}

/** The query of an address that tells the filter, with its question mark; empty when nothing is filtered. `usual`: as for readFilter. */
export function writeFilter({ state, q, category, owner, isCompact }: HubFilter, usual = false): string {
  const view = isCompact === usual ? null : isCompact ? 'compact' : 'comfortable'
  const fields = { state, q, category, owner, view }
  const params = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return params.size > 0 ? `?${params}` : ''
}

/** The slots a row shows a badge of. */
const shownSlots = (provider: ProviderView): SlotView[] =>
  [mainSlot(provider), secondSlot(provider)].filter((slot) => slot !== undefined)

/** Whether a provider belongs to a group of statuses. What counts as unconfigured is what the row is about. */
export function isIn(group: HubGroup, provider: ProviderView): boolean {
  if (group === 'requested')
    return provider.requests.length > 0 || provider.slots.some(({ request }) => request?.status === 'open')
  if (group === 'rotation') return provider.slots.some(({ connection }) => connection?.credential.rotate)
  const slots = group === 'unconfigured' ? shownSlots(provider).slice(0, 1) : shownSlots(provider)
  return slots.some(({ status, signal, reasonCode }) => filterGroups[group].has(status, signal, reasonCode))
}

/** Whether a provider passes the filter. */
export function passes(provider: ProviderView, { state, q, category, owner }: HubFilter): boolean {
  const wanted = q.trim().toLocaleLowerCase()
  const text = `${provider.name} ${provider.category}`.toLocaleLowerCase()
  const isOwn = mainSlot(provider)?.slot === 'user'
  return (
    (!state || isIn(state, provider)) &&
    (!category || provider.category === category) &&
    (!owner || isOwn === (owner === 'yours')) &&
    text.includes(wanted)
  )
}

/** What to begin with, in this order. */
export const suggestions: readonly string[] = ['github', 'jira', 'slack']

function rankOf(provider: ProviderView): number {
  if (isIn('attention', provider)) return 0
  if (isIn('connected', provider)) return 1
  const slot = mainSlot(provider)
  if (slot?.status === 'not_available') return 3 + suggestions.length
  const at = suggestions.indexOf(provider.id)
  return at < 0 ? 2 + suggestions.length : 2 + at
}

/** Ids in the order they are shown: what needs attention, what is connected, what is suggested, the rest by name. */
export function orderOf(providers: readonly ProviderView[]): string[] {
  const ranked = providers.map((provider) => ({ provider, rank: rankOf(provider) }))
  ranked.sort((a, b) => a.rank - b.rank || a.provider.name.localeCompare(b.provider.name, 'en'))
  return ranked.map(({ provider }) => provider.id)
}

/** The providers that broke between two readings; what was broken before is not told again. */
export function newlyBroken(before: readonly ProviderView[], after: readonly ProviderView[]): ProviderView[] {
  const wasWell = (id: string) => before.some((provider) => provider.id === id && !isIn('attention', provider))
  return after.filter((provider) => wasWell(provider.id) && isIn('attention', provider))
}
