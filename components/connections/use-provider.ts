import { useQuery } from '@tanstack/react-query'
import { providerOf } from '#lib/connections/client.ts'
import type { ProviderView } from '#lib/connections/schema.ts'

/** A provider as it stands now; `initial` is what the server drew. One part of a page polls, the others follow. */
export function useProvider(org: string, initial: ProviderView, isPolling = false): ProviderView {
  const options = providerOf(org, initial.id)
  return useQuery({ ...options, initialData: initial, ...(isPolling ? {} : { refetchInterval: false as const }) }).data
}
