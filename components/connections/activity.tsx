'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { ErrorDetails } from '#components/ui/details.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { LoadMore } from '#components/ui/load-more.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ActivityList, ActivityView } from '#lib/connections/activity-schema.ts'
import { activityOf } from '#lib/connections/client.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { Mend } from './mend.tsx'
import type { Place } from './place.ts'

type Props = { place: Place; provider: ProviderView; onlyProblems: boolean; initial: ActivityList }

/** What happened at a provider, newest first: what people did and what its connections met. */
export function Activity({ place, provider, onlyProblems, initial }: Props) {
  const activity = useInfiniteQuery({
    ...activityOf(place.org.slug, provider.id, onlyProblems ? 'problem' : undefined),
    initialData: { pages: [initial], pageParams: [''] },
  })
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = activity
  const items = data.pages.flatMap((page) => page.items)
  return (
    <div ref={useFocus(items.length)} className="grid gap-4">
      <LevelFilter onlyProblems={onlyProblems} />
      {items.length === 0 ? (
        <EmptyState title={onlyProblems ? 'No problems have been met.' : 'Nothing has happened yet.'} />
      ) : (
        <Panel as="ol" aria-label={`Activity of ${provider.name}`}>
          {items.map((item) => (
            <Entry key={item.id} item={item}>
              {isNewest(item, items) && <Mend connectionId={item.connectionId} {...{ provider, place }} />}
            </Entry>
          ))}
        </Panel>
      )}
      {error && <NotLoaded activity={activity} />}
      {hasNextPage && <LoadMore busy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
    </div>
  )
}

/** Whether nothing newer is told of the connection that met this problem. */
const isNewest = ({ id, level, connectionId }: ActivityView, items: readonly ActivityView[]): boolean =>
  level === 'problem' && items.find((other) => other.connectionId === connectionId)?.id === id

/** What was asked for gets the focus: the newest problem for who comes from View logs, later the first row that is new. */
function useFocus(count: number): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (location.hash === '#failure') list.current?.querySelector<HTMLElement>('li[data-level="problem"]')?.focus()
  }, [])
  const before = useRef(count)
  useEffect(() => {
    const from = before.current
    before.current = count
    if (count <= from) return
    list.current?.querySelectorAll<HTMLElement>('li')[from]?.focus()
    announce(`${count - from} more.`)
  }, [count])
  return list
}

type Loading = Pick<ReturnType<typeof useInfiniteQuery>, 'isFetching' | 'isFetchNextPageError' | 'refetch'>

function NotLoaded({ activity: { isFetching, isFetchNextPageError, refetch } }: { activity: Loading }) {
  const retry = (
    <Button size="row" busy={isFetching} onClick={isFetching ? undefined : () => void refetch()}>
      Retry
    </Button>
  )
  return (
    <Notice tone="error" live="alert" actions={!isFetchNextPageError && retry}>
      {isFetchNextPageError
        ? "Couldn't load more of the activity. Choose Load 50 more to try again."
        : "Couldn't load the activity again. What you see is what was loaded before."}
    </Notice>
  )
}

function LevelFilter({ onlyProblems }: { onlyProblems: boolean }) {
  const path = usePathname()
  const look =
    'inline-block min-h-7 rounded-control border border-transparent px-2 py-1 text-small aria-[current=true]:border-line aria-[current=true]:bg-inset aria-[current=true]:font-semibold hover:bg-inset pointer-coarse:min-h-11'
  return (
    <nav aria-label="Which activity" className="flex gap-1">
      <Link prefetch={false} href={path} aria-current={!onlyProblems} className={look}>
        Everything
      </Link>
      <Link prefetch={false} href={`${path}?level=problem`} aria-current={onlyProblems} className={look}>
        Only problems
      </Link>
    </nav>
  )
}

type EntryProps = { item: ActivityView; children: ReactNode }

function Entry({ item: { at, level, who, what, explanation, requestId }, children }: EntryProps) {
  const isProblem = level === 'problem'
  return (
    <li
      tabIndex={-1}
      data-level={level}
      className="grid gap-x-6 gap-y-1 px-4 py-2.5 -outline-offset-2 focus:bg-inset sm:grid-cols-[13.5rem_minmax(0,1fr)]"
    >
      <p className="text-ink-3 text-small">
        <Time form="absolute" value={at} />
      </p>
      <div className="grid gap-1">
        <p className="flex gap-2">
          {isProblem && <Jack name="attention" className="mt-0.5 text-warn-icon" />}
          <span>
            {isProblem && <span className="sr-only">Problem: </span>}
            <strong className="font-semibold">{who}</strong> {what}
          </span>
        </p>
        {explanation && <p className="text-ink-2">{explanation}</p>}
        {requestId && <ErrorDetails requestId={requestId} />}
        {children}
      </div>
    </li>
  )
}
