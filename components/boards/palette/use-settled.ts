'use client'
import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/** While one types things may come and go; what comes later than this moves nothing under the reader. */
const SETTLED_AFTER_MS = 500

/** Whether the same has been asked for a while. */
export function useSettled(question: string): boolean {
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(question), SETTLED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [question])
  return settled === question
}

/**
 * Keeps the chosen row of a scrolling list where it is on the screen when rows come in above it. The browser's own scroll
 * anchoring leaves out a list that stands at its beginning (drafts.csswg.org/css-scroll-anchoring).
 */
export function useAnchored(isSettled: boolean): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  const stood = useRef<{ row: Element; at: number } | null>(null)
  useLayoutEffect(() => {
    const box = list.current
    if (!box) return
    const placeOf = (row: Element) => row.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
    const before = stood.current
    if (isSettled && before?.row.isConnected) box.scrollTop += placeOf(before.row) - before.at
    const row = box.querySelector('[aria-selected="true"]')
    stood.current = row && { row, at: placeOf(row) }
  })
  return list
}
