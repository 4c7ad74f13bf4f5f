'use client'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Table, Th } from '#components/ui/table.tsx'
import { useFocusAfterRemoval } from '#components/ui/use-focus-after-removal.ts'
import { peopleOf } from '#lib/people/client.ts'
import type { PeopleView } from '#lib/people/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { PersonRow } from './person-row.tsx'
import { Reminder } from './reminder.tsx'

type Props = { org: string; provider: { id: string; name: string }; initial: PeopleView }

const isMissing = ({ status }: PeopleView['people'][number]): boolean => status !== 'connected'

/** Who of the organization has connected their own account at a provider; a member sees themselves and the count. */
export function People({ org, provider, initial }: Props) {
  const people = useQuery({ ...peopleOf(org, provider.id), initialData: initial })
  const [onlyMissing, setOnlyMissing] = useOnlyMissing()
  const { coverage, reminder } = people.data
  // a member sees one row, their own: nothing to narrow, and its absence says nothing of the others
  const isNarrowed = onlyMissing && people.data.people.length > 1
  const rows = people.data.people.filter((person) => !isNarrowed || isMissing(person))
  useFocusAfterRemoval(rows.map(({ id }) => id))
  const isNobody = coverage.connected === 0 && reminder !== null && reminder.waiting > 0
  return (
    <PanelSection
      title="People"
      hint={
        isNobody
          ? 'Nobody has connected yet. Send a reminder?'
          : `${coverage.connected} of ${coverage.members} connected`
      }
      actions={reminder && <Reminder org={org} provider={provider} reminder={reminder} />}
    >
      {people.error && <NotLoaded people={people} />}
      {people.data.people.length > 1 && (
        <Checkbox
          label="Not connected"
          checked={onlyMissing}
          onChange={({ target }) => setOnlyMissing(target.checked)}
        />
      )}
      {rows.length > 0 ? (
        <PeopleTable {...{ org, provider, rows }} />
      ) : (
        <EmptyState title={`Everybody has connected ${provider.name}.`} />
      )}
    </PanelSection>
  )
}

type Asked = Pick<ReturnType<typeof useQuery>, 'error' | 'isFetching' | 'refetch'>

function NotLoaded({ people: { error, isFetching, refetch } }: { people: Asked }) {
  return (
    <Notice
      tone="error"
      live="alert"
      title={problemOf(error).message}
      actions={
        <Button size="row" busy={isFetching} onClick={() => void refetch({ cancelRefetch: false })}>
          Retry
        </Button>
      }
    >
      What you see is what was loaded before.
    </Notice>
  )
}

/** The filter lives in the address: reload, Back and a shared link bring it back. What is chosen is shown at once. */
function useOnlyMissing(): [boolean, (is: boolean) => void] {
  const is = useSearchParams().get('state') === 'missing'
  const [chosen, setChosen] = useState(is)
  const [seen, setSeen] = useState(is)
  if (seen !== is) {
    setSeen(is)
    setChosen(is)
  }
  const set = (on: boolean) => {
    setChosen(on)
    history.pushState(null, '', on ? '?state=missing' : location.pathname)
  }
  return [chosen, set]
}

type TableProps = Pick<Props, 'org' | 'provider'> & { rows: PeopleView['people'] }

function PeopleTable({ org, provider, rows }: TableProps) {
  return (
    <Table
      widths={['w-[22%]', 'w-[24%]', '', 'w-[20%]', 'w-16']}
      caption={`People and their ${provider.name} accounts`}
      head={
        <>
          <Th>Member</Th>
          <Th>Account</Th>
          <Th>Status</Th>
          <Th>Last used</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </>
      }
    >
      {rows.map((person) => (
        <PersonRow key={person.id} org={org} provider={provider} person={person} />
      ))}
    </Table>
  )
}
