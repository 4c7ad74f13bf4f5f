'use client'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'

/** One line, of a name or a label: Enter saves, Escape leaves it as it was. `mayBeEmpty` where no words are fine too. */
export function LineEditor({
  label,
  text,
  longest = 200,
  mayBeEmpty = false,
  onSave,
  onCancel,
}: {
  label: string
  text: string
  longest?: number
  mayBeEmpty?: boolean
  onSave: (text: string) => Promise<boolean>
  onCancel: () => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [value, setValue] = useState(text)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const words = value.trim()
    if (words === text || (words === '' && !mayBeEmpty)) return onCancel()
    setBusy(true)
    const isSaved = await onSave(words)
    if (!isSaved) setBusy(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onCancel()
  }
  return (
    <form onSubmit={submit} className="flex w-full max-w-form flex-wrap items-center gap-2">
      <div className="min-w-40 flex-1">
        <Input
          ref={input}
          aria-label={label}
          value={value}
          maxLength={longest}
          readOnly={busy}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <Button type="submit" variant="primary" size="row" busy={busy}>
        Save
      </Button>
      <Button size="row" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  )
}
