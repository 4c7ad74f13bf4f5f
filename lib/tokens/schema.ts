import { z } from 'zod'
import { pageOf } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

/** What a token may be allowed to do, with the words for it. Every operation of the API names one of them, or that none will do. */
export const scopes = {
  'boards:read': 'Read boards and their cards, as you see them',
  'boards:write': 'Make, change and delete boards',
  'boards:ask': 'Ask boards, which sends their cards to a model',
  'resources:read': 'Search and read what you have connected',
  'connections:read': 'Read which tools are connected, and how they stand',
  'connections:write': 'Verify, configure, share and disconnect tools, decide and remind; never connect one',
  'members:read': 'Read who belongs to the organization',
  'members:write': 'Invite and remove people, change roles',
  'organization:read': 'Read the organization’s settings',
  'organization:write': 'Change the organization’s settings',
  'governance:read': 'Read the rotation register and the permissions',
  'governance:write': 'Change the rotation policy',
  'audit:read': 'Read the audit log and the activity of tools',
} as const satisfies Record<string, string>

export type Scope = keyof typeof scopes
export const Scope = z.enum(Object.keys(scopes) as [Scope, ...Scope[]]) // the keys of a table that is not empty

/** What a new token has unless somebody chooses otherwise. */
export const leastScopes: readonly Scope[] = ['boards:read']

/** The one letter group that begins every value, so that scanners and people recognize it. */
export const VALUE_START = 'pb_live_'
/** The longest a token may live; only owners make one without an end. */
export const LONGEST_DAYS = 365
/** How long a token lives where nobody says. */
export const USUAL_DAYS = 90

const dayMs = 24 * 60 * 60 * 1000
/** A moment so many days after another, in epoch milliseconds. */
export const daysAfter = (from: number, days: number): Date => new Date(from + days * dayMs)

export const ApiTokenInput = z.object({
  name: z
    .string({ error: 'Name is missing.' })
    .trim()
    .min(1, { error: 'Name is empty. Say what the token is for.' })
    .max(60, { error: 'Name is too long. Use at most 60 characters.' })
    .regex(/^\P{Cc}*$/u, { error: 'Name has an invisible character. Type it again.' }),
  scopes: z.array(Scope).min(1, { error: 'Scopes are missing. Choose at least one.' }),
  /** Left out, 90 days from now; null for no end, which only owners may choose. */
  expiresAt: z.iso.datetime({ offset: true, error: 'Expiry has to be a moment like 2026-12-31T00:00:00Z.' }).nullish(),
})
export type ApiTokenInput = z.infer<typeof ApiTokenInput>

/** The only answer that ever holds the value. */
export const ApiTokenMade = z.object({ id: z.uuid(), value: z.string() })
export type ApiTokenMade = z.infer<typeof ApiTokenMade>

/** For how many hours the value before still works. */
const overlaps = [0, 1, 24] as const
export const ApiTokenRoll = z.object({ overlapHours: z.literal(overlaps).default(0) })
export type ApiTokenRoll = z.infer<typeof ApiTokenRoll>

export const ApiTokenView = z.object({
  id: z.uuid(),
  name: z.string(),
  startsWith: z.string(),
  endsWith: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** Until when the value before the last roll works; null where it does not. */
  previousUntil: z.iso.datetime().nullable(),
  /** Why it does not work now; null where it does. */
  stopped: z.enum(['expired', 'not_allowed']).nullable(),
  /** Null where it could not be read; `at` null for a token that nobody has used. */
  lastUsed: z.object({ at: z.iso.datetime().nullable(), ip: z.string().nullable() }).nullable(),
  /** Whether who asks may make it another value: only whom it acts as. */
  mayRoll: z.boolean(),
})
export type ApiTokenView = z.infer<typeof ApiTokenView>

export const ApiTokenList = pageOf(ApiTokenView)
export type ApiTokenList = z.infer<typeof ApiTokenList>
export const ApiTokenParams = OrgParams.extend({ token: z.uuid() })
