'use client'
import { useEffect } from 'react'
import type { Shortcut } from './shortcuts-dialog.tsx'

const none: readonly Shortcut[] = []
let current = none

/** What the keys of the page that is open do. */
export const pageShortcuts = (): readonly Shortcut[] => current

/** Names the keys of a page for as long as it is open, so that the list of all keys has them. */
export function usePageShortcuts(own: readonly Shortcut[]): void {
  useEffect(() => {
    current = own
    return () => {
      current = none
    }
  }, [own])
}
