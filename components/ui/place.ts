/** Gap between a floating layer and what it belongs to, and least distance to the window's edge; px. */
const gap = 4
const edge = 8

type Box = { top: number; bottom: number; left: number; right: number }
type Size = { width: number; height: number }

/** Where a layer of `size` goes: under its anchor, else above it, never outside the window. All px. */
export function placement(
  anchor: Box,
  size: Size,
  window: Size,
  align: 'start' | 'end',
): { top: number; left: number } {
  const [below, above] = [anchor.bottom + gap, anchor.top - gap - size.height]
  const lowest = window.height - edge - size.height
  const fits = below <= lowest ? below : above >= edge ? above : lowest // over its anchor where it is too tall for both
  const top = Math.max(edge, fits)
  const wanted = align === 'end' ? anchor.right - size.width : anchor.left
  return { top, left: Math.max(edge, Math.min(wanted, window.width - size.width - edge)) }
}

/** Puts an open popover beside its anchor and keeps it there while things scroll, until `signal` ends. */
export function keepPlaced(layer: HTMLElement, anchor: HTMLElement, align: 'start' | 'end', signal: AbortSignal): void {
  const move = () => {
    const { top, left } = placement(
      anchor.getBoundingClientRect(),
      { width: layer.offsetWidth, height: layer.offsetHeight },
      { width: document.documentElement.clientWidth, height: window.innerHeight },
      align,
    )
    // Set through the object model: the policy refuses style attributes in markup, not this (CSP 3, style-src).
    layer.style.inset = `${top}px auto auto ${left}px`
  }
  move()
  window.addEventListener('scroll', move, { capture: true, passive: true, signal })
  window.addEventListener('resize', move, { signal })
}
