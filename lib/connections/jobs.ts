import { now } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { enqueue, type Job } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { finishDisconnect } from './disconnect.ts'
import { forgetMember } from './forget-member.ts'
import { notifyBroken } from './notify-broken.ts'
import { purge } from './purge.ts'
import { tellDecision, tellRequest } from './tell-request.ts'
import { probe } from './verify.ts'

const DAY_MS = 86_400_000
const PROBES_A_ROUND = 200

const forConnection =
  (name: string, work: (actor: Awaited<ReturnType<typeof jobActor>>, id: string) => Promise<void>): Job['work'] =>
  async ({ organizationId = '', connectionId = '' }) =>
    work(await jobActor(organizationId, name), connectionId)

/** Every hour the connections that were not probed for a day, a bounded number of them, so that a day's probes are spread out. */
async function scheduleProbes(): Promise<void> {
  const due = await withSystem('job schedule', (db) =>
    db.connection.findMany({
      where: {
        status: { in: ['connected', 'error', 'no_access'] },
        OR: [{ probedAt: null }, { probedAt: { lt: new Date(now().getTime() - DAY_MS) } }],
      },
      select: { id: true, organizationId: true },
      orderBy: [{ probedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
      take: PROBES_A_ROUND,
    }),
  )
  for (const { id, organizationId } of due) {
    const actor = await jobActor(organizationId, 'connections.schedule-probes')
    await withOrg(actor, (db) => enqueue(db, 'connections.probe', { organizationId, connectionId: id }))
  }
  if (due.length > 0) log.info({ count: due.length }, 'probes due')
}

export const jobs: readonly Job[] = [
  {
    name: 'connections.finish-disconnect',
    work: forConnection('connections.finish-disconnect', finishDisconnect),
    retryLimit: 5,
  },
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
  { name: 'connections.schedule-probes', work: scheduleProbes, schedule: '17 * * * *' },
  { name: 'connections.purge', work: purge, schedule: '*/2 * * * *' },
]
