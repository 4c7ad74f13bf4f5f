import type { Actor } from '#lib/tenancy/actor.ts'
import { may, type Right } from '#lib/tenancy/policy.ts'

type Reader = Pick<Actor, 'role'>

/** Whether somebody reads how each member's account stands, or only their own and the count. */
export const seesEverybody = (reader: Reader): boolean => may(reader, 'member.disconnect')

/** Who may ask the others to connect their accounts. */
export const RIGHT_TO_REMIND: Right = 'members.manage'

/** The roles that are asked: those who can connect an account and find the page where one does. */
export const remindedRoles = ['owner', 'admin', 'member'] as const // as const: words of the role's enumeration

/** How long after a reminder nobody is asked again. */
export const REMINDED_FOR_MS = 24 * 60 * 60 * 1000

const address = /[^\s@<(]+@[^\s@>)]+\.[^\s@>)]+/g

/**
 * The name of somebody's account as another may read it; null where it tells a mail address that they are not known by here.
 * `label` is what the provider calls the account, `email` how they sign in here.
 */
export function accountShown(label: string, email: string): string | null {
  const told = label.match(address) ?? []
  return told.every((one) => one.toLowerCase() === email.toLowerCase()) ? label : null
}

/** Why an account needs attention, as another may read it: without the organizations of it that keep Plugboard out. */
export const reasonShown = (reasonCode: string | null, reason: string | null): string | null =>
  reasonCode === 'partial_access' ? 'Not every organization of the account has approved Plugboard' : reason
