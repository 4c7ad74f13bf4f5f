import { noteOldRevoked } from '#lib/connections/note-old-revoked.ts'
import { ConnectionParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Notes in the audit log that somebody has revoked the replaced secret at the provider',
    problems: ['conflict'],
    scope: 'connections:write',
    params: ConnectionParams,
    status: 204,
  },
  ({ actor, params }) => noteOldRevoked(actor, params.connection),
)
