// Who of the demo is connected to what. Everybody and everything named here is made up: they are accounts of the sandbox.
import type { SlotName } from '#lib/connections/schema.ts'

export type PlannedConnection = {
  provider: string
  slot: SlotName
  /** By the e-mail address they sign in with. */
  by: string
  /** Whose name the provider's own page is answered with. */
  account?: string
  /** What is pasted instead. */
  fields?: Record<string, string>
  /** How many days it has left, as whoever pasted it says. */
  endsInDays?: number
  /** What is taken away at the provider right after. */
  revoke?: Record<string, string>
}
/** Something that a member asked the admins to connect. */
type PlannedRequest = { provider: string; by: string; reason: string }
export type Planned = PlannedConnection | PlannedRequest

const OWNER = 'owner@acme.test'
const ADMIN = 'admin@acme.test'
const MEMBER = 'member@acme.test'

/** What is not named is not configured. */
export const demoConnections: readonly Planned[] = [
  { provider: 'slack', slot: 'organization', by: ADMIN, account: 'sam@acme-corp' },
  {
    provider: 'sentry',
    slot: 'organization',
    by: ADMIN,
    fields: { organization: 'acme', token: `sntryi_${'5a11d00d'.repeat(8)}` },
    endsInDays: 6,
  },
  { provider: 'openrouter', slot: 'organization', by: OWNER, account: 'sam-o', revoke: { account: 'sam-o' } },
  { provider: 'intercom', slot: 'organization', by: ADMIN, account: 'sam@acme' },
  { provider: 'zoom', slot: 'organization', by: OWNER, account: 'dana@kowalski.example' },
  {
    provider: 'terraform',
    slot: 'organization',
    by: ADMIN,
    fields: { organization: 'acme', token: `sandboxplugbrd.atlasv1.${'plugbrd'.repeat(9)}` },
  },
  { provider: 'notion', by: MEMBER, reason: 'Our handbook and the incident list are there.' },
]
