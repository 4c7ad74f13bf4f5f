'use client'
import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { providersOf } from '#lib/connections/client.ts'
import type { ProviderList, ProviderView } from '#lib/connections/schema.ts'
import { FirstRun } from './first-run.tsx'
import { dismissHint } from './hint-cookie.ts'
import { type HubFilter, isIn, newlyBroken, orderOf, passes, suggestions } from './hub-filter.ts'
import { HubRow } from './hub-row.tsx'
import { HubSummary } from './hub-summary.tsx'
import { focusFilter, HubToolbar } from './hub-toolbar.tsx'
import type { Place } from './place.ts'
import { Simulated } from './simulated.tsx'
import { asShown } from './slot-words.ts'
import { badgeOf, mainSlot, secondSlot } from './standing.ts'
import { StatusUnavailable } from './status-unavailable.tsx'
import { useHubFilter } from './use-hub-filter.ts'
import { useHubKeys } from './use-hub-keys.ts'

/** The rows share these columns, so that what is under one another lines up whatever is in it. The outer two hold the padding too. */
const columns = cx(
  'grid grid-cols-[2.5rem_minmax(0,1fr)_2.75rem] gap-x-3',
  '@min-[36rem]:grid-cols-[2.5rem_minmax(0,1fr)_minmax(0,11rem)_auto_2.75rem]',
  '@min-[52rem]:grid-cols-[2.5rem_minmax(8.5rem,auto)_minmax(0,1fr)_minmax(9rem,auto)_minmax(0,9rem)_auto_2.75rem]',
)

type HubProps = {
  initial: ProviderList
  place: Place
  isHintOff: boolean
  /** Whether the reader likes rows close together. */
  isCompact: boolean
}

/** The 13 providers, kept as they are at this moment: what is plugged in, what is broken, what to do. */
export function Hub({ initial, place, isHintOff, isCompact }: HubProps) {
  const { data, error, isFetching, refetch } = useQuery({
    ...providersOf(place.org.slug),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.checkedAt),
    select: asRows,
  })
  // rows keep their place while they are looked at, whatever the polling brings
  const [order] = useState(() => orderOf(initial.items))
  const [filter, setFilter] = useHubFilter(isCompact)
  const { items, builtIn } = data
  const rows = order.flatMap((id) => items.filter((provider) => provider.id === id && passes(provider, filter)))
  useBrokenNews(items)
  const refresh = async () => {
    const { isSuccess } = await refetch()
    announce(isSuccess ? 'Statuses are up to date.' : "Couldn't ask for the statuses.")
  }
  const clear = () => {
    setFilter(cleared(filter), 'push')
    focusFilter()
  }
  useHubKeys()
  return (
    <>
      <HubSummary
        items={items}
        checkedAt={data.checkedAt}
        isBusy={isFetching}
        onRefresh={() => void refresh()}
        onFilter={(state) => setFilter({ ...filter, state }, 'push')}
        isUnknown={error !== null}
      />
      <ValueLine items={items} isOff={isHintOff} />
      <Simulated items={items} />
      {error && <StatusUnavailable busy={isFetching} onRetry={() => void refresh()} />}
      <HubToolbar items={items} filter={filter} onChange={setFilter} />
      {rows.length > 0 ? (
        <Rows rows={rows} place={place} isCompact={filter.isCompact} isUnknown={error !== null} />
      ) : (
        <NothingMatches filter={filter} onClear={clear} />
      )}
      {builtIn.map(({ id, said }) => (
        <BuiltIn key={id} id={id} said={said} />
      ))}
      <FirstRun org={place.org.slug} seen="hub" />
    </>
  )
}

type Shown = Pick<ProviderList, 'checkedAt'> & {
  items: ProviderView[]
  /** What is said instead of a row. */
  builtIn: { id: string; said: string }[]
}

/** The providers that have a row, and what is said of those that came with the organization's site and have none. */
const asRows = ({ items, checkedAt }: ProviderList): Shown => ({
  checkedAt,
  items: items.filter(({ native }) => !native?.builtIn).map(asShown),
  builtIn: items.flatMap(({ id, native }) => (native?.builtIn ? [{ id, said: native.builtIn }] : [])),
})

function BuiltIn({ id, said }: { id: string; said: string }) {
  return (
    <p className="flex items-center gap-3 px-3 text-ink-2">
      <ProviderIcon provider={id} />
      {said}
    </p>
  )
}

type RowsProps = { rows: readonly ProviderView[]; place: Place; isCompact: boolean; isUnknown: boolean }

function Rows({ rows, place, isCompact, isUnknown }: RowsProps) {
  return (
    <div className="@container">
      <Panel as="ul" aria-label="Integrations" className={columns}>
        {rows.map((provider) => (
          <HubRow key={provider.id} provider={provider} place={place} isCompact={isCompact} isUnknown={isUnknown} />
        ))}
      </Panel>
    </div>
  )
}

/** Below this many connected providers the hub says why one connects more. */
const FEW = 5

function ValueLine({ items, isOff }: { items: readonly ProviderView[]; isOff: boolean }) {
  const [isDismissed, setIsDismissed] = useState(isOff)
  if (isDismissed || items.filter((provider) => isIn('connected', provider)).length >= FEW) return null
  const dismiss = () => {
    dismissHint()
    setIsDismissed(true)
    focusFilter()
  }
  return (
    <div className="-my-2 flex items-center justify-between gap-x-4 text-ink-2">
      <p>Each tool you connect adds context the others can use. Start with {startOf(items)}.</p>
      <Button variant="quiet" size="row" onClick={dismiss}>
        Dismiss
      </Button>
    </div>
  )
}

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** What to begin with, of what has a row. */
const startOf = (items: readonly ProviderView[]): string =>
  names.format(items.flatMap(({ id, name }) => (suggestions.includes(id) ? [name] : [])))

const cleared = ({ isCompact }: HubFilter): HubFilter => ({ state: null, q: '', category: '', owner: null, isCompact })

function NothingMatches({ filter, onClear }: { filter: HubFilter; onClear: () => void }) {
  const title = filter.q ? `No integrations match “${filter.q.trim()}”.` : 'No integrations match this filter.'
  return <EmptyState title={title} action={<Button onClick={onClear}>Clear filter</Button>} />
}

/** Says once, politely, what has broken since the last reading. */
function useBrokenNews(items: readonly ProviderView[]): void {
  const before = useRef(items)
  useEffect(() => {
    const broken = newlyBroken(before.current, items).map(sentenceOf)
    before.current = items
    if (broken.length > 0) announce(broken.join(' '))
  }, [items])
}

function sentenceOf(provider: ProviderView): string {
  const slots = [mainSlot(provider), secondSlot(provider)].filter((slot) => slot !== undefined)
  const slot = slots.find(({ signal }) => signal === 'amber' || signal === 'red')
  if (!slot) return ''
  const { text, reason } = badgeOf(provider.name, slot)
  return `${provider.name}: ${text}${reason ? `. ${reason}` : ''}.`
}
