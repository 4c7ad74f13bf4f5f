'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import type { Place } from '#components/connections/place.ts'
import { announce } from '#components/ui/announce.ts'
import { counted } from '#components/ui/counted.ts'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { leavingOf } from '#lib/people/client.ts'
import type { LeavingView } from '#lib/people/schema.ts'
import { HandOver } from './hand-over.tsx'

type Props = {
  place: Place
  member: { id: string; name: string }
  /** It is oneself who leaves. */
  isSelf: boolean
  busy: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before somebody leaves: what ends with them, what needs another owner first, what stays. */
export function LeaveDialog({ place, member, isSelf, busy, onConfirm, onClose }: Props) {
  const { org } = place
  const leaving = useQuery(leavingOf(org.slug, member.id))
  const who = isSelf ? 'You lose' : `${member.name} loses`
  useToldLate(leaving)
  return (
    <AlertDialog
      title={isSelf ? `Leave ${org.name}?` : `Remove ${member.name}?`}
      confirm={isSelf ? 'Leave' : 'Remove'}
      busy={busy || leaving.isPending}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1 ps-4">
        <li>
          {who} access to {org.name} at once.
        </li>
        {!isSelf && <li>They are signed out of every browser.</li>}
        {leaving.data && <Ends leaving={leaving.data} isSelf={isSelf} />}
      </ul>
      {leaving.isPending && <Counting />}
      {leaving.isError && (
        <p>
          Couldn't check what {isSelf ? 'you' : member.name} connected. Own accounts are disconnected and deleted all
          the same.
        </p>
      )}
      {leaving.data && leaving.data.connections.length > 0 && (
        <Orphans connections={leaving.data.connections} maker={member.id} place={place} isSelf={isSelf} />
      )}
    </AlertDialog>
  )
}

/** The dialog was read out when it opened, before this was known. */
function useToldLate({ data, isError }: { data: LeavingView | undefined; isError: boolean }): void {
  useEffect(() => {
    if (isError) announce("Couldn't check what was connected.")
    if (!data) return
    const ends = data.accounts.map(({ name }) => name)
    const lines = [
      ends.length > 0 && `Disconnected and deleted: ${names.format(ends)}.`,
      data.connections.length > 0 && `${orphansWords(data.connections)}.`,
    ]
    announce(lines.filter(Boolean).join(' '))
  }, [data, isError])
}

const Counting = () => (
  <Loading what="what ends with them" className="grid gap-1.5">
    <Skeleton className="h-5 w-64" />
    <Skeleton className="h-5 w-48" />
  </Loading>
)

const names = new Intl.ListFormat('en', { type: 'conjunction' })

function Ends({ leaving: { accounts, boards, tokens }, isSelf }: { leaving: LeavingView; isSelf: boolean }) {
  const own = isSelf ? 'Your' : 'Their'
  const count = accounts.length === 1 ? 'personal connection is' : `${accounts.length} personal connections are`
  return (
    <>
      {accounts.length > 0 ? (
        <li>
          {own} {count} disconnected and deleted: {names.format(accounts.map(({ name }) => name))}.
        </li>
      ) : (
        <li>{isSelf ? 'You have' : 'They have'} no personal connection here.</li>
      )}
      {tokens > 0 && (
        <li>
          {own} {tokens === 1 ? 'API token stops' : `${tokens} API tokens stop`} working.
        </li>
      )}
      <li>{boards > 0 ? boardsStay(boards, isSelf) : 'Boards stay.'}</li>
    </>
  )
}

function boardsStay(boards: number, isSelf: boolean): ReactNode {
  const by = isSelf ? 'you' : 'they'
  return boards === 1 ? `The board ${by} made stays.` : `The ${boards} boards ${by} made stay.`
}

const orphansWords = ({ length }: LeavingView['connections']): string =>
  `${counted(length, 'connection')} will need a new owner`

type OrphansProps = { connections: LeavingView['connections']; maker: string; place: Place; isSelf: boolean }

function Orphans({ connections, maker, place, isSelf }: OrphansProps) {
  return (
    <div className="grid gap-2 rounded-control border border-line bg-paper px-3 py-2.5">
      <p className="font-medium">{orphansWords(connections)}</p>
      {isSelf ? (
        <p>
          You made {names.format(connections.map(({ name, account }) => `${name} (${account})`))} for everyone. They go
          on working until another owner or admin takes them over.
        </p>
      ) : (
        <ul className="grid gap-3">
          {connections.map((connection) => (
            <HandOver key={connection.provider} named={connection} maker={maker} place={place} />
          ))}
        </ul>
      )}
    </div>
  )
}
