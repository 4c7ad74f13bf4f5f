import type { JackName } from './jack.tsx'

/** What a badge can stand for, with the socket it is drawn as while the signal is not amber. */
export const statusJack = {
  not_configured: 'empty',
  disconnected: 'slash',
  connecting: 'busy',
  verifying: 'busy',
  connected: 'check',
  expired: 'clock',
  needs_reauth: 'turn',
  error: 'cross',
  no_access: 'lock',
  setup_required: 'diamond',
  not_available: 'dashed',
  disabled: 'pause',
  disconnecting: 'busy',
} as const satisfies Record<string, JackName>

export type BadgeStatus = keyof typeof statusJack
export type BadgeSignal = 'green' | 'amber' | 'red' | 'gray' | 'blue'

/** The socket of a status; a connection that works but needs attention has its own. */
export function jackOf(status: BadgeStatus, signal: BadgeSignal): JackName {
  return status === 'connected' && signal === 'amber' ? 'attention' : statusJack[status]
}

/**
 * What a screen reader says for a badge: "Status: Connected, needs attention: sync 3 hours late".
 * A reason that goes on after the first words loses its capital and its clipped units; a name (HCP, iOS) keeps its own.
 */
export function badgeName(status: BadgeStatus, signal: BadgeSignal, text: string, reason?: string): string {
  if (!reason) return `Status: ${text}`
  const spoken = spellUnits(/^[A-Z][a-z]/.test(reason) ? reason.charAt(0).toLowerCase() + reason.slice(1) : reason)
  return jackOf(status, signal) === 'attention'
    ? `Status: ${text}, needs attention: ${spoken}`
    : `Status: ${text}, ${spoken}`
}

const units: Record<string, string> = { h: 'hour', min: 'minute', s: 'second' }

function spellUnits(text: string): string {
  return text.replace(/\b(\d+) (h|min|s)\b/g, (_, count: string, unit: string) => {
    return `${count} ${units[unit] ?? unit}${count === '1' ? '' : 's'}`
  })
}
