'use client'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { type HubGroup, isIn } from './hub-filter.ts'

type Props = {
  items: readonly ProviderView[]
  checkedAt: string
  isBusy: boolean
  isUnknown: boolean
  onRefresh: () => void
  onFilter: (state: HubGroup) => void
}

/** How many are plugged in and how many are broken; each number leads to those it counts. */
export function HubSummary({ items, checkedAt, isBusy, isUnknown, onRefresh, onFilter }: Props) {
  const count = (group: HubGroup) => items.filter((provider) => isIn(group, provider)).length
  const asked = items.reduce((sum, { requests }) => sum + requests.length, 0)
  const link = (group: HubGroup, number: number, words: string) => (
    <Link
      prefetch={false}
      href={`?state=${group}`}
      className="inline-block min-h-6 rounded-badge py-0.5 hover:underline pointer-coarse:py-3"
      onClick={(event) => {
        event.preventDefault()
        onFilter(group)
      }}
    >
      <strong className="font-semibold tabular-nums">{number}</strong> {words}
    </Link>
  )
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-line border-y py-2.5">
      {!isUnknown && link('connected', count('connected'), `of ${items.length} connected`)}
      {!isUnknown &&
        link('attention', count('attention'), count('attention') === 1 ? 'needs attention' : 'need attention')}
      {count('rotation') > 0 &&
        link('rotation', count('rotation'), count('rotation') === 1 ? 'rotation due' : 'rotations due')}
      {asked > 0 && link('requested', asked, asked === 1 ? 'request' : 'requests')}
      {/* a line of its own on phones, so that nothing below moves when the time becomes the reader's */}
      <div className="flex min-w-0 items-center gap-x-6 max-sm:basis-full sm:contents">
        <p className="min-w-0 truncate text-ink-3 text-small max-sm:flex-1">
          Checked <Time value={checkedAt} />
        </p>
        <Button
          variant="quiet"
          size="row"
          busy={isBusy}
          className="-my-1 sm:ms-auto"
          onClick={isBusy ? undefined : onRefresh}
        >
          Refresh statuses
        </Button>
      </div>
    </div>
  )
}
