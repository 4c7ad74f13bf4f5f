import { Readable } from 'node:stream'
import { exportEvents } from '#lib/audit/export-events.ts'
import { AuditExportQuery } from '#lib/audit/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

const BYTE_ORDER_MARK = '\uFEFF'

async function* bytes(lines: AsyncIterable<string>, isMarked: boolean): AsyncGenerator<Buffer> {
  if (isMarked) yield Buffer.from(BYTE_ORDER_MARK)
  for await (const text of lines) yield Buffer.from(text)
}

export const GET = route(
  {
    summary: 'What was done as CSV, newest first; the export is itself an event',
    scope: 'audit:read',
    params: OrgParams,
    query: AuditExportQuery,
    media: 'text/csv',
    limit: { name: 'export', count: 30, seconds: 60 * 60 },
  },
  async ({ actor, params, query: { bom, ...filter }, origin }) => {
    const lines = await exportEvents(actor, filter)
    const body = Readable.toWeb(Readable.from(bytes(lines, bom === 'true')))
    // Node's and the web's types of the same stream differ by name
    return new Response(body as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="audit-${params.org}.csv"`,
        'cache-control': 'no-store',
        'x-request-id': origin.requestId,
      },
    })
  },
)
