import type { KindView } from '#lib/connections/schema.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import { titleOf } from '../cards/body.ts'
import { rootKind, type Source } from '../sources.ts'

/** Where in the sources one is: nowhere yet, at one's beginning, or inside a thing, looking at one kind of what it holds. */
export type Level =
  | { at: 'top' }
  | { at: 'source'; source: Source }
  | { at: 'inside'; source: Source; parent: ResourceView; kind: KindView }

export const top: Level = { at: 'top' }

const findKind = ({ kinds }: Source, id: string): KindView | undefined => kinds.find((kind) => kind.id === id)

/** A kind in the plural, for a row that leads to many of it. */
export function plural({ name }: KindView): string {
  if (/(?:s|sh|ch)$/.test(name)) return name
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}

/** What can be gone into from a thing: the first kind is shown at once, the others are rows beside it. */
export function levelsInside(source: Source, parent: ResourceView): Extract<Level, { at: 'inside' }>[] {
  const children = findKind(source, parent.kind)?.children ?? []
  return children.flatMap((id) => {
    const kind = findKind(source, id)
    return kind ? [{ at: 'inside' as const, source, parent, kind }] : []
  })
}

/** What is listed at a level when nothing is typed. */
export function listedAt(level: Level): { kind: string; parent?: string } | null {
  if (level.at === 'top') return null
  if (level.at === 'inside') return { kind: level.kind.id, parent: level.parent.id }
  const kind = rootKind(level.source)
  return kind ? { kind: kind.id } : null
}

/** The kinds that are searched at a level only when somebody asks for it. */
export function searchesAt(level: Level, sources: readonly Source[]): { source: Source; kind: KindView }[] {
  const of = (source: Source) =>
    source.kinds.filter(({ search }) => search === 'on_demand').map((kind) => ({ source, kind }))
  if (level.at === 'top') return sources.filter(({ connectionId }) => connectionId !== null).flatMap(of)
  const all = of(level.source)
  const isOwn = level.at === 'inside' && level.kind.search === 'on_demand'
  return isOwn ? all.filter(({ kind }) => kind.id === level.kind.id) : all
}

/** What a search of a kind is called on its row. */
export function searchLabel(kind: KindView, query: string): string {
  return /search$/i.test(kind.name)
    ? `${kind.name} for “${query}”`
    : `Search ${plural(kind).toLowerCase()} for “${query}”`
}

/** The name of a level among the crumbs. */
export function crumb(level: Level): string {
  if (level.at === 'top') return 'All sources'
  if (level.at === 'source') return level.source.name
  const [first] = levelsInside(level.source, level.parent)
  return first?.kind.id === level.kind.id ? titleOf(level.parent) : plural(level.kind)
}
