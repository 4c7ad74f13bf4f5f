import { z } from 'zod'
import { pageOf } from '#lib/platform/schema.ts'

const Instant = z.iso.datetime()
const Status = z.enum(['open', 'approved', 'declined'])

/** What the reader asked for themselves, and what came of it. */
export const OwnRequestView = z.object({
  id: z.uuid(),
  at: Instant,
  status: Status,
  note: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
})
export type OwnRequestView = z.infer<typeof OwnRequestView>

/** What a member asked for and the reader may decide. */
export const WaitingRequestView = z.object({
  id: z.uuid(),
  who: z.string(),
  reason: z.string().nullable(),
  at: Instant,
})
export type WaitingRequestView = z.infer<typeof WaitingRequestView>

export const RequestView = OwnRequestView.extend({
  provider: z.string(),
  person: z.object({ id: z.uuid(), name: z.string() }),
  reason: z.string().nullable(),
})
export type RequestView = z.infer<typeof RequestView>
export const RequestList = pageOf(RequestView)

const Words = z
  .string()
  .trim()
  .max(280, { error: 'Say it in 280 characters.' })
  .transform((text) => text || null)
  .nullish()
export const NewRequest = z.object({ provider: z.string().max(40), reason: Words })
export type NewRequest = z.infer<typeof NewRequest>
export const RequestDecision = z.object({ decision: z.enum(['approved', 'declined']), note: Words })
export type RequestDecision = z.infer<typeof RequestDecision>
export const RequestParams = z.object({ org: z.string().max(64), request: z.uuid() })
