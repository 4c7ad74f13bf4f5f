import { sleep } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type Held, hold, Unreadable } from '#lib/vault/hold.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { isStillValid, refreshUnderLease } from '#lib/vault/refresh.ts'
import { endGrant } from './end-grant.ts'
import { isLast } from './held-proof.ts'
import type { Revocation } from './leave-schema.ts'
import { observeLost } from './observe.ts'

/** What the provider said, and of which version of the credential. */
export type Said = {
  revocation: Revocation
  status: number | null
  version: number | null
  /** It was kept for a connection of another organization's. */
  isElsewhere?: true
}

const LOOK_EVERY_MS = 100

/** The grant once nobody is about to replace it, which would leave a token that nobody ends; null when that takes too long. */
async function holdQuiet(actor: Actor, id: string, deadline: number): Promise<Held | null> {
  for (;;) {
    const held = await hold(actor, id, 'end')
    if (!held.isLeased) return held
    if (Date.now() > deadline) return null
    await sleep(LOOK_EVERY_MS)
  }
}

/** Whether ending takes a token that works. Where nothing will be ended, a renewal would leave one more that nobody ends. */
const takesToken = ({ leave }: Provider, last: boolean): boolean =>
  typeof leave.revoke === 'function' && (last || leave.alone === true)

/**
 * A token to end a grant with: one that has ended, or whose end nobody told (developers.notion.com: no `expires_in`), is
 * renewed for it, if that can be. With a dead one a provider may confirm and end nothing. Null: as holdQuiet.
 */
async function holdToEnd(actor: Actor, id: string, deadline: number): Promise<Held | null> {
  const held = await holdQuiet(actor, id, deadline)
  if (!held?.refreshable || (held.grant.expiresAt && isStillValid(held))) return held
  const timeoutMs = Math.max(Math.floor((deadline - Date.now()) / 2), 1)
  const renewed = await refreshUnderLease(actor, held, observeLost, { timeoutMs }).catch((error: unknown) => {
    if (error instanceof ProviderFailure) return null
    throw error
  })
  return renewed ?? holdQuiet(actor, id, deadline)
}

/** Null: it cannot be opened, or is not to be ended any more. */
const ifItOpens = (error: unknown) => {
  if (error instanceof Unreadable || (error instanceof Problem && error.kind === 'not-connected'))
    return 'closed' as const
  throw error
}

/** Asks the provider to end what ends no other connection's grant. Takes until `deadline` at most, in epoch milliseconds. */
export async function revoke(actor: Actor, id: string, deadline: number): Promise<Said> {
  const row = await withOrg(actor, (db) => db.connection.findFirst({ where: { id }, include: { credential: true } }))
  const version = row?.credential?.version ?? null
  if (!row?.credential?.sealed) return { revocation: 'skipped', status: null, version }
  const provider = knownProvider(row.provider)
  const isShared = async () =>
    (await withOrg(actor, (db) =>
      db.connection.count({ where: { credentialId: row.credentialId, id: { not: id } } }),
    )) > 0
  if (await isShared()) return { revocation: 'kept_for_another_connection', status: null, version }
  const isLastNow = () => isLast(provider, row.accountId, { besides: [id] })
  const holdFor = takesToken(provider, await isLastNow()) ? holdToEnd : holdQuiet
  const held = await holdFor(actor, id, deadline).catch(ifItOpens)
  if (held === 'closed') return { revocation: 'skipped', status: null, version }
  if (!held) return { revocation: 'not_confirmed', status: null, version }
  // once more: while we waited, somebody may have connected the same account in the other slot
  if (await isShared()) return { revocation: 'kept_for_another_connection', status: null, version: held.version }
  const { ended, status } = await endGrant(held, await isLastNow(), deadline)
  if (ended !== 'kept') return { revocation: ended, status, version: held.version }
  return { revocation: 'kept_for_another_connection', status, version: held.version, isElsewhere: true }
}
