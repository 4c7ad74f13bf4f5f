import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Login = z.string().regex(/^[a-z-]+$/)
const Reset = z.enum(['daily', 'weekly', 'monthly']).nullable()
const Dollars = z.number().min(0).nullable()
const DelayMs = z.number().int().min(0)

/** What control can set: every field is optional, and each changes only what it names. Money is in US dollars. */
export const Settings = z.strictObject({
  provider: z.literal('openrouter'),
  /** What every question is answered; null goes back to the sources of the prompt. */
  reply: z.string().nullable().optional(),
  chunkDelayMs: DelayMs.optional(),
  firstChunkDelayMs: DelayMs.optional(),
  /** After how many pieces an answer breaks, and how: told by a word, told by a number, or not told. 0 is before the first piece. */
  failAfterChunks: z.number().int().min(0).nullable().optional(),
  failWith: z.enum(['server_error', 'rate_limit', 'cut']).optional(),
  /** The size of a stream's packets, whatever they hold. */
  tearBytes: z.number().int().min(1).nullable().optional(),
  /** Refuses every answer as the model's own provider would. */
  trouble: z.enum(['rate_limit', 'unavailable', 'overloaded', 'timeout']).nullable().optional(),
  /** Blocks prompts that ask to ignore earlier instructions. */
  guardrail: z.boolean().optional(),
  /** Words that moderated models refuse. */
  flaggedWords: z.array(z.string().min(1)).optional(),
  /** Ids of models that are no longer offered. */
  goneModels: z.array(z.string()).optional(),
  unknownModelStatus: z.union([z.literal(400), z.literal(404)]).optional(),
  /** Of keys made by consent from now on. */
  keyLimit: Dollars.optional(),
  keyLimitReset: Reset.optional(),
  keySeconds: z.number().int().min(1).nullable().optional(),
  /** Whose `credits` and `freeRemaining`; without it, everybody's. */
  account: Login.optional(),
  credits: z.number().optional(),
  freeRemaining: z
    .strictObject({ minute: z.number().int().min(0), day: z.number().int().min(0) })
    .partial()
    .optional(),
  /** Of the keys that exist: one, an account's, or all. */
  changeKeys: z
    .strictObject({
      account: Login.optional(),
      key: z.string().optional(),
      disabled: z.boolean().optional(),
      limit: Dollars.optional(),
      limitReset: Reset.optional(),
      expiresAt: z.iso.datetime().nullable().optional(),
    })
    .optional(),
  makeKey: z
    .strictObject({
      account: Login,
      label: z.string().optional(),
      management: z.boolean().default(false),
      disabled: z.boolean().default(false),
      limit: Dollars.default(null),
      limitReset: Reset.default(null),
      expiresAt: z.iso.datetime().nullable().default(null),
    })
    .optional(),
  /** Answers the last 100 prompts, values and all. */
  readPrompts: z.literal(true).optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('openrouter'), account: Login }),
  z.strictObject({ provider: z.literal('openrouter'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
