'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { boardOf } from '#lib/boards/client.ts'
import type { BoardView, ObjectView } from '#lib/boards/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

const POLLED_EVERY_MS = 5_000
/** Of a board with things that admins switch: with the time it takes to ask, what is turned off is gone within five. */
const SWITCHED_POLLED_EVERY_MS = 4_000

/** Shows a change at once, before the server knows of it. */
export type Preview = (objects: readonly ObjectView[]) => ObjectView[]

export type LiveBoard = {
  board: BoardView
  /** The newest objects, also inside a callback that was made earlier. */
  objects: () => readonly ObjectView[]
  /** Why the board could not be read again, by the problem's kind. */
  failure: string | null
  /** Does changes one after another and reads the board again after the last. Throws what `work` throws. */
  run: <T>(work: () => Promise<T>, preview?: Preview) => Promise<T>
  /** Shows what the server has answered, before the board is read again. */
  show: (preview: Preview) => void
}

/** A board that follows what others do, every five seconds while its page is visible. */
export function useBoard(org: string, initial: BoardView): LiveBoard {
  const client = useQueryClient()
  const options = boardOf(org, initial.id)
  const line = useRef({ last: Promise.resolve<unknown>(undefined), waiting: 0 })
  const { data: board, error } = useQuery({
    ...options,
    initialData: initial,
    staleTime: POLLED_EVERY_MS,
    // while changes are on their way, what the server says is older than what is shown
    refetchInterval: ({ state }) =>
      line.current.waiting > 0 ? false : state.data?.shared ? SWITCHED_POLLED_EVERY_MS : POLLED_EVERY_MS,
    retry: false,
    networkMode: 'always',
  })

  const again = () => client.invalidateQueries({ queryKey: options.queryKey })
  const show = (preview: Preview): void => {
    client.setQueryData(options.queryKey, (old) => (old ? { ...old, objects: preview(old.objects) } : old))
  }
  const objects = () => client.getQueryData(options.queryKey)?.objects ?? initial.objects

  async function run<T>(work: () => Promise<T>, preview?: Preview): Promise<T> {
    const { current } = line
    current.waiting += 1
    await client.cancelQueries({ queryKey: options.queryKey })
    if (preview) show(preview)
    const done = current.last.then(work)
    current.last = done.catch(() => undefined)
    try {
      return await done
    } finally {
      current.waiting -= 1
      if (current.waiting === 0) void again()
    }
  }
  return { board, objects, failure: error ? problemOf(error).kind : null, run, show }
}
