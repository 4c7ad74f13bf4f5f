'use client'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { type Change, changed, forgotten, type History, noHistory, redone, undone } from './history.ts'

export type Undoing = {
  /** What undo and redo would do now, or null. */
  last: string | null
  next: string | null
  /** Keeps a change once `made` says how it is taken back; an undo meanwhile waits for it. */
  record: <T>(made: Promise<T>, changeOf: (value: T) => Change | null) => Promise<T>
  undo: () => Promise<void>
  redo: () => Promise<void>
}

/** The changes of this page's life that can be taken back. `focus` gets the object that a step was about. */
export function useHistory(focus: (objectId: string) => void): Undoing {
  const current = useRef<History>(noHistory)
  const busy = useRef(false)
  const coming = useRef<Promise<unknown>>(Promise.resolve())
  const [{ last, next }, setShown] = useState<{ last: string | null; next: string | null }>({ last: null, next: null })

  const keep = (history: History) => {
    current.current = history
    setShown({ last: history.past.at(-1)?.what ?? null, next: history.future[0]?.what ?? null })
  }
  const step = async (way: 'undo' | 'redo') => {
    if (busy.current) return
    busy.current = true
    await coming.current
    const change = way === 'undo' ? current.current.past.at(-1) : current.current.future[0]
    const done = (await change?.[way]()) ?? null
    busy.current = false
    if (!change) return announce(way === 'undo' ? 'Nothing to undo' : 'Nothing to redo')
    if (!done) return keep(forgotten(current.current, change))
    keep(way === 'undo' ? undone(current.current) : redone(current.current))
    announce(way === 'undo' ? `Undone: ${change.what}` : `Done again: ${change.what}`)
    if (done.focus) focus(done.focus)
  }
  return {
    last,
    next,
    record: (made, changeOf) => {
      const kept = made.then((value) => {
        const change = changeOf(value)
        if (change) keep(changed(current.current, change))
      })
      coming.current = Promise.allSettled([coming.current, kept])
      return made
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
  }
}
