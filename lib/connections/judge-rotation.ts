import { now } from '#lib/platform/clock.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod } from '#lib/providers/define-auth.ts'
import { methodOf } from '#lib/vault/reach.ts'
import type { ConnectionRow } from './surroundings.ts'

const DAY_MS = 86_400_000
/** How long before its time a credential that does not renew itself is told of. */
export const FIRST_TOLD_DAYS = 14

type Around = { provider: Provider | null }
/** What says how old a credential is and how old it may get. */
export type Aging = Pick<
  ConnectionRow,
  'method' | 'credentialType' | 'issuedAt' | 'rotationDays' | 'suspectedAt' | 'creatorLeft'
>

/** The method a connection was made with; null where its provider no longer has it. */
export const methodIn = ({ method }: Pick<ConnectionRow, 'method'>, { provider }: Around): AuthMethod | null =>
  provider && methodOf(provider, method)

/** Whether a connection's credential is renewed without anybody doing anything. One that rides on another's is that one's to renew. */
export function renewsItself(row: Pick<ConnectionRow, 'method'>, around: Around): boolean {
  const method = methodIn(row, around)
  return row.method === 'verified' || (method?.type === 'oauth2' && method.refresh !== 'never')
}

/** When a credential that does not renew itself has to be replaced by age; null for one that does, and where there is none. */
export const rotationDueAt = (row: Aging, around: Around): Date | null =>
  row.issuedAt && row.credentialType && !renewsItself(row, around)
    ? new Date(row.issuedAt.getTime() + row.rotationDays * DAY_MS)
    : null

/** Whole days until a moment, counted up; nought or less once it is over. */
export const daysUntil = (moment: Date): number => Math.ceil((moment.getTime() - now().getTime()) / DAY_MS)

/** Whether it is to be replaced `soon`, `now` or not yet, and what says so. */
export type Rotation = { rotate: 'soon' | 'now' | null; why: 'suspected' | 'left' | 'age' | null }

/** What calls for replacing a credential first: somebody may know it, whoever added it has left, or its time is over. */
export function judgeRotation(row: Aging, around: Around): Rotation {
  const due = rotationDueAt(row, around)
  if (!due) return { rotate: null, why: null }
  if (row.suspectedAt) return { rotate: 'now', why: 'suspected' }
  if (row.creatorLeft) return { rotate: 'now', why: 'left' }
  if (due <= now()) return { rotate: 'now', why: 'age' }
  return daysUntil(due) <= FIRST_TOLD_DAYS ? { rotate: 'soon', why: 'age' } : { rotate: null, why: null }
}

/** The same by age alone, in days; null while it is too early to tell. */
export function daysToRotation(row: Aging, around: Around): number | null {
  const due = rotationDueAt(row, around)
  return due && daysUntil(due) <= FIRST_TOLD_DAYS ? daysUntil(due) : null
}
