import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Slug = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/)
const FullName = z.string().regex(/^[a-z0-9._-]+\/[a-z0-9._-]+$/)
const Count = z.number().int().min(0)

/** What control can set: every field is optional, and each changes only what it names. */
export const Settings = z.strictObject({
  provider: z.literal('bitbucket'),
  /** Requests in a rolling hour: data of repositories, raw files, and those of nobody. */
  limits: z.strictObject({ repositories: Count, files: Count, anonymous: Count }).partial().optional(),
  /** Leaves this many to everybody for an hour. */
  rateRemaining: Count.optional(),
  /** Sends the X-RateLimit headers, as for access tokens. */
  showsLimits: z.boolean().optional(),
  /** `max_depth` above this answers 555. */
  deepest: Count.optional(),
  /** Answers the token. Only `scoped` works; the others are what people paste in its place. */
  makeToken: z
    .strictObject({
      kind: z.enum(['scoped', 'unscoped', 'jira', 'app-password']).default('scoped'),
      account: z.email().default('dana@acme.example'),
      label: z.string().default('Plugboard'),
      scopes: z.array(z.string()).optional(),
      workspace: Slug.optional(),
      days: z.number().min(1).max(365).default(365),
    })
    .optional(),
  /** A role in a workspace; null takes the person out of it. */
  member: z
    .strictObject({ workspace: Slug, account: z.email(), role: z.enum(['owner', 'collaborator', 'member']).nullable() })
    .optional(),
  /** What a person may do with a repository; null takes it away. */
  grant: z
    .strictObject({
      repository: FullName,
      account: z.email(),
      permission: z.enum(['read', 'write', 'admin']).nullable(),
    })
    .optional(),
  workspace: z.strictObject({ slug: Slug, name: z.string().optional(), isPrivate: z.boolean().optional() }).optional(),
  /** Makes a repository, or changes one that is there. */
  repository: z
    .strictObject({
      fullName: FullName,
      renamedTo: Slug.optional(),
      description: z.string().optional(),
      language: z.string().optional(),
      isPrivate: z.boolean().optional(),
    })
    .optional(),
  removeRepository: FullName.optional(),
  /** Adds a commit; a file of null is deleted. A branch that is not there starts at main. */
  commit: z
    .strictObject({
      repository: FullName,
      branch: z.string().default('main'),
      message: z.string().default('Change'),
      account: z.email().default('sam@acme.example'),
      files: z.record(z.string(), z.string().nullable()),
    })
    .optional(),
  /** Makes a pull request, or changes the one of this number. */
  pullRequest: z
    .strictObject({
      repository: FullName,
      number: z.number().int().optional(),
      title: z.string(),
      description: z.string(),
      state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
      isDraft: z.boolean(),
      author: z.email(),
      source: z.string(),
      destination: z.string(),
      comments: Count,
    })
    .partial()
    .required({ repository: true })
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke: a token, or all of a person. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('bitbucket'), token: z.string() }),
  z.strictObject({ provider: z.literal('bitbucket'), account: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
