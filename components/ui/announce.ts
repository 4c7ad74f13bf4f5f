/**
 * Says one line to screen readers, once. State changes only: never a tick, a poll or someone's presence.
 * An open modal makes the rest of the document inert and so silent: then the modal's own region speaks.
 */
export function announce(text: string, tone: 'polite' | 'assertive' = 'polite'): void {
  const regions = document.querySelectorAll(`[data-live="${tone}"]`)
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1)
  const region = [...regions].find((candidate) => candidate.closest('dialog') === (modal ?? null))
  if (!region) return
  region.textContent = ''
  // The same sentence twice is read twice only if the region was seen empty in between.
  requestAnimationFrame(() => {
    region.textContent = text
  })
}
