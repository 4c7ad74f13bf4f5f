import type { Metadata } from 'next'
import { readFilter } from '#components/audit/audit-filter.ts'
import { AuditLog } from '#components/audit/audit-log.tsx'
import { VerifyLog } from '#components/audit/verify-log.tsx'
import { Page } from '#components/shell/page.tsx'
import { buttonLook } from '#components/ui/button-look.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { auditCsv } from '#lib/audit/client.ts'
import { listAuditEvents, readAuditChoices } from '#lib/audit/queries.ts'
import { AuditQuery } from '#lib/audit/schema.ts'
import { readHub } from '#lib/connections/queries.ts'
import { now } from '#lib/platform/clock.ts'
import { requireRight } from '#lib/tenancy/gate.ts'

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export const metadata: Metadata = { title: 'Audit log' }

/** Who did what in the organization, and when. */
export default async function AuditLogPage({ params, searchParams }: Props) {
  const { org } = await params
  const actor = await requireRight(org, 'audit.see')
  const asked = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const filter = readFilter(new URLSearchParams(asked))
  const query = String(filter)
  const [initial, { actors, seesAddresses }, { items }] = await Promise.all([
    listAuditEvents(actor, AuditQuery.parse(Object.fromEntries(filter))),
    readAuditChoices(actor),
    readHub(actor),
  ])
  return (
    <Page>
      <PageHeader
        title="Audit log"
        sub="Who did what, and when. Nobody can change or remove an entry here."
        actions={
          <a className={buttonLook({})} href={auditCsv(org, query)} download>
            Export CSV
          </a>
        }
      />
      <VerifyLog org={org} />
      <AuditLog
        org={org}
        query={query}
        initial={initial}
        actors={actors}
        today={now().toISOString().slice(0, 10)}
        tools={items.map(({ id, name }) => [id, name])}
        seesAddresses={seesAddresses}
      />
    </Page>
  )
}
