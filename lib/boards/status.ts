import { type Standing, type Trouble, waitSentence } from '#lib/resources/status.ts'
import type { CardState, CardView } from './schema.ts'

/** A copy younger than this is shown as live and nothing is asked. */
export const FRESH_MS = 60_000

/** What is known when a viewer's card is drawn. Nothing in it names the thing. */
export type CardFacts = {
  /** How the viewer's way to the provider stands. */
  standing: Standing
  /** What asking gave; `read` also for a copy that is fresh enough. */
  outcome: 'read' | 'not_shared' | Trouble['what']
  /** Whether this viewer has a copy of their own that they may still be shown. */
  hasCopy: boolean
  /** Whether this viewer ever saw the thing as the account they read with now; asked only of what is missing. */
  hasSeen: boolean
  isPersonal: boolean
}

const closed: Record<Exclude<Standing, 'ready'>, CardState> = {
  needs_connection: 'needs_connection',
  reauth: 'reauth',
  off: 'source_off',
  no_access: 'no_access',
}

const withoutAnswer: Record<'limited' | 'unavailable', { copy: CardState; none: CardState }> = {
  limited: { copy: 'limited', none: 'limited' },
  unavailable: { copy: 'stale', none: 'error' },
}

/** The state of a card for one viewer. What is forbidden and what is not there are one state, except to who saw it before. */
export function cardState({ standing, outcome, hasCopy, hasSeen, isPersonal }: CardFacts): CardState {
  if (standing === 'reauth' && !isPersonal) return 'source_off'
  if (standing !== 'ready') return closed[standing]
  switch (outcome) {
    case 'read':
      return 'live'
    case 'not_shared':
      return 'not_shared'
    case 'missing':
      return hasSeen ? 'gone' : 'no_access'
    case 'forbidden':
      return 'no_access'
    case 'no_connection':
      return isPersonal ? 'needs_connection' : 'source_off'
    case 'refused':
      return isPersonal ? 'reauth' : 'source_off'
    case 'limited':
    case 'unavailable':
      return hasCopy ? withoutAnswer[outcome].copy : withoutAnswer[outcome].none
  }
}

/** Only in these states does a card carry what it shows. */
export const showsContent = (state: CardState): boolean =>
  state === 'live' || state === 'stale' || state === 'limited' || state === 'offline'

/** Only after these may a viewer's copy stay: in any other the provider, or we, no longer let them see it. */
export const losesCopy = (state: CardState): boolean =>
  state === 'gone' || state === 'no_access' || state === 'not_shared'

/** Whom and what a card's sentence is about: the provider's name, the kind in words, and what this viewer may do. */
export type CardWords = {
  name: string
  kindName: string
  isPersonal: boolean
  /** An admin turned the provider off for everyone. */
  isDisabled: boolean
  mayConnect: boolean
  mayManage: boolean
  /** Whether this viewer may change what is available on boards. */
  mayShare: boolean
  retryAt: Date | null
  status: number | null
  /** What somebody can do at the provider, where that is all it takes. */
  remedy?: string | undefined
}

const enable = { id: 'enable', label: 'Enable' } as const // as const: an id of the view
const reconnect = { id: 'reconnect', label: 'Reconnect' } as const // the same

type Saying = { message?: string; action?: CardView['action'] }

/** The sentence and the button of a state (one text for what is forbidden and what is missing: no oracle). */
export function explainCard(state: CardState, words: CardWords): Saying {
  const { name, kindName, mayConnect, mayManage, mayShare, isPersonal, isDisabled } = words
  const connecting = { connect: `Connect ${name}`, reconnect: 'Reconnect' }
  const own = (id: 'connect' | 'reconnect'): Pick<Saying, 'action'> =>
    mayConnect ? { action: { id, label: connecting[id] } } : {}
  const sayings: Record<CardState, Saying> = {
    resolving: {},
    live: {},
    stale: { action: { id: 'refresh', label: 'Refresh' } },
    offline: { message: 'Offline' },
    needs_connection: { message: `Connect your ${name} to see this`, ...own('connect') },
    reauth: { message: `Reconnect your ${name} to see this`, ...own('reconnect') },
    no_access: {
      message: words.remedy ?? `You don't have access to this ${kindName}, or it no longer exists`,
      action: { id: 'retry', label: 'Retry' },
    },
    gone: { message: `This ${kindName} was deleted or moved`, action: { id: 'remove', label: 'Remove' } },
    source_off: {
      message: isPersonal || isDisabled ? `${name} is turned off` : `${name} is disconnected`,
      action: mayManage ? (isDisabled ? enable : reconnect) : { id: 'ask_admin', label: 'Ask an admin' },
    },
    not_shared: {
      message: `This ${kindName} isn't available on boards`,
      action: mayShare ? { id: 'change', label: 'Change' } : { id: 'ask_admin', label: 'Ask an admin' },
    },
    limited: { message: waitSentence(name, words.retryAt) },
    error: {
      message: `${name} didn't answer${words.status === null ? '' : ` (${words.status})`}`,
      action: { id: 'retry', label: 'Retry' },
    },
  }
  return sayings[state]
}
