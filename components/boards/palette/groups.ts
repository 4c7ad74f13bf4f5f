import type { Place } from '#components/connections/place.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import { titleOf } from '../cards/body.ts'
import { pastedLinks } from '../links.ts'
import { kindName } from '../names.ts'
import { rootKind, type Source } from '../sources.ts'
import { type Help, helpFor, searchHelp } from './help.ts'
import { crumb, type Level, levelsInside, plural, searchesAt, searchLabel } from './levels.ts'

/** A search that is made when somebody chooses it. */
export type Search = { source: Source; kind: string; query: string }

export type Option = { id: string; label: string; detail: string; isPrivate?: boolean } & (
  | { type: 'resource'; resource: ResourceView; into: Level | null }
  | { type: 'level'; level: Level }
  | { type: 'search'; search: Search }
  | { type: 'connect'; source: Source }
  | { type: 'closed' }
  | { type: 'open'; href: string }
  | { type: 'retry' }
  | { type: 'link'; urls: string[]; isPlain: boolean }
)
/** `said` stands beside the name: why nothing came, or that it is still coming. */
export type Group = {
  id: string
  name: string
  /** The source that is asked, where the group has another name. */
  source?: string
  said: string | null
  isBusy: boolean
  options: Option[]
}

/** `isBroken`: nothing came because something failed, which may be tried again. */
export type Answer = { items: readonly ResourceView[]; said: string | null; isBusy: boolean; isBroken?: boolean }

/** A thing that can be added, or gone into; `within` is where one is already. */
export function resourceOption(source: Source, resource: ResourceView, within?: string): Option {
  const [into] = levelsInside(source, resource)
  const parts = [
    kindName(resource.kind),
    resource.container !== within && resource.container,
    resource.excerpt !== resource.title && resource.excerpt,
  ]
  return {
    id: `${resource.provider}:${resource.kind}:${resource.id}`,
    type: 'resource',
    label: resource.kind === 'file' || resource.kind === 'directory' ? resource.title : titleOf(resource),
    detail: parts.filter(Boolean).join(' · '),
    isPrivate: resource.isPrivate === true,
    resource,
    into: into ?? null,
  }
}

/** A group of the list. */
export const group = (id: string, name: string, options: Option[], more: Partial<Group> = {}): Group => ({
  id,
  name,
  options,
  said: null,
  isBusy: false,
  ...more,
})

function helpOption(id: string, label: string, source: Source, help: Help): Option {
  const row = { id, label, detail: help.words }
  if (help.does === 'connect') return { ...row, type: 'connect', source }
  return help.does === 'open' ? { ...row, type: 'open', href: help.href } : { ...row, type: 'closed' }
}

/** A source to go into; one that cannot be asked says what would help. */
export function sourceOption(source: Source, place: Place): Option {
  const { id, name, connectionId } = source
  if (connectionId === null) return helpOption(`source:${id}`, name, source, helpFor(source, place))
  return { id: `source:${id}`, type: 'level', label: name, detail: '', level: { at: 'source', source } }
}

/** What stands before anything is typed. */
export function startGroups(recent: readonly ResourceView[], sources: readonly Source[], place: Place): Group[] {
  const options = recent.flatMap((resource) => {
    const source = sources.find(
      ({ id, connectionId }) => id === resource.provider && connectionId === resource.connectionId,
    )
    return source ? [resourceOption(source, resource)] : []
  })
  const rows = sources.map((source) => sourceOption(source, place))
  const all = [group('recent', 'Recent', options), group('sources', 'Sources', rows)]
  return all.filter((one) => one.options.length > 0)
}

/** What a typed or pasted address can become. */
export function linkGroups(text: string): Group[] {
  const urls = pastedLinks(text)
  if (urls.length === 0) return []
  const many = urls.length > 1
  const option = (isPlain: boolean, label: string): Option => ({
    id: isPlain ? 'link:plain' : 'link:card',
    type: 'link',
    label,
    detail: many ? '' : (urls[0] ?? ''),
    urls,
    isPlain,
  })
  return [
    group('link', 'Link', [
      option(false, many ? `Add ${urls.length} cards` : 'Add as a card'),
      option(true, many ? `Add ${urls.length} plain links` : 'Add as a plain link'),
    ]),
  ]
}

/** The rows that search when they are chosen; one that an admin has to turn on says so instead. */
export function searchGroups(level: Level, sources: readonly Source[], query: string, place: Place): Group[] {
  const options = searchesAt(level, sources).map(({ source, kind }): Option => {
    const id = `search:${source.id}:${kind.id}`
    const label = searchLabel(kind, query)
    const help = searchHelp(source, kind, place)
    const detail = level.at === 'top' ? source.name : crumb(level)
    if (help) return helpOption(id, label, source, { ...help, words: `${detail} · ${help.words}` })
    return { id, label, detail, type: 'search', search: { source, kind: kind.id, query } }
  })
  return options.length > 0 ? [group('search', 'Search inside', options)] : []
}

const includes = (text: string, words: string): boolean => text.toLowerCase().includes(words.toLowerCase())

/** What a level holds, and the rows beside it. `query` narrows what is listed; what was found is left as it is. */
export function levelGroups(
  level: Exclude<Level, { at: 'top' }>,
  answer: Answer,
  query: string,
  isFound: boolean,
): Group[] {
  const { source } = level
  const within = level.at === 'inside' ? (level.parent.container ?? titleOf(level.parent)) : undefined
  const all = answer.items.map((item) => resourceOption(source, item, within))
  const options = isFound || level.at === 'source' ? all : all.filter(({ label }) => includes(label, query))
  const nothing = answer.isBusy || answer.said !== null || options.length > 0 ? null : nothingText(source, query)
  const [first, ...beside] = level.at === 'inside' ? levelsInside(source, level.parent) : []
  const rows = !isFound && level.at === 'inside' && level.kind.id === first?.kind.id ? beside : []
  const doors = rows.map(
    (inside): Option => ({
      id: `level:${inside.kind.id}`,
      type: 'level',
      label: crumb(inside),
      detail: '',
      level: inside,
    }),
  )
  return [
    ...(doors.length > 0 && query === '' ? [group('doors', 'Also here', doors)] : []),
    group('items', crumb(level), answer.isBroken ? [again] : options, {
      source: source.name,
      said: answer.said ?? nothing,
      isBusy: answer.isBusy,
    }),
  ]
}

/** What nothing found reads like. */
export function nothingText(source: Source, query: string): string {
  if (query === '') return 'Nothing here.'
  const root = rootKind(source)
  const all = root ? `all ${plural(root).toLowerCase()}` : `all of ${source.name}`
  return `Nothing in ${source.name} for “${query}”. Check the spelling or search ${all}.`
}

/** Asks the same once more, where something failed. */
export const again: Option = { id: 'retry', type: 'retry', label: 'Try again', detail: '' }

/** Rows by which there may be results after all. */
const asks: readonly Option['type'][] = ['search', 'link', 'level', 'retry']

/** What stands beside the name of a source that takes its time. */
export const slowText = (name: string): string => `${name} is slow…`

/** How many results there are in how many places, to be said; null while nothing can be counted, or more can be asked for. */
export function countText(groups: readonly Group[]): string | null {
  const withResults = groups
    .map(({ options }) => options.filter(({ type }) => type === 'resource').length)
    .filter((count) => count > 0)
  const total = withResults.reduce((sum, count) => sum + count, 0)
  const mayCome = groups.some(({ isBusy, options }) => isBusy || options.some(({ type }) => asks.includes(type)))
  if (total === 0) return mayCome ? null : 'No results'
  const results = total === 1 ? '1 result' : `${total} results`
  return `${results}, ${withResults.length === 1 ? '1 source' : `${withResults.length} sources`}`
}
