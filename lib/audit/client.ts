import { infiniteQueryOptions } from '@tanstack/react-query'
import { ask } from '#lib/platform/client.ts'
import type { AuditChainView, AuditPage } from './schema.ts'

const eventsPath = (org: string): string => `/api/v1/orgs/${org}/audit-events`

/** The events that pass a filter, page by page from its `first`; `query` is the filter as an address tells it. */
export const auditOf = (org: string, query: string, first: AuditPage) =>
  infiniteQueryOptions({
    queryKey: ['audit', org, query, first.items[0]?.sequence ?? 0] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(query)
      if (pageParam) params.set('cursor', pageParam)
      return ask<AuditPage>(`${eventsPath(org)}?${params}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }: AuditPage) => nextCursor,
    initialData: { pages: [first], pageParams: [''] },
    staleTime: Number.POSITIVE_INFINITY, // what one reads does not move while one reads it
  })

/** Where the same events are to be had as CSV. */
export const auditCsv = (org: string, query: string): string => `${eventsPath(org)}.csv${query && `?${query}`}`

/** Checks that no event was changed, removed or added since it was written. */
export const verifyAudit = (org: string): Promise<AuditChainView> => ask<AuditChainView>(`${eventsPath(org)}/verify`)
