import type { Serving } from '#lib/connections/queries.ts'
import { type Used, withConnection } from '#lib/connections/with-connection.ts'
import { now } from '#lib/platform/clock.ts'
import { log } from '#lib/platform/log.ts'
import { ProviderFailure, TOO_LATE } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { describeResource } from '#lib/resources/describe-resource.ts'
import { judgeTrouble } from '#lib/resources/judge-trouble.ts'
import { extentOf } from '#lib/resources/policy.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Trouble } from '#lib/resources/status.ts'
import { inTurn } from '#lib/resources/take-turn.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

export type Wanted = { referenceId: string; kind: string; externalId: string }
export type Outcome =
  | { what: 'read'; resource: ResourceView; at: Date; accountId: string }
  | { what: 'not_shared' }
  | Trouble
export type Outcomes = ReadonlyMap<string, Outcome>

async function readOne(actor: Actor, api: Api, used: Used, wanted: Wanted): Promise<Outcome> {
  const reader = used.provider.readers.find(({ kind }) => kind === wanted.kind)
  if (!reader || extentOf(actor, used) !== 'content') return { what: 'not_shared' }
  const resource = await reader.read(api, wanted.externalId)
  const from = { provider: used.provider.id, connectionId: used.id, viewer: actor }
  return { what: 'read', resource: describeResource(resource, from), at: now(), accountId: used.accountId }
}

const isAboutConnection = (error: Error): boolean =>
  error instanceof ProviderFailure && ['expired', 'revoked', 'rate_limited'].includes(error.failure)

/** What the connection has to be told: that it was refused or has to wait, or that nothing at all was answered. */
function concerning(faults: readonly Error[], outcomes: Outcomes): Error | undefined {
  const own = faults.find(isAboutConnection)
  if (own) return own
  const isSilent = [...outcomes.values()].every(({ what }) => what === 'unavailable')
  return isSilent ? faults.find((one) => !(one instanceof ProviderFailure && one.detail === TOO_LATE)) : undefined
}

/**
 * Reads references of one provider through the viewer's way to it, each with its own outcome; what may not be shown on
 * boards is among them and has to be withheld (withhold.ts). When `patience` ends, those
 * without an answer read `unavailable`; what is still under way goes on and is told to `whenDone` with all the others.
 */
export async function readReferences(
  actor: Actor,
  serving: Serving,
  wanted: readonly Wanted[],
  { patience, whenDone }: { patience: AbortSignal; whenDone: (outcomes: Outcomes) => Promise<void> },
): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>()
  const asking = withConnection(actor, serving.id, async (api, used) => {
    const turns = inTurn(api, used, patience)
    const faults: Error[] = []
    const open = wanted.filter(({ referenceId }) => outcomes.get(referenceId)?.what !== 'read')
    await Promise.all(
      open.map(async (one) => {
        try {
          outcomes.set(one.referenceId, await readOne(actor, turns, used, one))
        } catch (error) {
          faults.push(error instanceof Error ? error : new Error('a reader failed', { cause: error }))
          outcomes.set(one.referenceId, judgeTrouble(error))
        }
      }),
    )
    const fault = concerning(faults, outcomes)
    if (fault) throw fault
  }).catch((error: unknown) => {
    const trouble = judgeTrouble(error)
    for (const { referenceId } of wanted) if (!outcomes.has(referenceId)) outcomes.set(referenceId, trouble)
  })
  const done = asking.then(() => whenDone(outcomes)).catch((error: unknown) => log.error({ error }, 'cards not kept'))
  await Promise.race([done, ended(patience)])
  return new Map(wanted.map(({ referenceId }) => [referenceId, outcomes.get(referenceId) ?? silence]))
}

const silence: Trouble = { what: 'unavailable', status: null, retryAt: null }

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
