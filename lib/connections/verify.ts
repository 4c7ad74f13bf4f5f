import { compareScopes } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import { type Prisma, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { hold, Unreadable } from '#lib/vault/hold.ts'
import { oauthMethod } from '#lib/vault/reach.ts'
import { observe } from './observe.ts'
import { allowConnect, whoMayConnect } from './policy.ts'
import { findConnection } from './queries.ts'
import type { ConnectionView } from './schema.ts'
import { apiOf, withConnection } from './with-connection.ts'

/**
 * Asks the provider now and writes what it says: works, refused, or no answer. Also one that reads expired or needs re-auth
 * recovers when the provider takes its token again. Returns the connection as it stands then.
 */
export async function verify(actor: Actor, id: string): Promise<ConnectionView> {
  const connection = await findConnection(actor, id)
  const connector = await withOrg(actor, (db) => db.connector.findFirst({ where: { provider: connection.provider } }))
  allowConnect(actor, connection.slot, whoMayConnect(actor.organization, connector))
  if (['disconnected', 'disconnecting'].includes(connection.status))
    throw new Problem('not-connected', 'It is disconnected. Connect it first.')
  await probe(actor, id)
  return findConnection(actor, id)
}

/** The probe itself, without asking who may: for jobs and for `verify`. What the provider refuses is written, not thrown. */
export async function probe(actor: Actor, id: string): Promise<void> {
  const held = await hold(actor, id, 'probe').catch((error: unknown) =>
    error instanceof Unreadable ? null : Promise.reject(error),
  )
  if (!held) return
  const isDead = held.status === 'expired' || held.status === 'needs_reauth'
  try {
    const identity = isDead
      ? await held.provider.identify(apiOf(held).api, held.grant)
      : await withConnection(actor, id, (api) => held.provider.identify(api, held.grant))
    const method = oauthMethod(held.provider)
    await withOrg(actor, async (db) => {
      const row = await db.connection.findFirst({ where: { id } })
      const granted = [...(identity.scopes ?? row?.scopesGranted ?? [])]
      const lacks = method ? compareScopes(method.scopes, row?.scopesRequested ?? [], granted).missingRequired : []
      if (lacks.length > 0) {
        await observe(db, actor, id, {
          event: 'scopes_grew',
          reasonCode: 'scopes_required',
          detail: { missing: lacks },
        })
        return
      }
      await observe(db, actor, id, { event: 'probe_ok', reasonCode: null })
      await db.connection.updateMany({
        where: { id },
        data: {
          verifiedAt: now(),
          probedAt: now(),
          accountLabel: identity.label,
          scopesGranted: granted,
          capabilities: { ...identity.capabilities } as Prisma.InputJsonObject, // plain values by the type of Identity
        },
      })
    })
  } catch (error) {
    if (!(error instanceof ProviderFailure || error instanceof Problem)) throw error
    const isForbidden = error instanceof ProviderFailure && error.failure === 'forbidden'
    await withOrg(actor, async (db) => {
      if (isForbidden) await observe(db, actor, id, { event: 'probe_forbidden', reasonCode: 'forbidden' })
      await db.connection.updateMany({ where: { id }, data: { probedAt: now() } })
    })
  }
}
