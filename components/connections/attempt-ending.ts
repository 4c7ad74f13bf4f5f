import type { AttemptView } from '#lib/attempts/schema.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { Ending } from './attempts.ts'

/** The providers that a consent connected, in a sentence. */
export const connectedNames = (name: string, also: AttemptView['also'] = []): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format([
    name,
    ...also.flatMap((one) => (one.connectionId ? [one.name] : [])),
  ])

/** How a connect that worked reads: whose account it is, and what was not allowed. `provider` is as it stands now. */
function connectedEnding({ slot, also = [] }: AttemptView, name: string, provider: ProviderView | null): Ending {
  const standing = provider?.slots.find((entry) => entry.slot === slot)
  const label = standing?.connection?.account.label
  const all = connectedNames(name, also)
  const done = label ? `${all} connected as ${label}.` : `${all} connected.`
  const left = also.flatMap((one) => (one.connectionId ? [] : [`${one.name} is not connected: ${one.detail ?? ''}`]))
  if (left.length > 0) return { tone: 'warn', text: [done, ...left].join(' ').trim(), next: null }
  if (!standing?.connection || standing.connection.scopes.missing.length === 0)
    return { tone: 'ok', text: done, next: null }
  const lacking = `${standing.reason ?? 'A permission is missing'}.`
  const isUseless = standing.reasonCode === 'scopes_required' // the reason says it all, and nothing is connected yet
  return { tone: 'warn', text: isUseless ? lacking : `${done} ${lacking}`, next: 'grant' }
}

/** How an attempt came out; null while it goes on. */
export function endingOf(view: AttemptView, name: string, provider: ProviderView | null): Ending | null {
  const detail = view.problem?.detail
  switch (view.status) {
    case 'succeeded':
      return connectedEnding(view, name, provider)
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
