import type { ProviderView, SlotView } from '#lib/connections/schema.ts'

/** What a slot is called where a provider has two, and where it has one. */
export const slotTitle = ({ slots }: ProviderView, { slot }: SlotView): string =>
  slots.length === 1 ? 'Connection' : slot === 'user' ? 'Your account' : 'Organization sync'

const ended: readonly SlotView['status'][] = ['disconnected', 'disconnecting']
/** What is found where access is verified and there is none: nothing of its own stands behind that. */
const shut: readonly SlotView['status'][] = ['setup_required', 'not_available', 'no_access']

/** Whether a connection stands there, whatever its health. */
export const isThere = ({ connection, status }: SlotView): boolean =>
  connection !== null && !ended.includes(status) && !(connection.method === 'verified' && shut.includes(status))

/** A provider as its pages show it: in native mode nobody is asked there to connect an account of their own. */
export const asShown = (provider: ProviderView): ProviderView =>
  provider.native
    ? { ...provider, slots: provider.slots.filter((slot) => slot.slot === 'organization' || isThere(slot)) }
    : provider

/** Who can see what comes through a provider, and whose choice that was. */
export function whoSees({ name, slots, sharing, native }: ProviderView, organization: string): string {
  if (native || slots.some(({ slot }) => slot === 'user'))
    return `Each person sees only what their own ${name} account can open.`
  const maker = slots.find(({ slot }) => slot === 'organization')?.connection?.createdBy.name
  const made = maker ? ` (made by ${maker})` : ''
  const sees = `Everyone in ${organization} can see what this connection${made} can read, within the resources allowed on boards.`
  if (sharing?.own && maker) return `${sees} It reads ${maker}’s ${sharing.own}.`
  return sharing?.chosen && maker ? `${sees} It reads the ${sharing.chosen} that ${maker} chose in ${name}.` : sees
}

/** What of their own somebody gives everybody to see who connects it; null where that is nothing. */
export const whatIsGiven = ({ sharing }: Pick<ProviderView, 'sharing'>, organization: string): string | null =>
  sharing?.own ? `Everyone in ${organization} will see the ${sharing.own} of the person who connects.` : null

/** How a credential came to be, in words. */
export const methodNames: Record<string, string> = {
  oauth2: 'OAuth token',
  pat: 'Personal access token',
  api_key: 'API key',
  api_token: 'API token',
  verified: 'Verified access',
}

/** What to do about a connection that works but is not well; what is not listed is told by its reason alone. */
const help: Record<string, (name: string) => string> = {
  rate_limited: (name) => `${name} asked us to wait. Reading goes on by itself after that.`,
  scopes_missing: (name) => `Grant it at ${name}, or keep it as it is: what needs it stays empty.`,
  partial_access: (name) =>
    `An owner of that ${name} organization can approve Plugboard. Then choose Check now under Health.`,
  installer_left: () => 'Reconnect it with an account that stays, so that it does not end with theirs.',
  token_expiring: () => 'Replace it before it ends, so that nothing stops.',
  refresh_retrying: () => 'The token still works. Nothing is to be done unless this lasts.',
  forbidden: (name) => `Somebody who administers ${name} can give the account the permission it lacks.`,
}

/** What to do about a reason, as far as there is more to say than the reason. */
export const helpFor = (reasonCode: string | null, name: string): string | null =>
  reasonCode ? (help[reasonCode]?.(name) ?? null) : null
