import { useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { type HubFilter, readFilter, writeFilter } from './hub-filter.ts'

export type ChangeFilter = (filter: HubFilter, how: 'push' | 'replace') => void

/** The filter lives in the address: Back, reload and a shared link bring it back. What is typed is shown at once. */
export function useHubFilter(isCompact: boolean): [HubFilter, ChangeFilter] {
  const params = useSearchParams()
  const [filter, setFilter] = useState(() => readFilter(new URLSearchParams(params), isCompact))
  const written = useRef(writeFilter(filter, isCompact))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parameters tell when to look; they trail the address while one types
  useEffect(() => {
    const look = () => {
      if (location.search === written.current) return
      written.current = location.search
      setFilter(readFilter(new URLSearchParams(location.search), isCompact))
    }
    look()
    addEventListener('popstate', look) // Back and Forward: the parameters come later, and not always one by one
    return () => removeEventListener('popstate', look)
  }, [params])
  const change: ChangeFilter = (next, how) => {
    written.current = writeFilter(next, isCompact)
    setFilter(next)
    const address = location.pathname + written.current
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }
  return [filter, change]
}
