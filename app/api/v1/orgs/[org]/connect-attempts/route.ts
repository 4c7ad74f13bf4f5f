import { findAttempt } from '#lib/attempts/queries.ts'
import { StartConnect, StartedAttemptView } from '#lib/attempts/schema.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { route } from '#lib/http/route.ts'
import { browserCookieName, readCookie } from '#lib/tenancy/read-session.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const POST = route(
  {
    summary: 'Opens a connect attempt and says where to send the browser',
    problems: ['already-exists', 'not-connected', 'not-available'],
    scope: null,
    params: OrgParams,
    body: StartConnect,
    answer: StartedAttemptView,
    status: 201,
  },
  async ({ actor, body, request }) => {
    const browser = readCookie(request.headers.get('cookie'), browserCookieName())
    const started = await startConnect(actor, { ...body, attempt: crypto.randomUUID(), via: 'api', browser })
    return { ...(await findAttempt(actor, started.attempt)), authorizeUrl: started.authorizeUrl }
  },
)
