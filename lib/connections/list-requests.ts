import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeRequest, readAllRequests } from './read-requests.ts'
import type { RequestView } from './request-schema.ts'

/** What was asked for, newest first: everything for those who decide, their own for anybody else. */
export async function listRequests(actor: Actor): Promise<RequestView[]> {
  return (await withOrg(actor, (db) => readAllRequests(db, actor))).map(describeRequest)
}
