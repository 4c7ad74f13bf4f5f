import type { AttemptView, ProviderView, SlotName } from '#lib/connections/schema.ts'
import type { Ending } from './attempts.ts'

/** How a connect that worked reads: whose account it is, and what was not allowed. `provider` is as it stands now. */
function connectedEnding(name: string, slot: SlotName, provider: ProviderView | null): Ending {
  const standing = provider?.slots.find((entry) => entry.slot === slot)
  const label = standing?.connection?.account.label
  const done = label ? `${name} connected as ${label}.` : `${name} connected.`
  if (!standing?.connection || standing.connection.scopes.missing.length === 0)
    return { tone: 'ok', text: done, next: null }
  return { tone: 'warn', text: `${done} ${standing.reason ?? 'A permission is missing'}.`, next: 'grant' }
}

/** How an attempt came out; null while it goes on. */
export function endingOf(view: AttemptView, name: string, provider: ProviderView | null): Ending | null {
  const detail = view.problem?.detail
  switch (view.status) {
    case 'succeeded':
      return connectedEnding(name, view.slot, provider)
    case 'denied':
      return { tone: 'info', text: detail ?? `You cancelled at ${name}. Nothing changed.`, next: 'connect' }
    case 'cancelled':
      return {
        tone: 'info',
        text: detail ?? 'Cancelled. Nothing changed.',
        next: view.problem?.kind === 'kept' ? null : 'connect',
      }
    case 'failed':
    case 'timed_out':
      return {
        tone: 'error',
        text: detail ?? `Connecting ${name} didn't work. Connect again.`,
        next: 'connect',
        ...(view.problem ? { code: [view.problem.kind, view.problem.code].filter(Boolean).join(' ') } : {}),
      }
    case 'none':
    case 'opened':
    case 'returned':
    case 'choosing':
    case 'mismatch':
      return null
  }
}
