import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareReplacement } from '#lib/connections/prepare-secret.ts'
import { ConnectionParams, ConnectionView } from '#lib/connections/schema.ts'
import { NewCredential, secretProblems, TestLine } from '#lib/connections/secret-schema.ts'
import { tellTest } from '#lib/connections/tell-test.ts'
import { jsonLines, wantsLines } from '#lib/http/json-lines.ts'
import { route } from '#lib/http/route.ts'

export const PUT = route(
  {
    summary:
      'Replaces a pasted secret; the old one serves until the new one has passed. As NDJSON a line a step as it ends',
    problems: secretProblems,
    scope: null,
    params: ConnectionParams,
    body: NewCredential,
    answer: ConnectionView,
    lines: TestLine,
  },
  async ({ actor, params, body, request, origin }) => {
    const prepared = await prepareReplacement(actor, params.connection, body)
    if (wantsLines(request)) return jsonLines(origin.requestId, tellTest(actor, prepared))
    return (await connectWithSecret(actor, prepared, { signal: request.signal })).connection
  },
)
