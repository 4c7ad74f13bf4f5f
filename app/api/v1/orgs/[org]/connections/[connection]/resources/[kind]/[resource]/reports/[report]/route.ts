import { route } from '#lib/http/route.ts'
import { readReport } from '#lib/resources/order-report.ts'
import { ReportParams, ReportView } from '#lib/resources/schema.ts'

export const GET = route(
  {
    summary: 'A report as it stands, with its words once it is ready',

    problems: ['not-on-boards', 'not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'resources:read',
    params: ReportParams,
    answer: ReportView,
  },
  ({ actor, params }) => readReport(actor, params.connection, params),
)
