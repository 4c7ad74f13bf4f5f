import { z } from 'zod'
import { type Call, empty, parseJson } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, refuseOrganizations, workspaceFor } from './access.ts'
import { verify } from './deliver.ts'
import { listed } from './paging.ts'
import { document, invalid, notFound, Refusal } from './refusal.ts'
import { isoTime, type Notification, newId, type Workspace } from './state.ts'

type Endpoint = Handler<Context>

const MOST = 20
export const RUN_TRIGGERS = [
  'run:created',
  'run:planning',
  'run:needs_attention',
  'run:applying',
  'run:completed',
  'run:errored',
]
export const ASSESSMENT_TRIGGERS = ['assessment:drifted', 'assessment:check_failure', 'assessment:failed']

const Attributes = z.object({
  enabled: z.boolean().optional(),
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().nullable().optional(),
  triggers: z.array(z.enum([...RUN_TRIGGERS, ...ASSESSMENT_TRIGGERS])).optional(),
})
const NewAttributes = Attributes.extend({ 'destination-type': z.literal('generic') })
const Sent = z.object({
  data: z.object({
    type: z.enum(['notification-configuration', 'notification-configurations']),
    attributes: z.unknown(),
  }),
})

function attributesIn<Schema extends z.ZodType>(call: Call, schema: Schema): z.output<Schema> {
  const sent = Sent.safeParse(parseJson(call.body))
  if (!sent.success)
    throw new Refusal(422, 'unprocessable entity', { detail: 'data.type and data.attributes are required' })
  const read = schema.safeParse(sent.data.data.attributes)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalid(String(issue?.path[0] ?? ''), issue?.message ?? '')
}

const shown = (one: Notification) => ({
  id: one.id,
  type: 'notification-configurations',
  attributes: {
    enabled: one.isEnabled,
    name: one.name,
    url: one.url,
    'destination-type': 'generic',
    token: null,
    triggers: one.triggers,
    'delivery-responses': one.last ? [one.last] : [],
    'created-at': isoTime(one.createdAt),
    'updated-at': isoTime(one.updatedAt),
  },
  relationships: { subscribable: { data: { id: one.workspace, type: 'workspaces' } } },
  links: { self: `/api/v2/notification-configurations/${one.id}` },
})

// Of workspace admins alone, and never of an organization's token.
function administered(context: Context, id: string): Workspace {
  refuseOrganizations(context)
  return workspaceFor(context, id, 'admin')
}

function known(context: Context, id: string): Notification {
  const found = context.state.notifications.find((one) => one.id === id)
  if (!found) throw notFound()
  administered(context, found.workspace)
  return found
}

async function requireVerified(context: Context, notification: Notification): Promise<void> {
  if (await verify(context.state, notification)) return
  throw new Refusal(400, 'bad request', { detail: 'Unable to complete verification request to destination URL' })
}

/** GET /workspaces/{workspace}/notification-configurations: all at once unless a page is asked for. */
export const listNotifications: Endpoint = (call, { workspace = '' }, context) => {
  const { id } = administered(context, workspace)
  const own = context.state.notifications.filter((one) => one.workspace === id)
  return listed(call, context.state, own, shown, { isWholeByDefault: true })
}

/** POST of a new one: an enabled one is verified at once, and not kept when that fails. */
export const createNotification: Endpoint = async (call, { workspace = '' }, context) => {
  const { id } = administered(context, workspace)
  const { state } = context
  const wanted = attributesIn(call, NewAttributes)
  const now = state.world.clock.now()
  const { enabled: isEnabled = false, name, url, token = null, triggers = [] } = wanted
  const notification: Notification = {
    id: newId(state, 'nc'),
    workspace: id,
    isEnabled,
    name,
    url,
    token,
    triggers,
    last: null,
    createdAt: now,
    updatedAt: now,
  }
  if (state.notifications.filter((one) => one.workspace === id).length >= MOST) {
    throw invalid('base', `A workspace can have at most ${MOST} notification configurations`)
  }
  if (isEnabled) await requireVerified(context, notification)
  state.notifications.push(notification)
  return document(201, { data: shown(notification) })
}

/** GET /notification-configurations/{notification}; its token is never shown. */
export const showNotification: Endpoint = (_call, { notification = '' }, context) =>
  document(200, { data: shown(known(context, notification)) })

/** PATCH: one that is enabled afterwards is verified again. */
export const updateNotification: Endpoint = async (call, { notification: id = '' }, context) => {
  const found = known(context, id)
  const { enabled, ...rest } = attributesIn(call, Attributes.partial())
  const sent = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const changed = {
    ...found,
    ...sent,
    isEnabled: enabled ?? found.isEnabled,
    updatedAt: context.state.world.clock.now(),
  }
  if (changed.isEnabled) await requireVerified(context, changed)
  return document(200, { data: shown(Object.assign(found, changed)) })
}

/** POST …/actions/verify */
export const verifyNotification: Endpoint = async (_call, { notification: id = '' }, context) => {
  const found = known(context, id)
  await requireVerified(context, found)
  return document(200, { data: shown(found) })
}

/** DELETE /notification-configurations/{notification} */
export const deleteNotification: Endpoint = (_call, { notification: id = '' }, context) => {
  const found = known(context, id)
  context.state.notifications = context.state.notifications.filter((one) => one !== found)
  return empty(204)
}
