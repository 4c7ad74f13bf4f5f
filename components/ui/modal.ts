import { type KeyboardEvent, type RefObject, type SyntheticEvent, useLayoutEffect, useRef } from 'react'

const stops = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]'

function focusable(inside: Element): HTMLElement[] {
  return [...inside.querySelectorAll<HTMLElement>(stops)].filter((element) => element.checkVisibility())
}

/** Keeps Tab inside: the browser would go on to its own toolbar. */
function wrapTab(event: KeyboardEvent<HTMLDialogElement>) {
  if (event.key !== 'Tab') return
  const all = focusable(event.currentTarget)
  const [from, to] = event.shiftKey ? [all.at(0), all.at(-1)] : [all.at(-1), all.at(0)]
  if (document.activeElement !== from) return
  event.preventDefault()
  to?.focus()
}

/**
 * Opens a `<dialog>` as a modal for as long as it is mounted and gives the focus back to where it came from.
 * The first focus is `[data-autofocus]`, else the first stop of `[data-body]`, else the first at all.
 */
export function useModal(onClose: () => void): {
  ref: RefObject<HTMLDialogElement | null>
  onKeyDown: (event: KeyboardEvent<HTMLDialogElement>) => void
  onCancel: (event: SyntheticEvent<HTMLDialogElement>) => void
  onClose: (event: SyntheticEvent<HTMLDialogElement>) => void
} {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const invoker = document.activeElement
    dialog.showModal()
    const body = dialog.querySelector('[data-body]')
    const first = dialog.querySelector<HTMLElement>('[data-autofocus]') ?? (body && focusable(body)[0])
    ;(first ?? focusable(dialog)[0])?.focus()
    return () => {
      dialog.close()
      if (invoker instanceof HTMLElement && invoker.isConnected) invoker.focus()
    }
  }, [])
  return {
    ref,
    onKeyDown: wrapTab,
    // Escape. Whether it closes is the owner's to say; `cancel` of a file input bubbles up here too.
    onCancel: (event) => {
      if (event.target !== event.currentTarget) return
      event.preventDefault()
      onClose()
    },
    // The browser may close on a second Escape without asking; a close of our own has unmounted it by now.
    onClose: (event) => {
      if (event.target === event.currentTarget && !event.currentTarget.open) onClose()
    },
  }
}
