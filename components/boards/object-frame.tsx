'use client'
import { cx } from 'class-variance-authority'
import type { KeyboardEvent, ReactNode } from 'react'
import type { ObjectView } from '#lib/boards/schema.ts'
import { useOpenBoard } from './board-context.ts'
import { objectName, spokenName } from './names.ts'

/** Typing, choosing in a menu and answering a dialog are none of the object's business. */
const isBusyElsewhere = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('input, textarea, select, dialog, [popover]') !== null

const shortcuts = 'Alt+ArrowUp Alt+ArrowDown Delete F2'

/**
 * One stop for everything that can be done to an object by keyboard: Alt with an arrow moves it, Delete removes it, F2
 * changes its words, Enter opens it, Escape comes back to it from inside.
 */
export function ObjectFrame({
  object,
  onOpen,
  onWords,
  className,
  children,
}: {
  object: ObjectView
  onOpen?: () => void
  onWords: () => void
  className?: string
  children: ReactNode
}) {
  const { board, known, changes, moves } = useOpenBoard()
  const name = objectName(object, known)

  const editing: [string, () => void][] = [
    ['Alt+ArrowUp', () => void moves.step(object.id, name, 'up')],
    ['Alt+ArrowDown', () => void moves.step(object.id, name, 'down')],
    ['Delete', () => void changes.remove(object, spokenName(object, known))],
    ['F2', onWords],
  ]
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || isBusyElsewhere(event.target) || event.ctrlKey || event.metaKey || event.shiftKey)
      return
    const frame = event.currentTarget
    const keys = new Map(board.mayEdit ? editing : [])
    if (event.target !== frame) keys.set('Escape', () => frame.focus())
    else if (onOpen) keys.set('Enter', onOpen)
    const act = keys.get(`${event.altKey ? 'Alt+' : ''}${event.key}`)
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a named group with keys of its own
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: each object is a stop, in reading order
      tabIndex={0}
      data-object={object.id}
      data-type={object.type}
      aria-label={spokenName(object, known)}
      aria-keyshortcuts={board.mayEdit ? shortcuts : undefined}
      onKeyDown={onKeyDown}
      className={cx('h-full scroll-my-40 rounded-control [&_:focus]:scroll-my-40', className)}
    >
      {children}
    </div>
  )
}
