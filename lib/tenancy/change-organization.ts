import { record } from '#lib/audit/record.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Actor } from './actor.ts'
import { allow } from './policy.ts'
import { findOrganization } from './queries.ts'
import type { OrganizationChange, OrganizationView } from './schema.ts'

/** Why native mode has nothing to rest on, in words; null where it has. A room to the right knows. */
export type RefuseNative = (db: Db) => Promise<string | null>

/**
 * Changes what the organization is called, who may connect its slots, how it has Jira and Confluence, and whether boards can
 * be asked.
 */
export async function changeOrganization(
  actor: Actor,
  change: OrganizationChange,
  refuseNative: RefuseNative,
): Promise<OrganizationView> {
  allow(actor, 'organization.configure')
  if (actor.kind === 'token' && change.whoMayMakeTokens)
    throw new Problem('forbidden', 'API tokens cannot decide who may make them. Do it in a browser.')
  return withOrg(actor, async (db) => {
    const before = await findOrganization(db, actor)
    const isTurned = change.atlassianMode === 'native' && before.atlassianMode !== 'native'
    const refused = isTurned ? await refuseNative(db) : null
    if (refused) throw fieldProblem('atlassianMode', refused)
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

const policyIn = ({ whoMayConnect, atlassianMode, askBoards, whoMayMakeTokens }: OrganizationView) => ({
  whoMayConnect,
  atlassianMode,
  askBoards,
  whoMayMakeTokens,
})

async function changePolicy(db: Db, actor: Actor, before: OrganizationView, change: OrganizationChange): Promise<void> {
  const old = policyIn(before)
  const wanted = {
    whoMayConnect: change.whoMayConnect ?? old.whoMayConnect,
    atlassianMode: change.atlassianMode ?? old.atlassianMode,
    askBoards: change.askBoards ?? old.askBoards,
    whoMayMakeTokens: change.whoMayMakeTokens ?? old.whoMayMakeTokens,
  }
  const isSame =
    wanted.whoMayConnect === old.whoMayConnect &&
    wanted.atlassianMode === old.atlassianMode &&
    wanted.askBoards === old.askBoards &&
    wanted.whoMayMakeTokens === old.whoMayMakeTokens
  if (isSame) return
  await db.organization.update({ where: { id: actor.organizationId }, data: wanted })
  const subject = { kind: 'organization', id: actor.organizationId, name: before.name }
  await record(db, actor, 'policy.changed', subject, { before: old, after: wanted })
}
