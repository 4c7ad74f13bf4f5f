import { listConnections } from '#lib/connections/queries.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { type Actor, enterById, type Person } from '#lib/tenancy/actor.ts'
import { describeAttempt } from './describe.ts'
import type { AttemptView } from './schema.ts'

/** An attempt of the caller's own. Throws `not-found` for an unknown, foreign or another person's one. */
export async function findAttempt(actor: Actor, id: string): Promise<AttemptView> {
  const attempt = await withOrg(actor, (db) =>
    db.connectAttempt.findFirst({ where: { id, userId: actor.userId ?? '' } }),
  )
  if (!attempt) throw new Problem('not-found')
  return describeAttempt(attempt)
}

/** An attempt of a person's own, wherever it belongs: what the provider's tab shows at the end. Null for any other. */
export async function findLanded(
  person: Person,
  id: string,
): Promise<{ attempt: AttemptView; organization: Actor['organization']; account: string | null } | null> {
  const row = await withSystem('attempt lookup', (db) =>
    db.connectAttempt.findFirst({ where: { id, userId: person.id } }),
  )
  const actor = row && (await enterById(person, row.organizationId))
  if (!actor) return null
  const attempt = await findAttempt(actor, id)
  const connection = (await listConnections(actor)).find((entry) => entry.id === attempt.connectionId)
  return { attempt, organization: actor.organization, account: connection?.account.label ?? null }
}
