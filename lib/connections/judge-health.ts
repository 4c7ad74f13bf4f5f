import { compareScopes, type ScopeComparison } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { ReasonDetail } from './explain.ts'
import { daysToRotation, daysUntil, methodIn } from './judge-rotation.ts'
import { keptPlan } from './kept-plan.ts'
import { scopesFor } from './policy.ts'
import type { HealthCode } from './status.ts'
import type { ConnectionRow, Surroundings } from './surroundings.ts'

export type Health = { code: HealthCode; detail: ReasonDetail }
type Around = Pick<Surroundings, 'provider' | 'connector'>

const EXPIRY_TOLD_DAYS = 7

const scopesIn = (row: ConnectionRow, around: Around) => scopesFor(methodIn(row, around), around.connector, row.config)

/** What was given, held against what is needed now: what is asked for since a newer version, or was switched on since, is missing too. */
export function compareGranted(row: ConnectionRow, around: Around): ScopeComparison {
  const scopes = scopesIn(row, around)
  const { missing, missingRequired } = compareScopes(
    scopes,
    scopes.map(({ name }) => name),
    row.scopesGranted,
  )
  const { extra } = compareScopes(scopes, row.scopesRequested, row.scopesGranted)
  return { missing, missingRequired, extra }
}

/** Permissions as people call them: those of an option by what it is called. */
function plainNames(row: ConnectionRow, around: Around, missing: readonly string[]): string[] {
  const scopes = scopesIn(row, around)
  const options: Provider['options'] = around.provider.options ?? []
  const names = missing.map((name) => {
    const { option } = scopes.find((scope) => scope.name === name) ?? {}
    return options.find(({ id }) => id === option)?.label.toLowerCase() ?? name
  })
  return [...new Set(names)]
}

/** Until when the provider wants less of us: it asked to wait, or four fifths of the limit are used. */
function limitedUntil({ rateLimit }: ConnectionRow): string | null {
  const { limit = 0, remaining = 0, resetsAt, waitUntil } = rateLimit ?? {}
  const isLow = resetsAt !== undefined && remaining < limit * 0.2 && new Date(resetsAt) > now()
  if (waitUntil && new Date(waitUntil) > now()) return waitUntil
  return isLow ? resetsAt : null
}

/** When the credential ends for good: itself, or the last moment in which it can be renewed. */
function endOf(row: ConnectionRow): Date | null {
  const { renewableUntil } = row.capabilities
  if (!row.refreshable) return row.expiresAt
  return typeof renewableUntil === 'string' ? new Date(renewableUntil) : null
}

function ageOf(row: ConnectionRow, around: Around): Health | null {
  const method = methodIn(row, around)
  const what = method && 'noun' in method ? method.noun : 'access'
  const end = endOf(row)
  if (end && daysUntil(end) <= EXPIRY_TOLD_DAYS)
    return { code: 'token_expiring', detail: { days: daysUntil(end), what } }
  const days = daysToRotation(row, around)
  return days === null ? null : { code: 'rotation_due', detail: { days } }
}

/** What the plan leaves out, which nobody has to mend. */
function limitedByPlan({ capabilities }: ConnectionRow, { provider }: Around): Health | null {
  const [first] = provider.plan ? (keptPlan(capabilities)?.warnings ?? []) : []
  return first ? { code: 'plan_limited', detail: { says: first.short } } : null
}

/** Why a connection that works needs attention or is worth a word: the first that matches. Null where nothing does. */
export function healthOf(row: ConnectionRow, around: Around): Health | null {
  if (row.suspectedAt) return { code: 'rotation_due', detail: { isSuspected: true } }
  const until = limitedUntil(row)
  if (until) return { code: 'rate_limited', detail: { until } }
  const { missing } = compareGranted(row, around)
  if (missing.length > 0) return { code: 'scopes_missing', detail: { missing: plainNames(row, around, missing) } }
  const { unapproved, lacks } = row.capabilities
  if (Array.isArray(lacks) && lacks.length > 0) return { code: 'not_permitted', detail: { lacks } }
  if (Array.isArray(unapproved) && unapproved.length > 0)
    return { code: 'partial_access', detail: { organizations: unapproved } }
  if ((row.credentialFailures ?? 0) > 0) return { code: 'refresh_retrying', detail: {} }
  const aging = ageOf(row, around)
  if (aging) return aging
  return row.creatorLeft ? { code: 'installer_left', detail: { by: row.creatorName } } : limitedByPlan(row, around)
}
