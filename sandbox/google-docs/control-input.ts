import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import type { Tab } from './state.ts'

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
/** A time: ISO 8601, or how long ago, such as `12d`. */
const Time = z.string().regex(/^\d+[mhd]$|^\d{4}-\d\d-\d\dT/)
const Role = z.enum(['reader', 'commenter', 'writer', 'owner'])
const Kind = z.enum(['document', 'spreadsheet', 'presentation', 'folder', 'shortcut', 'form', 'pdf', 'image'])
const Account = z.email()
const Lines = z.array(z.string())

type TabInput = { title: string; lines: string[]; tabs?: TabInput[] | undefined }
const TabInput: z.ZodType<TabInput> = z.strictObject({
  title: z.string(),
  lines: Lines,
  get tabs() {
    return z.array(TabInput).optional()
  },
})

/** A tab as control and the start data write it. */
export const tabOf = ({ title, lines, tabs = [] }: TabInput): Tab => ({ title, lines, tabs: tabs.map(tabOf) })

/** When a time was, in epoch milliseconds. */
export function atOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  return count === undefined ? Date.parse(text) : now - Number(count) * (UNIT_MS[unit] ?? 0)
}

/** A file as the start data writes it; people by the word before the @. */
export const StartFile = z.strictObject({
  key: z.string(),
  name: z.string(),
  kind: Kind.default('document'),
  description: z.string().default(''),
  owner: z.string().default('dana'),
  drive: z.enum(['product']).optional(),
  in: z.string().optional(),
  created: Time,
  modified: Time,
  by: z.string().optional(),
  trashed: Time.optional(),
  shared: z.record(z.string(), Role).default({}),
  link: z.boolean().default(false),
  resourceKey: z.string().optional(),
  canExport: z.boolean().default(true),
  target: z.string().optional(),
  size: z.number().int().optional(),
  starred: z.array(z.string()).default([]),
  viewed: z.record(z.string(), Time).default({}),
  picked: z.array(z.string()).default([]),
  lines: Lines.default([]),
  tabs: z.array(TabInput).optional(),
})

const OneFile = z.strictObject({
  /** Names a file that is there; the fields given change it. Without one a file is made. */
  id: z.string().optional(),
  name: z.string().optional(),
  kind: Kind.optional(),
  description: z.string().optional(),
  owner: Account.optional(),
  /** A shared drive's id, for a file that is made. */
  drive: z.string().optional(),
  /** The id of its folder. */
  parent: z.string().optional(),
  lines: Lines.optional(),
  tabs: z.array(TabInput).optional(),
  modified: Time.optional(),
  by: Account.optional(),
  trashed: z.boolean().optional(),
  /** Who it is shared with besides; null takes somebody off. */
  share: z.record(Account, Role.nullable()).optional(),
  link: z.boolean().optional(),
  resourceKey: z.string().nullable().optional(),
  canExport: z.boolean().optional(),
  size: z.number().int().min(0).nullable().optional(),
  target: z.string().optional(),
  /** Accounts that open it now; in a shared drive `corpora=user` lists only what one opened. */
  viewedBy: z.array(Account).optional(),
  /** Accounts that pick it with the app, which is all that drive.file opens. */
  pickedBy: z.array(Account).optional(),
  starredBy: z.array(Account).optional(),
})

/** What control can set: every field is optional, and each changes only what it names. */
export const Input = z.strictObject({
  provider: z.literal('google-docs'),
  /** The scopes that people leave ticked (full addresses, or their last word); null is all that they tick. */
  grantScopes: z.array(z.string()).nullable().optional(),
  /** In testing, refresh tokens and consent end after seven days. */
  publishing: z.enum(['production', 'testing']).optional(),
  testUsers: z.array(Account).nullable().optional(),
  audience: z.enum(['external', 'internal']).optional(),
  verified: z.boolean().optional(),
  clientDeleted: z.boolean().optional(),
  adminPolicy: z.enum(['page', 'callback']).nullable().optional(),
  sendsIss: z.boolean().optional(),
  coop: z.boolean().optional(),
  tokenSeconds: z.number().int().min(1).optional(),
  refreshTokenLimit: z.number().int().min(1).optional(),
  /** Time-based access: new refresh tokens end then, and say so. */
  timeBasedSeconds: z.number().int().min(1).nullable().optional(),
  /** A Workspace policy: refreshing is refused until the person signs in again. */
  reauthRequired: z.boolean().optional(),
  revokeDelaySeconds: z.number().int().min(0).optional(),
  disabledApis: z.array(z.enum(['drive', 'docs'])).optional(),
  domainPolicy: z.boolean().optional(),
  /** Requests a minute: of a person to an API; `docsProject` of everybody to Docs. */
  limits: z
    .strictObject({ drive: z.number().int(), docs: z.number().int(), docsProject: z.number().int() })
    .partial()
    .optional(),
  /** How Drive refuses: 403 userRateLimitExceeded, rateLimitExceeded or dailyLimitExceeded, or 429 rateLimitExceeded. */
  limitAnswer: z.enum(['user', 'rate', 'daily', '429']).optional(),
  retryAfterSeconds: z.number().int().min(0).nullable().optional(),
  rateRemaining: z
    .strictObject({ api: z.enum(['drive', 'docs']), account: Account, remaining: z.number().int() })
    .optional(),
  incompleteSearch: z.boolean().optional(),
  exportLimitBytes: z.number().int().min(0).optional(),
  account: z
    .strictObject({
      email: Account,
      name: z.string().optional(),
      hd: z.string().nullable().optional(),
      disabled: z.boolean().optional(),
      renamedTo: Account.optional(),
    })
    .optional(),
  drive: z.strictObject({ id: z.string().optional(), name: z.string(), members: z.record(Account, Role) }).optional(),
  files: z.array(OneFile).optional(),
  /** As many further documents of an owner, `<prefix> 1` and on. */
  fill: z.strictObject({ owner: Account, prefix: z.string(), count: z.number().int().min(1).max(5000) }).optional(),
  /** Deletes a file for good, by its id. */
  removeFile: z.string().optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Input>> = NonNullable<z.infer<typeof Input>[Field]>
export type FileInput = z.infer<typeof OneFile>

/** What control can revoke: what an account gave (or only its tokens of one kind), or by a token as /revoke does. */
export const Revocation = z.union([
  z.strictObject({
    provider: z.literal('google-docs'),
    account: Account,
    only: z.enum(['access_tokens', 'refresh_tokens']).optional(),
  }),
  z.strictObject({ provider: z.literal('google-docs'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
