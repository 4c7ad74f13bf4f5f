import { z } from 'zod'
import { pageOf } from '#lib/platform/schema.ts'
import { NativeView, VerifiedView } from './native-schema.ts'
import { OwnRequestView, WaitingRequestView } from './request-schema.ts'

export const Status = z.enum([
  'not_configured',
  'disconnected',
  'connecting',
  'verifying',
  'connected',
  'expired',
  'needs_reauth',
  'error',
  'no_access',
  'setup_required',
  'not_available',
  'disabled',
  'disconnecting',
])
export type Status = z.infer<typeof Status>
export const Signal = z.enum(['green', 'amber', 'gray', 'red', 'blue'])
export type Signal = z.infer<typeof Signal>
export const SlotName = z.enum(['user', 'organization'])
export type SlotName = z.infer<typeof SlotName>

/** What to do about a status, and whose move it is. `may`: whether the person who reads this may do it. */
export const NextAction = z.object({
  id: z.enum([
    'connect',
    'configure',
    'request',
    'reconnect',
    'replace_key',
    'enable',
    'cancel',
    'overview',
    'view_logs',
    'check_now',
    'how_to_fix',
    'grant_missing',
    'who_can_help',
    'take_over',
    'verify_access',
    'details',
  ]),
  label: z.string(),
  who: z.enum(['anyone', 'owner', 'admins']),
  may: z.boolean(),
})
export type NextAction = z.infer<typeof NextAction>

const Instant = z.iso.datetime()

/**
 * What the account's plan allows. `problem`: it could not be read, and what that may mean; the rest is then what was last
 * known.
 */
const PlanView = z.object({
  label: z.string().nullable(),
  problem: z.string().nullable(),
  capabilities: z.array(z.object({ name: z.string(), isIncluded: z.boolean() })),
  warnings: z.array(z.object({ short: z.string(), says: z.string() })),
})
export type PlanView = z.infer<typeof PlanView>

export const ConnectionView = z.object({
  id: z.uuid(),
  provider: z.string(),
  slot: SlotName,
  userId: z.uuid().optional(),
  method: z.string(),
  account: z.object({ id: z.string(), label: z.string(), url: z.string().optional() }),
  status: Status,
  signal: Signal,
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  since: Instant,
  nextAction: NextAction.nullable(),
  scopes: z.object({
    requested: z.array(z.string()),
    granted: z.array(z.string()),
    missing: z.array(z.string()),
    extra: z.array(z.string()),
  }),
  capabilities: z.record(z.string(), z.unknown()),
  /** Where plans differ in what they give; null until it is read. */
  plan: PlanView.nullable().optional(),
  createdBy: z.object({ id: z.uuid(), name: z.string(), left: z.boolean() }),
  createdAt: Instant,
  /** When the provider last confirmed that it works; `checkedAt` is when it was last asked. */
  verifiedAt: Instant.nullable(),
  checkedAt: Instant.nullable(),
  /** When something was last read through it. */
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  lastSync: Instant.nullable(),
  rateLimit: z.object({ limit: z.number().int(), remaining: z.number().int(), resetsAt: Instant }).nullable(),
  webhooks: z.object({ delivered24h: z.number().int(), failed24h: z.number().int() }).nullable(),
  credential: z.object({
    type: z.string(),
    endsWith: z.string().nullable(),
    ageDays: z.number().int(),
    rotationDueAt: Instant.nullable(),
    /** Whether it is to be replaced: `now` once its time is over or a leak is suspected. */
    rotate: z.enum(['soon', 'now']).nullable(),
    renewsItself: z.boolean(),
  }),
})
export type ConnectionView = z.infer<typeof ConnectionView>

/** `option`: asked for only while that option, or that field of the form, is on. `risk`: what else it would allow, in words. */
const ScopeView = z.object({
  name: z.string(),
  why: z.string(),
  optional: z.boolean(),
  option: z.string().optional(),
  risk: z.string().optional(),
})
export type ScopeView = z.infer<typeof ScopeView>

const FieldView = z.object({
  name: z.string(),
  label: z.string(),
  secret: z.boolean(),
  optional: z.boolean(),
  advanced: z.boolean(),
  hint: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
})
export type FieldView = z.infer<typeof FieldView>

/** A way to connect. One that takes a pasted secret says what it is called, where it is made and what it needs. */
const MethodView = z.object({
  id: z.string(),
  type: z.string(),
  noun: z.string().optional(),
  makeAt: z.string().optional(),
  makeLabel: z.string().optional(),
  /** Once it is kept, what it reaches is shown. */
  showsReached: z.literal(true).optional(),
  scopes: z.array(ScopeView).optional(),
  fields: z.array(FieldView).optional(),
})
export type MethodView = z.infer<typeof MethodView>

/** One badge: the status, why, and what to do about it. */
const Standing = z.object({
  status: Status,
  signal: Signal,
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  /** What the provider's own rules have to do with it, and what helps. */
  remedy: z.string().optional(),
  nextAction: NextAction.nullable(),
})
export type Standing = z.infer<typeof Standing>

export const SlotView = Standing.extend({
  slot: SlotName,
  since: Instant.nullable(),
  /** The badge that an attempt under way is drawn over; null when there is none. */
  beneath: Standing.nullable(),
  /** What the person who reads this may do here. */
  may: z.object({ connect: z.boolean(), disconnect: z.boolean() }),
  methods: z.array(MethodView),
  connection: ConnectionView.nullable(),
  /** An attempt under way on this slot: the caller's own has its id, another person's only who and since when. */
  attempt: z
    .object({ id: z.uuid().nullable(), startedBy: z.string(), startedAt: Instant, expiresAt: Instant })
    .nullable(),
  /** What one consent can connect with it, as the form offers it. */
  also: z.array(z.object({ id: z.string(), label: z.string(), scopes: z.array(ScopeView) })),
  /** What the reader last asked for here, as long as nothing came to stand here since. */
  request: OwnRequestView.nullable(),
})
export type SlotView = z.infer<typeof SlotView>

/** A switch of an admin's, and what it additionally asks for. */
const OptionView = z.object({
  id: z.string(),
  label: z.string(),
  hint: z.string(),
  on: z.boolean(),
  scopes: z.array(ScopeView),
})
export type OptionView = z.infer<typeof OptionView>

/** One kind of thing that can stand on a board, and the ways to find it. */
export const KindView = z.object({
  id: z.string(),
  name: z.string(),
  /** Kinds one can go into from here. */
  children: z.array(z.string()),
  isListed: z.boolean(),
  /** Whether it holds what is read, so that admins see which there are through the organization's connection. */
  isContainer: z.literal(true).optional(),
  /** Whether it is searched as one types, only when asked for, or not at all. */
  search: z.enum(['typing', 'on_demand']).nullable(),
  /** Why that search cannot be made now, until an admin changes it. */
  searchClosed: z.string().optional(),
})
export type KindView = z.infer<typeof KindView>

export const ProviderView = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  provides: z.array(z.object({ what: z.string(), lane: z.enum(['synced', 'live']) })),
  /** What people look for in it and it gives nobody. */
  lacks: z.array(z.string()).optional(),
  before: z.array(z.string()),
  kinds: z.array(KindView),
  /** What admins switch for boards: the kind of container, what to do when there are none, what one person chose for all or gives of theirs. */
  sharing: z
    .object({ kind: z.string(), none: z.string(), chosen: z.string().optional(), own: z.string().optional() })
    .optional(),
  /** It is the sandbox's on this server: its people and what they have are made up. */
  simulated: z.literal(true).optional(),
  enabled: z.boolean(),
  whoMayConnect: z.enum(['admins', 'members']),
  options: z.array(OptionView),
  /** Whether its cards may be part of what a board is asked with. */
  inAnswers: z.boolean(),
  /** What the person who reads this may do besides connecting. */
  may: z.object({ configure: z.boolean(), seeActivity: z.boolean() }),
  slots: z.array(SlotView),
  /** What members asked for and the reader may decide. */
  requests: z.array(WaitingRequestView),
  scopes: z.array(ScopeView),
  /** How one is rid of us at the provider; `revokes`: whether a consent is ended there when it is disconnected. */
  leave: z.object({ revokes: z.boolean(), by: z.string(), steps: z.array(z.string()) }),
  verified: VerifiedView.optional(),
  native: NativeView.optional(),
  coverage: z.object({ connected: z.number().int(), members: z.number().int() }).optional(),
})
export type ProviderView = z.infer<typeof ProviderView>

/** An account of one's own, in one of one's organizations. */
export type OwnAccountView = { organization: { slug: string; name: string }; provider: ProviderView }

export const OrgProviderParams = z.object({ org: z.string().max(64), provider: z.string().max(40) })
export const ConnectionParams = z.object({ org: z.string().max(64), connection: z.uuid() })
export const ProviderList = pageOf(ProviderView).extend({ checkedAt: Instant })
export type ProviderList = z.infer<typeof ProviderList>
