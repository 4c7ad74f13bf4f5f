'use client'
import { useSyncExternalStore } from 'react'

const storageKey = 'pb-single-keys'
const changed = 'pb-single-keys-changed'

/** Whether keys without Ctrl or ⌘ do something (WCAG 2.1.4); kept in this browser. */
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

/** Whether they do something, followed while it changes. */
export const useSingleKeys = (): boolean => useSyncExternalStore(onChange, hasSingleKeys, () => true)

/** Whether a key belongs to what is being typed. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null)

/** Whether a dialog or menu is open, which has its own keys. */
export const isUnderDialog = (): boolean => document.querySelector('dialog:modal, [popover]:popover-open') !== null
