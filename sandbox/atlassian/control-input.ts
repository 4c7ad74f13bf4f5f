import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

const Email = z.email()
const Presence = z.enum(['on', 'blocked', 'off'])
const Names = z.array(z.string()).nullable()

/** What control can set of the accounts, apps and tokens that Jira and Confluence share; either takes it. Each field is optional, and changes only what it names. */
export const shared = {
  /** `account`: a consent opens all of a person’s sites. `resource`: one site is chosen on the page. */
  accessType: z.enum(['account', 'resource']).optional(),
  /** The sites that a consent opens, of those its account has; null is all. */
  shareSites: Names.optional(),
  /** What of the requested scopes is granted; null is everything. */
  grantScopes: Names.optional(),
  /** The scopes that were added to the app in the developer console; null is what it has at the start. */
  appScopes: Names.optional(),
  /** Whether only its owner, dana@acme.example, may authorize the app. */
  appPrivate: z.boolean().optional(),
  coop: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).optional(),
  /** How long a refresh token lives without being used. */
  idleSeconds: z.number().int().min(1).optional(),
  /** How long a used refresh token may be used again. */
  leewaySeconds: z.number().int().min(0).optional(),
  /** Accounts that have to solve a CAPTCHA before their API tokens work again. */
  captcha: z.array(Email).optional(),
  /** The site that the sites' address stands for when no site is named behind it. */
  hostSite: z.string().optional(),
  siteIs: z
    .strictObject({
      site: z.string(),
      jira: Presence.optional(),
      confluence: Presence.optional(),
      anonymous: z.boolean().optional(),
    })
    .optional(),
  member: z
    .strictObject({
      site: z.string(),
      email: Email,
      admin: z.boolean().optional(),
      jira: z.boolean().optional(),
      confluence: z.boolean().optional(),
      removed: z.boolean().optional(),
    })
    .optional(),
  /** An account; one that is not there is made. */
  person: z.strictObject({ email: Email, name: z.string().optional(), showsEmail: z.boolean().optional() }).optional(),
  /** Answered with `token`. `scopes` null makes one without scopes. */
  makeApiToken: z
    .strictObject({
      email: Email,
      label: z.string().default('Plugboard'),
      scopes: Names.default(null),
      days: z.number().int().min(1).max(365).default(365),
    })
    .optional(),
  /** What is left of the running hour's points of this product. */
  pointsRemaining: z.number().int().min(0).max(65_000).optional(),
  /** Requests a second to one endpoint of a site, by method. */
  burst: z.partialRecord(z.enum(['GET', 'POST', 'PUT', 'DELETE']), z.number().int().min(0)).optional(),
}
const Shared = z.object(shared)
export type Shared = z.infer<typeof Shared>

/** What control can end: all that a person allowed the app, one token, or the app on a site, as its admin would. */
export const Revocation = z.union([
  z.strictObject({ provider: z.string(), account: Email }),
  z.strictObject({ provider: z.string(), token: z.string() }),
  z.strictObject({ provider: z.string(), site: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
