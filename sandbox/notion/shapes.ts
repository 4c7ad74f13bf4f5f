import type { Context, Version } from './access.ts'
import { propertyShape, rowProperties, titleProperty } from './properties.ts'
import { plainText, richText } from './rich-text.ts'
import { type Database, type DataSource, ORIGIN, type Page, type State, type Thing, timestamp } from './state.ts'
import { parentOf, sourcesOf } from './tree.ts'
import { partialUser } from './users.ts'

/** Where people open a thing: its title in words, then its id without dashes. */
export function linkTo({ settings, world }: State, thing: Thing): string {
  const id = (thing.object === 'data_source' ? thing.parent : thing.id).replaceAll('-', '')
  const words = thing.title.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? []
  return `${settings.links ?? `${world.url}${ORIGIN}/p`}/${[...words, id].join('-')}`
}

const iconOf = ({ icon }: Thing) => (icon === null ? null : { type: 'emoji', emoji: icon })

/** What a thing is in, as its version of the API says it. */
export function parentShape(state: State, thing: Thing, { hasSources }: Version): object {
  const parent = parentOf(state, thing)
  if (!parent) return { type: 'workspace', workspace: true }
  if (parent.object === 'page') return { type: 'page_id', page_id: parent.id }
  if (parent.object === 'database') return { type: 'database_id', database_id: parent.id }
  const database = { database_id: parent.parent }
  return hasSources
    ? { type: 'data_source_id', data_source_id: parent.id, ...database }
    : { type: 'database_id', ...database }
}

/** Whether something is in the trash: `in_trash`, and in older versions `archived` too. */
export const trashShape = ({ isTrashed }: { isTrashed: boolean }, { saysArchived }: Version) => ({
  in_trash: isTrashed,
  ...(saysArchived && { archived: isTrashed }),
})

export const timesShape = (thing: Thing) => ({
  created_time: timestamp(thing.createdAt),
  last_edited_time: timestamp(thing.editedAt),
})
export const authorsShape = (thing: Thing) => ({
  created_by: partialUser(thing.createdBy),
  last_edited_by: partialUser(thing.editedBy),
})

/** A page; `only` are the ids of the properties that were asked for. */
export function pageShape({ state, version }: Context, page: Page, only: readonly string[] = []): object {
  const source = parentOf(state, page)
  const all = source?.object === 'data_source' ? rowProperties(state, source, page) : titleProperty(page)
  const wanted = Object.entries(all).filter(
    ([name, value]) => only.length === 0 || only.includes(name) || ('id' in value && only.includes(String(value.id))),
  )
  return {
    object: 'page',
    id: page.id,
    ...timesShape(page),
    ...authorsShape(page),
    cover: null,
    icon: iconOf(page),
    parent: parentShape(state, page, version),
    ...trashShape(page, version),
    ...(version.saysArchived && { is_archived: page.isTrashed }),
    is_locked: page.isLocked,
    properties: Object.fromEntries(wanted),
    url: linkTo(state, page),
    public_url: page.publicUrl,
  }
}

/** A database: since 2025-09-03 what holds data sources, before that the table itself. */
export function databaseShape({ state, version }: Context, database: Database): object {
  const sources = sourcesOf(state, database)
  const [table] = sources
  return {
    object: 'database',
    id: database.id,
    cover: null,
    icon: iconOf(database),
    ...timesShape(database),
    ...(!version.hasSources && authorsShape(database)),
    title: plainText(database.title),
    description: richText(database.description),
    is_inline: database.isInline,
    ...(version.hasSources
      ? { is_locked: false, data_sources: sources.map(({ id, title }) => ({ id, name: title })) }
      : { properties: table ? columns(state, table, version) : {} }),
    parent: parentShape(state, database, version),
    url: linkTo(state, database),
    public_url: null,
    ...trashShape(database, version),
  }
}

/** A data source: a table with its columns. */
export function sourceShape({ state, version }: Context, source: DataSource): object {
  const database = parentOf(state, source)
  if (database?.object !== 'database') throw new Error(`the data source ${source.id} is in no database`)
  return {
    object: 'data_source',
    id: source.id,
    cover: null,
    icon: iconOf(source),
    ...timesShape(source),
    ...authorsShape(source),
    properties: columns(state, source, version),
    parent: parentShape(state, source, version),
    database_parent: parentShape(state, database, version),
    url: linkTo(state, source),
    public_url: null,
    ...trashShape(source, version),
    is_inline: database.isInline,
    title: plainText(source.title),
    description: richText(database.description),
  }
}

const columns = (state: State, source: DataSource, { hasSources }: Version) =>
  Object.fromEntries(
    source.properties.map((property) => [property.name, propertyShape(state, source, property, hasSources)]),
  )
