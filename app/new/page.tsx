import type { Metadata } from 'next'
import { BarePage } from '#components/shell/bare-page.tsx'
import { AcceptInvitation } from '#components/tenancy/accept-invitation.tsx'
import { OrganizationForm } from '#components/tenancy/organization-form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { listOwnInvitations, publicHost } from '#lib/tenancy/queries.ts'
import { roleLabels } from '#lib/tenancy/schema.ts'

export const metadata: Metadata = { title: 'New organization' }

/** The way into another organization: one that waits for this person, or a new one. */
export default async function NewOrganizationPage() {
  const person = await requirePerson()
  const invitations = await listOwnInvitations(person)
  return (
    <BarePage>
      <PageHeader title="New organization" sub="Its members connect tools and share boards. You become its owner." />
      {invitations.length > 0 && (
        <PanelSection title="Invitations that wait for you">
          <Panel as="ul">
            {invitations.map(({ id, organization, role }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
                <span>
                  {organization}, as {roleLabels[role]}
                </span>
                <AcceptInvitation organization={organization} by={{ id }} />
              </li>
            ))}
          </Panel>
        </PanelSection>
      )}
      <OrganizationForm host={publicHost()} />
    </BarePage>
  )
}
