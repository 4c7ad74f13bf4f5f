import { auditReaders } from '#lib/audit/policy.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Limit } from '#lib/platform/rate-limit.ts'
import type { RoleName } from './schema.ts'

/** Who may do what in an organization, by role. What depends on more than the role is decided by the room it concerns. */
const rights = {
  'hub.see': ['owner', 'admin', 'member', 'reviewer'],
  'account.connect': ['owner', 'admin', 'member', 'guest'],
  'connection.request': ['member'],
  'connection.manage': ['owner', 'admin'],
  'member.disconnect': ['owner', 'admin'],
  'resources.share': ['owner', 'admin'],
  'addresses.see': ['owner', 'admin'],
  'connector.configure': ['owner', 'admin'],
  'activity.see': ['owner', 'admin', 'reviewer'],
  'audit.see': auditReaders,
  'governance.see': ['owner', 'admin', 'reviewer'],
  'governance.change': ['owner', 'admin'],
  'members.see': ['owner', 'admin', 'member', 'reviewer'],
  'members.manage': ['owner', 'admin'],
  'organization.configure': ['owner', 'admin'],
  'tokens.see': ['owner', 'admin', 'member'],
  'tokens.manage': ['owner', 'admin'],
  'boards.see': ['owner', 'admin', 'member', 'reviewer', 'guest'],
  'boards.edit': ['owner', 'admin', 'member'],
  'sync.trigger': ['owner', 'admin', 'member'],
} as const satisfies Record<string, readonly RoleName[]>

export type Right = keyof typeof rights
type Holder = { role: RoleName | null }

/** Whether the role of this actor carries the right. Jobs have no role and no right. */
export const may = (actor: Holder, right: Right): boolean =>
  actor.role !== null && (rights[right] as readonly RoleName[]).includes(actor.role) // the table holds narrower tuples

const many: Record<RoleName, string> = {
  owner: 'owners',
  admin: 'admins',
  member: 'members',
  reviewer: 'compliance reviewers',
  guest: 'guests',
}
const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/**
 * Throws `forbidden` with who can, unless the role carries the right; `not-found` where one who lacks the right may not
 * even know what there is.
 */
export function allow(actor: Holder, right: Right, otherwise: 'forbidden' | 'not-found' = 'forbidden'): void {
  if (may(actor, right)) return
  if (otherwise === 'not-found') throw new Problem('not-found')
  throw new Problem(
    'forbidden',
    `Only ${listed.format(rights[right].map((role) => many[role]))} can do this. Ask one of them.`,
  )
}

/** Throws `forbidden` unless this actor may give, or take away, the role. Owners alone decide who is an owner. */
export function allowRole(actor: Holder, role: RoleName): void {
  allow(actor, 'members.manage')
  if (role === 'owner' && actor.role !== 'owner')
    throw new Problem('forbidden', 'Only owners can decide who is an owner. Ask one of them.')
}

const minuteMs = 60 * 1000
const dayMs = 24 * 60 * minuteMs

/** A session ends after 30 days, and after 14 days in which it was not used. */
export const SESSION_LIFE_MS = 30 * dayMs
/** How long a session lasts that nobody uses. */
export const SESSION_IDLE_MS = 14 * dayMs
/** How long an invitation can be taken. */
export const INVITATION_LIFE_MS = 7 * dayMs
/** How long the link of a mail works, by what it is for. */
export const EMAIL_TOKEN_LIFE_MS = { confirm: 7 * dayMs, reset: 60 * minuteMs } as const

/** How often what could be guessed, or sends mail, may be tried; kept in PostgreSQL, so that all web processes share it. */
export const limits = {
  signInByEmail: { name: 'sign-in-email', count: 10, seconds: 15 * 60 },
  signInByAddress: { name: 'sign-in-address', count: 100, seconds: 15 * 60 },
  signUp: { name: 'sign-up', count: 300, seconds: 60 * 60 },
  resetByEmail: { name: 'reset-email', count: 5, seconds: 60 * 60 },
  resetByAddress: { name: 'reset-address', count: 60, seconds: 60 * 60 },
  emailLink: { name: 'email-link', count: 60, seconds: 10 * 60 },
  confirmation: { name: 'confirmation', count: 5, seconds: 60 * 60 },
  password: { name: 'password', count: 10, seconds: 15 * 60 },
  accept: { name: 'accept', count: 30, seconds: 10 * 60 },
  invite: { name: 'invite', count: 100, seconds: 60 * 60 },
  createOrganization: { name: 'create-organization', count: 30, seconds: 60 * 60 },
} as const satisfies Record<string, Limit>
