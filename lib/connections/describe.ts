import { now } from '#lib/platform/clock.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod, Field, Scope } from '#lib/providers/define-auth.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { pageOf } from '#lib/providers/page-of.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describePlan } from './describe-plan.ts'
import { explainHealth, explainReason } from './explain.ts'
import { compareGranted, healthOf } from './judge-health.ts'
import { judgeRotation, renewsItself, rotationDueAt } from './judge-rotation.ts'
import { type Badge, nextActionOf } from './next-action.ts'
import { mayConnect, mayDisconnect } from './policy.ts'
import { describeOwnRequest, type RequestRow } from './read-requests.ts'
import type { ConnectionView, FieldView, MethodView, ScopeView, SlotView, Standing } from './schema.ts'
import { badgeOf, type StoredStatus } from './status.ts'
import type { ConnectionRow, Surroundings } from './surroundings.ts'

const DAY_MS = 86_400_000
/** Permissions as they are shown before anybody is asked for them. */
export const describeScopes = (scopes: readonly Scope[]): ScopeView[] => scopes.map(describeScope)
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
  if (status === 'not_available' && row?.status !== 'not_available') {
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
  const { setup } = (badge.reasonCode === 'setup' && row?.reasonDetail) || {}
  const remedy = findRemedy(around.provider, typeof setup === 'string' ? setup : badge.reasonCode)
  return { ...badge, ...(remedy ? { remedy } : {}), nextAction: nextActionOf(actor, row, around, badge) }
}

/** Whether nothing came to stand there since it was asked for. */
const isNews = ({ createdAt }: RequestRow, row: ConnectionRow | null): boolean => !row || row.since < createdAt

/** A slot as one person sees it: one badge, why, and what to do. */
export function describeSlot(actor: Actor, row: ConnectionRow | null, around: Surroundings): SlotView {
  const standing = standingOf(actor, row, around)
  const { attempt, methods, slot } = around
  const isDrawnOver = standing.status === 'connecting'
  return {
    ...standing,
    slot,
    since: row?.since.toISOString() ?? null,
    beneath: isDrawnOver ? standingOf(actor, row, { ...around, attempt: null }) : null,
    may: {
      connect: mayConnect(actor, slot, around.whoMayConnect),
      disconnect: mayDisconnect(actor, { slot, userId: slot === 'user' ? actor.userId : null }),
    },
    methods: methods.map((method) => describeMethod(method, around, row?.config)),
    connection: row ? describeConnection(row, standing, around) : null,
    attempt: attempt && {
      id: attempt.userId === actor.userId ? attempt.id : null,
      startedBy: attempt.starter,
      startedAt: attempt.createdAt.toISOString(),
      expiresAt: attempt.expiresAt.toISOString(),
    },
    also: around.also,
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

/** A way to connect, for the form that asks for it; its page is where the account that is connected has it. */
function describeMethod(method: AuthMethod, { provider }: Surroundings, config: Config = {}): MethodView {
  const { type } = method
  if (!('fields' in method)) return { id: type, type }
  const { noun, makeAt, makeLabel, scopes, fields, showsReached } = method
  return {
    id: type,
    type,
    noun,
    makeAt: pageOf(provider, makeAt, config),
    makeLabel,
    ...(showsReached ? { showsReached } : {}),
    scopes: scopes.map(describeScope),
    fields: fields.map(describeField),
  }
}

const limitOf = ({ rateLimit }: ConnectionRow): ConnectionView['rateLimit'] => {
  const { limit, remaining, resetsAt } = rateLimit ?? {}
  return limit !== undefined && remaining !== undefined && resetsAt ? { limit, remaining, resetsAt } : null
}

function describeConnection(row: ConnectionRow, standing: Standing, around: Surroundings): ConnectionView {
  const { missing, extra } = compareGranted(row, around)
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
    ...describePlan(row, around),
    createdBy: { id: row.createdById, name: row.creatorName ?? 'A former member', left: row.creatorLeft },
    createdAt: row.createdAt.toISOString(),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    checkedAt: row.probedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastSync: row.lastSyncAt?.toISOString() ?? null,
    rateLimit: limitOf(row),
    webhooks: null,
    credential: {
      type: row.credentialType ?? row.method,
      endsWith: row.endsWith,
      ageDays: row.issuedAt ? Math.floor((now().getTime() - row.issuedAt.getTime()) / DAY_MS) : 0,
      rotationDueAt: rotationDueAt(row, around)?.toISOString() ?? null,
      rotate: judgeRotation(row, around).rotate,
      renewsItself: renewsItself(row, around),
    },
  }
}
