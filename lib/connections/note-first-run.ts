import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { FirstRunChange, FirstRunView } from './first-run-schema.ts'
import { readFirstRun } from './queries.ts'

const seenMark = { hub: 'hubSeenAt', provider: 'providerSeenAt' } as const
const showMark = { open: null, collapsed: 'collapsedAt', dismissed: 'dismissedAt' } as const

/** Notes what somebody saw, at its first time, or how they want their first steps shown. */
export async function noteFirstRun(actor: Actor, { seen, show }: FirstRunChange): Promise<FirstRunView> {
  const at = now().toISOString()
  const once = JSON.stringify(seen ? { [seenMark[seen]]: at } : {})
  const outdated = show ? ['collapsedAt', 'dismissedAt'] : []
  const mark = show ? showMark[show] : null
  const wanted = JSON.stringify(mark ? { [mark]: at } : {})
  // one statement, so that two marks set at once are both kept
  await withOrg(
    actor,
    (db) => db.$executeRaw`
      UPDATE "Membership" SET "firstRun" = ${once}::jsonb || ("firstRun" - ${outdated}::text[]) || ${wanted}::jsonb
      WHERE "organizationId" = ${actor.organizationId}::uuid AND "userId" = ${actor.userId}::uuid`,
  )
  return readFirstRun(actor)
}
