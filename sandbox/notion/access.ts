import { type Call, header } from '#sandbox/http.ts'
import { invalid, Refusal } from './refusal.ts'
import {
  accountName,
  type Database,
  type DataSource,
  type Grant,
  notionApp,
  type Page,
  parseId,
  type State,
  type Thing,
  type Token,
} from './state.ts'
import { isAlive } from './tokens.ts'
import { isShared } from './tree.ts'

// Every release (developers.notion.com/reference/versioning); those before 2022-06-28 are not simulated.
const RELEASES = ['2021-05-11', '2021-05-13', '2021-08-16', '2022-02-22', '2022-06-28', '2025-09-03', '2026-03-11']
const SIMULATED = RELEASES.slice(-3)

/** What the shape of an answer depends on: data sources since 2025-09-03, `in_trash` alone since 2026-03-11. */
export type Version = { hasSources: boolean; saysArchived: boolean }
export type Context = { state: State; token: Token; grant: Grant; version: Version }

/** The version a call asks for; refuses a call without one, or with one that there is not. */
export function versionOf(call: Call): Version {
  const sent = header(call, 'notion-version')
  const wrong = 'Notion-Version header failed validation: Notion-Version header should be'
  if (sent === undefined) throw new Refusal(400, 'missing_version', `${wrong} defined, instead was \`undefined\`.`)
  if (!RELEASES.includes(sent)) {
    const known = RELEASES.map((release) => `\`"${release}"\``).join(', ')
    throw invalid(`${wrong} ${known.replace(/, ([^,]+)$/, ', or $1')}, instead was \`"${sent}"\`.`)
  }
  if (!SIMULATED.includes(sent)) throw invalid(`Notion-Version ${sent} is not simulated here.`)
  return { hasSources: sent >= '2025-09-03', saysArchived: sent < '2026-03-11' }
}

/** Whose token a call carries; refuses one that does not work. */
export function identify(call: Call, state: State): { token: Token; grant: Grant } {
  const [, value = ''] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const token = state.tokens.get(value)
  const grant = token && state.grants.get(token.botId)
  if (!token || !grant?.isActive || !isAlive(state, token))
    throw new Refusal(401, 'unauthorized', 'API token is invalid.')
  call.note.token = token.value
  call.note.account = accountName(state, grant)
  return { token, grant }
}

/** Refuses a connection that was not given a capability. */
export function requireCapability({ state }: Context, isGiven: (given: State['settings']['capabilities']) => boolean) {
  if (!isGiven(state.settings.capabilities))
    throw new Refusal(403, 'restricted_resource', 'Insufficient permissions for this endpoint.')
}

/** An id of the path, with its dashes. */
export function pathId(name: string, text: string): string {
  const id = parseId(text)
  if (id !== null) return id
  throw invalid(`path failed validation: path.${name} should be a valid uuid, instead was \`${JSON.stringify(text)}\`.`)
}

/** A thing that is not there, or that nobody shared: Notion does not tell them apart. */
export function notFound({ world }: State, kind: string, id: string): Refusal {
  const { name } = notionApp(world)
  return new Refusal(
    404,
    'object_not_found',
    `Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "${name}".`,
  )
}

/** A thing that the connection may read, of any kind. */
export function readable({ state, grant }: Context, id: string): Thing | undefined {
  const thing = state.things.get(id)
  return thing && isShared(state, grant, thing) ? thing : undefined
}

/** The page of a path. */
export function readablePage(context: Context, text = ''): Page {
  requireCapability(context, ({ content }) => content)
  const id = pathId('page_id', text)
  const thing = readable(context, id)
  if (thing?.object === 'page') return thing
  if (thing?.object === 'database')
    throw invalid(`Provided ID ${id} is a database, not a page. Use the retrieve database API instead.`)
  throw notFound(context.state, 'page', id)
}

/** The database of a path. */
export function readableDatabase(context: Context, text = ''): Database {
  requireCapability(context, ({ content }) => content)
  const id = pathId('database_id', text)
  const thing = readable(context, id)
  if (thing?.object === 'database') return thing
  if (thing?.object === 'page')
    throw invalid(`Provided ID ${id} is a page, not a database. Use the retrieve page API instead.`)
  throw notFound(context.state, 'database', id)
}

/** The data source of a path; its database's id will not do. */
export function readableSource(context: Context, text = ''): DataSource {
  requireCapability(context, ({ content }) => content)
  const id = pathId('data_source_id', text)
  const thing = readable(context, id)
  if (thing?.object === 'data_source') return thing
  throw notFound(context.state, 'data_source', id)
}
