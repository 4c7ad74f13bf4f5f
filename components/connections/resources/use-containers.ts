import { useInfiniteQuery } from '@tanstack/react-query'
import { useDebounced } from '#components/boards/palette/use-debounced.ts'
import { problemOf } from '#lib/platform/client.ts'
import { containersOf } from '#lib/resources/client.ts'
import type { ResourceView } from '#lib/resources/schema.ts'

export type Containers = {
  /** What matches, as far as it was loaded; null until the first answer. */
  rows: readonly ResourceView[] | null
  /** How many match, and whether there are none at all. */
  total: number
  isNone: boolean
  /** When the provider was asked, and why it could not be asked since. */
  asOf: string | null
  message: string | null
  failure: string | null
  isBusy: boolean
  retry: () => void
  more: { isBusy: boolean; load: () => void } | null
}

const nameOf = ({ title }: ResourceView): string => title.toLowerCase()

/** The containers of a connection that match: a short list is searched here, without asking; a long one by the server. */
export function useContainers(org: string, connection: string, kind: string, typed: string): Containers {
  const words = typed.trim().replace(/^#/, '').toLowerCase()
  const settled = useDebounced(words)
  const all = useInfiniteQuery(containersOf(org, connection, kind, ''))
  const isWhole = all.data?.pages[0]?.nextCursor === null
  const isAsking = all.data !== undefined && !isWhole && settled !== ''
  const found = useInfiniteQuery({
    ...containersOf(org, connection, kind, settled),
    enabled: isAsking,
    placeholderData: (before) => before,
  })
  const shown = isAsking ? found : all
  const loaded = shown.data?.pages.flatMap(({ items }) => items)
  const rows = (isWhole ? loaded?.filter((row) => nameOf(row).includes(words)) : loaded) ?? null
  const [first] = all.data?.pages ?? []
  const { error } = shown
  return {
    rows,
    total: isWhole ? (rows?.length ?? 0) : (shown.data?.pages[0]?.total ?? 0),
    isNone: first?.total === 0,
    asOf: first?.asOf ?? null,
    message: first?.message ?? null,
    failure: error ? problemOf(error).message : null,
    isBusy: shown.isFetching,
    retry: () => void shown.refetch(),
    more: shown.hasNextPage ? { isBusy: shown.isFetchingNextPage, load: () => void shown.fetchNextPage() } : null,
  }
}
