'use client'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { keepPlaced } from './place.ts'

/** Words that show one more fact on hover, focus or touch; Escape hides it. Never the only place of something needed. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const [shown, setShown] = useState(false)

  useEffect(() => {
    if (!shown || !tip.current || !button.current) return
    const layer = tip.current
    const placed = new AbortController()
    layer.showPopover()
    keepPlaced(layer, button.current, 'start', placed.signal)
    return () => {
      placed.abort()
      layer.hidePopover()
    }
  }, [shown])

  return (
    // The tip is inside what is hovered, so that the pointer can rest on it (WCAG 1.4.13).
    <span role="presentation" onPointerEnter={() => setShown(true)} onPointerLeave={() => setShown(false)}>
      <button
        ref={button}
        type="button"
        aria-describedby={id}
        className="min-h-6 rounded-badge underline decoration-control decoration-dotted underline-offset-2"
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={(event) => event.key === 'Escape' && setShown(false)}
      >
        {children}
      </button>
      <span ref={tip} id={id} role="tooltip" popover="manual" className="float fixed max-w-menu px-2 py-1 text-small">
        {text}
      </span>
    </span>
  )
}
