import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { problemOf } from '#lib/platform/client.ts'
import { allContainersOf, shareContainers } from '#lib/resources/client.ts'
import type { ResourceList, ResourceView } from '#lib/resources/schema.ts'

export type Switching = {
  /** Those on their way. */
  pending: ReadonlySet<string>
  /** What stayed as it was, and why. */
  troubles: readonly string[]
  dismiss: () => void
  /** Allows containers on boards, or takes them off. */
  turn: (rows: readonly ResourceView[], onBoards: boolean) => Promise<void>
}

const AT_ONCE = 100

function inParts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE))
}

const said = (rows: readonly ResourceView[], onBoards: boolean): string => {
  const [first] = rows
  const what = rows.length === 1 && first ? first.title : `${rows.length}`
  return onBoards ? `${what} available on boards.` : `${what} taken off boards.`
}

/** The switches of a connection's containers. One shows where it was turned to once that has been done. */
export function useSwitches(org: string, connection: string, kind: string): Switching {
  const client = useQueryClient()
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [troubles, setTroubles] = useState<readonly string[]>([])

  const show = (ids: ReadonlySet<string>, onBoards: boolean) => {
    const shown = (row: ResourceView) => (ids.has(row.id) ? { ...row, onBoards } : row)
    client.setQueriesData<InfiniteData<ResourceList>>({ queryKey: allContainersOf(org, connection) }, (old) =>
      old ? { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.map(shown) })) } : old,
    )
  }

  /** Turns some; returns what stayed as it was. */
  const turnSome = async (rows: readonly ResourceView[], onBoards: boolean): Promise<string[]> => {
    try {
      const ids = rows.map(({ id }) => id)
      const { items, refused } = await shareContainers(org, connection, { kind, ids, onBoards })
      show(new Set(items.map(({ id }) => id)), onBoards)
      return refused.map(({ id, message }) => `${rows.find((row) => row.id === id)?.title ?? id}: ${message}`)
    } catch (error) {
      return [problemOf(error).message]
    }
  }

  const turn: Switching['turn'] = async (rows, onBoards) => {
    const changed = rows.filter((row) => row.onBoards !== onBoards && !pending.has(row.id))
    if (changed.length === 0) return
    setTroubles([])
    setPending((now) => new Set([...now, ...changed.map(({ id }) => id)]))
    const failed: string[] = []
    for (const part of inParts(changed)) failed.push(...(await turnSome(part, onBoards)))
    setPending((now) => new Set([...now].filter((id) => !changed.some((row) => row.id === id))))
    setTroubles(failed)
    if (failed.length > 0) announce(failed.slice(0, 3).join(' '), 'assertive')
    else announce(said(changed, onBoards))
  }
  return { pending, troubles, dismiss: () => setTroubles([]), turn }
}
