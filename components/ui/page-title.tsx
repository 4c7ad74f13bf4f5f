'use client'
import { type ReactNode, useEffect, useRef } from 'react'

// Set by a followed link, taken by the title of the page it led to. Back, Forward and a first load leave focus alone.
let followed = false

if (typeof document !== 'undefined') {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    followed = link instanceof HTMLAnchorElement && !link.target && link.origin === location.origin && !link.hash
  })
  window.addEventListener('popstate', () => {
    followed = false
  })
}

/** For a button that leads to another page: its title takes the focus, as after a followed link. */
export function focusNextTitle(): void {
  followed = true
}

/** The h1. After a followed link it takes the focus, so that reading and Tab go on from the new page's top. */
export function PageTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (followed) heading.current?.focus({ preventScroll: true })
    followed = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className="break-words font-semibold text-h1">
      {children}
    </h1>
  )
}
