import { type Call, header, parseJson } from '#sandbox/http.ts'
import {
  type Channel,
  type Installation,
  type Person,
  personOf,
  type State,
  type Token,
  type Workspace,
  workspaceOf,
} from './state.ts'
import { failureOf } from './tokens.ts'

export type Args = Readonly<Record<string, string>>
/** Who asks, through which token, in which workspace. */
export type Caller = {
  token: Token
  workspace: Workspace
  installation: Installation
  person: Person
  scopes: readonly string[]
}
export type Context = { state: State; caller: Caller; args: Args }

/** A failure as Slack tells it: HTTP 200 with `ok: false`, unless it is a rate limit. */
export class Refusal extends Error {
  readonly more: Record<string, unknown>
  readonly status: number
  readonly headers: Record<string, string>
  constructor(error: string, more: Record<string, unknown> = {}, status = 200, headers: Record<string, string> = {}) {
    super(error)
    this.more = more
    this.status = status
    this.headers = headers
  }
}

/** The arguments of a call: its query, and its form or JSON body. Numbers and lists of a JSON body come as text. */
export function readArgs(call: Call): Record<string, string> {
  const args = Object.fromEntries(call.query)
  const type = header(call, 'content-type')
  // docs.slack.dev/apis/web-api: a token in the query is not taken
  Reflect.deleteProperty(args, 'token')
  if (call.method === 'GET' || call.body.length === 0) return args
  if (type === undefined) throw new Refusal('missing_post_type')
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...args, ...Object.fromEntries(new URLSearchParams(call.body.toString('utf8'))) }
  if (!type.startsWith('application/json')) throw new Refusal('invalid_post_type')
  const value = parseJson(call.body)
  if (value === undefined) throw new Refusal('invalid_json')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('json_not_object')
  const sent = Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
    item === null || item === undefined || name === 'token'
      ? []
      : [[name, typeof item === 'string' ? item : JSON.stringify(item)]],
  )
  return { ...args, ...Object.fromEntries(sent) }
}

/** The token a call was made with: a header, where `Bearer` is case-sensitive, or a field of a form. */
export function sentToken(call: Call, args: Args): string | undefined {
  const [, value] = /^Bearer (\S+)$/.exec(header(call, 'authorization') ?? '') ?? []
  return value ?? args.token
}

/** Who a token speaks for; refuses one that does not work. */
export function identify(state: State, value: string | undefined): Caller {
  if (value === undefined || value === '') throw new Refusal('not_authed')
  const token = state.tokens.get(value)
  if (!token) throw new Refusal('invalid_auth')
  const failure = failureOf(state, token)
  if (failure !== null) throw new Refusal(failure)
  const workspace = workspaceOf(state, token.teamId)
  const installation = state.installations.get(token.teamId)
  const person = workspace && personOf(workspace, token.userId)
  if (!workspace || !installation || !person) throw new Refusal('invalid_auth')
  const scopes = token.kind === 'bot' ? installation.botScopes : (installation.userScopes.get(person.id) ?? [])
  return { token, workspace, installation, person, scopes }
}

/** Refuses a token that lacks every one of some scopes. */
export function requireScope({ scopes }: Caller, ...anyOf: string[]): void {
  if (anyOf.some((scope) => scopes.includes(scope))) return
  throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: scopes.join(',') })
}

/** An argument that must be there. */
export function required(args: Args, name: string): string {
  const value = args[name]
  if (value) return value
  throw new Refusal('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  })
}

/** A yes or no as Slack reads it. */
export const isOn = (value: string | undefined): boolean => value === 'true' || value === '1'

export const isMember = ({ person }: Caller, channel: Channel): boolean => channel.members.includes(person.id)

/** The channel that `channel` names; a private one is not there for who is not in it. */
export function visibleChannel({ caller, args }: Context, name = args.channel ?? ''): Channel {
  const channel = caller.workspace.channels.find(({ id }) => id === name)
  if (!channel || (channel.isPrivate && !isMember(caller, channel))) throw new Refusal('channel_not_found')
  return channel
}

/** A channel whose messages may be read: a person reads every public one, a bot those it is in. */
export function readableChannel(context: Context): Channel {
  requireScope(context.caller, 'channels:history', 'groups:history', 'mpim:history', 'im:history')
  const channel = visibleChannel(context)
  requireScope(context.caller, channel.isPrivate ? 'groups:history' : 'channels:history')
  if (context.caller.token.kind === 'bot' && !isMember(context.caller, channel)) throw new Refusal('not_in_channel')
  return channel
}
