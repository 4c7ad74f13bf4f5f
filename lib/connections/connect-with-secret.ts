import { compareScopes } from '#lib/oauth/scopes.ts'
import { withOrg } from '#lib/platform/db.ts'
import { entryOf } from '#lib/platform/entry-of.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { isUnknownAccount, newUnknownAccount } from './adopt-account.ts'
import { endReplaced } from './end-replaced.ts'
import { explainAttempt } from './explain.ts'
import { judgeClaim } from './judge-claim.ts'
import type { Prepared } from './prepare-secret.ts'
import type { Proof } from './prove-grant.ts'
import { findConnection } from './queries.ts'
import { explainClosed, explainOther, explainRefused, explainSilent } from './refuse-secret.ts'
import type { ConnectionView } from './schema.ts'
import type { TestStep } from './secret-schema.ts'
import { type Settled, settle, takeSlot } from './settle.ts'
import { type Tested, testSecret } from './test-secret.ts'

export type Watching = {
  /** Fires when nobody waits for it any more; then nothing is stored. */
  signal?: AbortSignal
  onStep?: (step: TestStep) => void
  /** How long the whole test may take. */
  withinMs?: number
}
export type Connected = { connection: ConnectionView; steps: TestStep[]; warnings: string[] }

const TEST_WITHIN_MS = 15_000
/** When what could not be tested is asked again. */
const RETEST_AFTER_SECONDS = 300

function unknownIdentity({ method, values, provider }: Prepared): Identity {
  const shown = method.fields.find(({ secret, name }) => !secret && values[name])
  return { id: newUnknownAccount(), label: (shown && values[shown.name]) ?? provider.name }
}

/** What is to be kept of a test that ended; null where that is nothing. */
type Keeping = { proof: Proof; isUntested: boolean; isThrottled: boolean }

/** Throws the problem a test ended with, unless the secret may be kept as it is. */
function judge(prepared: Prepared, { verdict, steps }: Tested): Keeping {
  const anyway = prepared.input.anyway === true
  if (verdict.is === 'refused') throw explainRefused(prepared, verdict, steps)
  if (verdict.is === 'closed') throw explainClosed(prepared, { missing: verdict.missing, mayKeep: false }, steps)
  if (verdict.is === 'passed') {
    if (verdict.missing.length > 0 && !anyway)
      throw explainClosed(prepared, { missing: verdict.missing, mayKeep: true }, steps)
    return { proof: verdict.proof, isUntested: false, isThrottled: false }
  }
  const proof = verdict.proof ?? { grant: verdict.grant, identity: { ...unknownIdentity(prepared), scopes: [] } }
  return { proof, isUntested: true, isThrottled: verdict.isThrottled }
}

type Standing = Awaited<ReturnType<typeof takeSlot>>

/** An untested secret takes nobody's place: what stands goes on serving. */
const mayWait = (standing: Standing): boolean =>
  standing === null || standing.status === 'disconnected' || standing.reasonCode === 'untested'

function isOther(standing: Standing, { proof, isUntested }: Keeping): standing is NonNullable<Standing> {
  if (!standing || isUntested || standing.status === 'disconnected' || isUnknownAccount(standing.accountId))
    return false
  return standing.accountId !== proof.identity.id
}

function refuseOvertaken({ replaces }: Prepared, standing: Standing): void {
  const isGone = standing?.id !== replaces?.id || ['disconnected', 'disconnecting'].includes(standing?.status ?? '')
  if (replaces && isGone) throw new Problem('conflict', 'It was disconnected meanwhile. Nothing was saved.')
}

/** One commit: may they still, is it still the same account, the connection, the sealed secret, the audit event, the retest. */
async function keep(actor: Actor, prepared: Prepared, keeping: Keeping, steps: TestStep[]): Promise<Settled> {
  const { provider, method, slot, userId, scopes, input, replaces } = prepared
  const { proof, isUntested } = keeping
  return withOrg(actor, async (db) => {
    const refused = await judgeClaim(db, actor, { provider: provider.id, userId, slot })
    if (refused) throw new Problem('forbidden', explainAttempt(refused, provider.name))
    const standing = await takeSlot(db, actor, provider, slot)
    refuseOvertaken(prepared, standing)
    const mayKeep = mayWait(standing)
    if (isUntested && !(input.anyway && mayKeep)) throw explainSilent(prepared, { ...keeping, mayKeep }, steps)
    if (isOther(standing, keeping) && !input.switchAccount)
      throw explainOther(prepared, { is: proof.identity.label, was: standing.accountLabel }, steps)
    const settled = await settle(db, actor, {
      provider,
      method,
      slot,
      ...proof,
      requested: scopes.map(({ name }) => name),
      keptAt: input.keptAt,
      isUntested,
      ...(replaces ? { replacing: replaces.as } : {}),
    })
    const { organizationId } = actor
    if (isUntested)
      await enqueue(
        db,
        'connections.probe',
        { organizationId, connectionId: settled.id },
        { startAfterSeconds: RETEST_AFTER_SECONDS },
      )
    return settled
  })
}

/** What somebody should know of a secret that does more than is needed, and of what it opens. */
function warningsOf({ method, scopes }: Prepared, { identity }: Proof): string[] {
  const { extra } = compareScopes(
    scopes,
    scopes.map(({ name }) => name),
    identity.scopes ?? [],
  )
  const { broad = {}, noun } = method
  const broader = extra.flatMap((name) => {
    const risk = entryOf(broad, name)
    return risk ? [`This ${noun} can also ${risk} (${name}). A narrower ${noun} is safer.`] : []
  })
  return identity.warning === undefined ? broader : [identity.warning, ...broader]
}

/**
 * Tests a pasted secret at the provider and stores it when it passed, or when it was said that it is to be stored anyway.
 * Throws `fields-not-accepted`, `permission-missing`, `provider-unavailable` or `provider-rate-limited`, `other-account`, each with the `steps` of the
 * test: nothing is stored then, and what stood goes on serving.
 */
export async function connectWithSecret(actor: Actor, prepared: Prepared, watching: Watching = {}): Promise<Connected> {
  const { signal, onStep, withinMs = TEST_WITHIN_MS } = watching
  const { provider, method, values, scopes, endsAt } = prepared
  const patience = AbortSignal.any([AbortSignal.timeout(withinMs), ...(signal ? [signal] : [])])
  const tested = await testSecret({
    provider,
    method,
    values,
    scopes,
    endsAt,
    signal: patience,
    ...(onStep ? { onStep } : {}),
  })
  if (signal?.aborted) throw new Problem('conflict', 'The test was cancelled. Nothing was saved.')
  const keeping = judge(prepared, tested)
  const settled = await keep(actor, prepared, keeping, tested.steps)
  await endReplaced(provider, settled, keeping.proof)
  const warnings = warningsOf(prepared, keeping.proof)
  return { connection: await findConnection(actor, settled.id), steps: tested.steps, warnings }
}
