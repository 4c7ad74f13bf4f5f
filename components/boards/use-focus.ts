'use client'
import { useCallback, useEffect, useRef } from 'react'

const frameOf = (objectId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-object="${CSS.escape(objectId)}"]`)

/**
 * Puts the focus on an object, also on one that is drawn only later, behind a dialog that still closes, or anew in another
 * place. It holds until the person does something.
 */
export function useFocus(): (objectId: string) => void {
  const wanted = useRef<string | null>(null)
  const settle = useCallback(() => {
    const frame = wanted.current === null ? null : frameOf(wanted.current)
    if (!frame || document.activeElement === frame || document.querySelector('dialog:modal')) return
    frame.focus()
    frame.scrollIntoView({ block: 'nearest' })
  }, [])
  useEffect(settle)
  useEffect(() => {
    const letGo = () => {
      wanted.current = null
    }
    const events = ['keydown', 'pointerdown'] as const // as const: names of events
    for (const event of events) document.addEventListener(event, letGo, { capture: true })
    return () => {
      for (const event of events) document.removeEventListener(event, letGo, { capture: true })
    }
  }, [])
  return useCallback(
    (objectId) => {
      wanted.current = objectId
      settle()
    },
    [settle],
  )
}
