import { record } from '#lib/audit/record.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { fieldProblem } from '#lib/platform/problem.ts'
import type { Actor } from './actor.ts'
import { allow } from './policy.ts'
import { findOrganization } from './queries.ts'
import type { OrganizationChange, OrganizationView } from './schema.ts'

/** Changes what the organization is called and who may connect its slots. */
export async function changeOrganization(actor: Actor, change: OrganizationChange): Promise<OrganizationView> {
  allow(actor, 'organization.configure')
  return withOrg(actor, async (db) => {
    const before = await findOrganization(db, actor)
    if (change.atlassianMode === 'native' && before.atlassianMode !== 'native')
      throw fieldProblem('atlassianMode', 'Connect Jira for the organization first. Then turn native mode on.')
    await rename(db, actor, before.name, change.name)
    await changePolicy(db, actor, before, change)
    return findOrganization(db, actor)
  })
}

async function rename(db: Db, actor: Actor, before: string, name: string | undefined): Promise<void> {
  if (name === undefined || name === before) return
  await db.organization.update({ where: { id: actor.organizationId }, data: { name } })
  const subject = { kind: 'organization', id: actor.organizationId, name }
  await record(db, actor, 'organization.renamed', subject, { before: { name: before }, after: { name } })
}

async function changePolicy(db: Db, actor: Actor, before: OrganizationView, change: OrganizationChange): Promise<void> {
  const whoMayConnect = change.whoMayConnect ?? before.whoMayConnect
  const atlassianMode = change.atlassianMode ?? before.atlassianMode
  if (whoMayConnect === before.whoMayConnect && atlassianMode === before.atlassianMode) return
  await db.organization.update({ where: { id: actor.organizationId }, data: { whoMayConnect, atlassianMode } })
  const subject = { kind: 'organization', id: actor.organizationId, name: before.name }
  await record(db, actor, 'policy.changed', subject, {
    before: { whoMayConnect: before.whoMayConnect, atlassianMode: before.atlassianMode },
    after: { whoMayConnect, atlassianMode },
  })
}
