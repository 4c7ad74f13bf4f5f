import { compareScopes } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import type { AuthMethod, Config, Field, Provider, Scope } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { oauthMethod } from '#lib/vault/reach.ts'
import { explainHealth, explainReason, type ReasonDetail } from './explain.ts'
import { askedScopes, mayConnect, mayDisconnect, optionsOf } from './policy.ts'
import { describeOwnRequest, type RequestRow } from './read-requests.ts'
import type {
  ConnectionView,
  FieldView,
  MethodView,
  NextAction,
  ScopeView,
  SlotName,
  SlotView,
  Standing,
  Status,
} from './schema.ts'
import { badgeOf, type Facts, type HealthCode, type StoredStatus } from './status.ts'

/** A connection with what its badge depends on, as one statement reads it. */
export type ConnectionRow = {
  id: string
  provider: string
  slot: string
  userId: string | null
  method: string
  status: string
  reasonCode: string | null
  reasonDetail: ReasonDetail | null
  since: Date
  accountId: string
  accountLabel: string
  accountUrl: string | null
  config: Config
  scopesRequested: string[]
  scopesGranted: string[]
  capabilities: Record<string, unknown>
  createdById: string
  createdAt: Date
  verifiedAt: Date | null
  probedAt: Date | null
  lastSyncAt: Date | null
  rateLimit: { limit: number; remaining: number; resetsAt: string } | null
  creatorName: string | null
  creatorLeft: boolean
  credentialType: string | null
  endsWith: string | null
  issuedAt: Date | null
  expiresAt: Date | null
  refreshable: boolean | null
  credentialFailures: number | null
}

export type AttemptRow = {
  id: string
  provider: string
  slot: string
  userId: string
  createdAt: Date
  expiresAt: Date
  starter: string
}

/** Where a slot stands: what decides its badge besides the connection itself. */
export type Surroundings = {
  provider: Pick<Provider, 'id' | 'name'>
  declared: Provider | null
  slot: SlotName
  availability: Facts['availability']
  connector: { enabled: boolean; options: unknown; disabledBy: string | null } | null
  whoMayConnect: 'admins' | 'members'
  attempt: AttemptRow | null
  /** What the reader last asked for here. */
  request: RequestRow | null
}

const DAY_MS = 86_400_000
export const describeScopes = (scopes: readonly Scope[]): ScopeView[] => scopes.map(describeScope)
const scopesOf = (provider: Provider | null): readonly Scope[] =>
  provider ? (oauthMethod(provider)?.scopes ?? []) : []

/**
 * What was given, held against what is asked for now: one that a newer version asks for, or an option that was turned on
 * since, is missing too.
 */
function scopesMissing(row: ConnectionRow, { declared, connector }: Surroundings): string[] {
  const scopes = askedScopes(scopesOf(declared), optionsOf(connector))
  return compareScopes(
    scopes,
    scopes.map(({ name }) => name),
    row.scopesGranted,
  ).missing
}

type Health = { code: HealthCode; detail: ReasonDetail }

function healthOf(row: ConnectionRow, around: Surroundings): Health | null {
  const missing = scopesMissing(row, around)
  const limit = row.rateLimit
  if (limit && limit.remaining < limit.limit * 0.2 && new Date(limit.resetsAt) > now())
    return { code: 'rate_limited', detail: { until: limit.resetsAt } }
  if (missing.length > 0) return { code: 'scopes_missing', detail: { missing } }
  const unapproved = row.capabilities.unapproved
  if (Array.isArray(unapproved) && unapproved.length > 0)
    return { code: 'partial_access', detail: { organizations: unapproved } }
  if (row.creatorLeft) return { code: 'installer_left', detail: { by: row.creatorName } }
  if ((row.credentialFailures ?? 0) > 0) return { code: 'refresh_retrying', detail: {} }
  const left = row.expiresAt && !row.refreshable ? (row.expiresAt.getTime() - now().getTime()) / DAY_MS : null
  if (left !== null && left <= 7) return { code: 'token_expiring', detail: { days: Math.max(0, Math.ceil(left)) } }
  return null
}

type Badge = { status: Status; reasonCode: string | null; reason: string | null }

/** Somebody who may not connect for everyone asks those who may. */
const mayAsk = (actor: Actor, { slot, whoMayConnect }: Surroundings): boolean =>
  slot === 'organization' && !mayConnect(actor, slot, whoMayConnect) && may(actor, 'connection.request')

/** What to do next, and whether this person may. */
function actionOf(actor: Actor, around: Surroundings, { status, reasonCode }: Badge): NextAction | null {
  const own = around.slot === 'user'
  const mayRepair = mayConnect(actor, around.slot, around.whoMayConnect)
  const who = own ? ('owner' as const) : ('admins' as const)
  const action = (id: NextAction['id'], label: string, allowed = true): NextAction => ({ id, label, who, may: allowed })
  if (status === 'not_available' || status === 'disconnecting' || status === 'verifying') return null
  if (status === 'disabled') return { ...action('enable', 'Enable', may(actor, 'connector.configure')), who: 'admins' }
  if (status === 'connecting') return action('cancel', 'Cancel', around.attempt?.userId === actor.userId)
  if (status === 'not_configured' || status === 'disconnected')
    return mayAsk(actor, around)
      ? { ...action('request', 'Request'), who: 'anyone' }
      : action('connect', 'Connect', mayRepair)
  if (status === 'expired' || status === 'needs_reauth') return action('reconnect', 'Reconnect', mayRepair)
  if (status === 'error')
    return { ...action('view_logs', 'View logs', own || may(actor, 'activity.see')), who: 'anyone' }
  if (status === 'no_access') return { ...action('who_can_help', 'Who can help'), who: 'anyone' }
  if (reasonCode === 'scopes_missing') return action('grant_missing', 'Grant missing permission', mayRepair)
  if (reasonCode === 'partial_access') return { ...action('how_to_fix', 'How to fix'), who: 'anyone' }
  return { ...action('overview', 'Overview'), who: 'anyone' }
}

/** Whether nothing came to stand there since it was asked for. */
const isNews = ({ createdAt }: RequestRow, row: ConnectionRow | null): boolean => !row || row.since < createdAt

function badgeWithReason(row: ConnectionRow | null, around: Surroundings): Badge & { signal: SlotView['signal'] } {
  const { name } = around.provider
  const health = row ? healthOf(row, around) : null
  const { status, signal } = badgeOf({
    availability: around.availability,
    isEnabled: around.connector?.enabled ?? true,
    stored: row ? (row.status as StoredStatus) : null, // written by this room only
    isAttempting: around.attempt !== null,
    health: health?.code ?? null,
  })
  if (status === 'not_available') {
    const code = around.availability === 'available' ? 'not_set_up' : around.availability
    return { status, signal, reasonCode: code, reason: explainReason(code, name) }
  }
  if (status === 'disabled')
    return {
      status,
      signal,
      reasonCode: 'disabled',
      reason: explainReason('disabled', name, { by: around.connector?.disabledBy }),
    }
  if (status === 'connected' && health)
    return { status, signal, reasonCode: health.code, reason: explainHealth(health, name) }
  if (status === 'connecting' || !row?.reasonCode || status === 'connected')
    return { status, signal, reasonCode: null, reason: null }
  return {
    status,
    signal,
    reasonCode: row.reasonCode,
    reason: explainReason(row.reasonCode, name, row.reasonDetail ?? {}),
  }
}

function standingOf(actor: Actor, row: ConnectionRow | null, around: Surroundings): Standing {
  const badge = badgeWithReason(row, around)
  return { ...badge, nextAction: actionOf(actor, around, badge) }
}

/** A slot as one person sees it: one badge, why, and what to do. */
export function describeSlot(actor: Actor, row: ConnectionRow | null, around: Surroundings): SlotView {
  const standing = standingOf(actor, row, around)
  const { attempt, declared, slot } = around
  const isDrawnOver = standing.status === 'connecting'
  const methods = (declared?.auth ?? []).filter((method) => !method.slots || method.slots.includes(slot))
  return {
    ...standing,
    slot,
    since: row?.since.toISOString() ?? null,
    beneath: isDrawnOver ? standingOf(actor, row, { ...around, attempt: null }) : null,
    may: {
      connect: mayConnect(actor, slot, around.whoMayConnect),
      disconnect: mayDisconnect(actor, { slot, userId: slot === 'user' ? actor.userId : null }),
    },
    methods: methods.map(describeMethod),
    connection: row ? describeConnection(row, standing, around) : null,
    attempt: attempt && {
      id: attempt.userId === actor.userId ? attempt.id : null,
      startedBy: attempt.starter,
      startedAt: attempt.createdAt.toISOString(),
      expiresAt: attempt.expiresAt.toISOString(),
    },
    request: around.request && isNews(around.request, row) ? describeOwnRequest(around.request) : null,
  }
}

const describeScope = ({ name, why, optional, option, risk }: Scope): ScopeView => ({
  name,
  why,
  optional: optional === true,
  ...(option ? { option } : {}),
  ...(risk ? { risk } : {}),
})

const describeField = ({ name, label, secret, optional, advanced, hint, placeholder, choices }: Field): FieldView => ({
  name,
  label,
  secret: secret === true,
  optional: optional === true,
  advanced: advanced === true,
  ...(hint ? { hint } : {}),
  ...(placeholder ? { placeholder } : {}),
  ...(choices ? { choices: [...choices] } : {}),
})

/** A way to connect, for the form that asks for it. */
function describeMethod(method: AuthMethod): MethodView {
  const { type } = method
  if (!('fields' in method)) return { id: type, type }
  const { noun, makeAt, makeLabel, scopes, fields } = method
  return {
    id: type,
    type,
    noun,
    makeAt,
    makeLabel,
    scopes: scopes.map(describeScope),
    fields: fields.map(describeField),
  }
}

function describeConnection(row: ConnectionRow, standing: Standing, around: Surroundings): ConnectionView {
  const missing = scopesMissing(row, around)
  const { extra } = compareScopes(scopesOf(around.declared), row.scopesRequested, row.scopesGranted)
  const renewsItself = row.credentialType === 'oauth2'
  return {
    id: row.id,
    provider: row.provider,
    slot: row.slot === 'user' ? 'user' : 'organization',
    ...(row.userId ? { userId: row.userId } : {}),
    method: row.method,
    account: { id: row.accountId, label: row.accountLabel, ...(row.accountUrl ? { url: row.accountUrl } : {}) },
    ...standing,
    since: row.since.toISOString(),
    scopes: { requested: row.scopesRequested, granted: row.scopesGranted, missing, extra },
    capabilities: row.capabilities,
    createdBy: { id: row.createdById, name: row.creatorName ?? 'A former member', left: row.creatorLeft },
    createdAt: row.createdAt.toISOString(),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    checkedAt: row.probedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastSync: row.lastSyncAt?.toISOString() ?? null,
    rateLimit: row.rateLimit,
    webhooks: null,
    credential: {
      type: row.credentialType ?? row.method,
      endsWith: row.endsWith,
      ageDays: row.issuedAt ? Math.floor((now().getTime() - row.issuedAt.getTime()) / DAY_MS) : 0,
      rotationDueAt: null,
      renewsItself,
    },
  }
}
