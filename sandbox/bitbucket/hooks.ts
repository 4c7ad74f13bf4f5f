import { z } from 'zod'
import { type Call, empty, header, json, parseJson } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import {
  type Context,
  existing,
  invalid,
  notFound,
  ownWorkspace,
  permissionOf,
  readable,
  refusal,
  requireScopes,
  signedIn,
} from './access.ts'
import { trimmed } from './fields.ts'
import { EVENTS, scopeOf } from './hook-events.ts'
import { numbered } from './paging.ts'
import { apiUrl, linked, repositoryRef, repositoryUrl, workspaceRef } from './shapes.ts'
import { type Hook, newUuid, type State } from './state.ts'

type Endpoint = Handler<Context>
/** What hooks hang on: a repository, or a workspace for all of its repositories. */
type Subject = { hooks: Hook[]; url: string; shown: object }

const NewHook = z.looseObject({
  description: z.string().max(255).default(''),
  url: z.url({ protocol: /^https?$/ }),
  active: z.boolean().default(true),
  secret: z.string().max(128).nullable().optional(),
  events: z.array(z.string()).min(1),
})

/** The subject of an address, for those who administer it. */
function administered(context: Context, params: Record<string, string>): Subject {
  const { state, caller } = context
  const { email } = signedIn(caller)
  if (params.repo !== undefined) {
    const repository = readable(context, params)
    if (permissionOf(state, email, repository) !== 'admin') {
      throw refusal(403, 'You must have admin access to this repository.')
    }
    return { hooks: repository.hooks, url: repositoryUrl(state, repository), shown: repositoryRef(state, repository) }
  }
  const workspace = ownWorkspace(context, params.workspace ?? '')
  if (workspace.members[email] !== 'owner') throw refusal(403, 'You must be an administrator of this workspace.')
  const { slug, hooks } = existing(context, workspace.slug)
  return { hooks, url: `${apiUrl(state)}/workspaces/${slug}`, shown: workspaceRef(state, workspace) }
}

/** Whether an address can be reached from outside; the app itself stands for one that can. */
function isPublic(state: State, url: string): boolean {
  const { hostname, origin } = new URL(url)
  if (origin === new URL(state.world.appUrl).origin) return true
  return (
    hostname.includes('.') && !/^(127\.|10\.|192\.168\.|169\.254\.|0\.)|\.(local|internal|localhost)$/.test(hostname)
  )
}

function read(call: Call, { state, caller }: Context) {
  if (!header(call, 'content-type')?.startsWith('application/json')) {
    throw refusal(415, 'Unsupported Media Type')
  }
  const input = NewHook.safeParse(parseJson(call.body))
  if (!input.success) {
    const [issue] = input.error.issues
    throw refusal(400, 'Bad request', { detail: `${issue?.path.join('.') || 'body'}: ${issue?.message}` })
  }
  const unknown = input.data.events.find((name) => !EVENTS.some(({ event }) => event === name))
  if (unknown !== undefined) throw refusal(400, 'Bad request', { detail: `events: ${unknown} is not an event` })
  if (!isPublic(state, input.data.url)) throw refusal(400, 'Bad request', { detail: 'url: does not resolve publicly' })
  // A hook may tell of nothing that its token could not read.
  requireScopes(caller, [...new Set(input.data.events.map(scopeOf))])
  return input.data
}

/** POST .../hooks */
export const createHook: Endpoint = (call, params, context) => {
  const subject = administered(context, params)
  const { description, url, active, secret, events } = read(call, context)
  const hook: Hook = {
    uuid: newUuid(),
    description,
    url,
    isActive: active,
    events,
    secret: secret || null,
    createdAt: new Date(context.state.world.clock.now()).toISOString().replace('Z', '000000Z'),
  }
  subject.hooks.push(hook)
  return json(201, trimmed(call, shownHook(subject, hook)), { location: shownHook(subject, hook).links.self.href })
}

/** GET .../hooks */
export const listHooks: Endpoint = (call, params, context) => {
  const subject = administered(context, params)
  return numbered(call, context.state, subject.hooks, (hook) => shownHook(subject, hook))
}

/** GET .../hooks/{hook} */
export const showHook: Endpoint = (call, params, context) => {
  const subject = administered(context, params)
  return json(200, trimmed(call, shownHook(subject, named(subject, params.hook))))
}

/** PUT .../hooks/{hook}; a secret that is left out stays, null takes it away. */
export const updateHook: Endpoint = (call, params, context) => {
  const subject = administered(context, params)
  const hook = named(subject, params.hook)
  const { description, url, active, secret, events } = read(call, context)
  Object.assign(hook, { description, url, isActive: active, events })
  if (secret !== undefined) hook.secret = secret || null
  return json(200, trimmed(call, shownHook(subject, hook)))
}

/** DELETE .../hooks/{hook} */
export const deleteHook: Endpoint = (_call, params, context) => {
  const { hooks, ...subject } = administered(context, params)
  hooks.splice(hooks.indexOf(named({ hooks, ...subject }, params.hook)), 1)
  return empty(204)
}

function named({ hooks }: Subject, uuid: string | undefined): Hook {
  if (uuid !== undefined && !/^\{[0-9a-f-]{36}\}$/.test(uuid)) throw invalid('Invalid UUID')
  const hook = hooks.find((one) => one.uuid === uuid)
  if (hook) return hook
  throw notFound('Webhook not found')
}

/** A hook as its administrators see it: whether it has a secret, never which. */
const shownHook = ({ url, shown }: Subject, hook: Hook) => ({
  type: 'webhook_subscription',
  uuid: hook.uuid,
  description: hook.description,
  url: hook.url,
  active: hook.isActive,
  skip_cert_verification: false,
  events: hook.events,
  created_at: hook.createdAt,
  subject: shown,
  links: linked({ self: `${url}/hooks/${encodeURIComponent(hook.uuid)}` }),
  source: null,
  read_only: false,
  history_enabled: false,
  secret_set: hook.secret !== null,
})
