import type { CardState, CardView } from '#lib/boards/schema.ts'
import { showsContent } from '#lib/boards/status.ts'

/** How a card is drawn: a CardView, also where the network or our own server left us without a new one. */
export type Sight = Pick<CardView, 'state' | 'resource' | 'asOf' | 'retryAt' | 'message' | 'action'>

/** What is known of a card in this browser. `kind` is why our own server did not answer. */
export type Known = { card: CardView | undefined; failure: { kind: string; message: string } | null; isOnline: boolean }

const retry = { id: 'retry', label: 'Retry' } as const
const refresh = { id: 'refresh', label: 'Refresh' } as const

/** The state of a card that cannot be asked for now: this viewer's last sight of it, if there was one. */
function withoutAnswer(card: CardView | undefined, state: CardState, message: string): Sight {
  const last = card && showsContent(card.state) ? card : undefined
  if (!last) return { state, message }
  return { state, resource: last.resource, asOf: last.asOf, message }
}

/** What is drawn of a card: the server's view of it, or what this browser knows better. */
export function sightOf({ card, failure, isOnline }: Known): Sight {
  if (!isOnline) return withoutAnswer(card, 'offline', 'Offline')
  if (failure?.kind === 'sign-in-required') return { state: 'error', message: 'Sign in again to see this' }
  if (!failure) return card ?? { state: 'resolving' }
  if (card && showsContent(card.state)) return { ...withoutAnswer(card, 'stale', ''), action: refresh }
  return { state: 'error', message: failure.message, action: retry }
}

const needsOwner: readonly CardState[] = ['needs_connection', 'reauth']
const needsCare: readonly CardState[] = ['no_access', 'gone', 'source_off', 'not_shared', 'error']

/** Whether what is missing is the viewer's own account. */
export const needsOwnAccount = (state: CardState): boolean => needsOwner.includes(state)
/** Whether somebody should look at the card. */
export const needsAttention = (state: CardState): boolean => needsCare.includes(state)
