import { z } from 'zod'
import { Signal, Status } from '#lib/connections/schema.ts'

const Instant = z.iso.datetime()

/** Somebody of an organization, and how their own account at one provider stands. */
export const PersonStandingView = z.object({
  id: z.uuid(),
  name: z.string(),
  isSelf: z.boolean(),
  status: Status,
  signal: Signal,
  reason: z.string().nullable(),
  /** Null where there is none, and where its name is theirs to tell: a mail address nobody here knows them by. */
  account: z.string().nullable(),
  lastUsedAt: Instant.nullable(),
  /** The connection, where there is one that the reader may end. */
  endable: z.uuid().nullable(),
})
export type PersonStandingView = z.infer<typeof PersonStandingView>

/** When people were asked to connect. */
const Reminded = z.object({ at: Instant, by: z.string(), count: z.int() })

export const ReminderView = z.object({
  /** Whom a reminder would go to now. */
  waiting: z.int(),
  last: Reminded.nullable(),
})
export type ReminderView = z.infer<typeof ReminderView>

export const PeopleView = z.object({
  coverage: z.object({ connected: z.int(), members: z.int() }),
  /** Everybody for owners and admins; for anybody else only who asks. */
  people: z.array(PersonStandingView),
  /** Null for those who may not send one, and where there is nothing to connect. */
  reminder: ReminderView.nullable(),
})
export type PeopleView = z.infer<typeof PeopleView>

/** `sent` is false where one went out within the last day: `last` says when, and whose it was. */
export const RemindedView = z.object({ sent: z.boolean(), last: Reminded })
export type RemindedView = z.infer<typeof RemindedView>

/** What stands and falls with a member, told before they leave. */
export const LeavingView = z.object({
  /** Their own accounts, which are disconnected and deleted. */
  accounts: z.array(z.object({ provider: z.string(), name: z.string() })),
  /** What they connected for everyone, which stays and needs another owner. */
  connections: z.array(z.object({ provider: z.string(), name: z.string(), account: z.string() })),
  /** How many boards they made, which stay. */
  boards: z.int(),
  /** How many API tokens act as them, which are revoked. */
  tokens: z.int(),
})
export type LeavingView = z.infer<typeof LeavingView>
