import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { SIMULATED } from './access.ts'
import { PERMISSIONS } from './state.ts'

const Account = z.string().regex(/^[\w.-]+@[\w-]+$/, 'an account is written dana@acme')
/** By domain or id_code. */
const Workspace = z.string().default('acme')
const Region = z.enum(['US', 'EU', 'AU'])
/** How urgent a conversation is, and how it stands. */
export const Priority = z.enum(['none', 'low', 'medium', 'high', 'urgent'])
export const ConversationState = z.enum(['open', 'closed', 'snoozed'])

const Reply = z.strictObject({
  /** A teammate's login, `fin`, or else the customer. */
  from: z.string().default('customer'),
  text: z.string(),
  type: z.enum(['comment', 'note']).default('comment'),
})
const Conversation = z.strictObject({
  workspace: Workspace,
  /** Without one it is new. */
  id: z.string().optional(),
  /** A contact's e-mail address or id. */
  contact: z.string().optional(),
  title: z.string().nullable().optional(),
  text: z.string().optional(),
  state: ConversationState.optional(),
  priority: Priority.optional(),
  assignee: z.string().nullable().optional(),
  reply: Reply.optional(),
})
const Contact = z.strictObject({
  workspace: Workspace,
  /** An e-mail address or id of one there is; otherwise it is new. */
  contact: z.string().optional(),
  name: z.string().nullable().optional(),
  email: z.string().nullable().optional(),
  role: z.enum(['user', 'lead']).optional(),
  mergeInto: z.string().optional(),
})
const Article = z.strictObject({
  workspace: Workspace,
  id: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  state: z.enum(['published', 'draft']).optional(),
})

/** What control can set: every field is optional, and each changes only what it names. */
export const Input = z.strictObject({
  provider: z.literal('intercom'),
  /** Until the app is reviewed, only the development workspace (acme) can have it. */
  reviewed: z.boolean().optional(),
  permissions: z.array(z.enum(PERMISSIONS)).optional(),
  /** What is answered to a call without Intercom-Version. */
  defaultVersion: z.enum(SIMULATED).optional(),
  /** The hosts stand for those of one region; null for those of every one. */
  hostRegion: Region.nullable().optional(),
  returnsOnDenial: z.boolean().optional(),
  sendsEvents: z.boolean().optional(),
  appPerMinute: z.number().int().min(0).optional(),
  workspacePerMinute: z.number().int().min(0).optional(),
  /** What is left of the app's running ten seconds. */
  rateRemaining: z.number().int().min(0).optional(),
  workspace: z
    .strictObject({
      workspace: Workspace,
      name: z.string().optional(),
      plan: z.boolean().optional(),
      region: Region.optional(),
    })
    .optional(),
  teammate: z
    .strictObject({
      account: Account,
      name: z.string().optional(),
      email: z.string().optional(),
      emailVerified: z.boolean().optional(),
      gone: z.boolean().optional(),
    })
    .optional(),
  conversation: Conversation.optional(),
  contact: Contact.optional(),
  article: Article.optional(),
  remove: z
    .strictObject({ workspace: Workspace, kind: z.enum(['conversation', 'contact', 'article']), id: z.string() })
    .optional(),
  /** As many more; parts belong to `conversation`. */
  fill: z
    .strictObject({
      workspace: Workspace,
      kind: z.enum(['conversations', 'contacts', 'articles', 'parts']),
      count: z.number().int().min(1).max(5000),
      conversation: z.string().optional(),
    })
    .optional(),
})

/** One part of what can be set. */
export type Parsed<Field extends keyof z.infer<typeof Input>> = NonNullable<z.infer<typeof Input>[Field]>

/** What control can revoke: the app's place in a workspace, what a teammate authorized, or one token. */
export const Revocation = z.union([
  z.strictObject({ provider: z.literal('intercom'), workspace: z.string() }),
  z.strictObject({ provider: z.literal('intercom'), account: Account }),
  z.strictObject({ provider: z.literal('intercom'), token: z.string() }),
])

/** What control sent, checked. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const outcome = schema.safeParse(input)
  if (outcome.success) return outcome.data
  throw new Refused(z.prettifyError(outcome.error))
}
