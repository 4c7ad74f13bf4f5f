'use client'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useOpenBoard } from './board-context.ts'

type Tool = { id: string; label: string; hint?: string; act: () => void }

/** What can be put on the board (WAI-ARIA APG toolbar): one stop for Tab, arrows inside. */
export function Toolbar({ tools }: { tools: readonly Tool[] }) {
  const { board } = useOpenBoard()
  const [current, setCurrent] = useState(0)
  if (!board.mayEdit) return null
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to: Record<string, number> = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }
    const place = to[event.key]
    if (place === undefined) return
    event.preventDefault()
    const at = (place + tools.length) % tools.length
    setCurrent(at)
    event.currentTarget.querySelectorAll('button')[at]?.focus()
  }
  return (
    <div
      role="toolbar"
      aria-label="Add to this board"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex flex-wrap gap-1.5 sm:gap-2"
    >
      {tools.map(({ id, label, hint, act }, at) => (
        <Button
          key={id}
          data-add={id}
          tabIndex={at === current ? 0 : -1}
          variant={at === 0 ? 'primary' : 'secondary'}
          onFocus={() => setCurrent(at)}
          onClick={act}
        >
          {hint && (
            <span aria-hidden="true" className="font-mono max-sm:hidden">
              {hint}
            </span>
          )}
          {label}
        </Button>
      ))}
    </div>
  )
}
