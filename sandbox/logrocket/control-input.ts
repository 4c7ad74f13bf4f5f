import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'

/** An App ID, such as `acme/web`. */
const AppId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
/** How long ago, such as `12d`. */
const Ago = z.string().regex(/^\d+[smhdw]$/)

const InApp = { app: AppId.default('acme/web') }

/** What control can set: every field is optional, and each changes only what it names. */
export const Settings = z.strictObject({
  provider: z.literal('logrocket'),
  badKey: z.union([z.literal(401), z.literal(403)]).optional(),
  missingFeature: z.union([z.literal(403), z.literal(404)]).optional(),
  errorsAs: z.enum(['text', 'json']).optional(),
  /** Of highlights asked for from now on: how long they take, and how they end. */
  highlights: z
    .strictObject({ seconds: z.number().int().min(0), outcome: z.enum(['READY', 'COMPLETE', 'FAILED']) })
    .partial()
    .optional(),
  /** No limit is documented; null is none. */
  rateLimit: z
    .strictObject({ limit: z.number().int().min(0), windowSeconds: z.number().int().min(1) })
    .nullable()
    .optional(),
  makeKey: z.strictObject({ ...InApp, name: z.string().default('Plugboard') }).optional(),
  features: z
    .strictObject({
      ...InApp,
      auditLog: z.boolean().optional(),
      dataExport: z.boolean().optional(),
      highlights: z.boolean().optional(),
    })
    .optional(),
  /** Entries of an audit log; a new session is viewed where `session` says what it was like. */
  entries: z
    .array(
      z.strictObject({
        ...InApp,
        ago: Ago.default('0s'),
        user: z.email().default('dana@acme.example'),
        action: z.string().default('Viewed session'),
        description: z.string().optional(),
        session: z
          .strictObject({ email: z.email(), userId: z.string(), name: z.string(), summary: z.string() })
          .partial()
          .optional(),
      }),
    )
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Settings>> = NonNullable<z.infer<typeof Settings>[Field]>

/** What control can revoke: a key, or all keys of a project (`account`, an App ID) or of an organization. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('logrocket'), token: z.string() }),
  z.strictObject({ provider: z.literal('logrocket'), account: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
