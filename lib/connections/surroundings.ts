import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod } from '#lib/providers/define-auth.ts'
import type { ReasonDetail } from './explain.ts'
import type { RequestRow } from './read-requests.ts'
import type { SlotName, SlotView } from './schema.ts'
import type { Facts } from './status.ts'

/** A connection with what its badge depends on, as one statement reads it. */
export type ConnectionRow = {
  id: string
  provider: string
  slot: string
  userId: string | null
  method: string
  status: string
  reasonCode: string | null
  reasonDetail: ReasonDetail | null
  since: Date
  accountId: string
  accountLabel: string
  accountUrl: string | null
  config: Config
  scopesRequested: string[]
  scopesGranted: string[]
  capabilities: Record<string, unknown>
  createdById: string
  createdAt: Date
  verifiedAt: Date | null
  probedAt: Date | null
  lastUsedAt: Date | null
  lastSyncAt: Date | null
  /** Beside the limit, until when the provider asked us to wait, whatever the limit says. */
  rateLimit: { limit?: number; remaining?: number; resetsAt?: string; waitUntil?: string } | null
  creatorName: string | null
  creatorLeft: boolean
  credentialType: string | null
  endsWith: string | null
  issuedAt: Date | null
  expiresAt: Date | null
  refreshable: boolean | null
  credentialFailures: number | null
  suspectedAt: Date | null
  /** How old such a credential may get in this organization. */
  rotationDays: number
}

export type AttemptRow = {
  id: string
  provider: string
  slot: string
  userId: string
  createdAt: Date
  expiresAt: Date
  starter: string
}

/** Where a slot stands: what decides its badge besides the connection itself. */
export type Surroundings = {
  provider: Provider
  slot: SlotName
  availability: Facts['availability']
  /** The ways to connect it here, the first offered first. */
  methods: readonly AuthMethod[]
  connector: { enabled: boolean; disabledBy: string | null; options: unknown } | null
  whoMayConnect: 'admins' | 'members'
  attempt: AttemptRow | null
  /** What one consent can connect with it. */
  also: SlotView['also']
  /** What the reader last asked for here. */
  request: RequestRow | null
}
