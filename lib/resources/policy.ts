import type { Provider, Reader, Resource } from '#lib/providers/define.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import { may } from '#lib/tenancy/policy.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'

type SearchedKind = Pick<Reader, 'searchOption'>
type Holder = { role: RoleName | null }

/** How far a connection answers somebody: everything it can read, the names of containers only, or nothing. */
export type Extent = 'content' | 'containers' | 'nothing'

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

/** What admins turned on or off for boards, by the id of the container. */
export type Switches = ReadonlyMap<string, boolean>

type Placed = Pick<Resource, 'kind' | 'id' | 'containerId' | 'within' | 'isPrivate'>

/**
 * Whether a connection may show a thing on boards. A member's own shows what that member can open. The organization's: the
 * switch of the container decides, else nothing private; what is inside a private container is as private as it. Nothing is
 * shown out of a container that is off, however many others are in between.
 */
export function isShared(
  used: { slot: Slot; provider: Pick<Provider, 'sharing'> },
  { kind, id, containerId, within = [], isPrivate }: Placed,
  switches: Switches,
): boolean {
  if (used.slot === 'user') return true
  if (within.some((around) => switches.get(around) === false)) return false
  const container = containerId ?? (kind === used.provider.sharing?.kind ? id : null) // ids of other kinds may be alike
  const turned = container === null ? undefined : switches.get(container)
  return turned ?? isPrivate !== true
}
