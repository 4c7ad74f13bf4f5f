'use client'
import { useQuery } from '@tanstack/react-query'
import type { Place } from '#components/connections/place.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Table, Th } from '#components/ui/table.tsx'
import { useFocusAfterRemoval } from '#components/ui/use-focus-after-removal.ts'
import { problemOf } from '#lib/platform/client.ts'
import { invitationsOf, membersOf } from '#lib/tenancy/client.ts'
import type { InvitationView, MemberView } from '#lib/tenancy/schema.ts'
import { InvitationRow } from './invitation-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberRow } from './member-row.tsx'
import type { Viewer } from './props.ts'

/** Who belongs to an organization and who is invited, with what this viewer may do about it. */
export function MembersPanel({
  place,
  viewer,
  members,
  invitations,
  whoCan,
}: {
  place: Place
  viewer: Viewer
  members: MemberView[]
  invitations: InvitationView[]
  /** Said instead of the controls to those who may not use them. */
  whoCan: string
}) {
  const { org } = place
  const all = useQuery({ ...membersOf(org.slug), initialData: members })
  const open = useQuery({ ...invitationsOf(org.slug), initialData: invitations })
  useFocusAfterRemoval(all.data.map(({ id }) => id))
  useFocusAfterRemoval(open.data.map(({ id }) => id))
  const owners = all.data.filter(({ role }) => role === 'owner').length
  const failed = all.error ?? open.error
  return (
    <>
      {failed && (
        <Notice
          tone="error"
          live="alert"
          title={problemOf(failed).message}
          actions={
            <Button
              size="row"
              busy={all.isFetching || open.isFetching}
              onClick={() => void Promise.all([all, open].map(({ refetch }) => refetch({ cancelRefetch: false })))}
            >
              Retry
            </Button>
          }
        >
          What you see is what was loaded before.
        </Notice>
      )}
      <PanelSection
        title={`People (${all.data.length})`}
        hint={all.data.length === 1 ? 'Just you so far. Invite your team.' : undefined}
      >
        <Table
          caption="Members"
          head={
            <>
              <Th>Name</Th>
              <Th>Email</Th>
              <Th>Role</Th>
              <Th>Last active</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </>
          }
        >
          {all.data.map((member) => (
            <MemberRow
              key={member.id}
              place={place}
              viewer={viewer}
              member={member}
              isLastOwner={member.role === 'owner' && owners === 1}
            />
          ))}
        </Table>
      </PanelSection>
      <PanelSection title="Invite people" hint="They get a mail with a link that works for 7 days.">
        {viewer.mayManage && viewer.emailConfirmed && <InviteForm org={org} viewer={viewer} />}
        {viewer.mayManage && !viewer.emailConfirmed && <p>Confirm your own email address first, then invite others.</p>}
        {!viewer.mayManage && <p>{whoCan}</p>}
      </PanelSection>
      {open.data.length > 0 && (
        <PanelSection title={`Invitations (${open.data.length})`}>
          <Table
            caption="Invitations"
            head={
              <>
                <Th>Email</Th>
                <Th>Role</Th>
                <Th>Invited by</Th>
                <Th>Expires</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </>
            }
          >
            {open.data.map((invitation) => (
              <InvitationRow key={invitation.id} org={org} viewer={viewer} invitation={invitation} />
            ))}
          </Table>
        </PanelSection>
      )}
    </>
  )
}
