import type { ReactNode } from 'react'
import { Page } from '#components/shell/page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { SectionNav } from '#components/ui/section-nav.tsx'
import { requireRight } from '#lib/tenancy/gate.ts'

type Props = { params: Promise<{ org: string }>; children: ReactNode }

/** The gate of these pages, before anything of them is sent, and what is above each. */
export default async function GovernanceLayout({ params, children }: Props) {
  const { organization } = await requireRight((await params).org, 'governance.see')
  const path = `/${organization.slug}/settings/governance`
  return (
    <Page>
      <PageHeader title="Governance" sub={`How ${organization.name} keeps its connections safe.`} />
      <SectionNav
        label="Governance sections"
        items={[
          { href: path, label: 'Rotation', exact: true },
          { href: `${path}/scopes`, label: 'Scopes' },
        ]}
      />
      {children}
    </Page>
  )
}
