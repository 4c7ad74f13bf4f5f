import { useQuery } from '@tanstack/react-query'
import { providerOf } from '#lib/connections/client.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { asShown } from './slot-words.ts'

/** A provider as it stands now; `initial` is what the server drew. Another part of the page polls, this one follows. */
export function useProvider(org: string, initial: ProviderView): ProviderView {
  return useQuery({ ...providerOf(org, initial.id), initialData: initial, refetchInterval: false, select: asShown })
    .data
}

/** The same for the part of a page that polls and so says when the status cannot be asked for. */
export function usePolledProvider(org: string, initial: ProviderView) {
  const asking = { ...providerOf(org, initial.id), initialData: initial, select: asShown }
  const { data, error, isFetching, refetch } = useQuery(asking)
  return { provider: data, isUnknown: error !== null, retry: { busy: isFetching, onRetry: () => void refetch() } }
}
