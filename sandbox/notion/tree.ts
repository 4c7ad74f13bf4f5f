import type { Database, DataSource, Grant, Page, Person, State, Thing } from './state.ts'

export const parentOf = (state: State, thing: Thing): Thing | undefined =>
  thing.parent === null ? undefined : state.things.get(thing.parent)

export const childrenOf = (state: State, id: string): Thing[] =>
  [...state.things.values()].filter(({ parent }) => parent === id)

/** A thing and everything it is in, the top last. */
export function lineage(state: State, thing: Thing): Thing[] {
  const above = parentOf(state, thing)
  return above ? [thing, ...lineage(state, above)] : [thing]
}

/** Whether the app was given a thing, or something that it is in. */
export const isShared = (state: State, grant: Grant, thing: Thing): boolean =>
  thing.workspace === grant.workspace && lineage(state, thing).some(({ id }) => grant.shared.has(id))

/** Whether somebody has full access, and so may share a thing with an app. */
export function hasFullAccess(state: State, person: Person, thing: Thing): boolean {
  const owners = lineage(state, thing).flatMap((one) => one.owners ?? [])
  return owners.length === 0 ? !person.isGuest : owners.includes(person.login)
}

/** What a picker offers a person: pages and databases, no rows. */
export const offered = (state: State, workspace: string, person: Person): (Page | Database)[] =>
  [...state.things.values()].filter(
    (thing): thing is Page | Database =>
      thing.workspace === workspace &&
      thing.object !== 'data_source' &&
      !thing.isTrashed &&
      !isRow(state, thing) &&
      hasFullAccess(state, person, thing),
  )

const isRow = (state: State, thing: Thing): boolean => parentOf(state, thing)?.object === 'data_source'

export const sourcesOf = (state: State, database: Database): DataSource[] =>
  childrenOf(state, database.id).filter((one) => one.object === 'data_source')

export const rowsOf = (state: State, source: DataSource): Page[] =>
  childrenOf(state, source.id).filter((one) => one.object === 'page')

/** The things with a title, as people look for them. */
export const titled = (state: State, title: string): Thing[] =>
  [...state.things.values()].filter((thing) => thing.title === title)
