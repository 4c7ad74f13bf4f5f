import { readHub } from '#lib/connections/queries.ts'
import { ProviderList } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'The 13 providers as the caller sees them',
    scope: 'connections:read',
    params: OrgParams,
    answer: ProviderList,
  },
  ({ actor }) => readHub(actor),
)
