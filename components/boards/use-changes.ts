'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { addObject, changeObject, removeObject, restoreObject } from '#lib/boards/client.ts'
import type { NewObject, ObjectPatch, ObjectView } from '#lib/boards/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { neighbourOf, reworded, withObject } from './outline.ts'
import type { LiveBoard, Preview } from './use-board.ts'
import { type Undoing, useHistory } from './use-history.ts'

export type Trouble = { text: string; requestId?: string }

export type Changes = {
  history: Undoing
  trouble: Trouble | null
  dismiss: () => void
  /** Tells what could not be done. */
  fail: (error: unknown) => void
  /** Does something to the board; null when it could not be done, which is then told. */
  attempt: <T>(work: () => Promise<T>, preview?: Preview) => Promise<T | null>
  /** Adds an object. Throws the Problem. `what` is said when it is undone. */
  add: (object: NewObject, what: string) => Promise<ObjectView>
  remove: (object: ObjectView, name: string) => Promise<void>
  /** Changes words, caption or size. */
  edit: (objectId: string, patch: ObjectPatch) => Promise<ObjectView | null>
}

const texts: Record<string, string> = {
  'not-found': 'Someone else has removed this.',
  forbidden: 'You can read this board, not change it. Ask an owner or admin for another role.',
}
const offline = "You're offline, so nothing was changed. Try again when you are back."

function troubleOf(error: unknown): Trouble {
  if (!navigator.onLine) return { text: offline }
  const { kind, message, extra } = problemOf(error)
  const { requestId } = extra.members ?? {}
  const isOurs = kind === 'unexpected' && typeof requestId === 'string'
  return { text: texts[kind] ?? message, ...(isOurs ? { requestId } : {}) }
}

/** Everything that changes a board, what went wrong last, and the way back. */
export function useChanges(org: string, live: LiveBoard, focus: (objectId: string) => void): Changes {
  const history = useHistory(focus)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const at = live.board.id

  const fail = (error: unknown) => {
    const told = troubleOf(error)
    setTrouble(told)
    announce(told.text, 'assertive')
  }
  const run: LiveBoard['run'] = (work, preview) => {
    setTrouble(null)
    // refused rather than kept for later: what is on the board may be another thing by then
    return navigator.onLine ? live.run(work, preview) : Promise.reject(new Error(offline))
  }
  const attempt: Changes['attempt'] = async (work, preview) => {
    try {
      return await run(work, preview)
    } catch (error) {
      fail(error)
      return null
    }
  }

  /** What the server put on the board stands there at once. */
  const shown = (object: ObjectView): ObjectView => {
    live.show((objects) => withObject(objects, object))
    return object
  }

  /** A step that takes an object off; the next one puts it back. */
  const coming = (objectId: string, way: { undo: string }) => ({
    off: async () => {
      const focus = neighbourOf(live.objects(), objectId)
      const removed = await attempt(() => removeObject(org, at, objectId))
      way.undo = removed?.undo ?? ''
      return removed && { focus }
    },
    on: async () => (await attempt(async () => shown(await restoreObject(org, at, way.undo)))) && { focus: objectId },
  })

  const add: Changes['add'] = (input, what) =>
    history.record(
      run(async () => shown(await addObject(org, at, input))),
      ({ id }) => {
        const { off, on } = coming(id, { undo: '' })
        return { what, undo: off, redo: on }
      },
    )

  const remove: Changes['remove'] = async ({ id }, name) => {
    const { off, on } = coming(id, { undo: '' })
    const next = neighbourOf(live.objects(), id)
    const what = `removed ${name}`
    if (!(await history.record(off(), (done) => done && { what, undo: on, redo: off }))) return
    announce(`Removed ${name}. Undo brings it back.`)
    if (next) focus(next)
    else document.querySelector<HTMLElement>('main h1')?.focus()
  }

  const edit: Changes['edit'] = (objectId, patch) =>
    attempt(
      () => changeObject(org, at, objectId, patch),
      (objects) => reworded(objects, objectId, patch),
    )
  return { history, trouble, dismiss: () => setTrouble(null), fail, attempt, add, remove, edit }
}
