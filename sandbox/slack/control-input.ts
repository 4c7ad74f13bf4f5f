import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Account = z.string().regex(/^[\w.-]+@[\w-]+$/, 'an account is written dana@acme-corp')
const Workspace = z.string().default('acme-corp')
const Place = z.strictObject({ workspace: Workspace, channel: z.string() })
const NewMessage = z.strictObject({
  user: z.string().default('dana'),
  text: z.string(),
  at: z.iso.datetime().optional(),
  /** The `ts` of the message it replies to. */
  thread: z.string().optional(),
})
const NewChannel = z.strictObject({
  workspace: Workspace,
  name: z.string(),
  private: z.boolean().optional(),
  archived: z.boolean().optional(),
  topic: z.string().optional(),
  purpose: z.string().optional(),
  renameTo: z.string().optional(),
  members: z.array(z.string()).optional(),
  messages: z.array(NewMessage).optional(),
})

/** What control can set: every field is optional, and each changes only what it names. */
export const Input = z.strictObject({
  provider: z.literal('slack'),
  tokenRotation: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).optional(),
  refreshGraceSeconds: z.number().int().min(0).optional(),
  grantScopes: z.array(z.string()).nullable().optional(),
  adminApproval: z.boolean().optional(),
  stateOnDenial: z.boolean().optional(),
  coop: z.boolean().optional(),
  distribution: z.enum(['internal', 'commercial']).optional(),
  largeTeam: z.boolean().optional(),
  uninstallForbidden: z.boolean().optional(),
  sendsEvents: z.boolean().optional(),
  /** What is left of a method's running minute in a workspace. */
  rateRemaining: z.strictObject({ workspace: Workspace, method: z.string(), remaining: z.number().int() }).optional(),
  /** Requests a minute by method, in place of its tier's. */
  limits: z.record(z.string(), z.number().int().min(0)).optional(),
  channel: NewChannel.optional(),
  /** As many further public channels, `<prefix>-1` and on. */
  fill: z
    .strictObject({ workspace: Workspace, prefix: z.string(), count: z.number().int().min(1).max(5000) })
    .optional(),
  removeChannel: Place.optional(),
  /** `/invite @Plugboard` and its opposite. */
  invite: Place.optional(),
  remove: Place.optional(),
  person: z
    .strictObject({
      account: Account,
      name: z.string().optional(),
      email: z.string().optional(),
      admin: z.boolean().optional(),
      deactivated: z.boolean().optional(),
    })
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Input>> = NonNullable<z.infer<typeof Input>[Field]>

/** What control can revoke: the app's place in a workspace, what a person gave it, or one token. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('slack'), workspace: z.string() }),
  z.strictObject({ provider: z.literal('slack'), account: Account }),
  z.strictObject({ provider: z.literal('slack'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
