import type { Provider, Reader, Resource, Slot } from '#lib/providers/define.ts'
import { may } from '#lib/tenancy/policy.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'

type SearchedKind = Pick<Reader, 'searchOption'>
type Holder = { role: RoleName | null }

/** How far a connection answers somebody: everything it can read, the names of containers only, or nothing. */
export type Extent = 'content' | 'containers' | 'nothing'

const containerKinds = new Set(['repository', 'project', 'space', 'board'])
export const isContainer = (kind: string): boolean => containerKinds.has(kind)

const isPersonal = (provider: Pick<Provider, 'slots'>): boolean => provider.slots.includes('user')

/**
 * The wall of live reads. One's own connection answers with content. The organization's, at a provider where everybody
 * can have their own, feeds projects only: it names containers to those who choose them and never shows what is inside.
 * Whether a member's connection is the caller's own is decided where it is opened (lib/vault/hold.ts).
 */
export function extentOf(actor: Holder, used: { slot: Slot; provider: Pick<Provider, 'slots'> }): Extent {
  if (used.slot === 'user') return 'content'
  if (isPersonal(used.provider)) return may(actor, 'connection.manage') ? 'containers' : 'nothing'
  return may(actor, 'hub.see') ? 'content' : 'nothing'
}

/** Whether this kind may be searched: one that hangs on an option only while an admin has it switched on. */
export const isSearchOpen = ({ options }: { options: ReadonlySet<string> }, { searchOption }: SearchedKind): boolean =>
  searchOption === undefined || options.has(searchOption)

/** What the organization's own connection may show on boards: nothing private, until an admin can switch it on. */
export const isShared = (used: { slot: Slot }, resource: Pick<Resource, 'isPrivate'>): boolean =>
  used.slot === 'user' || resource.isPrivate !== true
