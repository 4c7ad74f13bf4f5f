import { route } from '#lib/http/route.ts'
import { orderReport } from '#lib/resources/order-report.ts'
import { NewReport, ReportView, ResourceParams } from '#lib/resources/schema.ts'

export const POST = route(
  {
    summary: 'Ask a provider for a report about a resource, which takes it minutes and may cost',
    problems: ['not-on-boards', 'not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: null, // a person asks, and nothing by itself
    params: ResourceParams,
    body: NewReport,
    answer: ReportView,
    status: 202,
    limit: { name: 'reports', count: 20, seconds: 600 },
  },
  ({ actor, params, body }) => orderReport(actor, params.connection, params, body.fields),
)
