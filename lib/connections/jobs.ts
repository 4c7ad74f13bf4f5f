import { now } from '#lib/platform/clock.ts'
import { Prisma, withOrg, withSystem } from '#lib/platform/db.ts'
import type { Job } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { finishDisconnect } from './disconnect.ts'
import { forgetMember } from './forget-member.ts'
import { notifyBroken } from './notify-broken.ts'
import { PROBE_AGAIN_MS, queueProbe } from './probe-soon.ts'
import { readPlan } from './read-plan.ts'
import { tellDecision, tellRequest } from './tell-request.ts'
import { probe } from './verify.ts'

const DAY_MS = 86_400_000
const PROBES_A_ROUND = 50

const forConnection =
  (name: string, work: (actor: Awaited<ReturnType<typeof jobActor>>, id: string) => Promise<void>): Job['work'] =>
  async ({ organizationId = '', connectionId = '' }) =>
    work(await jobActor(organizationId, name), connectionId)

/**
 * Those that were not probed for a day, those that failed for five minutes, and those whose credential has ended since they
 * were probed; the longest unprobed first, a bounded number of them, so that a day's probes are spread out.
 */
const findDue = (): Promise<{ id: string; organizationId: string }[]> =>
  withSystem('job schedule', (db) => {
    const ago = (ms: number) => new Date(now().getTime() - ms)
    return db.$queryRaw(Prisma.sql`
      SELECT c.id, c."organizationId" FROM "Connection" c
      LEFT JOIN "Credential" k ON k."organizationId" = c."organizationId" AND k.id = c."credentialId"
      WHERE c.status IN ('connected', 'error', 'no_access')
        AND (c."probedAt" IS NULL OR c."probedAt" < ${ago(DAY_MS)}
          OR (c.status = 'error' AND c."probedAt" < ${ago(PROBE_AGAIN_MS)})
          OR (NOT k.refreshable AND k."expiresAt" <= ${now()} AND c."probedAt" < k."expiresAt"))
      ORDER BY c."probedAt" ASC NULLS FIRST, c.id LIMIT ${PROBES_A_ROUND}`)
  })

/** Every minute: what is due, unless it waits for its turn already. */
async function scheduleProbes(): Promise<void> {
  const due = await findDue()
  for (const { id: connectionId, organizationId } of due) {
    const actor = await jobActor(organizationId, 'connections.schedule-probes')
    await withOrg(actor, (db) => queueProbe(db, actor, connectionId))
  }
  if (due.length > 0) log.info({ count: due.length }, 'probes due')
}

/** What the worker does for connections. */
export const jobs: readonly Job[] = [
  {
    name: 'connections.finish-disconnect',
    work: forConnection('connections.finish-disconnect', finishDisconnect),
    retryLimit: 5,
  },
  { name: 'connections.read-plan', work: forConnection('connections.read-plan', readPlan), retryLimit: 2 },
  { name: 'connections.probe', work: forConnection('connections.probe', probe), retryLimit: 2 },
  {
    name: 'connections.notify-broken',
    work: async ({ organizationId = '', ...notice }) =>
      notifyBroken(await jobActor(organizationId, 'connections.notify-broken'), notice),
    retryLimit: 5,
  },
  {
    name: 'connections.tell-request',
    work: async ({ organizationId = '', ...notice }) =>
      tellRequest(await jobActor(organizationId, 'connections.tell-request'), notice),
    retryLimit: 5,
  },
  {
    name: 'connections.tell-decision',
    work: async ({ organizationId = '', ...notice }) =>
      tellDecision(await jobActor(organizationId, 'connections.tell-decision'), notice),
    retryLimit: 5,
  },
  {
    name: 'connections.forget-member',
    work: async ({ organizationId = '', userId = '' }) =>
      forgetMember(await jobActor(organizationId, 'connections.forget-member'), userId),
    retryLimit: 5,
  },
  { name: 'connections.schedule-probes', work: scheduleProbes, schedule: '* * * * *' },
]
