import { z } from 'zod'
import { SlotName } from '#lib/connections/schema.ts'

const Instant = z.iso.datetime()

export const AttemptStatus = z.enum([
  'none',
  'opened',
  'returned',
  'choosing',
  'succeeded',
  'denied',
  'failed',
  'mismatch',
  'cancelled',
  'timed_out',
])
export type AttemptStatus = z.infer<typeof AttemptStatus>

export const AttemptView = z.object({
  id: z.uuid(),
  provider: z.string(),
  slot: SlotName,
  status: AttemptStatus,
  /** What it became; while it asks about another account, the connection that is asked about. */
  connectionId: z.uuid().optional(),
  /** What happened, in words for the person; `kind` is one of ours, `code` the provider's own error code if it is a known one. */
  problem: z.object({ kind: z.string(), detail: z.string(), code: z.string().optional() }).optional(),
  choices: z.array(z.object({ id: z.string(), label: z.string(), url: z.string().optional() })).optional(),
  /** What became of the providers that were asked for with it: their connection, or why there is none. */
  also: z
    .array(
      z.object({
        provider: z.string(),
        name: z.string(),
        connectionId: z.uuid().optional(),
        detail: z.string().optional(),
      }),
    )
    .optional(),
  accountLabel: z.string().optional(),
  previousLabel: z.string().optional(),
  expiresAt: Instant,
})
export type AttemptView = z.infer<typeof AttemptView>
export const StartedAttemptView = AttemptView.extend({ authorizeUrl: z.url() })

export const StartConnect = z.object({
  provider: z.string(),
  slot: SlotName,
  method: z.string().optional(),
  connection: z.uuid().optional(),
  also: z.array(z.string()).optional(),
})
export type StartConnect = z.infer<typeof StartConnect>
export const AttemptParams = z.object({ org: z.string().max(64), attempt: z.uuid() })
