import type { Metadata } from 'next'
import { Page } from '#components/shell/page.tsx'
import { OrganizationSettings } from '#components/tenancy/organization-settings.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { can, requireRight } from '#lib/tenancy/gate.ts'
import { namesOfAdmins, readOrganization } from '#lib/tenancy/queries.ts'
import { askOneOf } from '#lib/tenancy/schema.ts'

export const metadata: Metadata = { title: 'General' }

/** What the organization is called and how it behaves. */
export default async function GeneralPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireRight((await params).org, 'members.see')
  const admins = await namesOfAdmins(actor)
  const organization = await readOrganization(actor)
  return (
    <Page>
      <PageHeader title="General" />
      {can(actor, 'organization.configure') ? (
        <OrganizationSettings organization={organization} />
      ) : (
        <>
          <DefinitionList
            items={[
              { term: 'Organization name', value: organization.name },
              {
                term: 'Who may connect tools',
                value: organization.whoMayConnect === 'members' ? 'Members too' : 'Owners and admins',
              },
              { term: 'Jira and Confluence', value: organization.atlassianMode === 'native' ? 'Native' : 'Standard' },
            ]}
          />
          <p className="text-ink-2">Only owners and admins can change this. {askOneOf(admins)}</p>
        </>
      )}
    </Page>
  )
}
