import type { StartDatabase, StartPage, StartRow, StartSource } from './data.ts'
import { parseBlocks } from './markup.ts'
import {
  type Database,
  type DataSource,
  newId,
  type Page,
  type Property,
  type PropertyType,
  personOf,
  type State,
  uuidOf,
  type Workspace,
} from './state.ts'

type About = Pick<StartPage, 'title' | 'icon' | 'by' | 'createdAt' | 'editedAt' | 'editedBy' | 'owners' | 'isTrashed'>

function common(state: State, workspace: Workspace, id: string, about: About) {
  const now = new Date(state.world.clock.now()).toISOString()
  const at = (time = now): number => Date.parse(time.endsWith('Z') ? time : `${time}Z`)
  const who = (login = 'dana'): string => personOf(workspace, login)?.id ?? uuidOf(`person ${login}`)
  return {
    id,
    workspace: workspace.id,
    title: about.title,
    icon: about.icon ?? null,
    createdAt: at(about.createdAt),
    createdBy: who(about.by),
    editedAt: at(about.editedAt ?? about.createdAt),
    editedBy: who(about.editedBy ?? about.by),
    isTrashed: about.isTrashed ?? false,
    owners: about.owners ?? null,
  }
}

// The same id after each reset, for things that are there from the start.
function idOf(state: State, workspace: Workspace, kind: string, title: string): string {
  const id = uuidOf(`${kind} ${workspace.domain} ${title}`)
  return state.things.has(id) ? newId(state) : id
}

/** Adds a page, and what is in it, under another thing or at the top. */
export function addPage(state: State, workspace: Workspace, parent: string | null, start: StartPage & StartRow): Page {
  const id = idOf(state, workspace, 'page', start.title)
  let block = 0
  const nextBlock = (): string => {
    block += 1
    return uuidOf(`block ${id} ${block}`)
  }
  const page: Page = {
    ...common(state, workspace, id, start),
    object: 'page',
    parent,
    blocks: parseBlocks(start.content ?? '', nextBlock),
    values: start.values ?? {},
    isLocked: false,
    publicUrl: start.publicUrl ?? null,
  }
  state.things.set(id, page)
  for (const below of start.pages ?? []) addPage(state, workspace, id, below)
  for (const below of start.databases ?? []) addDatabase(state, workspace, id, below)
  return page
}

/** Adds a database with its data sources and their rows. */
export function addDatabase(state: State, workspace: Workspace, parent: string | null, start: StartDatabase): Database {
  const id = idOf(state, workspace, 'database', start.title)
  const database: Database = {
    ...common(state, workspace, id, start),
    object: 'database',
    parent,
    description: start.description ?? '',
    isInline: start.isInline ?? false,
  }
  state.things.set(id, database)
  for (const source of start.sources) addSource(state, workspace, database, source)
  return database
}

/** Adds a data source to a database. */
function addSource(state: State, workspace: Workspace, database: Database, start: StartSource): DataSource {
  const id = idOf(state, workspace, 'data source', `${database.title} ${start.name}`)
  const source: DataSource = {
    ...database,
    id,
    object: 'data_source',
    parent: database.id,
    title: start.name,
    owners: null,
    properties: start.properties.map((written) => parseProperty(id, written)),
  }
  state.things.set(id, source)
  for (const row of start.rows) addPage(state, workspace, id, row)
  return source
}

// `name: type`, or `name: type(option, option)`
function parseProperty(source: string, written: string): Property {
  const [, name = '', type = '', options] = /^(.+): (\w+)(?:\((.*)\))?$/.exec(written) ?? []
  return {
    id: type === 'title' ? 'title' : encodeURIComponent(shortId(`${source} ${name}`)),
    name,
    type: type as PropertyType, // control checks what it is given; the start data is read by the tests
    options: options?.split(', ') ?? [],
  }
}

// Four characters, some of which an address has to encode.
function shortId(text: string): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:;@[\\]^_`{|}~?'
  const hex = uuidOf(text).replaceAll('-', '')
  return [0, 4, 18, 24].map((at) => alphabet[Number.parseInt(hex.slice(at, at + 3), 16) % alphabet.length]).join('')
}
