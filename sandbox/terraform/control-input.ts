import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { LEVELS, STATUSES } from './state.ts'

const Name = z.string().regex(/^[A-Za-z0-9_-]+$/)
/** A time: ISO 8601, or how long ago, such as `12d`. */
const Time = z.string().regex(/^\d+[smhdw]$|^\d{4}-\d\d-\d\dT/)
const Count = z.number().int().min(0)
const Resource = z.strictObject({
  type: z.string(),
  name: z.string(),
  count: z.number().int().min(1).default(1),
  module: z.string().default('root'),
  provider: z.string().default('hashicorp/aws'),
})
const Output = z.strictObject({ name: z.string(), value: z.unknown(), isSensitive: z.boolean().default(false) })

/** A run as control and the start data write it; every field has a default. */
const RunFields = z
  .strictObject({
    message: z.string(),
    by: z.string(),
    created: Time,
    status: z.enum(STATUSES),
    source: z.enum(['tfe-ui', 'tfe-api', 'tfe-configuration-version']),
    planOnly: z.boolean(),
    isDestroy: z.boolean(),
    refreshOnly: z.boolean(),
    additions: Count,
    changes: Count,
    destructions: Count,
    imports: Count,
  })
  .partial()
export type NewRun = z.infer<typeof RunFields>

/** A workspace likewise; all but its name have a default. */
const WorkspaceFields = z
  .strictObject({
    project: z.string(),
    description: z.string().nullable(),
    executionMode: z.enum(['remote', 'local', 'agent']),
    terraformVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
    isLocked: z.boolean(),
    tags: z.array(z.string()),
    repository: z.string().nullable(),
    created: Time,
    resources: z.array(Resource),
    outputs: z.array(Output),
    /** False: the newest state is still being read. */
    isProcessed: z.boolean(),
    renamedTo: Name,
  })
  .partial()
  .extend({ name: Name })
export type NewWorkspace = z.infer<typeof WorkspaceFields>

const Rate = z.strictObject({ limit: Count, windowSeconds: z.number().int().min(1) })
const InOrganization = { organization: Name.default('acme') }

/** What control can set: every field is optional, and each changes only what it names. */
export const Settings = z.strictObject({
  provider: z.literal('terraform'),
  /** All requests of one identity, and its lists of runs. */
  rateLimit: Rate.optional(),
  runsLimit: Rate.optional(),
  /** `expiresInSeconds` null never expires; left out, it is the two years of tokens made over the API. */
  makeToken: z
    .strictObject({
      kind: z.enum(['team', 'user', 'organization', 'audit-trail', 'agent']).default('team'),
      organization: Name.optional(),
      team: Name.optional(),
      account: z.email().optional(),
      description: z.string().nullable().optional(),
      expiresInSeconds: z.number().int().nullable().optional(),
    })
    .optional(),
  /** A level of null takes the workspace from the team. */
  access: z
    .strictObject({ ...InOrganization, team: Name, workspace: Name, level: z.enum(LEVELS).nullable() })
    .optional(),
  organization: z
    .strictObject({
      name: Name,
      allowsUserTokens: z.boolean().optional(),
      entitlements: z.record(z.string(), z.boolean()).optional(),
    })
    .optional(),
  /** Changes the workspace of that name, or makes it and gives it to every team that has one of the organization's. */
  workspaces: z.array(WorkspaceFields.extend(InOrganization)).optional(),
  removeWorkspace: z.strictObject({ ...InOrganization, name: Name }).optional(),
  /** With an `id` it changes that run, else it makes one in the workspace; an applied one writes a state. */
  runs: z
    .array(RunFields.extend({ ...InOrganization, workspace: Name.optional(), id: z.string().optional() }))
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke: a token, or all of a person (`account`, an e-mail address) or of a team or organization. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('terraform'), token: z.string() }),
  z.strictObject({ provider: z.literal('terraform'), account: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
