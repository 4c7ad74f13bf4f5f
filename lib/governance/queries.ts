import { listProviders } from '#lib/connections/queries.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow, may } from '#lib/tenancy/policy.ts'
import { describeRotation, inOrder } from './describe-rotation.ts'
import { describeScopes } from './describe-scopes.ts'
import { readAging } from './read-aging.ts'
import type { RotationRegister, ScopesView } from './schema.ts'

/** The register inside the caller's transaction. */
export async function findRegister(db: Db, actor: Actor): Promise<RotationRegister> {
  const { rotationDays } = await db.organization.findUniqueOrThrow({ where: { id: actor.organizationId } })
  const items = inOrder((await readAging(db, actor)).map(describeRotation))
  return { everyDays: rotationDays, items, may: { change: may(actor, 'governance.change') } }
}

/** The organization's credentials: whose they are, how old, and which to replace. Throws `forbidden`. */
export async function readRotation(actor: Actor): Promise<RotationRegister> {
  allow(actor, 'governance.see')
  return withOrg(actor, (db) => findRegister(db, actor))
}

/** What each connection that the reader may see whole was asked for and given. Throws `forbidden`. */
export async function readScopes(actor: Actor): Promise<ScopesView> {
  allow(actor, 'governance.see')
  const { items } = await listProviders(actor)
  return { items: items.flatMap(describeScopes) }
}
