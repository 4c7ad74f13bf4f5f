'use client'
import { useRef, useState } from 'react'
import { plural } from '#components/boards/palette/levels.ts'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { LoadMore } from '#components/ui/load-more.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { adminsOnly, type Place } from '../place.ts'
import { isThere } from '../slot-words.ts'
import { mainSlot } from '../standing.ts'
import { useProvider } from '../use-provider.ts'
import { Found, type Shown } from './found.tsx'
import { type Containers, useContainers } from './use-containers.ts'

/** What of a provider is available on boards, for those who decide it and those who want to know. */
export function Resources({ initial, place }: { initial: ProviderView; place: Place }) {
  const provider = useProvider(place.org.slug, initial)
  const slot = mainSlot(provider)
  const kind = provider.kinds.find(({ id }) => id === provider.sharing?.kind)
  if (!slot || !kind) return null
  const many = plural(kind)
  const connection = readable(provider, slot)
  return (
    <PanelSection
      title={`${many} on boards`}
      hint={`${many} are available on boards unless they are turned off here; private ones only once they are turned on. Cards of what is off show nothing to anybody.`}
    >
      {connection ? (
        <List
          key={connection}
          {...{ provider, place, connection, kind: kind.id, kindName: kind.name, many: many.toLowerCase() }}
        />
      ) : (
        <Closed provider={provider} slot={slot} many={many.toLowerCase()} />
      )}
    </PanelSection>
  )
}

const readableStatuses: readonly SlotView['status'][] = ['connected', 'error', 'connecting', 'verifying']

/** The connection through which the list can be read; null where there is none now. */
function readable({ enabled }: ProviderView, slot: SlotView): string | null {
  const status = slot.beneath?.status ?? slot.status
  return enabled && slot.connection && readableStatuses.includes(status) ? slot.connection.id : null
}

function Closed({ provider: { name, enabled }, slot, many }: { provider: ProviderView; slot: SlotView; many: string }) {
  if (!enabled)
    return <EmptyState title={`${name} is disabled.`}>Its {many} appear here once it is enabled.</EmptyState>
  return (
    <EmptyState title={isThere(slot) ? `${name} has to be connected again.` : `${name} is not connected.`}>
      Its {many} appear here once it is.
    </EmptyState>
  )
}

function List(shown: Shown) {
  const { provider, place, connection, kind, many } = shown
  const org = place.org.slug
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const containers = useContainers(org, connection, kind, typed)
  const { rows, isNone, failure, isBusy, retry, more } = containers
  if (rows === null && failure === null) return <Waiting many={many} />
  return (
    <div className="grid gap-3">
      <Troubles containers={containers} name={provider.name} />
      {provider.may.configure || (
        <p className="text-ink-2">{adminsOnly('change what is available on boards', place.admins)}</p>
      )}
      {isNone ? (
        <None text={provider.sharing?.none ?? ''} isAdmin={provider.may.configure} many={many} />
      ) : (
        rows && (
          <>
            <Input
              ref={field}
              type="search"
              aria-label={`Search ${many}`}
              placeholder={`Search ${many}`}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <Found {...shown} containers={containers} rows={rows} typed={typed} onType={() => field.current?.focus()} />
          </>
        )
      )}
      {rows === null && (
        <div>
          <Button busy={isBusy} onClick={isBusy ? undefined : retry}>
            Retry
          </Button>
        </div>
      )}
      {more && <LoadMore busy={more.isBusy} onMore={more.load} />}
    </div>
  )
}

const Waiting = ({ many }: { many: string }) => (
  <Loading what={many} className="grid gap-3">
    <Skeleton className="h-8" />
    <Skeleton className="h-64" />
  </Loading>
)

/** Why the list is an old one, or could not be read. */
function Troubles({ containers, name }: { containers: Containers; name: string }) {
  const { rows, message, failure, asOf, isBusy, retry } = containers
  if (failure === null && message === null) return null
  const again = (
    <Button size="row" busy={isBusy} onClick={isBusy ? undefined : retry}>
      Retry
    </Button>
  )
  return (
    <Notice tone={failure ? 'error' : 'warn'} live="status" actions={rows && again}>
      {failure ?? `${message ?? name}.`}{' '}
      {rows && asOf && (
        <>
          This is the list as of <Time value={asOf} />.
        </>
      )}
    </Notice>
  )
}

/** A provider's own words, with what is typed somewhere between backticks. */
function None({ text, isAdmin, many }: { text: string; isAdmin: boolean; many: string }) {
  if (!isAdmin) return <EmptyState title={`No ${many} are available on boards.`} />
  const [first = '', ...rest] = text.split(/(?<=\.) /)
  const parts = rest.join(' ').split('`')
  return (
    <EmptyState title={first}>
      {parts.map((part, n) => (n % 2 === 1 ? <code key={part}>{part}</code> : part))}
    </EmptyState>
  )
}
