import type { Signal, SlotView, Status } from './schema.ts'

/** What is kept about a slot; the badge is computed from it and never stored. */
export type StoredStatus = Exclude<Status, 'not_configured' | 'connecting' | 'verifying' | 'disabled'>

export type Event =
  | 'probe_ok'
  | 'probe_forbidden'
  | 'setup_missing'
  | 'token_refused'
  | 'refresh_refused'
  | 'revoked_at_provider'
  | 'scopes_grew'
  | 'failures_reached'
  | 'call_ok'
  | 'disconnect_started'
  | 'disconnected'
  | 'forced'

/**
 * How the stored status changes. What is not listed leaves it as it is. `connected` follows a
 * successful probe only; what was disconnected comes back with a proven grant only, which needs no event (settle).
 */
const transitions: Record<StoredStatus, Partial<Record<Event, StoredStatus>>> = {
  connected: {
    probe_forbidden: 'no_access',
    token_refused: 'needs_reauth',
    refresh_refused: 'needs_reauth',
    revoked_at_provider: 'needs_reauth',
    scopes_grew: 'needs_reauth',
    failures_reached: 'error',
    setup_missing: 'error',
    disconnect_started: 'disconnecting',
    forced: 'disconnected',
  },
  expired: { probe_ok: 'connected', disconnect_started: 'disconnecting', forced: 'disconnected' },
  needs_reauth: { probe_ok: 'connected', disconnect_started: 'disconnecting', forced: 'disconnected' },
  error: {
    probe_ok: 'connected',
    call_ok: 'connected',
    probe_forbidden: 'no_access',
    scopes_grew: 'needs_reauth',
    token_refused: 'needs_reauth',
    refresh_refused: 'needs_reauth',
    revoked_at_provider: 'needs_reauth',
    disconnect_started: 'disconnecting',
    forced: 'disconnected',
  },
  no_access: {
    probe_ok: 'connected',
    setup_missing: 'error',
    scopes_grew: 'needs_reauth',
    token_refused: 'needs_reauth',
    refresh_refused: 'needs_reauth',
    revoked_at_provider: 'needs_reauth',
    disconnect_started: 'disconnecting',
    forced: 'disconnected',
  },
  setup_required: { probe_ok: 'connected', forced: 'disconnected', disconnect_started: 'disconnecting' },
  not_available: { probe_ok: 'connected', forced: 'disconnected', disconnect_started: 'disconnecting' },
  disconnecting: { disconnected: 'disconnected', forced: 'disconnected' },
  disconnected: {},
}

/** The status after an event; a token or refresh that is refused past its expiry reads `expired`. */
export function nextStatus(status: StoredStatus, event: Event, isPastExpiry = false): StoredStatus {
  const next = transitions[status][event] ?? status
  const died = event === 'token_refused' || event === 'refresh_refused'
  return died && next === 'needs_reauth' && isPastExpiry ? 'expired' : next
}

/** Everything a badge depends on, kept apart: is the provider there, how is the connection, how healthy is it. */
export type Facts = {
  availability: 'available' | 'not_set_up'
  isEnabled: boolean
  stored: StoredStatus | null
  isAttempting: boolean
  health: HealthCode | null
}
export type HealthCode =
  | 'rate_limited'
  | 'scopes_missing'
  | 'not_permitted'
  | 'partial_access'
  | 'token_expiring'
  | 'rotation_due'
  | 'installer_left'
  | 'refresh_retrying'
  | 'plan_limited'

/** The one badge of a slot: the first that matches, in the order of precedence. */
export function badgeOf(facts: Facts): { status: Status; signal: Signal } {
  const status = statusOf(facts)
  if (status === 'connected')
    return { status, signal: facts.health && facts.health !== 'plan_limited' ? 'amber' : 'green' }
  return { status, signal: signals[status] }
}

function statusOf({ availability, isEnabled, stored, isAttempting }: Facts): Status {
  if (!isEnabled) return 'disabled'
  if (availability !== 'available' && stored === null) return 'not_available'
  if (stored === 'setup_required') return 'setup_required'
  if (stored === 'disconnecting') return 'disconnecting'
  if (isAttempting) return 'connecting'
  return stored ?? 'not_configured'
}

const signals: Record<Exclude<Status, 'connected'>, Signal> = {
  disabled: 'gray',
  not_available: 'gray',
  setup_required: 'amber',
  connecting: 'blue',
  verifying: 'blue',
  disconnecting: 'blue',
  no_access: 'amber',
  needs_reauth: 'amber',
  expired: 'amber',
  error: 'red',
  disconnected: 'gray',
  not_configured: 'gray',
}

/** What a badge says. */
export const statusNames: Record<Status, string> = {
  disabled: 'Disabled',
  not_available: 'Not available',
  setup_required: 'Setup required',
  connecting: 'Waiting',
  verifying: 'Verifying…',
  disconnecting: 'Disconnecting…',
  no_access: 'No access',
  needs_reauth: 'Needs re-auth',
  expired: 'Expired',
  error: 'Error',
  connected: 'Connected',
  disconnected: 'Disconnected',
  not_configured: 'Not configured',
}

/** The badge's words; a slot that waits names whom it waits for. */
export const badgeText = (status: Status, provider: string): string =>
  status === 'connecting' ? `Waiting for ${provider}` : statusNames[status]

/** The site has no subscription, and nobody has said yet that they do without. */
const isUndecided = (status: Status, reasonCode: string | null): boolean =>
  status === 'not_available' && reasonCode === 'no_subscription'

/** The choices of the hub's filter, each with the statuses it stands for. */
export const filterGroups = {
  connected: { label: 'Connected', has: (status: Status) => status === 'connected' },
  attention: {
    label: 'Need attention',
    has: (status: Status, signal: Signal, reasonCode: string | null = null) =>
      signal === 'amber' || signal === 'red' || isUndecided(status, reasonCode),
  },
  invalid: { label: 'Connection invalid', has: (status: Status) => status === 'needs_reauth' || status === 'expired' },
  unconfigured: {
    label: 'Not configured',
    has: (status: Status) => status === 'not_configured' || status === 'disconnected',
  },
  disabled: { label: 'Disabled', has: (status: Status) => status === 'disabled' },
} satisfies Record<
  string,
  { label: string; has: (status: Status, signal: Signal, reasonCode?: string | null) => boolean }
>

export type FilterGroup = keyof typeof filterGroups

/** Whom a slot is for, in the words every page uses. Verified access shows nothing on boards. */
export function audienceOf({ slot, methods, connection }: Audience, organization: string): string {
  if (slot === 'user') return 'Only you'
  const isVerified = connection?.method === 'verified' || methods.some(({ type }) => type === 'verified')
  return isVerified ? `For owners and admins of ${organization}` : `Shared with everyone in ${organization}`
}
type Audience = Pick<SlotView, 'slot' | 'methods'> & { connection: { method: string } | null }

/** Why a connection became invalid, most likely first. */
export const commonCauses = (provider: string): string[] => [
  `Someone revoked Plugboard's access in ${provider}'s settings.`,
  `The Plugboard app was uninstalled at ${provider}.`,
  'The token reached the end of its life and could not be renewed.',
]
