import { z } from 'zod'
import { ConnectionView, SlotName } from './schema.ts'

const count = z.number().int()

/** What disconnecting would touch, or taking another account. */
export const ImpactView = z.object({
  slot: SlotName,
  /** Whether cards are read through it; where people have accounts of their own, the organization's connection reads none. */
  readsCards: z.boolean(),
  boards: count,
  cards: count,
  /** The boards that change, those with most cards first; of many only the first. */
  shownOn: z.array(z.object({ id: z.uuid(), name: z.string(), cards: count })),
  /** Whether boards are asked through it. */
  answers: z.boolean(),
  projects: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      resources: z.array(z.string()),
      syncedSince: z.iso.datetime().nullable(),
    }),
  ),
  rules: count,
})
export type ImpactView = z.infer<typeof ImpactView>

/** What the provider said to the revocation. */
export const Revocation = z.enum(['revoked', 'kept_for_another_connection', 'not_offered', 'not_confirmed', 'skipped'])
export type Revocation = z.infer<typeof Revocation>

export const DisconnectedView = z.object({
  /** Null when it is another member's: an admin ends it and never reads it. */
  connection: ConnectionView.nullable(),
  revocation: Revocation,
  detail: z.string(),
})
export type DisconnectedView = z.infer<typeof DisconnectedView>

/** What a disconnect has done, as it is done: nothing reads with the token, the provider has answered, it is wiped. */
export const LeaveStep = z.discriminatedUnion('ended', [
  z.object({ ended: z.literal('use') }),
  z.object({ ended: z.literal('revocation'), revocation: Revocation }),
  /** `isKept`: another connection of the organization's still uses it, so it was not wiped. */
  z.object({ ended: z.literal('token'), isKept: z.literal(true).optional() }),
])
export type LeaveStep = z.infer<typeof LeaveStep>

/** A line of a disconnect as it goes on; the last one is how it ended. */
export const LeaveLine = z.union([
  LeaveStep,
  DisconnectedView,
  z.object({ problem: z.record(z.string(), z.unknown()) }),
])
export type LeaveLine = z.infer<typeof LeaveLine>
