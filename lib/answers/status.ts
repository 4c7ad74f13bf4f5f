import type { Status } from '#lib/connections/schema.ts'
import { waitSentence } from '#lib/resources/status.ts'
import type { AskView, Trouble, TroubleCode } from './schema.ts'

type State = AskView['state']

const byStatus: Record<Status, State> = {
  connected: 'ready',
  error: 'ready',
  connecting: 'ready',
  verifying: 'ready',
  no_access: 'ready',
  expired: 'reauth',
  needs_reauth: 'reauth',
  setup_required: 'reauth',
  disabled: 'disabled',
  not_available: 'disabled',
  not_configured: 'not_configured',
  disconnected: 'not_configured',
  disconnecting: 'not_configured',
}

/** What asking can be now: as the organization decided, then as its connection stands. */
export function askState(isOn: boolean, status: Status | null): State {
  if (!isOn) return 'off'
  return status === null ? 'not_configured' : byStatus[status]
}

type Reader = { name: string; organization: string; mayManage: boolean }

/** What stands in the way of asking and who can mend it; null when nothing does. */
export function explainState(state: State, { name, organization, mayManage }: Reader): string | null {
  const who = mayManage ? 'You can' : 'An owner or admin can'
  if (state === 'off') return `Asking boards is turned off in ${organization}. ${who} turn it on in Settings.`
  if (state === 'disabled') return `${name} is turned off in ${organization}. ${who} turn it on.`
  if (state === 'not_configured') return `Answers come from a model at ${name}, which is not connected yet.`
  if (state === 'reauth') return `${name} no longer takes the key. ${who} connect it again.`
  return null
}

/** Why there is no answer, or no more of it; said without a word of the provider's. */
export type Cause = { code: TroubleCode; retryAt: Date | null }

/** The cause in words, for this person. */
export function explainCause({ code, retryAt }: Cause, { name, mayManage }: Omit<Reader, 'organization'>): Trouble {
  const say: Record<TroubleCode, string> = {
    out_of_credit: `${name} says the account is out of credit. ${mayManage ? 'Add credit there' : 'Tell an owner or admin'}, then ask again.`,
    limited: `${waitSentence(name, retryAt)}. Ask again then, or pick another model.`,
    model_gone: 'This model is no longer offered. Pick another one.',
    too_long: 'The cards are too long for this model. Untick some, or pick a model with more context.',
    refused: `${name} refused this question. Ask it differently, or pick another model.`,
    reauth: `${name} no longer takes the key. ${mayManage ? 'Connect it again.' : 'An owner or admin can connect it again.'}`,
    unavailable: `${name} didn't answer. Try again in a moment.`,
    broke_off: `The answer broke off at ${name}. What came until then is kept.`,
  }
  return { code, detail: say[code], ...(retryAt ? { retryAt: retryAt.toISOString() } : {}) }
}
