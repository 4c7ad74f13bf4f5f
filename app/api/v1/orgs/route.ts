import { listOrganizations } from '#lib/connections/list-organizations.ts'
import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { createOrganization } from '#lib/tenancy/create-organization.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { OrganizationAnswer, OrganizationInput, OrganizationList } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'The organizations of the signed-in person',
    scope: 'any',
    who: 'person',
    query: WholeListQuery,
    answer: OrganizationList,
  },
  async ({ person, query }) => pageIn(await listOrganizations(person), query),
)

export const POST = route(
  {
    summary: 'Make another organization and own it',
    problems: ['already-exists'],
    scope: null,
    who: 'person',
    body: OrganizationInput,
    answer: OrganizationAnswer,
    status: 201,
    limit: limits.createOrganization,
  },
  async ({ person, body }) => createOrganization(person, body),
)
