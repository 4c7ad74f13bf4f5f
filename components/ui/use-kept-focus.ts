import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

const stops = 'a[href], button, input:not([type="hidden"]), select, textarea'

const firstControl = (around: HTMLElement) => around.querySelector<HTMLElement>(stops)

/**
 * Keeps the focus near where it was when what had it is drawn anew as something else (a Connect button that becomes a
 * link): it goes to the first control that now stands there, or to what `heir` names. Spread the result on the element
 * around them. Also where it is drawn anew while the person is in another tab: there it is lost too.
 */
export function useKeptFocus<E extends HTMLElement>(
  heir: (around: E) => HTMLElement | null | undefined = firstControl,
): {
  ref: RefObject<E | null>
  onFocus: () => void
  onBlur: (event: FocusEvent) => void
} {
  const ref = useRef<E>(null)
  const had = useRef(false)
  useLayoutEffect(() => {
    if (!had.current || document.activeElement !== document.body) return
    const next = ref.current && heir(ref.current)
    next?.focus()
  })
  return {
    ref,
    onFocus: () => {
      had.current = true
    },
    // a window that is left keeps its active element
    onBlur: ({ target }) => {
      had.current = document.activeElement === target
    },
  }
}
