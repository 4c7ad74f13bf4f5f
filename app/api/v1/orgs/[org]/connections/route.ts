import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import { listConnections } from '#lib/connections/queries.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { NewConnection, secretProblems, TestLine } from '#lib/connections/secret-schema.ts'
import { tellTest } from '#lib/connections/tell-test.ts'
import { verifyAccess } from '#lib/connections/verify-access.ts'
import { jsonLines, wantsLines } from '#lib/http/json-lines.ts'
import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { pageOf, WholeListQuery } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: "The organization's connections and the caller's own",
    scope: 'connections:read',
    params: OrgParams,
    query: WholeListQuery,
    answer: pageOf(ConnectionView),
  },
  async ({ actor, query }) => pageIn(await listConnections(actor), query),
)

export const POST = route(
  {
    summary:
      'Connects with a pasted secret that is tested first; as NDJSON a line a step as it ends. Or verifies access, by the method `verified`',
    problems: secretProblems,
    scope: null,
    params: OrgParams,
    body: NewConnection,
    answer: ConnectionView,
    lines: TestLine,
    status: 201,
  },
  async ({ actor, body, request, origin }) => {
    if (body.method === 'verified' && body.slot === 'organization') return verifyAccess(actor, body.provider)
    const prepared = await prepareNew(actor, body)
    if (wantsLines(request)) return jsonLines(origin.requestId, tellTest(actor, prepared))
    return (await connectWithSecret(actor, prepared, { signal: request.signal })).connection
  },
)
