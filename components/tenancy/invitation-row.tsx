'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { invitationsOf, resendInvitation, revokeInvitation } from '#lib/tenancy/client.ts'
import { type InvitationView, roleLabels } from '#lib/tenancy/schema.ts'
import type { Place, Viewer } from './props.ts'

/** One open invitation, to be sent again or withdrawn. */
export function InvitationRow({ org, viewer, invitation }: { org: Place; viewer: Viewer; invitation: InvitationView }) {
  const client = useQueryClient()
  const { id, email, role, invitedBy, expiresAt } = invitation
  const refresh = () => client.invalidateQueries(invitationsOf(org.slug))
  const onError = (error: unknown) => announce(problemOf(error).message, 'assertive')
  const resend = useMutation({
    mutationFn: () => resendInvitation(org.slug, id),
    onSuccess: ({ mailed }) => {
      announce(mailed ? `Sent to ${email} again` : `The mail to ${email} could not be sent`)
      return refresh()
    },
    onError,
  })
  const revoke = useMutation({
    mutationFn: () => revokeInvitation(org.slug, id),
    onSuccess: () => {
      announce(`The invitation of ${email} was withdrawn`)
      return refresh()
    },
    onError,
  })
  const failure = resend.error ?? revoke.error
  const isBusy = resend.isPending || revoke.isPending
  const mayTouch = viewer.mayManage && (role !== 'owner' || viewer.role === 'owner')
  return (
    <Tr id={id}>
      <RowHead>
        <span className="break-all">{email}</span>
        {failure !== null && <p className="font-normal text-error text-small">{problemOf(failure).message}</p>}
        {resend.data && (
          <p className="font-normal text-ink-3 text-small">
            {resend.data.mailed ? 'Sent again. The link before it no longer works.' : 'The mail could not be sent.'}
          </p>
        )}
      </RowHead>
      <Td label="Role">{roleLabels[role]}</Td>
      <Td label="Invited by">{invitedBy ?? 'Somebody who left'}</Td>
      <Td label="Expires">
        <Time value={expiresAt} />
      </Td>
      <Td label="Actions" end>
        {mayTouch && (
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              size="row"
              busy={resend.isPending}
              aria-label={`Resend the invitation of ${email}`}
              onClick={() => !isBusy && resend.mutate()}
            >
              Resend
            </Button>
            <Button
              size="row"
              busy={revoke.isPending}
              aria-label={`Revoke the invitation of ${email}`}
              onClick={() => !isBusy && revoke.mutate()}
            >
              Revoke
            </Button>
          </div>
        )}
      </Td>
    </Tr>
  )
}
