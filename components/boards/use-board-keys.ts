'use client'
import { useEffect, useRef } from 'react'
import { hasSingleKeys, isTyping, isUnderDialog } from '#components/ui/single-keys.ts'
import { pastedLinks } from './links.ts'

export type BoardKeys = {
  find: () => void
  refresh: () => void
  explain: () => void
  undo: () => void
  redo: () => void
  paste: (urls: string[], isPlain: boolean) => void
}

/** What a key asks for; null leaves it to the browser. */
export function keyOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  typing: boolean,
) {
  const { key, shiftKey } = event
  // AltGr, by which some keyboards write @, counts as Ctrl and Alt
  if (key === '@') return typing ? null : ('find' as const)
  const isChord = (event.ctrlKey || event.metaKey) && !event.altKey
  const letter = key.toLowerCase()
  if (isChord && letter === 'k') return 'find' as const
  if (typing) return null
  if (isChord && letter === 'z') return shiftKey ? ('redo' as const) : ('undo' as const)
  if (isChord && letter === 'y') return 'redo' as const
  if (isChord || event.altKey) return null
  if (key === 'r') return 'refresh' as const
  return key === '?' ? ('explain' as const) : null
}

const alone: readonly (string | null)[] = ['@', 'r', '?']

/** The keys of the whole board, and links that are pasted on it. Nothing acts while one types or answers a dialog. */
export function useBoardKeys(keys: BoardKeys): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    let isPlain = false
    const onKeyDown = (event: KeyboardEvent) => {
      isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v'
      if (event.defaultPrevented || isUnderDialog()) return
      const act = keyOf(event, isTyping(event.target))
      if (!act || (alone.includes(event.key) && !hasSingleKeys())) return
      event.preventDefault()
      current.current[act]()
    }
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || isUnderDialog()) return
      const urls = pastedLinks(event.clipboardData?.getData('text/plain') ?? '')
      if (urls.length === 0) return
      event.preventDefault()
      current.current.paste(urls, isPlain)
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}
