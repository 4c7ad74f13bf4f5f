'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Badge } from '#components/ui/badge.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { OwnTime, Time } from '#components/ui/time.tsx'
import { disconnect, standingsOf } from '#lib/connections/client.ts'
import { badgeText } from '#lib/connections/status.ts'
import type { PersonStandingView } from '#lib/people/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

type Props = { org: string; provider: { id: string; name: string }; person: PersonStandingView }

/** One member's own account: which, how it fares, when it was last read through, and the end of it. */
export function PersonRow({ org, provider, person }: Props) {
  const { status, signal, reason, account, lastUsedAt, endable } = person
  const ending = useEnding({ org, person })
  return (
    <Tr id={person.id}>
      <RowHead>
        {person.name}
        {person.isSelf && <span className="font-normal text-ink-3"> (you)</span>}
        {ending.data && <p className="font-normal text-ink-2 text-small">{ending.data.detail}</p>}
        {ending.error && <p className="font-normal text-error text-small">{problemOf(ending.error).message}</p>}
      </RowHead>
      <Td label="Account">{endable ? <span className="break-all">{account ?? <Hidden />}</span> : undefined}</Td>
      <Td label="Status">
        <Badge
          status={status}
          signal={signal}
          text={badgeText(status, provider.name)}
          {...(reason ? { reason } : {})}
        />
        {reason && (
          <p className="text-ink-3 text-small">
            <OwnTime>{reason}</OwnTime>
          </p>
        )}
      </Td>
      <Td label="Last used">{endable ? lastUsedAt ? <Time value={lastUsedAt} /> : 'Not yet' : undefined}</Td>
      <Td label="Actions" end>
        {endable ? <Ending provider={provider.name} person={person} id={endable} ending={ending} /> : undefined}
      </Td>
    </Tr>
  )
}

type EndingProps = { provider: string; person: PersonStandingView; id: string; ending: ReturnType<typeof useEnding> }

/** The way to end somebody's account, and the question before. */
function Ending({ provider, person: { name, isSelf }, id, ending }: EndingProps) {
  const [isAsking, setIsAsking] = useState(false)
  const end = {
    type: 'action' as const, // as const: one of the kinds of items
    label: isSelf ? 'Disconnect your account…' : 'Disconnect their account…',
    tone: 'danger' as const,
    onSelect: () => setIsAsking(true),
  }
  return (
    <>
      <MoreMenu label={`More actions for ${name}`} sections={[{ items: [end] }]} />
      {isAsking && (
        <EndDialog
          name={isSelf ? 'your' : `${name}'s`}
          provider={provider}
          isSelf={isSelf}
          busy={ending.isPending}
          onConfirm={() => ending.mutate(id, { onSettled: () => setIsAsking(false) })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}

const Hidden = () => <span className="text-ink-3">An address only they see</span>

function useEnding({ org, person }: Pick<Props, 'org' | 'person'>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => disconnect(org, id),
    onSuccess: async ({ detail }) => {
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      announce(`${person.name} disconnected. ${detail}`)
    },
    onError: (error) => announce(problemOf(error).message, 'assertive'),
  })
}

type DialogProps = {
  /** Whose account: "your", "Priya's". */
  name: string
  provider: string
  isSelf: boolean
  busy: boolean
  onConfirm: () => void
  onClose: () => void
}

function EndDialog({ name, provider, isSelf, busy, onConfirm, onClose }: DialogProps) {
  return (
    <AlertDialog
      title={`Disconnect ${name} ${provider} account?`}
      confirm={`Disconnect ${provider}`}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1 ps-4">
        <li>{isSelf ? 'Only your own cards change.' : 'Only their own cards change.'}</li>
        <li>
          The token is revoked and deleted, unless another connection uses it or {provider} lets nobody revoke it from
          here. Every copy of a card read through it is deleted.
        </li>
        <li>{isSelf ? 'You' : 'They'} can connect again at any time.</li>
      </ul>
    </AlertDialog>
  )
}
