import { z } from 'zod'
import { empty, json, parseJson } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, notFound, permissionOf, readable, requirePermission } from './access.ts'
import { deliver, encodedBody } from './deliveries.ts'
import { payloadOf } from './events.ts'
import { listed } from './paging.ts'
import { repositoryUrl } from './repository-shapes.ts'
import { apiUrl } from './shapes.ts'
import { type Hook, type HookDelivery, newId, type Repository, type State, timestamp } from './state.ts'

type Endpoint = Handler<Context>
type Params = Parameters<Endpoint>[1]

const NewHook = z.looseObject({
  name: z.literal('web').default('web'),
  active: z.boolean().default(true),
  events: z.array(z.string()).min(1).default(['push']),
  config: z.looseObject({
    url: z.url(),
    content_type: z.enum(['json', 'form']).default('form'),
    secret: z.string().optional(),
    insecure_ssl: z.union([z.string(), z.number()]).default('0'),
  }),
})

const SCOPES = { read: 'read:repo_hook', write: 'write:repo_hook' } as const

/** The repository, if this caller administers it and its token may see (or change) hooks; anything less is a 404. */
function administered(context: Context, { owner = '', repo = '' }: Params, level: 'read' | 'write'): Repository {
  const { state, caller } = context
  const hasHookScope = caller.scopes.has('repo') || caller.scopes.has(SCOPES[level])
  // `admin:repo_hook` alone reaches the hooks of a private repository, and nothing else of it.
  const scopes = hasHookScope ? new Set([...caller.scopes, 'repo']) : caller.scopes
  const repository = readable({ ...context, caller: { ...caller, scopes } }, owner, repo)
  if (permissionOf(state, caller.account?.login, repository) !== 'admin') throw notFound()
  if (caller.token?.kind === 'fine-grained') requirePermission(caller.token, `repository_hooks=${level}`)
  else if (!hasHookScope) throw notFound()
  return repository
}

/** POST /repos/{owner}/{repo}/hooks; a ping follows. */
export const createHook: Endpoint = (call, params, context) => {
  const { state } = context
  const repository = administered(context, params, 'write')
  const input = NewHook.safeParse(parseJson(call.body))
  if (!input.success) throw invalid({ resource: 'Hook', code: 'custom', message: input.error.issues[0]?.message })
  const { config, events, active } = input.data
  if (repository.hooks.some((one) => one.config.url === config.url)) {
    throw invalid({ resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' })
  }
  const now = timestamp(state.world.clock.now())
  const hook: Hook = {
    id: newId(state),
    active,
    events,
    config: {
      url: config.url,
      contentType: config.content_type,
      secret: config.secret ?? null,
      insecureSsl: String(config.insecure_ssl),
    },
    createdAt: now,
    updatedAt: now,
    deliveries: [],
  }
  repository.hooks.push(hook)
  void payloadOf(state, repository, hook, { event: 'ping' }).then((payload) =>
    deliver(state, repository, hook, { event: 'ping', body: encodedBody(hook, payload) }),
  )
  return json(201, shownHook(state, repository, hook), {
    location: `${repositoryUrl(state, repository)}/hooks/${hook.id}`,
  })
}

/** GET /repos/{owner}/{repo}/hooks */
export const listHooks: Endpoint = (call, params, context) => {
  const repository = administered(context, params, 'read')
  const address = `${apiUrl(context.state.world)}/repositories/${repository.id}/hooks`
  return listed(call, address, repository.hooks, (hook) => shownHook(context.state, repository, hook))
}

/** GET /repos/{owner}/{repo}/hooks/{hook} */
export const showHook: Endpoint = (_call, params, context) => {
  const repository = administered(context, params, 'read')
  return json(200, shownHook(context.state, repository, named(repository, params)))
}

/** DELETE /repos/{owner}/{repo}/hooks/{hook} */
export const deleteHook: Endpoint = (_call, params, context) => {
  const repository = administered(context, params, 'write')
  const hook = named(repository, params)
  repository.hooks = repository.hooks.filter((one) => one !== hook)
  return empty(204)
}

/** GET /repos/{owner}/{repo}/hooks/{hook}/deliveries, newest first */
export const listDeliveries: Endpoint = (call, params, context) => {
  const repository = administered(context, params, 'read')
  const hook = named(repository, params)
  const address = `${apiUrl(context.state.world)}/repositories/${repository.id}/hooks/${hook.id}/deliveries`
  return listed(call, address, hook.deliveries, (delivery) => shownDelivery(repository, delivery))
}

/** POST /repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}/attempts: the same bytes under the same delivery id. */
export const redeliver: Endpoint = async (_call, params, context) => {
  const repository = administered(context, params, 'write')
  const hook = named(repository, params)
  const first = hook.deliveries.find(({ id }) => String(id) === params.delivery)
  if (!first) throw notFound()
  const { event, body, guid } = first
  await deliver(context.state, repository, hook, { event, body, guid, isRedelivery: true })
  return json(202, {})
}

function named(repository: Repository, { hook: id }: Params): Hook {
  const hook = repository.hooks.find((one) => String(one.id) === id)
  if (hook) return hook
  throw notFound()
}

function shownHook(state: State, repository: Repository, hook: Hook) {
  const url = `${repositoryUrl(state, repository)}/hooks/${hook.id}`
  const [last] = hook.deliveries
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.config.contentType,
      insecure_ssl: hook.config.insecureSsl,
      url: hook.config.url,
      ...(hook.config.secret !== null && { secret: '********' }),
    },
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: last
      ? { code: last.statusCode || null, status: last.statusCode ? 'active' : 'failed', message: statusOf(last) }
      : { code: null, status: 'unused', message: null },
  }
}

const statusOf = ({ statusCode }: HookDelivery): string =>
  statusCode === 0 ? 'failed to connect to host' : statusCode < 300 ? 'OK' : `Invalid HTTP Response: ${statusCode}`

function shownDelivery(repository: Repository, delivery: HookDelivery) {
  const payload = parseJson(delivery.body)
  const action = typeof payload === 'object' && payload !== null && 'action' in payload ? payload.action : null
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.at,
    redelivery: delivery.isRedelivery,
    duration: delivery.durationMs / 1000,
    status: statusOf(delivery),
    status_code: delivery.statusCode,
    event: delivery.event,
    action,
    installation_id: null,
    repository_id: repository.id,
    throttled_at: null,
  }
}
