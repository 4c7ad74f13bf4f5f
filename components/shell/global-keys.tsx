'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { hasSingleKeys, isTyping, isUnderDialog } from '#components/ui/single-keys.ts'
import { pageShortcuts } from './page-shortcuts.ts'

// fetched when it is asked for: every page has this
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }))

/** How long after G the second key counts. */
const SECOND_KEY_MS = 1500

/** The keys of every page: G and a letter goes to what carries them as `data-keys`, ? lists them. What a page takes for itself is its own. */
export function GlobalKeys() {
  const [isExplaining, setIsExplaining] = useState(false)
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (!hasSingleKeys() || isTyping(event.target) || isUnderDialog()) return
      const isSecond = event.timeStamp - wentAt < SECOND_KEY_MS
      wentAt = event.key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (event.key === '?') setIsExplaining(true)
      const target = isSecond ? document.querySelector<HTMLElement>(`[data-keys="g ${CSS.escape(event.key)}"]`) : null
      if (!target && event.key !== '?') return
      event.preventDefault()
      target?.click()
    }
    // after the page's own listeners, which stand on the document
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  if (!isExplaining) return null
  return (
    <Suspense fallback={null}>
      <ShortcutsDialog here={pageShortcuts()} onClose={() => setIsExplaining(false)} />
    </Suspense>
  )
}
