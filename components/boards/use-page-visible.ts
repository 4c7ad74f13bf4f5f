'use client'
import { useSyncExternalStore } from 'react'

function onChange(tell: () => void) {
  document.addEventListener('visibilitychange', tell)
  return () => document.removeEventListener('visibilitychange', tell)
}

/** Whether anybody can see this page; a page in a background tab fetches nothing. */
export const usePageVisible = (): boolean =>
  useSyncExternalStore(
    onChange,
    () => document.visibilityState === 'visible',
    () => false,
  )
