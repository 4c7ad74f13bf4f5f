'use client'
import { useSyncExternalStore } from 'react'

const storageKey = 'pb-single-keys'
const changed = 'pb-single-keys-changed'

/** Whether keys without Ctrl or ⌘ do something on a board (WCAG 2.1.4); kept in this browser. */
export function hasSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

/** Turns them on or off. */
export function setSingleKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, 'off')
  } catch {
    // without storage they stay as they are
  }
  window.dispatchEvent(new Event(changed))
}

function onChange(tell: () => void) {
  for (const event of ['storage', changed]) window.addEventListener(event, tell)
  return () => {
    for (const event of ['storage', changed]) window.removeEventListener(event, tell)
  }
}

export const useSingleKeys = (): boolean => useSyncExternalStore(onChange, hasSingleKeys, () => true)

/** What the keys of a board do, to be read. `isSingle`: goes away with the single keys. */
export const shortcuts: readonly { keys: string; does: string; isSingle?: true }[] = [
  { keys: '@', does: 'Add a reference', isSingle: true },
  { keys: 'Ctrl or ⌘ K', does: 'Add a reference' },
  { keys: 'Ctrl or ⌘ V', does: 'Paste a link as a card' },
  { keys: 'Ctrl or ⌘ Shift V', does: 'Paste a link as plain text' },
  { keys: 'R', does: 'Refresh the cards in view', isSingle: true },
  { keys: 'Alt ↑ or ↓', does: 'Move the focused object' },
  { keys: 'Enter', does: 'Open a card, edit a note or section' },
  { keys: 'F2', does: 'Change words: note, name, caption or label' },
  { keys: 'Delete', does: 'Remove the focused object' },
  { keys: 'Ctrl or ⌘ Z', does: 'Undo' },
  { keys: 'Ctrl or ⌘ Shift Z', does: 'Redo' },
  { keys: '?', does: 'This list', isSingle: true },
]
