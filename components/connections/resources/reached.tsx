'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '#components/boards/palette/levels.ts'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { RowHead, Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { KindView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { namesOf } from '#lib/resources/client.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import { adminsOnly, type Place } from '../place.ts'
import { useProvider } from '../use-provider.ts'

const readable: readonly SlotView['status'][] = ['connected', 'error', 'connecting', 'verifying']

/** What the organization's connection of a provider reaches, where each person has an account of their own: names only. */
export function Reached({ initial, place }: { initial: ProviderView; place: Place }) {
  const provider = useProvider(place.org.slug, initial)
  const { name, enabled, may } = provider
  const slot = provider.slots.find((one) => one.slot === 'organization')
  const kinds = provider.kinds.filter(({ isContainer }) => isContainer)
  if (!slot) return null
  const status = slot.beneath?.status ?? slot.status
  const connection = enabled && readable.includes(status) ? slot.connection : null
  const all = new Intl.ListFormat('en').format(kinds.map((kind) => plural(kind).toLowerCase()))
  if (!may.configure)
    return (
      <PanelSection title="What the organization’s connection reaches">
        <p className="text-ink-2">{adminsOnly(`see which ${all} it reaches`, place.admins)}</p>
      </PanelSection>
    )
  if (!connection)
    return (
      <PanelSection title="What the organization’s connection reaches">
        <EmptyState title={`${name} is not connected for ${place.org.name}.`}>
          Its {all} appear here once it is.
        </EmptyState>
      </PanelSection>
    )
  return (
    <>
      <p className="max-w-read">
        What {connection.account.label} shows the organization’s connection, by name. Nothing else is shown through it:
        each person reads cards with their own {name} account.
      </p>
      {kinds.map((kind) => (
        <Names key={kind.id} {...{ provider, kind }} org={place.org.slug} connection={connection.id} />
      ))}
    </>
  )
}

type NamesProps = { provider: ProviderView; kind: KindView; org: string; connection: string }

const isMeant = (typed: string) => {
  const words = typed.trim().toLowerCase()
  return ({ title, container = '' }: ResourceView) => `${title} ${container}`.toLowerCase().includes(words)
}

function Names({ provider, kind, org, connection }: NamesProps) {
  const [typed, setTyped] = useState('')
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    namesOf(org, connection, kind.id),
  )
  const many = plural(kind)
  const rows = data?.pages.flatMap(({ items }) => items)
  const shown = rows?.filter(isMeant(typed)) ?? []
  return (
    <PanelSection title={many}>
      {error && (
        <Notice
          tone="error"
          live="status"
          actions={
            <Button size="row" busy={isFetching} onClick={isFetching ? undefined : () => void refetch()}>
              Retry
            </Button>
          }
        >
          {problemOf(error).message}
        </Notice>
      )}
      {!rows && !error && (
        <Loading what={many.toLowerCase()} className="grid gap-3">
          <Skeleton className="h-40" />
        </Loading>
      )}
      {rows && (
        <div className="grid gap-3">
          {rows.length > 5 && (
            <Input
              type="search"
              aria-label={`Search ${many.toLowerCase()}`}
              placeholder={`Search ${many.toLowerCase()}`}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
          {shown.length > 0 ? (
            <List rows={shown} kind={kind} caption={`${many} of ${provider.name}`} />
          ) : (
            <EmptyState title={rows.length === 0 ? `No ${many.toLowerCase()}.` : `Nothing for “${typed.trim()}”.`} />
          )}
          {hasNextPage && (
            <div>
              <Button busy={isFetching} onClick={isFetching ? undefined : () => void fetchNextPage()}>
                Load more
              </Button>
            </div>
          )}
        </div>
      )}
    </PanelSection>
  )
}

type ListProps = { rows: readonly ResourceView[]; kind: KindView; caption: string }

function List({ rows, kind, caption }: ListProps) {
  const hasContainer = rows.some(({ container }) => container !== undefined)
  return (
    <Table
      caption={caption}
      head={
        <>
          <Th>{kind.name}</Th>
          {hasContainer && <Th>In</Th>}
          <Th>Private</Th>
        </>
      }
    >
      {rows.map(({ id, title, container, isPrivate }) => (
        <Tr key={id} data-row={id}>
          <RowHead className="wrap-anywhere">{title}</RowHead>
          {hasContainer && <Td label="In">{container}</Td>}
          <Td label="Private">
            {isPrivate && (
              <span className="flex items-center gap-1 whitespace-nowrap text-ink-2">
                <Jack name="lock" />
                Private
              </span>
            )}
          </Td>
        </Tr>
      ))}
    </Table>
  )
}
