import { refuseNative } from '#lib/connections/native.ts'
import { route } from '#lib/http/route.ts'
import { changeOrganization } from '#lib/tenancy/change-organization.ts'
import { readOrganization } from '#lib/tenancy/queries.ts'
import { OrganizationChange, OrganizationView, OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'One organization, with the role of who asks',
    scope: 'organization:read',
    params: OrgParams,
    answer: OrganizationView,
  },
  async ({ actor }) => readOrganization(actor),
)

export const PATCH = route(
  {
    summary:
      'Rename the organization, or change who may connect its tools, how it has Jira and Confluence, and whether boards can be asked',
    scope: 'organization:write',
    params: OrgParams,
    body: OrganizationChange,
    answer: OrganizationView,
  },
  async ({ actor, body }) => changeOrganization(actor, body, refuseNative),
)
