import { FIRST_TOLD_DAYS } from '#lib/connections/judge-rotation.ts'
import { now } from '#lib/platform/clock.ts'
import { Prisma, withSystem } from '#lib/platform/db.ts'
import type { Job } from '#lib/platform/jobs.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { remind } from './remind.ts'
import { tellRotation, tellSuspected } from './tell-rotation.ts'

/** Organizations with a credential old enough for a reminder; whether it renews itself is asked of its provider later. */
const findDue = (): Promise<{ organizationId: string }[]> =>
  withSystem('job schedule', (db) =>
    db.$queryRaw(Prisma.sql`
      SELECT DISTINCT k."organizationId" FROM "Credential" k JOIN "Organization" o ON o.id = k."organizationId"
      WHERE k.sealed IS NOT NULL AND k."issuedAt" + make_interval(days => o."rotationDays" - ${FIRST_TOLD_DAYS}::int) <= ${now()}`),
  )

async function remindAll(): Promise<void> {
  for (const { organizationId } of await findDue()) await remind(await jobActor(organizationId, 'governance.remind'))
}

/** What the worker does for what has to be rotated. */
export const jobs: readonly Job[] = [
  { name: 'governance.remind', work: remindAll, schedule: '0 8 * * *' },
  {
    name: 'governance.tell-rotation',
    work: async ({ organizationId = '', ...notice }) =>
      tellRotation(await jobActor(organizationId, 'governance.tell-rotation'), notice),
    retryLimit: 5,
  },
  {
    name: 'governance.tell-suspected',
    work: async ({ organizationId = '', ...notice }) =>
      tellSuspected(await jobActor(organizationId, 'governance.tell-suspected'), notice),
    retryLimit: 5,
  },
]
