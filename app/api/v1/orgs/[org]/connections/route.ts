import { listConnections } from '#lib/connections/queries.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { pageOf, WholeListQuery } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: "The organization's connections and the caller's own",
    params: OrgParams,
    query: WholeListQuery,
    answer: pageOf(ConnectionView),
  },
  async ({ actor, query }) => pageIn(await listConnections(actor), query),
)
