'use client'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { type Change, changed, forgotten, type History, noHistory, redone, undone } from './history.ts'

export type Undoing = {
  /** What undo and redo would do now, or null. */
  last: string | null
  next: string | null
  record: (change: Change) => void
  undo: () => Promise<void>
  redo: () => Promise<void>
}

/** The changes of this page's life that can be taken back. `focus` gets the object that a step was about. */
export function useHistory(focus: (objectId: string) => void): Undoing {
  const current = useRef<History>(noHistory)
  const busy = useRef(false)
  const [{ last, next }, setShown] = useState<{ last: string | null; next: string | null }>({ last: null, next: null })

  const keep = (history: History) => {
    current.current = history
    setShown({ last: history.past.at(-1)?.what ?? null, next: history.future[0]?.what ?? null })
  }
  const step = async (change: Change | undefined, way: 'undo' | 'redo') => {
    if (!change) return announce(way === 'undo' ? 'Nothing to undo' : 'Nothing to redo')
    if (busy.current) return
    busy.current = true
    const done = await change[way]()
    busy.current = false
    if (!done) return keep(forgotten(current.current, change))
    keep(way === 'undo' ? undone(current.current) : redone(current.current))
    announce(way === 'undo' ? `Undone: ${change.what}` : `Done again: ${change.what}`)
    if (done.focus) focus(done.focus)
  }
  return {
    last,
    next,
    record: (change) => keep(changed(current.current, change)),
    undo: () => step(current.current.past.at(-1), 'undo'),
    redo: () => step(current.current.future[0], 'redo'),
  }
}
