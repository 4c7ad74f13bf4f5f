import { mainSlot } from '#components/connections/standing.ts'
import type { KindView, ProviderView, SlotView, Status } from '#lib/connections/schema.ts'

/** A tool that things on boards come from, as this viewer may use it. */
export type Source = {
  id: string
  name: string
  provider: ProviderView
  slot: SlotView
  /** Through which it answers; null when it cannot be asked now. */
  connectionId: string | null
  kinds: readonly KindView[]
}

const answering: readonly Status[] = ['connected', 'error', 'connecting', 'verifying', 'no_access']

const sourceOf = (provider: ProviderView): Source[] => {
  const slot = mainSlot(provider)
  if (!slot || provider.kinds.length === 0) return []
  const { connection } = slot
  const status = slot.beneath?.status ?? slot.status
  const connectionId = connection && answering.includes(status) ? connection.id : null
  return [{ id: provider.id, name: provider.name, provider, slot, connectionId, kinds: provider.kinds }]
}

/** The tools that have anything to show on a board; those that are only coming have not. */
export const sourcesOf = (providers: readonly ProviderView[]): Source[] => providers.flatMap(sourceOf)

/** The kind one begins with inside a source. */
export const rootKind = ({ kinds }: Source): KindView | undefined => kinds.find(({ isListed }) => isListed)

/** Whether the viewer's own account is what is missing. */
export const lacksOwnAccount = ({ connectionId, slot }: Source): boolean =>
  connectionId === null && slot.slot === 'user' && slot.may.connect

/** How many of the organization see cards of a source; null where one's own account is not what it takes, or nobody has one. */
export function seenBy({ name, provider }: Source): string | null {
  const { connected, members } = provider.coverage ?? { connected: 0, members: 0 }
  return connected > 0 ? `${connected} of ${members} teammates see ${name} cards here.` : null
}
