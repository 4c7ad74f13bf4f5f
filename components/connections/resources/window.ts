/** The most rows that are drawn at once; a shorter list is drawn whole. */
export const MOST_ROWS = 100
const BEYOND = 20

/** Rows from `from` on, up to and without `to`. */
export type Span = { from: number; to: number }

/** `above`: how far the list begins over the upper edge of what is seen. All in pixels. */
export type Scrolled = { above: number; seen: number; rowHeight: number }

/** The rows to draw of a list of equal rows: what is seen and some beyond it, never more than a hundred. */
export function spanOf(count: number, { above, seen, rowHeight }: Scrolled): Span {
  if (count <= MOST_ROWS) return { from: 0, to: count }
  const height = Math.max(rowHeight, 1)
  const first = Math.floor(above / height) - BEYOND
  const size = Math.min(Math.ceil(seen / height) + 2 * BEYOND, MOST_ROWS)
  const from = Math.min(Math.max(first, 0), count - size)
  return { from, to: from + size }
}
