'use client'
import { useSyncExternalStore } from 'react'

// what `max-sm:` begins at
const query = () => window.matchMedia('(width <= 640px)')

function watch(onChange: () => void): () => void {
  const media = query()
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

/** Whether the page is as narrow as a phone, where a panel lies over what it belongs to. */
export const useIsPhone = (): boolean =>
  useSyncExternalStore(
    watch,
    () => query().matches,
    () => false,
  )
