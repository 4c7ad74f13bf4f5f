'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Place } from '#components/connections/place.ts'
import { LazyLeave } from '#components/people/lazy-leave.tsx'
import { announce } from '#components/ui/announce.ts'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { changeRole, membersOf, removeMember } from '#lib/tenancy/client.ts'
import { type MemberView, type RoleName, roleLabels } from '#lib/tenancy/schema.ts'
import type { Viewer } from './props.ts'
import { RoleSelect } from './role-select.tsx'

type Props = { place: Place; viewer: Viewer; member: MemberView; isLastOwner: boolean }

function useMember({ place: { org }, viewer, member }: Props) {
  const router = useRouter()
  const client = useQueryClient()
  const { queryKey } = membersOf(org.slug)
  const tell = (error: unknown) => {
    announce(problemOf(error).message, 'assertive')
    // what this person may do may have changed meanwhile: the page is drawn again for their present role
    if (problemOf(error).kind === 'forbidden') router.refresh()
  }
  const role = useMutation({
    mutationFn: (next: RoleName) => changeRole(org.slug, member.id, next),
    onSuccess: (changed) => {
      client.setQueryData(queryKey, (all) => all?.map((one) => (one.id === changed.id ? changed : one)))
      announce(`${changed.name} is now ${roleLabels[changed.role]}`)
      if (changed.id === viewer.id) router.refresh()
    },
    onError: tell,
  })
  const removal = useMutation({
    mutationFn: () => removeMember(org.slug, member.id),
    onSuccess: () => {
      if (member.id === viewer.id) return location.assign('/')
      client.setQueryData(queryKey, (all) => all?.filter((one) => one.id !== member.id))
      announce(`${member.name} was removed from ${org.name}`)
      router.refresh() // what they connected for everyone is listed now
    },
    onError: tell,
  })
  return { role, removal }
}

/** One member: their role to change, and the way out. */
export function MemberRow(props: Props) {
  const { place, viewer, member, isLastOwner } = props
  const { org } = place
  const { role, removal } = useMember(props)
  const [asking, setAsking] = useState<'remove' | 'owner' | null>(null)
  const isSelf = member.id === viewer.id
  const mayTouch = viewer.mayManage && (member.role !== 'owner' || viewer.role === 'owner')
  const failure = role.error ?? removal.error
  const choose = (next: RoleName) => (next === 'owner' ? setAsking('owner') : role.mutate(next))
  const leave = {
    type: 'action' as const,
    label: `Leave ${org.name}…`,
    tone: 'danger' as const,
    onSelect: () => setAsking('remove'),
  }
  const remove = { ...leave, label: `Remove from ${org.name}…` }
  const stay = {
    type: 'note' as const,
    label: isSelf ? `Leave ${org.name}` : `Remove from ${org.name}`,
    detail: 'Add another owner first.',
  }
  const menu = isLastOwner && (isSelf || mayTouch) ? stay : isSelf ? leave : mayTouch ? remove : null
  return (
    <Tr id={member.id}>
      <RowHead>
        {member.name}
        {isSelf && <span className="font-normal text-ink-3"> (you)</span>}
        {failure !== null && <p className="font-normal text-error text-small">{problemOf(failure).message}</p>}
      </RowHead>
      <Td label="Email">
        <span className="break-all">{member.email}</span>
      </Td>
      <Td label="Role">
        {mayTouch && !isLastOwner ? (
          <RoleSelect
            label={`Role of ${member.name}`}
            value={role.isPending ? role.variables : member.role}
            mayMakeOwner={viewer.role === 'owner'}
            busy={role.isPending}
            onChange={choose}
          />
        ) : (
          <>
            {roleLabels[member.role]}
            {mayTouch && <p className="text-ink-3 text-small">Add another owner first to change this.</p>}
          </>
        )}
      </Td>
      <Td label="Last active">{member.lastActiveAt ? <Time value={member.lastActiveAt} /> : 'Not yet'}</Td>
      <Td label="Actions" end>
        {menu && <MoreMenu label={`More actions for ${member.name}`} sections={[{ items: [menu] }]} />}
        {asking === 'owner' && (
          <AlertDialog
            title={`Make ${member.name} an owner?`}
            confirm="Make owner"
            tone="primary"
            onConfirm={() => {
              setAsking(null)
              role.mutate('owner')
            }}
            onClose={() => setAsking(null)}
          >
            <p>Owners can do everything here, also remove other owners and you.</p>
          </AlertDialog>
        )}
        {asking === 'remove' && (
          <LazyLeave
            place={place}
            member={member}
            isSelf={isSelf}
            busy={removal.isPending}
            onConfirm={() => removal.mutate(undefined, { onSettled: () => setAsking(null) })}
            onClose={() => setAsking(null)}
          />
        )}
      </Td>
    </Tr>
  )
}
