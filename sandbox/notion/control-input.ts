import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Account = z.string().regex(/^[\w.-]+@[\w-]+$/, 'an account is written dana@acme')
const Rate = z.strictObject({ perSecond: z.number().positive(), burst: z.number().min(0) })
const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
/** A thing by its id or its title, which has to be the only one of that title in its workspace. */
const Place = z.strictObject({ workspace: z.string().default('acme'), page: z.string() })
const Property = z
  .string()
  .regex(
    /^.+: (title|rich_text|number|select|multi_select|status|date|people|checkbox|url|email|relation|unique_id|created_time|created_by|last_edited_time)(\(.*\))?$/,
    'as `name: type` or `name: select(one, two)`',
  )
const About = {
  workspace: z.string().default('acme'),
  title: z.string(),
  icon: z.string().optional(),
  /** The page (or, for rows, the data source) that it is in; at the top of the workspace without. */
  parent: z.string().optional(),
  by: z.string().optional(),
  createdAt: z.iso.datetime().optional(),
  editedAt: z.iso.datetime().optional(),
  /** Logins of who has full access; everybody but guests without. */
  owners: z.array(z.string()).optional(),
}

/** What control can set: every field is optional, and each changes only what it names. */
export const Input = z.strictObject({
  provider: z.literal('notion'),
  refreshTokens: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).nullable().optional(),
  oldTokenSeconds: z.number().int().min(0).optional(),
  reauthorize: z.enum(['keeps', 'ends-refresh', 'ends-all']).optional(),
  owner: z.enum(['user', 'partial', 'workspace']).optional(),
  oauthErrors: z.enum(['code', 'error', 'both']).optional(),
  versionOnOauth: z.boolean().optional(),
  stateOnDenial: z.boolean().optional(),
  capabilities: z
    .strictObject({ content: z.boolean(), comments: z.boolean(), users: z.enum(['none', 'names', 'emails']) })
    .partial()
    .optional(),
  rate: Rate.optional(),
  spaceRate: Rate.nullable().optional(),
  /** What is left now to every connection. */
  rateRemaining: z.number().min(0).optional(),
  searchDelaySeconds: z.number().int().min(0).optional(),
  queryLimit: z.number().int().min(1).optional(),
  links: z.url().nullable().optional(),
  /** A workspace's name as answers give it; null is a workspace without one. */
  workspace: z
    .strictObject({
      workspace: z.string(),
      name: z.string().nullable().optional(),
      icon: z.url().nullable().optional(),
    })
    .optional(),
  /** Makes a page, or a row when its parent is a data source. */
  page: z
    .strictObject({ ...About, content: z.string().optional(), values: z.record(z.string(), Value).optional() })
    .optional(),
  database: z
    .strictObject({
      ...About,
      description: z.string().optional(),
      isInline: z.boolean().optional(),
      sources: z.array(z.strictObject({ name: z.string(), properties: z.array(Property).min(1) })).min(1),
    })
    .optional(),
  /** Changes a page, database or data source; what is changed was edited now. */
  edit: Place.extend({
    title: z.string().optional(),
    content: z.string().optional(),
    values: z.record(z.string(), Value).optional(),
    trashed: z.boolean().optional(),
    locked: z.boolean().optional(),
    owners: z.array(z.string()).nullable().optional(),
    by: z.string().optional(),
  }).optional(),
  /** Takes something away for good, with all that is in it. */
  removePage: Place.optional(),
  /** As many further rows of a data source, `<prefix> 1` and on. */
  fill: z
    .strictObject({
      workspace: z.string().default('acme'),
      source: z.string(),
      prefix: z.string().default('Row'),
      count: z.number().int().min(1).max(20_000),
    })
    .optional(),
  /** What "Add connection" and "Remove connection" of a page's menu do. */
  share: z.strictObject({ account: Account, page: z.string() }).optional(),
  unshare: z.strictObject({ account: Account, page: z.string() }).optional(),
  /** Ends the access tokens of somebody, or all, and leaves the refresh tokens. */
  endAccess: z.strictObject({ account: Account.optional() }).optional(),
  /** Ends the refresh tokens of somebody, or all, and leaves the access tokens. */
  endRefresh: z.strictObject({ account: Account.optional() }).optional(),
  person: z
    .strictObject({
      account: Account,
      name: z.string().optional(),
      email: z.string().optional(),
      guest: z.boolean().optional(),
    })
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Input>> = NonNullable<z.infer<typeof Input>[Field]>

/** What control can revoke: what a person gave the app, everything of a workspace, or the grant that a token is of. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('notion'), account: Account }),
  z.strictObject({ provider: z.literal('notion'), workspace: z.string() }),
  z.strictObject({ provider: z.literal('notion'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
