import { z } from 'zod'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type GrantName, type Held, hold, Unreadable } from '#lib/vault/hold.ts'
import { knownProvider, methodOf, secretMethod } from '#lib/vault/reach.ts'
import { adoptAccount, isUnknownAccount } from './adopt-account.ts'
import { keepingPlan } from './kept-plan.ts'
import { verifiedMethod } from './native.ts'
import { type Observation, observe, standsOn } from './observe.ts'
import { allowConnect, scopesFor, whoMayConnect } from './policy.ts'
import { findConnection } from './queries.ts'
import { withPlan } from './read-plan.ts'
import type { ConnectionView } from './schema.ts'
import { capabilitiesOf } from './settle.ts'
import { reviveSiblings } from './share-grant.ts'
import { splitScopes } from './split-scopes.ts'
import { missingDetail } from './tell-missing.ts'
import { checksFor, runChecks, withGranted } from './test-secret.ts'
import { checkAccess } from './verify-access.ts'
import { apiOf, noteUnreadable, withConnection } from './with-connection.ts'

/**
 * Asks the provider now and writes what it says: works, refused, or no answer. Also one that reads expired or needs re-auth
 * recovers when the provider takes its token again. Returns the connection as it stands then.
 */
export async function verify(actor: Actor, id: string): Promise<ConnectionView> {
  const connection = await findConnection(actor, id)
  const connector = await withOrg(actor, (db) => db.connector.findFirst({ where: { provider: connection.provider } }))
  allowConnect(actor, connection.slot, whoMayConnect(actor.organization, connector))
  if (isOver(connection)) throw new Problem('not-connected', 'It is disconnected. Connect it first.')
  await probe(actor, id)
  return findConnection(actor, id)
}

const scopesOf = (held: Held) => scopesFor(methodOf(held.provider, held.method), held, held.config)

/** Whose it is and, of a pasted secret, whether everything it was tested for still works. */
async function askIdentity(api: Api, held: Held): Promise<Identity> {
  const { provider, grant } = held
  const identity = await withPlan(provider, api, await provider.identify(api, grant))
  const method = secretMethod(provider, held.method)
  if (!method) return identity
  const { missing, failure } = await runChecks(checksFor(method, scopesOf(held)), { api, grant })
  if (failure) throw failure
  return withGranted(identity, scopesOf(held), missing)
}

const lacksIn = (capabilities: unknown): string[] =>
  z.object({ lacks: z.array(z.string()) }).safeParse(capabilities).data?.lacks ?? []

/** What was told, where of parts that could not be asked for just now the last word stays. */
function withKeptLacks(told: Identity, before: unknown): Identity {
  const kept = lacksIn(before).filter((part) => told.untold?.includes(part))
  if (kept.length === 0) return told
  return { ...told, capabilities: { ...told.capabilities, lacks: [...lacksIn(told.capabilities), ...kept] } }
}

/** What the provider told of the account, kept with the grant it was told for. A permission that is missing turns it. */
async function keepIdentity(db: Db, actor: Actor, held: Held, seen: GrantName, told: Identity) {
  const { connectionId: id } = held
  if (!(await standsOn(db, id, seen))) return
  const row = await db.connection.findFirst({ where: { id } })
  const of = row && isUnknownAccount(row.accountId) ? await adoptAccount(db, actor, held, told) : seen
  const granted = splitScopes(held.provider, told.scopes ?? row?.scopesGranted ?? [])
  const scopes = scopesOf(held)
  const declared = scopes.map(({ name }) => name) // what is needed now, not what was asked for then
  const { missingRequired: missing } = compareScopes(scopes, declared, granted)
  const isShort = missing.length > 0
  const wasAsked = missing.every((name) => row?.scopesRequested.includes(name))
  const reasonCode = wasAsked ? 'scopes_required' : 'scopes_changed'
  if (isShort)
    await observe(db, actor, id, { event: 'scopes_grew', reasonCode, detail: missingDetail(scopes, missing) })
  else if (await observe(db, actor, id, { event: 'probe_ok', reasonCode: null }))
    await reviveSiblings(db, actor, of.credentialId, id)
  await db.connection.updateMany({
    where: { id, credentialId: of.credentialId },
    data: {
      ...(isShort ? {} : { verifiedAt: now() }),
      probedAt: now(),
      accountLabel: told.label,
      ...(row && told.config ? { config: { ...(row.config as object), ...told.config } } : {}), // a JSON object
      scopesGranted: granted,
      capabilities: keepingPlan(row?.capabilities, capabilitiesOf(withKeptLacks(told, row?.capabilities), held.grant)),
    },
  })
}

/** Asked and not answered with an account: noted as asked, so that the next round of probes takes another. */
const noteProbed = (actor: Actor, id: string) =>
  withOrg(actor, (db) => db.connection.updateMany({ where: { id }, data: { probedAt: now() } }))

/** The grant to probe with; null where there is none that opens, which is noted. */
async function holdToProbe(actor: Actor, id: string): Promise<Held | null> {
  try {
    return await hold(actor, id, 'probe')
  } catch (error) {
    if (error instanceof Unreadable) await noteUnreadable(actor, error)
    else if (!(error instanceof Problem && error.kind === 'not-connected')) throw error
    await noteProbed(actor, id)
    return null
  }
}

/**
 * The secret is taken, and opens nothing any more: another consent mends that where one took the permission away, and nobody
 * here where the account lost its own. What has to be set up there is told where the provider has words for it.
 */
function shutOut(
  { failure, detail }: ProviderFailure,
  { method, provider }: Held,
): Pick<Observation, 'event' | 'reasonCode' | 'detail'> | null {
  if (failure === 'setup' && detail && findRemedy(provider, detail))
    return { event: 'setup_missing', reasonCode: 'setup', detail: { setup: detail } }
  if (failure === 'scope' && method === 'oauth2') return { event: 'scopes_grew', reasonCode: 'scope_refused' }
  const isOut = ['forbidden', 'scope', 'plan', 'not_found'].includes(failure)
  return isOut ? { event: 'probe_forbidden', reasonCode: 'forbidden' } : null
}

/**
 * What is verified is found out anew as it was the first time; false for any other connection, and where there is nothing to
 * ask through any more: then its own grant is probed.
 */
async function recheck(actor: Actor, id: string): Promise<boolean> {
  const row = await withOrg(actor, (db) => db.connection.findFirst({ where: { id } }))
  const provider = row?.method === 'verified' && !isOver(row) ? knownProvider(row.provider) : null
  const method = provider && verifiedMethod(provider)
  if (!provider || !method) return false
  try {
    await checkAccess(actor, provider, method, { isProbe: true })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.kind === 'not-connected') return false
    await noteProbed(actor, id)
  }
  return true
}

const isOver = ({ status }: { status: string }): boolean => status === 'disconnected' || status === 'disconnecting'

/** The probe itself, without asking who may: for jobs and for `verify`. What the provider refuses is written, not thrown. */
export async function probe(actor: Actor, id: string): Promise<void> {
  if (await recheck(actor, id)) return
  const held = await holdToProbe(actor, id)
  if (!held) return
  const isDead = held.status === 'expired' || held.status === 'needs_reauth'
  let of: GrantName = held
  try {
    const identity = isDead
      ? await askIdentity(apiOf(held).api, held)
      : await withConnection(
          actor,
          id,
          (api, used) => {
            of = used.of
            return askIdentity(api, held)
          },
          { isCheck: true },
        )
    await withOrg(actor, (db) => keepIdentity(db, actor, held, of, identity))
  } catch (error) {
    if (!(error instanceof ProviderFailure || error instanceof Problem)) throw error
    const seen = error instanceof ProviderFailure ? shutOut(error, held) : null
    if (seen) await withOrg(actor, (db) => observe(db, actor, id, { ...seen, of }))
    await noteProbed(actor, id)
  }
}
