import type { Metadata } from 'next'
import { LeftBehind } from '#components/people/left-behind.tsx'
import { Page } from '#components/shell/page.tsx'
import { MembersPanel } from '#components/tenancy/members-panel.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { csrfToken } from '#lib/http/csrf.ts'
import { listLeftBehind } from '#lib/people/queries.ts'
import { can, requirePerson, requireRight } from '#lib/tenancy/gate.ts'
import { listInvitations, listMembers, namesOfAdmins } from '#lib/tenancy/queries.ts'
import { askOneOf, roleDescriptions, roleLabels } from '#lib/tenancy/schema.ts'

export const metadata: Metadata = { title: 'Members' }

/** Who belongs to the organization, with which role, and who is invited. */
export default async function MembersPage({ params }: { params: Promise<{ org: string }> }) {
  const [person, actor] = [await requirePerson(), await requireRight((await params).org, 'members.see')]
  const { organization, role } = actor
  const admins = await namesOfAdmins(actor)
  const [members, invitations, leftBehind] = await Promise.all([
    listMembers(actor),
    listInvitations(actor),
    listLeftBehind(actor),
  ])
  const { slug, name } = organization
  const place = { org: { slug, name }, csrf: csrfToken(actor.sessionId ?? ''), admins }
  const viewer = {
    id: person.id,
    role,
    mayManage: can(actor, 'members.manage'),
    emailConfirmed: person.emailConfirmed,
  }
  return (
    <Page>
      <PageHeader title="Members" sub={`Who belongs to ${name}, and what they may do.`} />
      <LeftBehind providers={leftBehind} place={place} />
      <MembersPanel
        key={role}
        place={place}
        viewer={viewer}
        members={members}
        invitations={invitations}
        whoCan={`Only owners and admins can invite people or change roles. ${askOneOf(admins)}`}
      />
      <PanelSection title="Roles">
        <DefinitionList
          items={roleDescriptions.map(({ role: of, can: does }) => ({ term: roleLabels[of], value: does }))}
        />
      </PanelSection>
    </Page>
  )
}
