import { z } from 'zod'
import type { Prisma } from '#lib/platform/db.ts'

/** A plan as a connection keeps it; `isUnread`: the last look could not read it. */
const KeptPlan = z.object({
  label: z.string().optional(),
  capabilities: z.array(z.object({ name: z.string(), isIncluded: z.boolean() })).default([]),
  warnings: z.array(z.object({ short: z.string(), says: z.string() })).default([]),
  isUnread: z.boolean().default(false),
})
export type KeptPlan = z.infer<typeof KeptPlan>

/** The plan among what is known of a connection; null where nobody has looked yet. */
export const keptPlan = (capabilities: unknown): KeptPlan | null =>
  z.object({ plan: KeptPlan }).safeParse(capabilities).data?.plan ?? null

/** What is now known, where a plan that cannot be read just now stays the one that was. */
export function keepingPlan(before: unknown, now: Prisma.InputJsonObject): Prisma.InputJsonObject {
  const known = keptPlan(now)?.isUnread ? keptPlan(before) : null
  return known ? { ...now, plan: { ...known, isUnread: true } } : now
}
