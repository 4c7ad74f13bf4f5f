import { Prisma, readAsOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Grant, Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { openGrant } from './grant.ts'
import { knownProvider } from './reach.ts'
import { usable } from './second.ts'

/** A connection with its grant open, in memory, for the length of one piece of work. */
export type Held = {
  connectionId: string
  purpose: Purpose
  credentialId: string
  provider: Provider
  slot: Slot
  method: string
  status: string
  accountId: string
  accountLabel: string
  config: Config
  /** What an admin switched on besides, by the ids of the provider's options. */
  options: unknown
  /** What may be used now. */
  grant: Grant
  /** All that is kept: also a second token that nothing asks for at present. */
  whole: Grant
  version: number
  issuedAt: Date
  /** Somebody refreshes it now. */
  isLeased: boolean
  retryAt: Date | null
  sentAt: Date | null
  failures: number
  /** False once the provider refused to renew it: nobody asks again. */
  refreshable: boolean
  /** Calls in a row that failed for other reasons than the credential. */
  connectionFailures: number
}

/** One grant of many that a connection may have had: what is learned of it says nothing about the next. */
export type GrantName = Pick<Held, 'credentialId' | 'version'>

/** The stored grant cannot be opened: the key is gone or the ciphertext is another row's. */
export class Unreadable extends Error {
  readonly of: GrantName
  constructor(of: GrantName) {
    super('the credential cannot be read')
    this.name = 'Unreadable'
    this.of = of
  }
}

type Row = Omit<Held, 'provider' | 'grant' | 'whole' | 'slot' | 'credentialId' | 'purpose'> & {
  isEnabled: boolean
  provider: string
  slot: string
  sealed: string | null
  credentialId: string | null
}

/** Readers who were told the same row open it once between them: in a crowd the first is not kept waiting for the last. */
const underWay = new WeakMap<Row, Promise<Grant | null>>()

/** What a grant is opened for: to read with, to probe (also a dead one), or to end (whoever it belongs to, the right was checked). */
export type Purpose = 'read' | 'probe' | 'end'

const working = ['connected', 'error', 'no_access', 'setup_required']
const opensFor: Record<Purpose, readonly string[]> = {
  read: working,
  probe: [...working, 'expired', 'needs_reauth', 'not_available'],
  end: ['disconnecting'],
}

/**
 * Opens a connection's grant: one statement. A member's connection opens for that member, and for jobs; anybody else's
 * reads as unknown. Throws `not-found`, `not-connected` (also where the status does not open for this purpose, and where the
 * provider is turned off, except to end the grant), Unreadable.
 */
export async function hold(actor: Actor, connectionId: string, purpose: Purpose = 'read'): Promise<Held> {
  const mine =
    actor.kind === 'job' || purpose === 'end'
      ? Prisma.sql`TRUE`
      : Prisma.sql`(c.slot = 'organization' OR c."userId" = ${actor.userId}::uuid)`
  const [row] = await readAsOrg<Row>(
    actor,
    Prisma.sql`
      SELECT c.id AS "connectionId", c.provider, c.slot, c.method, c.status, c."accountId", c."accountLabel", c.config, c.failures AS "connectionFailures",
        coalesce(s.enabled, TRUE) AS "isEnabled", coalesce(s.options, '{}') AS options, k.id AS "credentialId", k.sealed, k.version, k."issuedAt", coalesce(k."leaseUntil" > clock_timestamp(), FALSE) AS "isLeased", k."retryAt", k."sentAt", k.failures, k.refreshable
      FROM "Connection" c LEFT JOIN "Credential" k ON k."organizationId" = c."organizationId" AND k.id = c."credentialId"
        LEFT JOIN "Connector" s ON s."organizationId" = c."organizationId" AND s.provider = c.provider
      WHERE c."organizationId" = ${actor.organizationId}::uuid AND c.id = ${connectionId}::uuid AND ${mine}`,
  )
  if (!row) throw new Problem('not-found')
  const { sealed, credentialId, isEnabled, ...rest } = row
  const provider = knownProvider(row.provider)
  if (!isEnabled && purpose !== 'end')
    throw new Problem('not-connected', `${provider.name} is turned off for this organization.`)
  if (!sealed || !credentialId || !opensFor[purpose].includes(row.status))
    throw new Problem('not-connected', 'This connection has to be connected again.')
  const place = { organizationId: actor.organizationId, id: credentialId, version: row.version }
  const opening = underWay.get(row) ?? openGrant(sealed, place)
  underWay.set(row, opening)
  const whole = await opening
  if (!whole) throw new Unreadable({ credentialId, version: row.version })
  return {
    ...rest,
    credentialId,
    purpose,
    provider,
    slot: row.slot === 'user' ? 'user' : 'organization',
    grant: purpose === 'end' ? whole : usable({ provider, options: row.options, config: row.config }, whole),
    whole,
  }
}
