import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Login = z.string().regex(/^[A-Za-z0-9-]+$/)
/** An issue or pull request as control and the start data write it. */
export const NewIssue = z.strictObject({
  title: z.string(),
  body: z.string().default(''),
  number: z.number().int().min(1).optional(),
  user: Login.optional(),
  labels: z.array(z.string()).default([]),
  state: z.enum(['open', 'closed']).default('open'),
  assignees: z.array(Login).default([]),
  createdAt: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime().optional(),
  pull: z
    .strictObject({
      head: z.string(),
      base: z.string().default('main'),
      isDraft: z.boolean().default(false),
      merged: z.boolean().default(false),
    })
    .optional(),
})
const NewRepository = z.strictObject({
  owner: Login,
  name: z.string(),
  private: z.boolean().optional(),
  description: z.string().optional(),
  files: z.record(z.string(), z.string().nullable()).optional(),
  message: z.string().default('Change files'),
  branch: z.string().optional(),
  collaborators: z
    .array(z.union([Login, z.strictObject({ login: Login, permission: z.enum(['pull', 'push', 'admin']) })]))
    .optional(),
  issues: z.array(NewIssue).optional(),
  archived: z.boolean().optional(),
  renamedFrom: z.string().optional(),
})
const Named = z.strictObject({ owner: Login, name: z.string() })

/** What control can set: every field is optional, and each changes only what it names. */
export const Settings = z.strictObject({
  provider: z.literal('github'),
  expiringTokens: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).optional(),
  coop: z.boolean().optional(),
  grantScopes: z.array(z.string()).nullable().optional(),
  suspended: z.boolean().optional(),
  restrictedOrgs: z.array(Login).optional(),
  ssoOrgs: z.array(Login).optional(),
  failedLoginLimit: z.number().int().min(1).optional(),
  treeLimit: z.number().int().min(1).optional(),
  rateRemaining: z
    .strictObject({
      account: Login.optional(),
      core: z.number().int(),
      search: z.number().int(),
      code_search: z.number().int(),
    })
    .partial()
    .optional(),
  repository: NewRepository.optional(),
  removeRepository: Named.optional(),
  account: z
    .strictObject({
      login: Login,
      name: z.string().optional(),
      email: z.string().optional(),
      emailVerified: z.boolean().optional(),
    })
    .optional(),
  organization: z
    .strictObject({
      login: Login,
      description: z.string().optional(),
      members: z.record(Login, z.enum(['admin', 'member'])),
    })
    .optional(),
  makePat: z
    .strictObject({
      account: Login,
      scopes: z.array(z.string()).default([]),
      expiresAt: z.iso.datetime().optional(),
      fineGrained: z
        .strictObject({
          resourceOwner: Login,
          repositories: z.array(z.string()).nullable().default(null),
          permissions: z.record(z.string(), z.enum(['read', 'write'])).default({}),
          isPending: z.boolean().default(false),
        })
        .optional(),
    })
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('github'), account: Login }),
  z.strictObject({ provider: z.literal('github'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
