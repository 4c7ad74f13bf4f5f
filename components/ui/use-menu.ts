import { type KeyboardEvent, type RefObject, type ToggleEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { nextItem } from './menu-keys.ts'
import { keepPlaced } from './place.ts'

function itemsIn(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
}

/** Where focus starts: the search field, else the first item; what is checked only where that is all there is to choose. */
function focusFirst(panel: HTMLElement) {
  const items = itemsIn(panel)
  const isOneChoice =
    panel.querySelectorAll('[role="group"]').length === 1 && items.every(({ role }) => role === 'menuitemradio')
  const checked = isOneChoice ? panel.querySelector<HTMLElement>('[aria-checked="true"]') : null
  ;(panel.querySelector('input') ?? checked ?? items[0])?.focus()
}

function onPanelKeyDown(event: KeyboardEvent<HTMLDivElement>, close: () => void) {
  // Tab closes, and goes on from the button in the page's order.
  if (event.key === 'Tab') return close()
  const items = itemsIn(event.currentTarget)
  const at = items.findIndex((item) => item.matches(':focus'))
  const labels = items.map((item) => item.textContent)
  const to = nextItem(labels, at, event.key, document.activeElement instanceof HTMLInputElement)
  if (to === null) return
  event.preventDefault()
  items[to]?.focus()
}

export type MenuState = {
  open: boolean
  /** Whether it was ever opened: what nobody has asked for yet is not drawn, in a list of many rows a good part of the page. */
  isDrawn: boolean
  close: () => void
  button: { ref: RefObject<HTMLButtonElement | null>; onKeyDown: (event: KeyboardEvent) => void }
  panel: {
    ref: RefObject<HTMLDivElement | null>
    onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void
    onBeforeToggle: (event: ToggleEvent<HTMLDivElement>) => void
    onToggle: (event: ToggleEvent<HTMLDivElement>) => void
  }
}

/** The behaviour of a menu button: the browser's popover opens, closes and takes Escape; this moves the focus and places it. */
export function useMenu(align: 'start' | 'end'): MenuState {
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [isDrawn, setDrawn] = useState(false)

  // the browser opens it without us: it may have done so before React took over
  useEffect(() => {
    if (!panel.current?.matches(':popover-open')) return
    setDrawn(true)
    setOpen(true)
  }, [])

  useEffect(() => {
    const drawn = isDrawn ? panel.current : null
    if (drawn?.matches(':popover-open') && !drawn.contains(document.activeElement)) focusFirst(drawn)
  }, [isDrawn])

  useEffect(() => {
    if (!open || !panel.current || !button.current) return
    const placed = new AbortController()
    keepPlaced(panel.current, button.current, align, placed.signal)
    return () => placed.abort()
  }, [open, align])

  const close = () => {
    panel.current?.hidePopover()
    button.current?.focus()
  }
  const onButtonKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    panel.current?.showPopover()
    itemsIn(panel.current)
      .at(event.key === 'ArrowDown' ? 0 : -1)
      ?.focus()
  }
  const onBeforeToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open') flushSync(() => setDrawn(true)) // it is measured and gets the focus at once
  }
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    const opened = event.newState === 'open'
    setOpen(opened)
    if (opened && !event.currentTarget.contains(document.activeElement)) focusFirst(event.currentTarget)
  }
  return {
    open,
    isDrawn,
    close,
    button: { ref: button, onKeyDown: onButtonKeyDown },
    panel: { ref: panel, onKeyDown: (event) => onPanelKeyDown(event, close), onBeforeToggle, onToggle },
  }
}
