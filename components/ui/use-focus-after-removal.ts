import { useEffect, useRef } from 'react'

/** The last control of a row: what ends or removes it stands at its end. */
const controlOf = (rowId: string): HTMLElement | undefined => {
  const controls = document.getElementById(rowId)?.querySelectorAll<HTMLElement>('a[href], button') ?? []
  return [...controls].findLast((control) => control.checkVisibility()) // the items of a closed menu are there too
}

/**
 * Where the focus goes when a row is gone and took it along: to the row that stands in its place, else to the one before,
 * else to the page's heading. `rowIds` are the DOM ids of the rows as they are drawn.
 */
export function useFocusAfterRemoval(rowIds: readonly string[]): void {
  const before = useRef(rowIds)
  useEffect(() => {
    const gone = before.current.findIndex((id) => !rowIds.includes(id))
    before.current = rowIds
    if (gone === -1 || document.activeElement !== document.body) return
    const next = rowIds[gone] ?? rowIds.at(-1)
    const target = (next && controlOf(next)) || document.querySelector<HTMLElement>('main h1')
    target?.focus()
  })
}
