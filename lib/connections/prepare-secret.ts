import type { AuditAction } from '#lib/audit/schema.ts'
import { inFuture, now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod, Scope, Secret, Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { hold, Unreadable } from '#lib/vault/hold.ts'
import { secretMethod } from '#lib/vault/reach.ts'
import { cleanFields } from './clean-fields.ts'
import { findSlot } from './find-slot.ts'
import { isVerifiedHere } from './native.ts'
import { scopesFor } from './policy.ts'
import { findConnection } from './queries.ts'
import type { NewConnection, NewCredential } from './secret-schema.ts'

/** A pasted secret that may be tested now: who asks may, and its fields are as they have to be. */
export type Prepared = {
  provider: Provider
  method: Secret & AuthMethod
  slot: Slot
  userId: string
  values: Config
  scopes: readonly Scope[]
  input: Omit<NewCredential, 'fields'>
  endsAt?: Date
  /** The connection whose secret it takes the place of, and what the audit log calls that. */
  replaces?: { id: string; as: AuditAction }
}

const DAY_MS = 86_400_000

/** The end of a day that somebody named, in UTC; else the last it can be, as far as that is known. */
function endOf(expiresOn: string | undefined, { name }: Provider, { noun, livesDays }: Secret): { endsAt?: Date } {
  const last = livesDays === undefined ? undefined : inFuture(livesDays * DAY_MS)
  if (expiresOn === undefined) return last ? { endsAt: last } : {}
  const endsAt = new Date(`${expiresOn}T23:59:59Z`)
  if (endsAt <= now()) throw fieldProblem('expiresOn', 'Expires on: enter a day that is still to come.')
  if (last && endsAt.getTime() > last.getTime() + DAY_MS)
    // it may be a day later elsewhere
    throw fieldProblem('expiresOn', `Expires on: at ${name} a ${noun} lives for ${livesDays} days at most.`)
  return { endsAt }
}

type Asked = { provider: string; slot: Slot; method: string; fields: Config; known?: Config }

async function prepare(actor: Actor, asked: Asked, input: NewCredential): Promise<Prepared> {
  const { userId } = actor
  if (!userId) throw new Problem('forbidden', 'Only a person can connect an account.')
  const { provider, connector } = await withOrg(actor, (db) => findSlot(actor, db, asked))
  const method = secretMethod(provider, asked.method)
  const isElsewhere = method?.slots && !method.slots.includes(asked.slot)
  if (!method || isElsewhere || isVerifiedHere(actor, provider, asked.slot))
    throw fieldProblem('method', `${provider.name} cannot be connected this way.`)
  await spend({ name: 'connect', count: 30, seconds: 600 }, userId)
  const known = Object.entries(asked.known ?? {}).filter(([name]) => method.fields.some((field) => field.name === name))
  const values = cleanFields(method, { ...Object.fromEntries(known), ...asked.fields })
  const { fields: _, ...decided } = input
  const scopes = scopesFor(method, connector, values)
  return {
    provider,
    method,
    slot: asked.slot,
    userId,
    values,
    scopes,
    input: decided,
    ...endOf(input.expiresOn, provider, method),
  }
}

/**
 * A secret for a slot. Throws `forbidden`, `not-found`, `too-many-requests`, and `fields-not-accepted` with a
 * pointer to each field; nothing was sent to the provider then.
 */
export const prepareNew = (actor: Actor, body: NewConnection): Promise<Prepared> => prepare(actor, body, body)

/** What was typed besides the secret that is replaced, so that it need not be typed again. */
async function knownOf(actor: Actor, id: string): Promise<Config> {
  try {
    const { config, grant } = await hold(actor, id, 'probe')
    return { ...config, ...grant.config, ...(grant.webhookSecret ? { webhookSecret: grant.webhookSecret } : {}) }
  } catch (error) {
    if (error instanceof Unreadable || (error instanceof Problem && error.kind === 'not-connected')) return {}
    throw error
  }
}

/** Another secret for a connection that stands on one. Throws as prepareNew, and `not-connected` where there is none to replace. */
export async function prepareReplacement(actor: Actor, id: string, body: NewCredential): Promise<Prepared> {
  const { provider, slot, method, status } = await findConnection(actor, id)
  const { provider: known } = await withOrg(actor, (db) => findSlot(actor, db, { provider, slot }))
  if (!secretMethod(known, method))
    throw new Problem('not-connected', `${known.name} is connected by its own consent page. Reconnect it instead.`)
  if (status === 'disconnected' || status === 'disconnecting')
    throw new Problem('not-connected', 'It is disconnected. Connect it first.')
  const asked = { provider, slot, method, fields: body.fields, known: await knownOf(actor, id) }
  return { ...(await prepare(actor, asked, body)), replaces: { id, as: 'key.replaced' } }
}
