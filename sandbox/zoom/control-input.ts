import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { SCOPES } from './scopes.ts'

const Email = z.string().regex(/^[\w.-]+@[\w.-]+$/, 'an account is written dana@acme.example')
const Scopes = z.array(z.enum(SCOPES))
const Category = z.enum(['Light', 'Medium'])
const Limit = z
  .strictObject({ perSecond: z.number().int().min(0), perDay: z.number().int().min(0).nullable() })
  .partial()
const Transcript = z.enum(['ready', 'processing', 'none', 'unsupported'])

/** What control can set: every field is optional, and each changes only what it names. */
export const Input = z.strictObject({
  provider: z.literal('zoom'),
  tokenSeconds: z.number().int().min(1).optional(),
  refreshSeconds: z.number().int().min(1).optional(),
  tokenErrors: z.union([z.literal(400), z.literal(401)]).optional(),
  reauthorize: z.enum(['ends-earlier', 'keeps']).optional(),
  oldAccess: z.enum(['keeps', 'ends']).optional(),
  /** The app's scopes in the Marketplace: a token that has more is refused at its next refresh. */
  appScopes: Scopes.optional(),
  /** Fewer than the app's are given at a consent; null is all. */
  grantScopes: Scopes.nullable().optional(),
  appDisabled: z.boolean().optional(),
  published: z.boolean().optional(),
  sendsEvents: z.boolean().optional(),
  downloads: z.enum(['redirect', 'direct']).optional(),
  windowSeconds: z.number().int().min(1).optional(),
  /** In place of the plan's own. */
  limits: z.strictObject({ Light: Limit, Medium: Limit }).partial().optional(),
  /** What is left to an account now: of a second (for a minute), or of the day. */
  rateRemaining: z
    .strictObject({
      account: z.string().default('acme'),
      category: Category,
      of: z.enum(['second', 'day']),
      remaining: z.number().int().min(0),
    })
    .optional(),
  /** A customer's account; `needsApproval` is an admin who has to approve the app, `disabled` one who disabled it. */
  account: z
    .strictObject({
      account: z.string(),
      plan: z.enum(['free', 'pro', 'business']).optional(),
      needsApproval: z.boolean().optional(),
      disabled: z.boolean().optional(),
    })
    .optional(),
  /** Changes somebody, or adds them to an account. */
  person: z
    .strictObject({
      email: Email,
      account: z.string().optional(),
      name: z.string().optional(),
      type: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(99)]).optional(),
      cloudRecording: z.boolean().optional(),
      deleted: z.boolean().optional(),
      renamedTo: Email.optional(),
    })
    .optional(),
  /** Makes a meeting that takes place once. */
  meeting: z
    .strictObject({
      host: Email,
      topic: z.string(),
      agenda: z.string().default(''),
      type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(8)]).default(2),
      startsAt: z.iso.datetime(),
      minutes: z.number().int().min(1).default(30),
      /** E-mails of people there are, or names of others. */
      with: z.array(z.string()).default([]),
      uuid: z.string().optional(),
      recording: z
        .strictObject({ lines: z.array(z.string()), chat: z.array(z.string()), transcript: Transcript })
        .partial()
        .optional(),
    })
    .optional(),
  /** As many further meetings of somebody, a day apart from tomorrow on, `<prefix> 1` and on. */
  fill: z
    .strictObject({ host: Email, prefix: z.string().default('Meeting'), count: z.number().int().min(1).max(2000) })
    .optional(),
  /** Changes what was recorded of a meeting: by topic, number or uuid. */
  recording: z
    .strictObject({ meeting: z.string(), trashed: z.boolean(), deleted: z.boolean(), transcript: Transcript })
    .partial({ trashed: true, deleted: true, transcript: true })
    .optional(),
  /** Ends the access tokens of somebody, or all, and leaves the refresh tokens. */
  endAccess: z.strictObject({ account: Email.optional() }).optional(),
  /** Ends the refresh tokens of somebody, or all, and leaves the access tokens. */
  endRefresh: z.strictObject({ account: Email.optional() }).optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Input>> = NonNullable<z.infer<typeof Input>[Field]>

/** What control can revoke: all that a person gave the app, by their e-mail or one of their tokens. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('zoom'), account: Email }),
  z.strictObject({ provider: z.literal('zoom'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
