import { Refused } from '#sandbox/provider.ts'
import type { Parsed } from './control-input.ts'
import { addDatabase, addPage } from './grow.ts'
import { parseBlocks } from './markup.ts'
import { linkTo } from './shapes.ts'
import { type DataSource, newId, parseId, personOf, type State, type Thing, type Workspace } from './state.ts'
import { childrenOf, sourcesOf, titled } from './tree.ts'

/** What control is told about a thing that it made. */
type Made = { id: string; url: string; sources?: { id: string; name: string }[] }

/** A thing by its id or its title; of a database and its data source of the same title it is the database. */
export function knownThing(state: State, workspace: Workspace, key: string): Thing {
  const byId = state.things.get(parseId(key) ?? '')
  const named = titled(state, key).filter((thing) => thing.workspace === workspace.id)
  const outer = named.filter(({ parent }) => !named.some(({ id }) => id === parent))
  const [found, second] = byId ? [byId] : outer
  if (!found) throw new Refused(`nothing called ${key} in ${workspace.domain}`)
  if (second) throw new Refused(`more than one thing is called ${key}: give its id`)
  return found
}

function knownSource(state: State, workspace: Workspace, key: string): DataSource {
  const thing =
    state.things.get(parseId(key) ?? '') ?? titled(state, key).find(({ object }) => object === 'data_source')
  const [only] = thing?.object === 'database' ? sourcesOf(state, thing) : [thing]
  if (only?.object === 'data_source' && only.workspace === workspace.id) return only
  throw new Refused(`no data source ${key} in ${workspace.domain}`)
}

/** Where a new thing goes: a page, or for rows a data source, which a database's title stands for. */
function parentFor(state: State, workspace: Workspace, key: string | undefined): string | null {
  if (key === undefined) return null
  const thing = knownThing(state, workspace, key)
  return thing.object === 'database' ? knownSource(state, workspace, key).id : thing.id
}

/** Makes a page or a row. */
export function makePage(state: State, workspace: Workspace, wanted: Parsed<'page'>): Made {
  const page = addPage(state, workspace, parentFor(state, workspace, wanted.parent), wanted)
  return { id: page.id, url: linkTo(state, page) }
}

/** Makes a database with its data sources. */
export function makeDatabase(state: State, workspace: Workspace, wanted: Parsed<'database'>): Made {
  const sources = wanted.sources.map((source) => ({ ...source, rows: [] }))
  const parent = wanted.parent === undefined ? null : knownThing(state, workspace, wanted.parent).id
  const database = addDatabase(state, workspace, parent, { ...wanted, sources })
  const made = sourcesOf(state, database).map(({ id, title }) => ({ id, name: title }))
  return { id: database.id, url: linkTo(state, database), sources: made }
}

/** Changes a thing, now. */
export function editThing(state: State, workspace: Workspace, wanted: Parsed<'edit'>): void {
  const thing = knownThing(state, workspace, wanted.page)
  thing.title = wanted.title ?? thing.title
  thing.isTrashed = wanted.trashed ?? thing.isTrashed
  if (wanted.owners !== undefined) thing.owners = wanted.owners
  thing.editedAt = state.world.clock.now()
  thing.editedBy = personOf(workspace, wanted.by ?? '')?.id ?? thing.editedBy
  if (thing.object !== 'page') return
  thing.isLocked = wanted.locked ?? thing.isLocked
  thing.values = { ...thing.values, ...wanted.values }
  if (wanted.content !== undefined) thing.blocks = parseBlocks(wanted.content, () => newId(state))
}

/** Takes a thing away, with all that is in it. */
export function removeThing(state: State, workspace: Workspace, key: string): void {
  const remove = (thing: Thing): void => {
    for (const below of childrenOf(state, thing.id)) remove(below)
    state.things.delete(thing.id)
  }
  remove(knownThing(state, workspace, key))
}

/** Adds rows to a data source. */
export function fillSource(state: State, workspace: Workspace, { source: key, prefix, count }: Parsed<'fill'>): void {
  const source = knownSource(state, workspace, key)
  for (let number = 1; number <= count; number += 1)
    addPage(state, workspace, source.id, { title: `${prefix} ${number}` })
}
