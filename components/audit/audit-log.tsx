'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'
import { counted } from '#components/ui/counted.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LoadMore } from '#components/ui/load-more.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Table, Th } from '#components/ui/table.tsx'
import { auditOf } from '#lib/audit/client.ts'
import type { AuditPage } from '#lib/audit/schema.ts'
import { AuditChips } from './audit-chips.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditRow } from './audit-row.tsx'
import { type Choices, useAuditFilter } from './use-audit-filter.ts'

type Props = Choices & { org: string; query: string; initial: AuditPage; seesAddresses: boolean }

const withAddress = [
  ['Time', 'w-44 lg:w-60'],
  ['Event', ''],
  ['Result', 'w-28'],
  ['Address', 'w-36 lg:w-40'],
] as const // as const: pairs

/** What was done in the organization, newest first, narrowed by what the address says. */
export function AuditLog({ org, query, initial, seesAddresses, ...choices }: Props) {
  const filter = useAuditFilter(query)
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(auditOf(org, query, initial))
  const items = data.pages.flatMap((page) => page.items)
  const total = counted(initial.total, 'event')
  useToldCount(query, total)
  const toolName = (id: string) => choices.tools.find(([one]) => one === id)?.[1] ?? id
  const columns = seesAddresses ? withAddress : withAddress.slice(0, -1)
  return (
    <div className="grid gap-4" aria-busy={filter.isPending || undefined}>
      <AuditFilters filter={filter} {...choices} />
      <AuditChips filter={filter} {...choices} />
      <p className="text-ink-2 text-small" data-total>
        {total}
      </p>
      {items.length === 0 ? (
        <EmptyState title="No events match. Widen the dates." />
      ) : (
        <Table
          caption="Audit log"
          widths={columns.map(([, width]) => width)}
          head={columns.map(([name]) => <Th key={name}>{name}</Th>)}
        >
          {items.map((event) => (
            <AuditRow key={event.id} {...{ event, toolName, seesAddresses }} />
          ))}
        </Table>
      )}
      {error && (
        <Notice tone="error" live="alert">
          Couldn't load more of the log. Choose Load 50 more to try again.
        </Notice>
      )}
      {hasNextPage && <LoadMore busy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
    </div>
  )
}

/** Says how many events there are when the filter has changed. */
function useToldCount(query: string, total: string): void {
  const told = useRef(query)
  useEffect(() => {
    if (told.current === query) return
    told.current = query
    announce(total)
  }, [query, total])
}
