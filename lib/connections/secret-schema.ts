import { z } from 'zod'
import type { ProblemKind } from '#lib/platform/problem.ts'
import { ConnectionView, SlotName } from './schema.ts'

const Fields = z.record(z.string().max(40), z.string().max(20_000))
/** Where people keep the original, and when it ends as far as they know. */
const Keeping = z.object({ keptAt: z.string().trim().max(200).optional(), expiresOn: z.iso.date().optional() })
/**
 * What somebody decided who was asked: `anyway` stores a secret that lacks a permission or could not be tested, `switchAccount`
 * one of another account than the one that is connected.
 */
const Decided = z.object({ anyway: z.boolean().optional(), switchAccount: z.boolean().optional() })
/** A secret somebody made at the provider. It is tested before it is stored. */
export const NewConnection = Keeping.extend({
  provider: z.string().max(40),
  slot: SlotName,
  method: z.string().max(20),
  fields: Fields,
}).extend(Decided.shape)
export type NewConnection = z.infer<typeof NewConnection>
/** Another secret for a connection that stands; the old one serves until the new one has passed. */
export const NewCredential = Keeping.extend({ fields: Fields }).extend(Decided.shape)
export type NewCredential = z.infer<typeof NewCredential>

/** One thing that was tried with a secret before it was stored. */
export const TestStep = z.object({
  label: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string().optional(),
})
export type TestStep = z.infer<typeof TestStep>
/** A line of the test as it goes on: how many steps there are and which have ended; the last line is how it ended. */
export const TestLine = z.union([
  z.object({ step: TestStep, of: z.number().int() }),
  z.object({ connection: ConnectionView, steps: z.array(TestStep), warnings: z.array(z.string()) }),
  z.object({ problem: z.record(z.string(), z.unknown()) }),
])
export type TestLine = z.infer<typeof TestLine>

/** What the test of a pasted secret can end with. */
export const secretProblems = [
  'conflict',
  'other-account',
  'permission-missing',
  'not-connected',
  'provider-refused',
  'provider-unavailable',
  'provider-rate-limited',
] as const satisfies readonly ProblemKind[] // as const: the words, not strings
