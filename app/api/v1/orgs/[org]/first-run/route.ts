import { FirstRunChange, FirstRunView } from '#lib/connections/first-run-schema.ts'
import { noteFirstRun } from '#lib/connections/note-first-run.ts'
import { readFirstRun } from '#lib/connections/queries.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  { summary: "The caller's first steps in an organization", scope: null, params: OrgParams, answer: FirstRunView },
  ({ actor }) => readFirstRun(actor),
)

export const PATCH = route(
  {
    summary: 'Notes what the caller saw, or how they want their first steps shown',
    scope: null,
    params: OrgParams,
    body: FirstRunChange,
    answer: FirstRunView,
  },
  ({ actor, body }) => noteFirstRun(actor, body),
)
