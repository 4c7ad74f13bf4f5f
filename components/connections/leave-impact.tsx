import { useEffect } from 'react'
import { announce } from '#components/ui/announce.ts'
import { counted } from '#components/ui/counted.ts'
import { Details } from '#components/ui/details.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import type { ImpactView } from '#lib/connections/leave-schema.ts'
import { boardsWords, impactLines } from './impact-words.ts'

type Props = { impact: ImpactView | undefined; isCounting: boolean; isError: boolean; name: string }

/** What disconnecting touches; for as long as that is counted, that it is; and that it is not known where it cannot be. */
export function LeaveImpact({ impact, isCounting, isError, name }: Props) {
  // the dialog was read out when it opened, before this was known
  const unknown = `${isError ? `Couldn't check what uses ${name}.` : 'Impact unknown.'} You can disconnect without knowing.`
  const late = impact ? boardsWords(impact, name) : isCounting ? '' : unknown
  useEffect(() => {
    if (late) announce(late)
  }, [late])
  if (impact) return <Known impact={impact} name={name} />
  if (isCounting)
    return (
      <Loading what="what disconnecting touches" className="grid gap-1.5">
        <Skeleton className="h-5 w-64" />
        <Skeleton className="h-5 w-48" />
      </Loading>
    )
  return <p>{unknown}</p>
}

function Known({ impact, name }: { impact: ImpactView; name: string }) {
  return (
    <div className="grid gap-1">
      <p className="font-semibold">{boardsWords(impact, name)}</p>
      <BoardsShown impact={impact} />
      {impactLines(impact, name).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

/** The boards by name, folded away; nothing where there are none. */
export function BoardsShown({ impact: { boards, cards, shownOn } }: { impact: ImpactView }) {
  if (boards === 0) return null
  const more = boards - shownOn.length
  return (
    <Details summary={`${boards === 1 ? 'Which board' : 'Which boards'} (${counted(cards, 'card')})`}>
      <ul
        className="grid max-h-40 list-disc gap-0.5 overflow-y-auto ps-5"
        tabIndex={shownOn.length > 7 ? 0 : undefined}
      >
        {shownOn.map(({ id, name, cards }) => (
          <li key={id} className="wrap-anywhere">
            {name} <span className="text-ink-3">{counted(cards, 'card')}</span>
          </li>
        ))}
        {more > 0 && <li>and {counted(more, 'more board', 'more boards')}</li>}
      </ul>
    </Details>
  )
}
