'use client'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { useOpenBoard } from './board-context.ts'

const LONGEST = 10_000

/** Whether the focus went somewhere else on this page; another window or a dialog over the page is no reason to save. */
const hasLeft = (event: FocusEvent<HTMLElement>): boolean => {
  const { currentTarget, relatedTarget } = event
  const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
  return !isInside && document.hasFocus() && !document.querySelector('dialog:modal')
}

/**
 * The words of a note. Saves when the focus leaves or with Ctrl or ⌘ and Enter; Escape leaves them as they were. What is
 * typed stays when it could not be saved. `@` asks for a reference.
 */
export function NoteEditor({
  text,
  onSave,
  onCancel,
  children,
}: {
  text: string
  onSave: (text: string) => Promise<boolean>
  onCancel: () => void
  children?: ReactNode
}) {
  const { findReference } = useOpenBoard()
  const area = useRef<HTMLTextAreaElement>(null)
  const [value, setValue] = useState(text)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    area.current?.focus()
    area.current?.setSelectionRange(-1, -1)
  }, [])

  const save = async () => {
    if (busy) return
    if (value.trim() === text.trim()) return onCancel()
    setBusy(true)
    const isSaved = await onSave(value.trim())
    if (!isSaved) setBusy(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void save()
    }
  }
  const onInput = (typed: string) => {
    const at = area.current?.selectionStart ?? 0
    // an address of mail has something before its @
    const asks = typed.length === value.length + 1 && typed[at - 1] === '@' && /^\s?$/.test(typed[at - 2] ?? '')
    setValue(typed)
    if (asks) findReference({ onChosen: () => setValue(typed.slice(0, at - 1) + typed.slice(at)) })
  }
  return (
    <form
      className="grid gap-2"
      onBlur={(event) => hasLeft(event) && void save()}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Textarea
        ref={area}
        aria-label="Note"
        value={value}
        maxLength={LONGEST}
        readOnly={busy}
        onChange={(event) => onInput(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {children}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" size="row" variant="primary" busy={busy}>
          Save
        </Button>
        <Button size="row" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
