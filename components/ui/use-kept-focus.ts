import { type RefObject, useLayoutEffect, useRef } from 'react'

const stops = 'a[href], button, input:not([type="hidden"]), select, textarea'

/**
 * Keeps the focus near where it was when what had it is drawn anew as something else (a Connect button that becomes a
 * link): it goes to the first control that now stands there. Spread the result on the element around them.
 */
export function useKeptFocus<E extends HTMLElement>(): {
  ref: RefObject<E | null>
  onFocus: () => void
  onBlur: () => void
} {
  const ref = useRef<E>(null)
  const had = useRef(false)
  useLayoutEffect(() => {
    if (!had.current || document.activeElement !== document.body) return
    ref.current?.querySelector<HTMLElement>(stops)?.focus()
  })
  return {
    ref,
    onFocus: () => {
      had.current = true
    },
    onBlur: () => {
      had.current = false
    },
  }
}
