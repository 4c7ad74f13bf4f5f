'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Time } from '#components/ui/time.tsx'
import { peopleOf, remind } from '#lib/people/client.ts'
import type { RemindedView, ReminderView } from '#lib/people/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

type Props = { org: string; provider: { id: string; name: string }; reminder: ReminderView }

const members = (count: number): string => (count === 1 ? '1 member' : `${count} members`)

/** What became of a press, in words. */
const saidOf = ({ sent, last }: RemindedView): string =>
  sent ? `Reminded ${members(last.count)}.` : `${last.by} sent one already. One reminder goes out a day.`

/** Asks those who have not connected; a second press within a day says when the first one was. */
export function Reminder({ org, provider, reminder: { waiting, last } }: Props) {
  const queries = useQueryClient()
  const reminding = useMutation({
    mutationFn: () => remind(org, provider.id),
    onSuccess: async (told) => {
      announce(saidOf(told))
      await queries.invalidateQueries({ queryKey: peopleOf(org, provider.id).queryKey })
    },
    onError: (error) => announce(problemOf(error).message, 'assertive'),
  })
  const { data, error, isPending } = reminding
  if (waiting === 0 && !data) return null
  return (
    <div className="grid justify-items-start gap-1 sm:justify-items-end">
      <Button busy={isPending} onClick={isPending ? undefined : () => reminding.mutate()}>
        Remind {members(waiting)}
      </Button>
      {error && <p className="text-error text-small">{problemOf(error).message}</p>}
      {data ? <Outcome told={data} /> : last && <LastTime last={last} />}
    </div>
  )
}

function Outcome({ told }: { told: RemindedView }) {
  if (told.sent) return <p className="text-ok text-small">{saidOf(told)}</p>
  return (
    <p className="text-ink-2 text-small">
      {told.last.by} reminded them <Time form="precise" value={told.last.at} />. One reminder goes out a day.
    </p>
  )
}

const LastTime = ({ last }: { last: RemindedView['last'] }) => (
  <p className="text-ink-3 text-small">
    Last reminded <Time form="precise" value={last.at} /> by {last.by}
  </p>
)
