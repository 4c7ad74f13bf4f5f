import { Problem } from '#lib/platform/problem.ts'
import type { RoleName } from './schema.ts'

/** Who may do what in an organization, by role. What depends on more than the role is decided by the room it concerns. */
const rights = {
  'hub.see': ['owner', 'admin', 'member', 'reviewer'],
  'account.connect': ['owner', 'admin', 'member', 'guest'],
  'connection.request': ['member'],
  'connection.manage': ['owner', 'admin'],
  'member.disconnect': ['owner', 'admin'],
  'connector.configure': ['owner', 'admin'],
  'activity.see': ['owner', 'admin', 'reviewer'],
  'audit.see': ['owner', 'admin', 'reviewer'],
  'members.see': ['owner', 'admin', 'member', 'reviewer'],
  'members.manage': ['owner', 'admin'],
  'organization.configure': ['owner', 'admin'],
  'boards.see': ['owner', 'admin', 'member', 'reviewer', 'guest'],
  'boards.edit': ['owner', 'admin', 'member'],
  'sync.trigger': ['owner', 'admin', 'member'],
} as const satisfies Record<string, readonly RoleName[]>

export type Right = keyof typeof rights
type Holder = { role: RoleName | null }

/** Whether the role of this actor carries the right. Jobs have no role and no right. */
export const may = (actor: Holder, right: Right): boolean =>
  actor.role !== null && (rights[right] as readonly RoleName[]).includes(actor.role) // the table holds narrower tuples

/** Throws `forbidden` with who can, unless the role carries the right. */
export function allow(actor: Holder, right: Right): void {
  if (may(actor, right)) return
  const who = rights[right].filter((role) => role === 'owner' || role === 'admin')
  throw new Problem(
    'forbidden',
    `Only ${who.length > 1 ? 'owners and admins' : 'owners'} can do this. Ask one of them.`,
  )
}
