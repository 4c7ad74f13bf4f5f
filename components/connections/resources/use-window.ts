import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { MOST_ROWS, type Span, spanOf } from './window.ts'

/** The rows to draw, and how high what is not drawn stands before and after them, in pixels. */
export type Drawn = Span & { before: number; after: number; list: RefObject<HTMLDivElement | null> }

const GUESSED_HEIGHT = 46

/** How high a row is here: the mean of those that are drawn. */
function rowHeightIn(list: HTMLElement): number {
  const rows = [...list.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect())
  const [first] = rows
  const last = rows.at(-1)
  return first && last ? (last.bottom - first.top) / rows.length || GUESSED_HEIGHT : GUESSED_HEIGHT
}

const isSame = (a: Span & { rowHeight: number }, b: typeof a): boolean =>
  a.from === b.from && a.to === b.to && Math.abs(a.rowHeight - b.rowHeight) < 1

/** Which rows of a long list to draw as the page is scrolled: never more than a hundred. `list` goes around the rows. */
export function useWindow(count: number): Drawn {
  const list = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ from: 0, to: MOST_ROWS, rowHeight: GUESSED_HEIGHT })
  useLayoutEffect(() => {
    const look = () => {
      if (!list.current) return
      const rowHeight = rowHeightIn(list.current)
      const above = -list.current.getBoundingClientRect().top
      const next = { ...spanOf(count, { above, seen: window.innerHeight, rowHeight }), rowHeight }
      setSeen((now) => (isSame(now, next) ? now : next))
    }
    look()
    const options = { passive: true, capture: true } // whatever of the page it is that scrolls
    document.addEventListener('scroll', look, options)
    window.addEventListener('resize', look)
    return () => {
      document.removeEventListener('scroll', look, options)
      window.removeEventListener('resize', look)
    }
  }, [count])
  const to = Math.min(seen.to, count)
  const from = Math.min(seen.from, to)
  return { from, to, before: from * seen.rowHeight, after: (count - to) * seen.rowHeight, list }
}
