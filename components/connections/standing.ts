import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { audienceOf, badgeText } from '#lib/connections/status.ts'
import type { Attempt } from './attempts.ts'
import { isClosed } from './attempts.ts'

const ofOrganization = ({ slots }: ProviderView) => slots.find(({ slot }) => slot === 'organization')

/** The slot a row is about: the viewer's own where members have one, else the organization's. In native mode the latter. */
export function mainSlot(provider: ProviderView): SlotView | undefined {
  if (provider.native) return ofOrganization(provider)
  return provider.slots.find(({ slot }) => slot === 'user') ?? provider.slots[0]
}

/** The other slot of a provider that has two, once something stands in it. */
export function secondSlot(provider: ProviderView): SlotView | undefined {
  if (provider.native) return provider.slots.find(({ slot }) => slot === 'user')
  const shared = ofOrganization(provider)
  return provider.slots.length > 1 &&
    shared &&
    (shared.connection || shared.attempt || shared.request?.status === 'open')
    ? shared
    : undefined
}

const isWaiting = (attempt: Attempt | undefined): boolean =>
  attempt !== undefined && !attempt.ending && !attempt.isTimedOut

/** The badge of a slot as this tab sees it: it knows of its own attempt's begin and end before the statuses are asked again. */
export function standingOf(slot: SlotView, attempt: Attempt | undefined): Standing {
  if (isWaiting(attempt) && slot.status !== 'connecting')
    return { status: 'connecting', signal: 'blue', reasonCode: null, reason: null, nextAction: null }
  const own = slot.attempt?.id
  const isOver = own != null && (isClosed(own) || (attempt?.id === own && !isWaiting(attempt)))
  return isOver && slot.beneath ? slot.beneath : slot
}

/** What a badge is drawn from. */
export function badgeOf(provider: string, { status, signal, reason }: Standing) {
  return { status, signal, text: badgeText(status, provider), ...(reason ? { reason } : {}) }
}

/** Whose account stands there and for whom, in one line. */
export function identityOf(slot: SlotView, organization: string, coverage?: ProviderView['coverage']): string {
  const account = slot.connection?.account.label
  const isGone = slot.status === 'disconnected'
  const key = keyOf(slot)
  const audience = audienceOf(slot, organization)
  const counted =
    slot.slot === 'user' && coverage && coverage.members > 1
      ? `${coverage.connected} of ${coverage.members} members connected`
      : null
  const who =
    account && !isGone
      ? slot.slot === 'user'
        ? `You ${account}`
        : `${account} · ${key ?? planOf(slot) ?? audience.charAt(0).toLowerCase() + audience.slice(1)}`
      : audience
  return [who, isGone && account ? `was ${account}` : null, counted].filter(Boolean).join(' · ')
}

/** The account's plan, where plans differ and it is known. */
function planOf({ connection }: SlotView): string | null {
  const label = connection?.plan?.label
  return label ? `${label} plan` : null
}

/** By what a pasted key can be told from others: "key ending 9f3a". Null where there is none. */
function keyOf({ methods, connection }: SlotView): string | null {
  const noun = methods.find(({ id }) => id === connection?.method)?.noun
  const endsWith = connection?.credential.endsWith
  return noun && endsWith ? `${noun} ending ${endsWith}` : null
}

/** Somebody else's attempt at the organization's slot. Null when there is none. */
export const othersAttempt = ({ attempt }: SlotView) => (attempt && attempt.id === null ? attempt : null)
