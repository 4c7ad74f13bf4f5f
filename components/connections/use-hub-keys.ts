'use client'
import { useEffect } from 'react'
import { usePageShortcuts } from '#components/shell/page-shortcuts.ts'
import type { Shortcut } from '#components/shell/shortcuts-dialog.tsx'
import { hasSingleKeys, isTyping, isUnderDialog } from '#components/ui/single-keys.ts'
import { focusFilter } from './hub-toolbar.tsx'

const shortcuts: readonly Shortcut[] = [
  { keys: '/', does: 'Filter the list', isSingle: true },
  { keys: 'J or K', does: 'Next or previous integration', isSingle: true },
  { keys: 'Enter', does: 'Open it' },
]

/** Moves between the names of the rows; from anywhere else to the first, or last. */
function step(by: 1 | -1): void {
  const names = [...document.querySelectorAll<HTMLElement>('[data-row-name]')]
  const row = document.activeElement?.closest('li')
  const at = names.findIndex((name) => row?.contains(name))
  const next = at < 0 ? (by > 0 ? 0 : names.length - 1) : at + by
  names[Math.max(0, Math.min(next, names.length - 1))]?.focus()
}

const acts: Readonly<Record<string, () => void>> = { '/': focusFilter, j: () => step(1), k: () => step(-1) }

/** The keys of the hub, where keys that act alone are on. */
export function useHubKeys(): void {
  usePageShortcuts(shortcuts)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (!hasSingleKeys() || isTyping(event.target) || isUnderDialog()) return
      const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
