import { daysUntil, judgeRotation, methodIn, renewsItself, rotationDueAt } from '#lib/connections/judge-rotation.ts'
import { now } from '#lib/platform/clock.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { AgingRow } from './read-aging.ts'
import type { RotationView } from './schema.ts'

const DAY_MS = 86_400_000

/** A credential as the register shows it. */
export function describeRotation(row: AgingRow): RotationView {
  const provider = findProvider(row.provider)
  const around = { provider }
  const method = methodIn(row, around)
  const due = rotationDueAt(row, around)
  return {
    connection: row.connectionId,
    provider: row.provider,
    name: provider?.name ?? row.provider,
    account: row.accountLabel,
    type: row.credentialType,
    noun: method && 'noun' in method ? method.noun : 'sign-in',
    endsWith: row.endsWith,
    owner: {
      id: row.ownerId,
      name: row.ownerName ?? 'A former member',
      leftAt: row.ownerLeftAt?.toISOString() ?? null,
    },
    createdAt: row.issuedAt.toISOString(),
    ageDays: Math.max(0, Math.floor((now().getTime() - row.issuedAt.getTime()) / DAY_MS)),
    renewsItself: renewsItself(row, around),
    dueAt: due?.toISOString() ?? null,
    daysLeft: due && daysUntil(due),
    ...judgeRotation(row, around),
    suspected: row.suspectedAt && { at: row.suspectedAt.toISOString(), by: row.suspectedBy ?? 'A former member' },
    keptAt: row.keptAt,
  }
}

const urgency = ({ rotate, renewsItself }: RotationView): number =>
  rotate === 'now' ? 0 : rotate === 'soon' ? 1 : renewsItself ? 3 : 2

/** What is to be replaced first; the older before the younger; what renews itself last. */
export const inOrder = (items: readonly RotationView[]): RotationView[] =>
  items.toSorted((a, b) => urgency(a) - urgency(b) || a.createdAt.localeCompare(b.createdAt))
