'use client'
import { useCallback, useEffect, useRef } from 'react'

const frameOf = (objectId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-object="${CSS.escape(objectId)}"]`)

/** Puts the focus on an object, also on one that is drawn only later. */
export function useFocus(): (objectId: string) => void {
  const wanted = useRef<string | null>(null)
  const settle = useCallback(() => {
    const frame = wanted.current === null ? null : frameOf(wanted.current)
    if (!frame || document.querySelector('dialog:modal')) return
    wanted.current = null
    frame.focus()
    frame.scrollIntoView({ block: 'nearest' })
  }, [])
  useEffect(settle)
  return useCallback(
    (objectId) => {
      wanted.current = objectId
      settle()
    },
    [settle],
  )
}
