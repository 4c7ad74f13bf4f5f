import type { ConnectionView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { badgeOf, type StoredStatus } from '#lib/connections/status.ts'

const at = '2026-11-20T08:00:00.000Z'
const id = '01a20025-0e43-77e1-bc61-eaf356bab93e'

/** A connection as a page gets it. */
export const connectionView = (change: Partial<ConnectionView> = {}): ConnectionView => ({
  id,
  provider: 'github',
  slot: 'user',
  method: 'oauth2',
  account: { id: '7', label: '@dana-k' },
  status: 'connected',
  signal: 'green',
  reasonCode: null,
  reason: null,
  since: at,
  nextAction: null,
  scopes: { requested: [], granted: [], missing: [], extra: [] },
  capabilities: {},
  createdBy: { id, name: 'Dana Kim', left: false },
  createdAt: at,
  verifiedAt: at,
  checkedAt: at,
  lastUsedAt: null,
  expiresAt: null,
  lastSync: null,
  rateLimit: null,
  webhooks: null,
  credential: { type: 'oauth2', endsWith: null, ageDays: 0, rotationDueAt: null, rotate: null, renewsItself: true },
  ...change,
})

const unstored: Partial<Record<SlotView['status'], SlotView['signal']>> = {
  not_configured: 'gray',
  not_available: 'gray',
  disabled: 'gray',
  connecting: 'blue',
  verifying: 'blue',
}

function signalOf(status: SlotView['status']): SlotView['signal'] {
  const stored = status as StoredStatus // what is not stored is in the table above
  const facts = { availability: 'available', isEnabled: true, stored, isAttempting: false, health: null } as const // as const: a union of words
  return unstored[status] ?? badgeOf(facts).signal
}

/** A slot as a page gets it: of a status, with a connection unless it says otherwise. */
export const slotView = (change: Partial<SlotView> = {}): SlotView => ({
  slot: 'user',
  status: 'connected',
  signal: signalOf(change.status ?? 'connected'),
  reasonCode: null,
  reason: null,
  nextAction: null,
  since: at,
  beneath: null,
  may: { connect: true, disconnect: true },
  methods: [],
  also: [],
  connection: connectionView(),
  attempt: null,
  request: null,
  ...change,
})

/** A provider as a page gets it. */
export const providerView = (change: Partial<ProviderView> = {}): ProviderView => ({
  id: 'github',
  name: 'GitHub',
  category: 'Code repository',
  provides: [],
  before: [],
  kinds: [],
  enabled: true,
  whoMayConnect: 'admins',
  options: [],
  inAnswers: true,
  may: { configure: true, seeActivity: true },
  slots: [slotView()],
  requests: [],
  scopes: [],
  leave: { revokes: true, by: 'https://github.com/settings/applications', steps: [] },
  ...change,
})
