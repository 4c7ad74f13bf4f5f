import { z } from 'zod'
import { PageQuery, pageOf } from '#lib/platform/schema.ts'

const Instant = z.iso.datetime()

const ActivityLevel = z.enum(['info', 'problem'])
/** One line of a provider's activity: what people did and what the connection met. */
export const ActivityView = z.object({
  id: z.uuid(),
  at: Instant,
  level: ActivityLevel,
  who: z.string(),
  what: z.string(),
  explanation: z.string().nullable(),
  requestId: z.string().nullable(),
  /** The connection it befell; null where it is about none. */
  connectionId: z.uuid().nullable(),
})
export type ActivityView = z.infer<typeof ActivityView>
export const ActivityList = pageOf(ActivityView)
export type ActivityList = z.infer<typeof ActivityList>
/** `level=problem`: only what went wrong. */
export const ActivityQuery = PageQuery.extend({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, { error: 'Use the nextCursor of the page before.' })
    .optional(),
  level: ActivityLevel.optional(),
})
export type ActivityQuery = z.infer<typeof ActivityQuery>
