import { z } from 'zod'
import { listConnections } from '#lib/connections/queries.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: "The organization's connections and the caller's own",
    params: OrgParams,
    answer: z.object({ items: z.array(ConnectionView), nextCursor: z.null() }),
  },
  async ({ actor }) => ({ items: await listConnections(actor), nextCursor: null }),
)
