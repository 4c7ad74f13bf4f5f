'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

const FRESH_MS = 10_000

/** What one page load has asked our API for. Mounted anew for another organization, so nothing of the old one is left. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: FRESH_MS, retry: 1, refetchOnWindowFocus: true },
          mutations: { networkMode: 'always' }, // without a network a change is refused, never kept to be sent later
        },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
