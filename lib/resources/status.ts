import type { Status } from '#lib/connections/schema.ts'
import type { SourceAnswer } from './schema.ts'

/** Why a live read gave nothing. `refused`: the provider no longer takes the credential. */
export type Trouble = {
  what: 'no_connection' | 'refused' | 'forbidden' | 'missing' | 'limited' | 'unavailable'
  status: number | null
  retryAt: Date | null
  /** Which setup is missing at the provider, whose remedies have the words for it. */
  detail?: string
}

/** How a source stands before anything is asked of it. `ready` is worth asking; a probe decides nothing here. */
export type Standing = 'ready' | 'needs_connection' | 'reauth' | 'off' | 'no_access'

const standings: Record<Status, Standing> = {
  connected: 'ready',
  error: 'ready',
  // A new attempt lies over what was there before, which may well work.
  connecting: 'ready',
  verifying: 'ready',
  no_access: 'ready',
  expired: 'reauth',
  needs_reauth: 'reauth',
  setup_required: 'no_access',
  not_configured: 'needs_connection',
  disconnected: 'needs_connection',
  disconnecting: 'needs_connection',
  disabled: 'off',
  not_available: 'off',
}

/** Where a viewer stands with a provider. Without a slot of their own, what is missing is the organization's to mend. */
export function standingOf(status: Status | null, isPersonal: boolean): Standing {
  const standing = status === null ? 'needs_connection' : standings[status]
  return standing === 'needs_connection' && !isPersonal ? 'off' : standing
}

/** HH:MM UTC, for a server that does not know the reader's zone. */
const clockTime = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`

/** That the provider wants us to wait, and until when if it said so. */
export const waitSentence = (name: string, retryAt: Date | null): string =>
  retryAt ? `${name} asked us to wait until ${clockTime(retryAt)}` : `${name} asked us to wait`

type Told = Pick<SourceAnswer, 'state' | 'message' | 'retryAt'>

/** A source that cannot be asked, for its group in the palette; null when it can. */
export function explainStanding(standing: Standing, name: string, isPersonal: boolean): Told | null {
  if (standing === 'ready') return null
  if (standing === 'needs_connection') return { state: 'needs_connection', message: `Connect your ${name} account` }
  if (standing === 'reauth')
    return { state: 'reauth', message: isPersonal ? `Reconnect your ${name}` : `${name} has to be connected again` }
  if (standing === 'no_access') return { state: 'off', message: `${name} has to be set up first` }
  return { state: 'off', message: `${name} is not connected here` }
}

/** A source that was asked in vain. Nothing found for lack of rights reads like nothing found, but for what can be set up. */
export function explainTrouble(
  { what, retryAt, status }: Trouble,
  name: string,
  isPersonal: boolean,
  remedy?: string,
): Told {
  if (remedy) return { state: 'off', message: remedy }
  if (what === 'no_connection') return explainStanding(standingOf(null, isPersonal), name, isPersonal) ?? nothing
  if (what === 'refused') return explainStanding('reauth', name, isPersonal) ?? nothing
  if (what === 'limited') {
    const until = retryAt ? { retryAt: retryAt.toISOString() } : {}
    return { state: 'limited', message: waitSentence(name, retryAt), ...until }
  }
  if (what === 'unavailable')
    return { state: 'unavailable', message: `${name} didn't answer${status === null ? '' : ` (${status})`}` }
  return nothing
}

const nothing: Told = { state: 'ok', message: null }
