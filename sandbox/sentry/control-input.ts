import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Slug = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/)
/** A time: ISO 8601, or how long ago, such as `12d`. */
const Time = z.string().regex(/^\d+[smhdw]$|^\d{4}-\d\d-\d\dT/)
const NewFrame = z.string().regex(/^\S+:\d+ \S+(: .*)?$/, 'as file:line function: code')

/** An issue as control and the start data write it; every field has a default. */
export const IssueFields = z
  .strictObject({
    type: z.string(),
    value: z.string(),
    culprit: z.string().nullable(),
    level: z.enum(['fatal', 'error', 'warning', 'info', 'debug']),
    status: z.enum(['unresolved', 'resolved', 'ignored']),
    substatus: z.string().nullable(),
    priority: z.enum(['high', 'medium', 'low']),
    isUnhandled: z.boolean(),
    assignee: z.string().nullable(),
    firstSeen: Time,
    lastSeen: Time,
    count: z.number().int().min(1),
    userCount: z.number().int().min(0),
    environments: z.array(z.enum(['production', 'staging'])).min(1),
    release: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    frames: z.array(NewFrame),
    hasPermalink: z.boolean(),
  })
  .partial()
export const StartIssue = IssueFields.extend({ project: Slug })
const OneIssue = StartIssue.partial({ project: true }).extend({
  organization: Slug.default('acme'),
  /** Names an issue that is there; the fields given change it. */
  shortId: z.string().optional(),
})

/** What control can set: every field is optional, and each changes only what it names. */
export const Settings = z.strictObject({
  provider: z.literal('sentry'),
  rateLimit: z.strictObject({ limit: z.number().int().min(0), windowSeconds: z.number().int().min(1) }).optional(),
  rateRemaining: z.number().int().min(0).optional(),
  concurrentLimit: z.number().int().min(0).optional(),
  holdMs: z.number().int().min(0).optional(),
  numericProjects: z.boolean().optional(),
  makeToken: z
    .strictObject({
      kind: z.enum(['internal', 'user', 'organization', 'app', 'legacy']).default('internal'),
      name: z.string().default('Plugboard'),
      organization: Slug.optional(),
      account: z.email().optional(),
      scopes: z.array(z.string()).optional(),
      clientSecret: z.string().optional(),
    })
    .optional(),
  scopes: z.strictObject({ token: z.string(), scopes: z.array(z.string()) }).optional(),
  organization: z
    .strictObject({
      slug: Slug,
      name: z.string().optional(),
      renamedTo: Slug.optional(),
      regionUrl: z.string().nullable().optional(),
      hasLinks: z.boolean().optional(),
      isElsewhere: z.boolean().optional(),
      requiresSso: z.boolean().optional(),
    })
    .optional(),
  projects: z
    .array(
      z.strictObject({
        organization: Slug.default('acme'),
        slug: Slug,
        name: z.string().optional(),
        platform: z.string().default('node'),
        team: Slug.default('platform'),
      }),
    )
    .optional(),
  removeProject: z.strictObject({ organization: Slug.default('acme'), slug: Slug }).optional(),
  issues: z.array(OneIssue).optional(),
  removeIssue: z.strictObject({ organization: Slug.default('acme'), shortId: z.string() }).optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke: a token, an integration, or all of a person or an organization. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('sentry'), token: z.string() }),
  z.strictObject({ provider: z.literal('sentry'), integration: z.string() }),
  z.strictObject({ provider: z.literal('sentry'), account: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
