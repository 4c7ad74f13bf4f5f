'use client'
import { type FormEvent, type KeyboardEvent, useId } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Textarea } from '#components/ui/input.tsx'

/** Where a question is written. Send and Stop are one button, so that the focus stays where it is. */
export function Composer({
  text,
  onText,
  isAnswering,
  mayAsk,
  onAsk,
  onStop,
}: {
  text: string
  onText: (text: string) => void
  isAnswering: boolean
  mayAsk: boolean
  onAsk: () => void
  onStop: () => void
}) {
  const id = useId()
  const isReady = isAnswering || (mayAsk && text.trim() !== '')
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (isAnswering) onStop()
    else if (isReady) onAsk()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isAnswering) {
      event.stopPropagation()
      return onStop()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!isAnswering) submit()
  }
  return (
    <form onSubmit={submit} className="grid gap-2">
      <label htmlFor={id} className="sr-only">
        Question
      </label>
      <Textarea
        id={id}
        data-autofocus
        rows={2}
        maxLength={4000}
        placeholder="Ask about what is on this board"
        aria-describedby={`${id}-keys`}
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={onKeyDown}
        className="max-h-40 resize-none"
      />
      <div className="flex items-center justify-between gap-2">
        <p id={`${id}-keys`} className="text-ink-3 text-small pointer-coarse:invisible">
          Enter sends, Shift+Enter starts a new line
        </p>
        <Button type="submit" variant="primary" aria-disabled={!isReady || undefined}>
          {isAnswering ? 'Stop' : 'Send'}
        </Button>
      </div>
    </form>
  )
}
