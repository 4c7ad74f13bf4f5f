import { z } from 'zod'

const Instant = z.iso.datetime()

/** How old a credential that does not renew itself may get, in days. */
export const RotationPolicy = z.object({
  everyDays: z
    .int({ error: 'Days must be a whole number.' })
    .min(30, { error: 'Days must be at least 30.' })
    .max(365, { error: 'Days must be at most 365.' }),
})
export type RotationPolicy = z.infer<typeof RotationPolicy>

/** One of the organization's credentials, by what may be told of it. */
export const RotationView = z.object({
  connection: z.uuid(),
  provider: z.string(),
  name: z.string(),
  account: z.string(),
  /** How it came to be (`api_key`, `oauth2`), and what it is called in a sentence. */
  type: z.string(),
  noun: z.string(),
  endsWith: z.string().nullable(),
  /** Who added it; `leftAt` once they are no member any more. */
  owner: z.object({ id: z.uuid().nullable(), name: z.string(), leftAt: Instant.nullable() }),
  createdAt: Instant,
  ageDays: z.int(),
  renewsItself: z.boolean(),
  /** By when it has to be replaced, and in how many days: nought or less once that is over. Null for one that renews itself. */
  dueAt: Instant.nullable(),
  daysLeft: z.int().nullable(),
  /** Whether it is to be replaced `soon`, `now`, or not yet; and what says so. */
  rotate: z.enum(['soon', 'now']).nullable(),
  why: z.enum(['age', 'left', 'suspected']).nullable(),
  suspected: z.object({ at: Instant, by: z.string() }).nullable(),
  /** Where people keep the original: a name, or an address of theirs. */
  keptAt: z.string().nullable(),
})
export type RotationView = z.infer<typeof RotationView>

/** The organization's credentials, those to be replaced first, and the rule they are held against. */
export const RotationRegister = RotationPolicy.extend({
  items: z.array(RotationView),
  /** Whether the reader may change the rule and report a leak. */
  may: z.object({ change: z.boolean() }),
})
export type RotationRegister = z.infer<typeof RotationRegister>

/** One permission of a connection: what it is for, whether it was asked for, and whether it was given. */
export const ScopeState = z.object({
  name: z.string(),
  state: z.enum(['needed', 'missing', 'extra', 'untold']),
  why: z.string().nullable(),
  requested: z.boolean(),
  /** Null where the provider does not tell. */
  granted: z.boolean().nullable(),
  optional: z.boolean(),
  /** Null for one that nobody here asks for: what it opens is the provider's to say. */
  access: z.enum(['read', 'write']).nullable(),
  /** What else its holder could do, in words. */
  risk: z.string().nullable(),
  /** What is missing without it. */
  limits: z.string().nullable(),
})
export type ScopeState = z.infer<typeof ScopeState>

/** The permissions of one connection, and how to be rid of those that nobody needs. */
export const ConnectionScopes = z.object({
  connection: z.uuid(),
  provider: z.string(),
  name: z.string(),
  slot: z.enum(['user', 'organization']),
  account: z.string(),
  /** What is known of it: as the provider told, as was found by trying each, or nothing. */
  known: z.enum(['told', 'tried', 'untold']),
  scopes: z.array(ScopeState),
  /** Only where there is something to narrow. */
  narrow: z.object({ text: z.string(), url: z.string(), label: z.string() }).nullable(),
})
export type ConnectionScopes = z.infer<typeof ConnectionScopes>
export const ScopesView = z.object({ items: z.array(ConnectionScopes) })
export type ScopesView = z.infer<typeof ScopesView>
