import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Verified } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { Unreadable } from '#lib/vault/hold.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { withGrant } from '#lib/vault/with-grant.ts'
import { findSlot } from './find-slot.ts'
import { type Found, keepVerdict } from './keep-verdict.ts'
import { findThrough, isNative, verifiedMethod } from './native.ts'
import { observeLost } from './observe.ts'
import { findProviderView } from './queries.ts'
import type { ConnectionView } from './schema.ts'
import { judgeRefusal, noteUnreadable } from './with-connection.ts'

type Asked = Pick<Found, 'grant' | 'of' | 'verdict' | 'identity'>

/** Asks the provider with the grant of the connection that its access comes through. */
function ask(actor: Actor, id: string, provider: Provider, method: Verified): Promise<Asked> {
  return withGrant(
    actor,
    id,
    async ({ grant, credentialId, version }) => {
      const open = (config: Config) => openApi({ provider, grant, config })
      const verdict = await method.verify(open, grant)
      const identity = verdict.is === 'connected' ? await provider.identify(open(grant.config ?? {}), grant) : null
      return { grant, of: { credentialId, version }, verdict, identity }
    },
    observeLost,
  )
}

/** Whether the grant that was asked with is dead: it cannot be read, ended, or was refused by its own provider as well. */
async function isDead(actor: Actor, id: string, error: unknown): Promise<boolean> {
  if (error instanceof Unreadable) return noteUnreadable(actor, error).then(() => true)
  if (!(error instanceof ProviderFailure)) return false
  if (error.failure !== 'expired') return error.failure === 'revoked'
  return judgeRefusal(actor, id).catch((again: unknown) => {
    if (!(again instanceof Unreadable)) throw again
    return isDead(actor, id, again)
  })
}

/** Why nobody answered, for the person who asked; what it says of the connection that was asked with is noted there. */
async function explain(actor: Actor, id: string, error: unknown, provider: Provider, through: Provider) {
  if (await isDead(actor, id, error))
    return new Problem('not-connected', `${through.name} has to be connected again first. Nothing changed.`)
  if (!(error instanceof ProviderFailure)) return error
  if (error.failure === 'rate_limited')
    return new Problem('provider-rate-limited', `${provider.name} asked us to wait. Nothing changed.`)
  return new Problem('provider-unavailable', `${provider.name} didn’t answer. Nothing changed.`)
}

/**
 * Finds out how access stands and writes it, without asking who may: for `verifyAccess` and probes. Throws `not-connected`
 * where there is nothing to ask with, `provider-unavailable` and `provider-rate-limited`; nothing has changed then.
 */
export async function checkAccess(
  actor: Actor,
  provider: Provider,
  method: Verified,
  { isProbe = false } = {},
): Promise<void> {
  const through = knownProvider(method.through)
  const standing = await withOrg(actor, (db) => findThrough(db, method))
  if (!standing?.credentialId || standing.method !== 'oauth2')
    throw new Problem('not-connected', `Connect ${through.name} for the organization first.`)
  const config = { ...(standing.config as Config) } // written by settle
  const { person } = { ...(standing.capabilities as { person?: string }) } // likewise
  const asked = await ask(actor, standing.id, provider, method).catch(async (error: unknown) => {
    throw await explain(actor, standing.id, error, provider, through)
  })
  const found = { provider, method, through: { ...standing, config, ...(person ? { person } : {}) }, ...asked }
  await withOrg(actor, (db) => keepVerdict(db, actor, found, isProbe))
}

/**
 * Verifies the organization's access to a provider that is not connected by a consent of its own. Returns how it stands now.
 * Throws as findSlot and checkAccess, and `fields-not-accepted` where access is not verified.
 */
export async function verifyAccess(actor: Actor, id: string): Promise<ConnectionView> {
  const { provider } = await withOrg(actor, (db) => findSlot(actor, db, { provider: id, slot: 'organization' }))
  const method = verifiedMethod(provider)
  if (!method) throw fieldProblem('method', `${provider.name} cannot be connected this way.`)
  if (!isNative(actor))
    throw fieldProblem('method', `Access to ${provider.name} is verified in native mode only. Connect it instead.`)
  await checkAccess(actor, provider, method)
  const { slots } = await findProviderView(actor, id)
  const connection = slots.find(({ slot }) => slot === 'organization')?.connection
  if (!connection) throw new Problem('not-found')
  return connection
}
